//! Letting somebody in again who cannot sign in, from the command line.

use super::{
    access, closing,
    limits::{self, CODES, PASSWORDS},
    model::fold_email,
    password, store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use ::store::Tx;

/// Forgets the wrong passwords and codes that were tried for an address, so that
/// whoever it belongs to need not wait.
///
/// # Errors
/// [`Error::Invalid`] where nobody has this address; [`Error::NotFound`] and
/// [`Error::SignInFirst`] anywhere but at the command line.
pub async fn unlock(world: &World, who: &Who, email: &str) -> Result<()> {
    let leave = access::recover(who)?;
    let email = fold_email(email);
    let mut tx = world.db.begin().await?;
    let (person, _) = known(&mut tx, &email).await?;
    limits::forget(&mut tx, &PASSWORDS, &email).await?;
    limits::forget(&mut tx, &CODES, &person.to_string()).await?;
    audit::record(world, &mut tx, &leave.0.by, Entry::of("unlock", "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets somebody's password anew. Wrong passwords tried before are forgotten,
/// and whoever is signed in as them is signed out.
///
/// # Errors
/// As [`unlock`], and [`Error::Invalid`] for a password that does not fit.
pub async fn set_password(world: &World, who: &Who, email: &str, password: &str) -> Result<()> {
    let leave = access::recover(who)?;
    let email = fold_email(email);
    let mut tx = world.db.begin().await?;
    let (person, name) = known(&mut tx, &email).await?;
    drop(tx);
    if let Some(wrong) = password::wrong(password, &[&email, &name]) {
        return Err(Error::Invalid(vec![wrong]));
    }
    let hash = password::hashed(world, password.to_owned()).await?;
    let mut tx = world.db.begin().await?;
    store::people::set_password(&mut tx, &leave, person, hash, world.now()).await?;
    limits::forget(&mut tx, &PASSWORDS, &email).await?;
    signed_out(&mut tx, person, world.now()).await?;
    audit::record(world, &mut tx, &leave.0.by, Entry::of("set a password", "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes somebody's account at once: nothing opens it any more, and its address
/// may be used anew. What they did stays in the records.
///
/// # Errors
/// As [`unlock`].
pub async fn close_account(world: &World, who: &Who, email: &str) -> Result<()> {
    let leave = access::recover(who)?;
    let mut tx = world.db.begin().await?;
    let (person, _) = known(&mut tx, &fold_email(email)).await?;
    closing::close(world, &mut tx, &access::close_by(leave.0.by), person).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes all second factors of somebody who has lost them, whose role may ask
/// for a new one at their next sign-in; they are signed out.
///
/// # Errors
/// As [`unlock`].
pub async fn reset_second_factor(world: &World, who: &Who, email: &str) -> Result<()> {
    let leave = access::recover(who)?;
    let mut tx = world.db.begin().await?;
    let (person, _) = known(&mut tx, &fold_email(email)).await?;
    store::apps::end(&mut tx, person).await?;
    store::apps::end_codes(&mut tx, person).await?;
    store::passkeys::end_all(&mut tx, person).await?;
    limits::forget(&mut tx, &CODES, &person.to_string()).await?;
    signed_out(&mut tx, person, world.now()).await?;
    audit::record(world, &mut tx, &leave.0.by, Entry::of("reset second factors", "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

async fn signed_out(tx: &mut Tx, person: i64, now: kernel::Timestamp) -> Result<()> {
    password::nothing_opens(tx, person).await?;
    store::half::end_of(tx, person, now).await?;
    store::people::end_links(tx, person, now).await?;
    Ok(())
}

/// Id and name of the person with this address.
async fn known(tx: &mut Tx, email: &str) -> Result<(i64, String)> {
    let found = store::people::by_address(tx, email).await?;
    found.ok_or_else(|| Error::field("email", "Nobody here has this e-mail address"))
}
