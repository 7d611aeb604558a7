//! Choosing the weekly letter, and stopping it.

use super::store;
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    person::{Session, Token},
    rights::{SIGNED_IN, SIGNED_IN_WRITES},
    who::Actor,
};
use kernel::{Date, Timestamp};

/// That somebody chose the weekly letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Since when.
    pub since: Timestamp,
    /// The Monday on which the next is due.
    pub next: Date,
}

/// The Monday of the week of a day.
pub(super) fn monday(day: Date) -> Date {
    day.saturating_sub(jiff::Span::new().days(i32::from(day.weekday().to_monday_zero_offset())))
}

/// Whether the caller chose the weekly letter.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn chosen(world: &World, who: &Who) -> Result<Option<Chosen>> {
    let person = SIGNED_IN.own(who)?.id;
    let mut conn = world.db.read().await?;
    let found = store::of(&mut conn, person).await?;
    Ok(found.map(|(since, week)| Chosen { since, next: week.saturating_add(jiff::Span::new().days(7)) }))
}

/// The caller gets the weekly letter from next Monday on. It tells what the roles
/// tell that they hold then, with the second factor that they showed now.
///
/// # Errors
/// [`Error::NotFound`] for a token that may only read; the database.
pub async fn choose(world: &World, session: &Session) -> Result<()> {
    let who = Who::Person(session.caller.clone());
    let person = SIGNED_IN_WRITES.own(&who)?.id;
    let mut tx = world.db.begin().await?;
    let week = monday(world.clock.today());
    if store::put(&mut tx, person, session.second_factor, world.now(), week).await? {
        audit::record(world, &mut tx, &who, Entry::of("choose the weekly letter", "person", person)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The caller gets it no more.
///
/// # Errors
/// [`Error::NotFound`] for a token that may only read; the database.
pub async fn end(world: &World, who: &Who) -> Result<()> {
    let person = SIGNED_IN_WRITES.own(who)?.id;
    ended(world, Actor::from(who), person).await
}

/// Whether a link of a letter still names somebody; it needs no sign-in, as
/// whoever has the letter may stop it.
///
/// # Errors
/// [`Error::NotFound`] where it is no such link; the database.
pub async fn knows(world: &World, secret: &str) -> Result<bool> {
    let mut conn = world.db.read().await?;
    let person = whose(&mut conn, secret).await?;
    Ok(store::of(&mut conn, person).await?.is_some())
}

/// Stops the letters of whoever got the one with this link; done twice, it is as
/// once.
///
/// # Errors
/// [`Error::NotFound`] where it is no such link; the database.
pub async fn stop(world: &World, secret: &str) -> Result<()> {
    let mut conn = world.db.read().await?;
    let person = whose(&mut conn, secret).await?;
    drop(conn);
    let by = Actor { person: Some(person), name: "whoever had the letter".to_owned(), role: "anyone" };
    ended(world, by, person).await
}

async fn whose(conn: &mut ::store::Conn, secret: &str) -> Result<i64> {
    let token = Token::parse(secret).ok_or(Error::NotFound)?;
    store::whose(conn, &token.sha256()).await?.ok_or(Error::NotFound)
}

async fn ended(world: &World, by: Actor, person: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    if store::end(&mut tx, person).await? {
        audit::record(world, &mut tx, by, Entry::of("stop the weekly letter", "person", person)).await?;
        tx.commit().await?;
    }
    Ok(())
}
