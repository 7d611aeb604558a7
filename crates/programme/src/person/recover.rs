//! Letting somebody in again who cannot sign in, from the command line.

use super::{
    access,
    actions::hash_in_background,
    model::{fold_email, password_wrong, sha256},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use ::store::Tx;

/// Forgets the wrong passwords that were tried for an address, so that whoever
/// it belongs to need not wait.
///
/// # Errors
/// [`Error::Invalid`] where nobody has this address; [`Error::NotFound`] and
/// [`Error::SignInFirst`] anywhere but at the command line.
pub async fn unlock(world: &World, who: &Who, email: &str) -> Result<()> {
    let leave = access::recover(who)?;
    let email = fold_email(email);
    let mut tx = world.db.begin().await?;
    let person = known(&mut tx, &email).await?;
    store::forget_all_attempts(&mut tx, &leave, &sha256(&email)).await?;
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
    if let Some(wrong) = password_wrong(password) {
        return Err(Error::Invalid(vec![wrong]));
    }
    let email = fold_email(email);
    let hash = hash_in_background(world, password.to_owned()).await?;
    let mut tx = world.db.begin().await?;
    let person = known(&mut tx, &email).await?;
    store::set_password(&mut tx, &leave, person, hash, world.now()).await?;
    store::forget_all_attempts(&mut tx, &leave, &sha256(&email)).await?;
    store::end_sessions_of(&mut tx, &leave, person).await?;
    audit::record(world, &mut tx, &leave.0.by, Entry::of("set a password", "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// The id of the person with this address.
async fn known(tx: &mut Tx, email: &str) -> Result<i64> {
    let found = store::id_by_email(tx, email).await?;
    found.ok_or_else(|| Error::field("email", "Nobody here has this e-mail address"))
}
