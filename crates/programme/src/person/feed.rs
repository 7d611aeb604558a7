//! The secret address of somebody's calendar feed. Only its hash is kept, so it
//! is shown once, when it is made; whoever has it reads days, and nothing else.

use super::{
    model::Token,
    session::{Session, caller},
    store::feeds,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    rights::{SIGNED_IN, SIGNED_IN_WRITES},
    who::Caller,
};
use jiff::SignedDuration;
use kernel::Timestamp;

/// That somebody has a calendar feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFeed {
    /// When its address was made.
    pub made: Timestamp,
    /// When a calendar last asked, to an hour.
    pub used: Option<Timestamp>,
}

/// The caller's calendar feed, where they have one.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn feed(world: &World, who: &Who) -> Result<Option<KnownFeed>> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    Ok(feeds::of(&mut conn, caller.id).await?)
}

/// Makes an address of the caller's feed; one that was there before stops at once.
///
/// # Errors
/// [`Error::NotFound`] for a token that may only read; the database.
pub async fn make_feed(world: &World, session: &Session) -> Result<String> {
    let who = Who::Person(session.caller.clone());
    let person = SIGNED_IN_WRITES.own(&who)?.id;
    let secret = Token::new(world);
    let mut tx = world.db.begin().await?;
    feeds::put(&mut tx, person, &secret.sha256(), session.second_factor, world.now()).await?;
    audit::record(world, &mut tx, &who, Entry::of("make a calendar address", "person", person)).await?;
    tx.commit().await?;
    Ok(secret.reveal().to_owned())
}

/// Switches the caller's feed off, at once.
///
/// # Errors
/// [`Error::NotFound`] for a token that may only read; the database.
pub async fn end_feed(world: &World, who: &Who) -> Result<()> {
    let person = SIGNED_IN_WRITES.own(who)?.id;
    let mut tx = world.db.begin().await?;
    if feeds::end(&mut tx, person).await? {
        audit::record(world, &mut tx, who, Entry::of("switch a calendar off", "person", person)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Somebody as one who reads, with the roles that they hold today; for what is
/// made for them while they are away.
pub(crate) async fn as_reader(world: &World, person: i64, name: &str, second_factor: bool) -> Result<Caller> {
    let mut conn = world.db.read().await?;
    let (caller, _) = caller(world, &mut conn, person, name.to_owned(), second_factor).await?;
    Ok(Caller { reads_only: true, ..caller })
}

/// Whose feed has this address, with the roles that they hold today; they only
/// read.
///
/// # Errors
/// [`Error::NotFound`] where it is nobody's; the database.
pub(crate) async fn of_feed(world: &World, secret: &str) -> Result<Caller> {
    let token = Token::parse(secret).ok_or(Error::NotFound)?;
    let now = world.now();
    let mut conn = world.db.read().await?;
    let owner = feeds::by_token(&mut conn, &token.sha256()).await?.ok_or(Error::NotFound)?;
    let (caller, _) = caller(world, &mut conn, owner.person, owner.name, owner.second_factor).await?;
    drop(conn);
    // To an hour: a calendar asks often, and each note is a change.
    if owner.used.is_none_or(|used| now.duration_since(used) > SignedDuration::from_hours(1)) {
        let mut tx = world.db.begin().await?;
        feeds::used(&mut tx, &token.sha256(), now).await?;
        tx.commit().await?;
    }
    Ok(Caller { reads_only: true, ..caller })
}
