//! What one can do with letters.

use super::{
    access,
    letter::Letter,
    model::{Outbox, State},
    post::SEND,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use ::store::{Conn, Tx};
use jobs::{Job, NewJob};
use outside::mail::Outgoing;
use serde_json::json;
use std::collections::HashMap;

/// How many letters the outbox shows.
const MOST_SHOWN: i64 = 200;

/// Writes a letter into the outbox, in the transaction of the change that it
/// tells of; the letter's id. Without the change there is no letter, and with
/// it there is one.
///
/// # Errors
/// An address that is none, or the database.
pub async fn send(world: &World, tx: &mut Tx, to: &str, letter: &Letter) -> Result<i64> {
    let to = to.trim();
    if !is_address(to) {
        return Err(Error::field("email", "Enter an e-mail address, such as name@example.org"));
    }
    let (id, now) = (world.id(), world.now());
    let json = serde_json::to_string(letter).map_err(|error| Error::Unexpected(format!("a letter: {error}")))?;
    store::insert(tx, id, to, letter.key(), json, now, letter.useful_until()).await?;
    let payload = json!({ "letter": id }).to_string();
    jobs::enqueue(tx, NewJob { id: world.id(), kind: SEND, payload: &payload, key: None, run_at: now }, now).await?;
    Ok(id)
}

/// What an address has to be for us to try; whether it exists, the mail server knows.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c));
    let parts = text.rsplit_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
    plain && parts && text.len() <= 254
}

/// Sends a letter that only says that it arrived, to see whether mail works.
///
/// # Errors
/// Without leave, [`Error::Invalid`] for an address that is none, or the database.
pub async fn send_trial(world: &World, who: &Who, to: &str) -> Result<()> {
    let leave = access::try_mail(who)?;
    let mut tx = world.db.begin().await?;
    let id = send(world, &mut tx, to, &Letter::Trial { by: who.name().to_owned() }).await?;
    let entry = Entry::of("send a trial letter", "letter", id).after(json!({"to": to.trim()}));
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The outbox: to whom letters went, and how it went; never what they say.
///
/// # Errors
/// Without leave, or the database.
pub async fn outbox(world: &World, who: &Who) -> Result<Outbox> {
    let leave = access::see(who)?;
    let mut conn = world.db.read().await?;
    store::outbox(&mut conn, &leave, MOST_SHOWN).await
}

/// Whether letters can be sent from here at all.
#[must_use]
pub fn is_set_up(world: &World) -> bool {
    world.mail.is_set_up()
}

/// Letters that were kept here instead of being sent, as their readers would
/// see them: only where mail is a pretence, as in the demonstration.
#[must_use]
pub fn kept(world: &World) -> Vec<Outgoing> {
    world.mail.kept()
}

/// What the jobs that send letters are about, by the job's id: ‘Invitation to a
/// role, to sam@example.org’.
pub(crate) async fn about(conn: &mut Conn, jobs: &[&Job]) -> Result<HashMap<i64, String>> {
    let letters = jobs.iter().filter(|job| job.kind == SEND);
    let letters: Vec<(i64, i64)> =
        letters.filter_map(|job| Some((job.id, super::post::letter_id(&job.payload)?))).collect();
    let ids: Vec<i64> = letters.iter().map(|(_, letter)| *letter).collect();
    let known = store::recipients(conn, &ids).await?;
    let about = |(to, template): &(String, String)| format!("{}, to {to}", Letter::words(template));
    Ok(letters.into_iter().filter_map(|(job, letter)| Some((job, about(known.get(&letter)?)))).collect())
}

/// Ends the letter of a job that somebody took out of the queue.
pub(crate) async fn given_up(world: &World, tx: &mut Tx, payload: &str) -> Result<()> {
    let Some(id) = super::post::letter_id(payload) else {
        return Ok(());
    };
    Ok(store::end(tx, id, State::GivenUp, world.now(), None).await?)
}
