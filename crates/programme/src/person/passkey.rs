//! Passkeys (WebAuthn): signing in with one, with or without a password before,
//! adding and removing one.
//!
//! A passkey asks its owner for a fingerprint or a number before it answers, and
//! answers to this address only: it is both factors at once, and cannot be
//! phished. What was asked of a browser waits in the database, so that another
//! node can take the answer.

use super::{
    access, factor,
    model::{HALF_MINUTES, Token},
    session::{self, Opening, Session},
    store,
};
use crate::{
    World,
    error::{Error, Result},
};
use jiff::SignedDuration;
use kernel::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value as Json, json};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

/// Minutes within which a browser has to answer.
const MINUTES: i64 = 5;

/// Most passkeys that somebody has.
const MOST: i64 = 10;

const ADD: &str = "add";
const SIGN_IN: &str = "sign in";
const SECOND: &str = "second factor";

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPasskey {
    /// Its id here.
    pub id: i64,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub made: Timestamp,
    /// When it last opened the account.
    pub used: Option<Timestamp>,
}

/// True where passkeys work: they belong to a name, so this Aspire has to be
/// reached by one and not by a number.
#[must_use]
pub fn passkeys_work(world: &World) -> bool {
    relying(world).is_ok()
}

fn relying(world: &World) -> Result<Webauthn> {
    let origin = Url::parse(&world.address).map_err(unexpected)?;
    let name = origin.domain().ok_or(Error::NotFound)?.to_owned();
    WebauthnBuilder::new(&name, &origin).and_then(|builder| builder.rp_name("Aspire").build()).map_err(unexpected)
}

/// What a browser is asked, and the token for the cookie of this step.
#[derive(Debug)]
pub struct Question {
    /// The token.
    pub token: Token,
    /// The options, as the browser's interface names them.
    pub options: Json,
}

async fn asked(
    world: &World,
    purpose: &str,
    person: Option<i64>,
    options: impl Serialize,
    state: impl Serialize,
) -> Result<Question> {
    let token = Token::new(world);
    let state = serde_json::to_string(&state).map_err(unexpected)?;
    let mut tx = world.db.begin().await?;
    store::passkeys::begin(&mut tx, &token.sha256(), purpose, person, &state, world.now()).await?;
    tx.commit().await?;
    Ok(Question { token, options: serde_json::to_value(options).map_err(unexpected)? })
}

/// Purpose, person and state of what was asked, once.
async fn answered(world: &World, token: &Token) -> Result<(String, Option<i64>, String)> {
    let since = world.now() - SignedDuration::from_mins(MINUTES);
    let mut tx = world.db.begin().await?;
    let begun = store::passkeys::take_begun(&mut tx, &token.sha256(), since).await?;
    tx.commit().await?;
    begun.ok_or_else(over)
}

fn over() -> Error {
    Error::field("passkey", "That took too long, or was answered already. Try again")
}

fn refused() -> Error {
    Error::field("passkey", "This passkey does not open an account here")
}

/// Asks for a new passkey.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::NotFound`] where passkeys do not work;
/// [`Error::Invalid`] where there are enough.
pub async fn begin_passkey(world: &World, session: &Session) -> Result<Question> {
    let leave = access::change_account(world, session)?;
    let caller = leave.caller()?;
    let relying = relying(world)?;
    let mut conn = world.db.read().await?;
    if store::passkeys::count(&mut conn, caller.id).await? >= MOST {
        return Err(Error::field("passkey", format!("You have {MOST} passkeys, which is the most. Remove one first")));
    }
    let account = store::people::account(&mut conn, caller.id).await?.ok_or(Error::NotFound)?;
    let known = keys(&store::passkeys::of(&mut conn, caller.id).await?)?;
    drop(conn);
    let others = known.iter().map(|(_, key)| key.cred_id().clone()).collect();
    let (options, state) = relying
        .start_passkey_registration(uuid(caller.id), &account.email, &account.name, Some(others))
        .map_err(unexpected)?;
    let mut options = serde_json::to_value(options).map_err(unexpected)?;
    // So that one can sign in with it without saying first who one is.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("preferred");
    asked(world, ADD, Some(caller.id), options, state).await
}

/// Takes a new passkey. The recovery codes, where its owner had none.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] where the answer does not belong
/// to what was asked, or the passkey is known already.
pub async fn add_passkey(
    world: &World,
    session: &Session,
    token: &Token,
    name: &str,
    answer: &str,
) -> Result<Vec<String>> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let (purpose, of, state) = answered(world, token).await?;
    if purpose != ADD || of != Some(person) {
        return Err(over());
    }
    let state: PasskeyRegistration = kept(&state)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| refused())?;
    let key = relying(world)?.finish_passkey_registration(&answer, &state).map_err(|error| {
        tracing::info!(%error, "a passkey was not taken");
        Error::field("passkey", "The browser’s answer could not be used. Try again")
    })?;
    let name: String = name.trim().chars().take(100).collect();
    let name = if name.is_empty() { "Passkey".to_owned() } else { name };
    let json = serde_json::to_string(&key).map_err(unexpected)?;
    let credential = hexadecimal(key.cred_id().as_ref());
    let mut tx = world.db.begin().await?;
    match store::passkeys::insert(&mut tx, world.id(), person, &name, (&credential, &json), world.now()).await {
        Err(::store::StoreError::Conflict(_)) => {
            return Err(Error::field("passkey", "This passkey is known here already"));
        }
        done => done?,
    }
    let codes = factor::added(world, &mut tx, &leave, session, "passkey").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Removes one of the caller's passkeys.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::NotFound`] where it is none of theirs;
/// [`Error::Invalid`] where it is the last second factor and a role asks for one.
pub async fn remove_passkey(world: &World, session: &Session, id: i64) -> Result<()> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut tx = world.db.begin().await?;
    if !store::passkeys::end(&mut tx, id, person).await? {
        return Err(Error::NotFound);
    }
    factor::removed(world, &mut tx, &leave, "passkey").await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for a passkey to sign in with: any that the browser has for this place,
/// or, after a password, one of whoever typed it.
///
/// # Errors
/// [`Error::NotFound`] where passkeys do not work.
pub async fn begin_passkey_sign_in(world: &World, half: Option<&Token>) -> Result<Question> {
    let relying = relying(world)?;
    if let Some(half) = half {
        let mut conn = world.db.read().await?;
        let since = world.now() - SignedDuration::from_mins(HALF_MINUTES);
        if let Some(half) = store::half::half(&mut conn, &half.sha256(), since).await? {
            let known = keys(&store::passkeys::of(&mut conn, half.person).await?)?;
            drop(conn);
            let known: Vec<Passkey> = known.into_iter().map(|(_, key)| key).collect();
            let (options, state) = relying.start_passkey_authentication(&known).map_err(unexpected)?;
            return asked(world, SECOND, Some(half.person), options, state).await;
        }
    }
    let (options, state) = relying.start_discoverable_authentication().map_err(unexpected)?;
    let mut options = serde_json::to_value(options).map_err(unexpected)?;
    // A button asks for it; the library thinks of a field that offers it by the way.
    if let Some(all) = options.as_object_mut() {
        all.remove("mediation");
    }
    asked(world, SIGN_IN, None, options, state).await
}

/// Signs somebody in by a passkey; the token for the browser's cookie.
///
/// # Errors
/// [`Error::Invalid`] where it took too long or the passkey opens nothing here.
pub async fn finish_passkey_sign_in(world: &World, token: &Token, answer: &str, device: &str) -> Result<Token> {
    let (purpose, of, state) = answered(world, token).await?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| refused())?;
    let relying = relying(world)?;
    let person = match (purpose.as_str(), of) {
        (SECOND, Some(person)) => person,
        (SIGN_IN, None) => {
            let (uuid, _) = relying.identify_discoverable_authentication(&answer).map_err(|_| refused())?;
            i64::try_from(uuid.as_u128()).map_err(|_| refused())?
        }
        _ => return Err(over()),
    };
    let mut tx = world.db.begin().await?;
    let name = store::people::name(&mut tx, person).await?.ok_or_else(refused)?;
    let known = keys(&store::passkeys::of(&mut tx, person).await?)?;
    let used =
        known.into_iter().find(|(_, key)| hexadecimal(key.cred_id().as_ref()) == hexadecimal(answer.raw_id.as_ref()));
    let (id, mut key) = used.ok_or_else(refused)?;
    let result = if purpose == SECOND {
        relying.finish_passkey_authentication(&answer, &kept::<PasskeyAuthentication>(&state)?)
    } else {
        relying.finish_discoverable_authentication_v2(&answer, kept::<DiscoverableAuthentication>(&state)?, &key)
    };
    let result: AuthenticationResult = result.map_err(|error| {
        tracing::info!(%error, "a passkey was refused");
        refused()
    })?;
    if !result.user_verified() {
        return Err(refused());
    }
    key.update_credential(&result);
    let json = serde_json::to_string(&key).map_err(unexpected)?;
    store::passkeys::used(&mut tx, id, &json, world.now()).await?;
    store::half::end_of(&mut tx, person, world.now()).await?;
    let opening = Opening { by: "passkey", second_factor: true, device };
    let token = session::open(world, &mut tx, person, name, opening).await?;
    tx.commit().await?;
    Ok(token)
}

fn keys(rows: &[(KnownPasskey, String)]) -> Result<Vec<(i64, Passkey)>> {
    rows.iter().map(|(known, json)| Ok((known.id, kept(json)?))).collect()
}

fn kept<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(unexpected)
}

fn uuid(person: i64) -> Uuid {
    Uuid::from_u128(u128::from(person.unsigned_abs()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unexpected(error: impl std::fmt::Display) -> Error {
    Error::Unexpected(format!("passkeys: {error}"))
}
