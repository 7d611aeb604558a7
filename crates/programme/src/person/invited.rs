//! People who come by an invitation, which proved that the address is theirs.

use super::{
    access,
    model::{NewPerson, Token, fold_email},
    password,
    session::{self, Opening},
    store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::{Error, Result},
    who::Who,
};
use ::store::{Conn, StoreError, Tx};
use serde_json::json;

/// A person whose fields were checked and whose password was hashed, which
/// takes too long to do within a transaction.
pub(crate) struct Prepared {
    person: NewPerson,
    hash: String,
}

/// Checks somebody who is to be made.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub(crate) async fn prepare(world: &World, person: NewPerson) -> Result<Prepared> {
    let person = person.checked()?;
    let hash = password::hashed(world, person.password.clone()).await?;
    Ok(Prepared { person, hash })
}

/// Makes them within the transaction in which the invitation is accepted; id and name.
///
/// # Errors
/// [`Error::SignInFirst`] where somebody has this address by now.
pub(crate) async fn made(world: &World, tx: &mut Tx, prepared: Prepared) -> Result<(i64, String)> {
    let leave = access::by_invitation();
    let (id, Prepared { person, hash }) = (world.id(), prepared);
    match store::people::insert(tx, &leave, id, &person, hash, world.now()).await {
        Err(StoreError::Conflict(_)) => return Err(Error::SignInFirst),
        done => done?,
    }
    let after = json!({"email": person.email, "name": person.name});
    let entry = Entry::of("make an account by invitation", "person", id).after(after);
    audit::record(world, tx, &leave.0.by, entry).await?;
    Ok((id, person.name))
}

/// Opens a session for somebody who was just made.
pub(crate) async fn opened(world: &World, tx: &mut Tx, who: &Who, device: &str) -> Result<Token> {
    let caller = who.caller().ok_or(Error::NotFound)?;
    let opening = Opening { by: "invitation", second_factor: false, device };
    session::open(world, tx, caller.id, caller.name.clone(), opening).await
}

/// The person who has this address, and their name.
pub(crate) async fn by_address(conn: &mut Conn, email: &str) -> Result<Option<(i64, String)>> {
    Ok(store::people::by_address(conn, &fold_email(email)).await?)
}

/// An address as it is compared.
pub(crate) fn folded(email: &str) -> String {
    fold_email(email)
}
