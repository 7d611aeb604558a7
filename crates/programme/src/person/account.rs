//! An account, as its owner sees it.

use super::{
    factor::{self, Factors},
    store,
};
use crate::{
    Who, World,
    error::{Error, Result},
    organisation,
    rights::SIGNED_IN,
    who::Held,
};
use kernel::Timestamp;

/// What an account is, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// The address by which they sign in.
    pub email: String,
    /// When the password was set; none where there is none.
    pub password_set: Option<Timestamp>,
    /// Second factors.
    pub factors: Factors,
}

/// The caller's account.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn account(world: &World, who: &Who) -> Result<Account> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    let account = store::people::account(&mut conn, caller.id).await?.ok_or(Error::NotFound)?;
    drop(conn);
    Ok(Account {
        name: account.name,
        email: account.email,
        password_set: account.password.map(|(_, set)| set),
        factors: factor::factors(world, who).await?,
    })
}

/// Whoever asks, and what they may use here.
#[derive(Debug, Clone)]
pub struct Me {
    /// Their name.
    pub name: String,
    /// The address by which they sign in.
    pub email: String,
    /// They ask with a token, which may only read.
    pub reads_only: bool,
    /// Their roles today, each with the name of its organisation.
    pub roles: Vec<(Held, String)>,
}

/// The caller.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn me(world: &World, who: &Who) -> Result<Me> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    let account = store::people::account(&mut conn, caller.id).await?.ok_or(Error::NotFound)?;
    let mut roles = Vec::with_capacity(caller.roles.len());
    for held in caller.roles.iter() {
        roles.push((*held, organisation::find(&mut conn, held.organisation).await?.name));
    }
    Ok(Me { name: account.name, email: account.email, reads_only: caller.reads_only, roles })
}
