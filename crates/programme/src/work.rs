//! Who does which jobs.

use crate::{World, digest, mail, person, retention};
use jiff::SignedDuration;
use jobs::{Policy, Runner};
use std::sync::Arc;

/// A worker of this world: it does every kind of job that can be done here.
/// Letters wait for a worker who can send them.
#[must_use]
pub fn runner(world: &World) -> Runner {
    let builder = Runner::builder(world.db.clone(), world.clock.clone(), world.chance.clone(), world.ids.clone());
    let builder = builder
        .does(mail::TIDY, Policy::BRISK, Arc::new(mail::Tidy(world.clone())))
        .every(mail::TIDY, SignedDuration::from_hours(24))
        .does(retention::SWEEP, Policy::BRISK, Arc::new(retention::Sweep(world.clone())))
        .every(retention::SWEEP, SignedDuration::from_hours(24))
        .does(digest::WEEKLY, Policy::BRISK, Arc::new(digest::Weekly(world.clone())))
        .every(digest::WEEKLY, SignedDuration::from_hours(1))
        .does(person::CLOSE, Policy::BRISK, Arc::new(person::Close(world.clone())))
        .every(person::CLOSE, SignedDuration::from_hours(24));
    let builder = match world.mail.is_set_up() {
        true => builder.does(mail::SEND, Policy::PATIENT, Arc::new(mail::Post(world.clone()))),
        false => builder,
    };
    builder.build()
}

/// What a kind of job does, in words.
#[must_use]
pub fn words(kind: &str) -> &'static str {
    match kind {
        mail::SEND => "Send a letter",
        mail::TIDY => "Forget old letters",
        digest::WEEKLY => "Make the letters that people get on Mondays",
        person::CLOSE => "Close accounts that nobody needs any more",
        retention::SWEEP => "Erase what has been kept long enough",
        _ => "Something that another version does",
    }
}
