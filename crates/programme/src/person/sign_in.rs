//! Signing in with a password, and then with a code.

use super::{
    factor,
    limits::{self, Asked},
    model::{HALF_MINUTES, Token, fold_email},
    password,
    session::{self, Entered, Opening},
    store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::Result,
    who::Actor,
};
use jiff::SignedDuration;

/// Where somebody signs in from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Browser<'a> {
    /// Which browser it is: ‘Firefox on Linux’.
    pub device: &'a str,
    /// The network address it comes from, where that is known.
    pub network: Option<&'a str>,
}

/// How a sign-in went.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in: the token for the browser's cookie.
    Done(Token),
    /// A second factor is asked for; the token for the cookie of that step.
    Code(Token),
    /// The address or the password is wrong; which one is not told.
    Wrong,
    /// Tried too often: wait this many minutes.
    Wait(i64),
}

impl From<Entered> for SignIn {
    fn from(entered: Entered) -> Self {
        match entered {
            Entered::SignedIn(token) => Self::Done(token),
            Entered::Half(token) => Self::Code(token),
        }
    }
}

/// Signs somebody in by address and password.
///
/// Takes the same time for an unknown address as for a known one. Each try is
/// counted before the password is looked at, so that guessing is slow on all
/// nodes together.
///
/// # Errors
/// The database.
pub async fn sign_in(world: &World, email: &str, password: &str, from: Browser<'_>) -> Result<SignIn> {
    let email = fold_email(email);
    let mut tx = world.db.begin().await?;
    let mut asked = limits::ask(world, &mut tx, &limits::PASSWORDS, &email).await?;
    if let (Asked::Go, Some(network)) = (asked, from.network) {
        asked = limits::ask(world, &mut tx, &limits::FROM_ONE_PLACE, network).await?;
    }
    let found = store::people::by_email(&mut tx, &email).await?;
    tx.commit().await?;
    if let Asked::Wait(minutes) = asked {
        return Ok(SignIn::Wait(minutes));
    }
    let hash = found.as_ref().map(|(.., hash)| hash.clone());
    let fits = password::verified(password, hash).await?;
    let Some((person, name, _)) = found else { return Ok(SignIn::Wrong) };
    if !fits {
        tried(world, person, "try a wrong password").await?;
        return Ok(SignIn::Wrong);
    }
    let mut tx = world.db.begin().await?;
    limits::forget(&mut tx, &limits::PASSWORDS, &email).await?;
    if let Some(network) = from.network {
        limits::give_back(world, &mut tx, &limits::FROM_ONE_PLACE, network).await?;
    }
    let opening = Opening { by: "password", second_factor: false, device: from.device };
    let entered = session::enter(world, &mut tx, person, name, opening).await?;
    tx.commit().await?;
    Ok(entered.into())
}

/// Leaves a row that somebody tried and failed; the limits bound how many.
async fn tried(world: &World, person: i64, what: &str) -> Result<()> {
    let by = Actor { person: None, name: "somebody".to_owned(), role: "anyone" };
    let mut tx = world.db.begin().await?;
    audit::record(world, &mut tx, &by, Entry::of(what, "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// How the second step went.
#[derive(Debug)]
pub enum SecondStep {
    /// Signed in: the token for the browser's cookie.
    Done(Token),
    /// The code is wrong, was used before, or is of another time.
    Wrong,
    /// Tried too often: wait this many minutes.
    Wait(i64),
    /// The first step is too long ago, or was never done.
    Over,
}

/// What somebody can show who has shown their first factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// Codes of an app.
    pub app: bool,
    /// A passkey.
    pub passkey: bool,
}

/// What is awaited of whoever has this step's token; none where the step is over.
///
/// # Errors
/// The database.
pub async fn awaited(world: &World, half: &Token) -> Result<Option<Awaited>> {
    let mut conn = world.db.read().await?;
    let since = world.now() - SignedDuration::from_mins(HALF_MINUTES);
    let Some(half) = store::half::half(&mut conn, &half.sha256(), since).await? else { return Ok(None) };
    let app = store::apps::app(&mut conn, half.person).await?.is_some_and(|app| app.confirmed.is_some());
    Ok(Some(Awaited { app, passkey: store::passkeys::count(&mut conn, half.person).await? > 0 }))
}

/// Signs somebody in by a code of their app or a recovery code, after their
/// first factor.
///
/// # Errors
/// The database.
pub async fn second_step(world: &World, half: &Token, code: &str, device: &str) -> Result<SecondStep> {
    let sha = half.sha256();
    let since = world.now() - SignedDuration::from_mins(HALF_MINUTES);
    let mut tx = world.db.begin().await?;
    let Some(half) = store::half::half(&mut tx, &sha, since).await? else { return Ok(SecondStep::Over) };
    let subject = half.person.to_string();
    if let Asked::Wait(minutes) = limits::ask(world, &mut tx, &limits::CODES, &subject).await? {
        tx.commit().await?;
        return Ok(SecondStep::Wait(minutes));
    }
    if !factor::takes(world, &mut tx, half.person, code).await? {
        tx.commit().await?;
        tried(world, half.person, "try a wrong code").await?;
        return Ok(SecondStep::Wrong);
    }
    if !store::half::end(&mut tx, &sha).await? {
        return Ok(SecondStep::Over);
    }
    limits::forget(&mut tx, &limits::CODES, &subject).await?;
    let opening = Opening { by: &half.opened_by, second_factor: true, device };
    let token = session::open(world, &mut tx, half.person, half.name, opening).await?;
    tx.commit().await?;
    Ok(SecondStep::Done(token))
}
