//! What one can do with accounts elsewhere.

use super::{
    model::{Connected, Finished, MINUTES},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    person::{self, Entered, Opening},
    rights::{SIGNED_IN, SIGNED_IN_WRITES},
};
use ::store::StoreError;
use jiff::SignedDuration;
use outside::oidc::{Identity, Provider, Secrets};
use serde_json::json;

/// Sends somebody to a provider: its address, and the state that their browser
/// keeps. Whoever is signed in asks to connect the account there with theirs.
///
/// # Errors
/// [`Error::NotFound`] for a provider that is not configured;
/// [`Error::Unexpected`] where it cannot be asked.
pub async fn begin(world: &World, who: &Who, provider: &str, redirect: &str) -> Result<(String, String)> {
    let provider = world.providers.of(provider).ok_or(Error::NotFound)?.clone();
    let secrets = Secrets { state: world.secret::<32>(), nonce: world.secret::<32>(), verifier: world.secret::<32>() };
    let now = world.now();
    let mut tx = world.db.begin().await?;
    store::begin(&mut tx, &person::sha256(&secrets.state), &provider.id, &secrets, who.person(), now).await?;
    tx.commit().await?;
    let (ask, redirect, state) = (world.providers.ask.clone(), redirect.to_owned(), secrets.state.clone());
    let address = tokio::task::spawn_blocking(move || ask.begin(&provider, &redirect, &secrets, now.as_second()))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    Ok((address, state))
}

/// What somebody comes back with from a provider.
#[derive(Debug, Clone, Copy)]
pub struct Back<'a> {
    /// What their browser was given.
    pub state: &'a str,
    /// What the provider gives.
    pub code: &'a str,
    /// Their browser: ‘Firefox on Linux’.
    pub device: &'a str,
}

/// Somebody comes back from a provider with a code, in the browser that the
/// state was given to.
///
/// # Errors
/// [`Error::NotFound`] for a provider that is not configured, or the database.
pub async fn finish(world: &World, provider: &str, redirect: &str, back: Back<'_>) -> Result<Finished> {
    let Back { state, code, device } = back;
    let provider = world.providers.of(provider).ok_or(Error::NotFound)?.clone();
    let now = world.now();
    let mut tx = world.db.begin().await?;
    let since = now - SignedDuration::from_mins(MINUTES);
    let begun = store::take(&mut tx, &person::sha256(state), &provider.id, since).await?;
    tx.commit().await?;
    let Some((nonce, verifier, asked_by)) = begun else {
        return Ok(Finished::Failed("it was not begun here, is over, or took too long".to_owned()));
    };
    let secrets = Secrets { state: state.to_owned(), nonce, verifier };
    let (ask, redirect, code, of) =
        (world.providers.ask.clone(), redirect.to_owned(), code.to_owned(), provider.clone());
    let identity = tokio::task::spawn_blocking(move || ask.finish(&of, &redirect, &code, &secrets, now.as_second()))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    match identity {
        Err(error) => Ok(Finished::Failed(error.to_string())),
        Ok(identity) => match asked_by {
            Some(person) => connect(world, &provider, &identity, person).await,
            None => enter(world, &provider, &identity, device).await,
        },
    }
}

async fn enter(world: &World, provider: &Provider, identity: &Identity, device: &str) -> Result<Finished> {
    let mut tx = world.db.begin().await?;
    let Some((person, name)) = store::person(&mut tx, &provider.id, &identity.subject).await? else {
        return Ok(Finished::Unknown);
    };
    let opening = Opening { by: &provider.id, second_factor: identity.second_factor, device };
    let entered = person::enter(world, &mut tx, person, name, opening).await?;
    tx.commit().await?;
    Ok(match entered {
        Entered::SignedIn(token) => Finished::SignedIn(token),
        Entered::Half(token) => Finished::Half(token),
    })
}

async fn connect(world: &World, provider: &Provider, identity: &Identity, person: i64) -> Result<Finished> {
    let mut tx = world.db.begin().await?;
    if let Some((holder, _)) = store::person(&mut tx, &provider.id, &identity.subject).await? {
        return Ok(if holder == person { Finished::Connected } else { Finished::Taken });
    }
    let who = person::as_who(world, &mut tx, person).await?;
    let known_as = identity.email.as_deref().or(identity.name.as_deref()).unwrap_or(&identity.subject);
    match store::connect(&mut tx, &provider.id, &identity.subject, person, known_as, world.now()).await {
        Err(StoreError::Conflict(_)) => return Ok(Finished::Taken),
        done => done?,
    }
    let entry = Entry::of("connect an account elsewhere", "person", person)
        .after(json!({"provider": provider.id, "known_as": known_as}));
    audit::record(world, &mut tx, &who, entry).await?;
    person::tell_connected(world, &mut tx, person).await?;
    tx.commit().await?;
    Ok(Finished::Connected)
}

/// The accounts elsewhere that open the caller's account.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn accounts(world: &World, who: &Who) -> Result<Vec<Connected>> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    Ok(store::accounts(&mut conn, caller.id).await?)
}

/// From now on the account at this provider does not open the caller's account.
///
/// # Errors
/// [`Error::NotFound`] where none is connected, or the database.
pub async fn disconnect(world: &World, who: &Who, provider: &str) -> Result<()> {
    let caller = SIGNED_IN_WRITES.own(who)?;
    let mut tx = world.db.begin().await?;
    if !store::disconnect(&mut tx, provider, caller.id).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("disconnect an account elsewhere", "person", caller.id).before(json!({"provider": provider}));
    audit::record(world, &mut tx, who, entry).await?;
    tx.commit().await?;
    Ok(())
}
