//! A new password for somebody who forgot theirs, by a letter to their address.

use super::{
    access,
    limits::{self, Asked},
    model::{Token, fold_email},
    password::{self, Changed},
    session, store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::{Error, Result},
    mail::{self, Letter},
    who::Actor,
};
use jiff::SignedDuration;

/// Minutes for which a link works.
const LINK_MINUTES: i64 = 60;

/// Somebody says that they forgot their password. Where the address has an
/// account, a letter goes there; whether it has is not told, neither by the
/// answer nor by how long it takes: both ways write the same count and commit.
///
/// # Errors
/// The database.
pub async fn forgot(world: &World, email: &str) -> Result<()> {
    let email = fold_email(email);
    let now = world.now();
    let mut tx = world.db.begin().await?;
    let asked = limits::ask(world, &mut tx, &limits::LINKS, &email).await?;
    let known = store::people::by_address(&mut tx, &email).await?;
    if let (Asked::Go, Some((person, name))) = (asked, known) {
        let token = Token::new(world);
        let until = now + SignedDuration::from_mins(LINK_MINUTES);
        store::people::insert_link(&mut tx, &token.sha256(), person, until).await?;
        let link = world.link(&format!("/new-password/{}", token.reveal()));
        mail::send(world, &mut tx, &email, &Letter::ResetPassword { link, until }).await?;
        let by = Actor { person: Some(person), name, role: "person" };
        audit::record(world, &mut tx, &by, Entry::of("ask for a new password", "person", person)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// True where a letter's link works.
///
/// # Errors
/// The database.
pub async fn link_works(world: &World, token: &Token) -> Result<bool> {
    let mut conn = world.db.read().await?;
    Ok(store::people::link(&mut conn, &token.sha256(), world.now()).await?.is_some())
}

/// Sets a new password by a letter's link. Sessions, tokens and connections with
/// accounts elsewhere end; a second factor is asked for as before.
///
/// # Errors
/// [`Error::NotFound`] where the link does not work (any more);
/// [`Error::Invalid`] for a password that does not fit, after which it still works.
pub async fn reset_password(world: &World, token: &Token, password: &str) -> Result<()> {
    let mut conn = world.db.read().await?;
    let person = store::people::link(&mut conn, &token.sha256(), world.now()).await?.ok_or(Error::NotFound)?;
    let account = store::people::account(&mut conn, person).await?.ok_or(Error::NotFound)?;
    let (caller, _) = session::caller(world, &mut conn, person, account.name, false).await?;
    drop(conn);
    // Two who use one link at once set the password twice; both had the letter.
    password::set(world, &access::by_letter(caller), &account.email, password, Changed::ByLetter).await
}
