//! Second factors: an app that shows codes, and recovery codes. (Passkeys have
//! a file of their own.)

use super::{access, limits, limits::Asked, model::sha256, passkey::KnownPasskey, password, session::Session, store};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    mail::{self, FactorChange, Letter},
    rights::SIGNED_IN,
};
use ::store::{Conn, Tx};
use kernel::Timestamp;
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes somebody has.
const CODES: usize = 10;

/// How somebody's second factors stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factors {
    /// Since when an app shows codes; none where there is none.
    pub app: Option<Timestamp>,
    /// Passkeys.
    pub passkeys: Vec<KnownPasskey>,
    /// Recovery codes that were not used yet.
    pub codes_left: i64,
}

impl Factors {
    /// True where there is a second factor.
    #[must_use]
    pub fn any(&self) -> bool {
        self.app.is_some() || !self.passkeys.is_empty()
    }
}

/// True where somebody has set up a second factor.
pub(super) async fn has_any(conn: &mut Conn, person: i64) -> Result<bool> {
    let app = store::apps::app(conn, person).await?.is_some_and(|app| app.confirmed.is_some());
    Ok(app || store::passkeys::count(conn, person).await? > 0)
}

/// The caller's second factors.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn factors(world: &World, who: &Who) -> Result<Factors> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    Ok(Factors {
        app: store::apps::app(&mut conn, caller.id).await?.and_then(|app| app.confirmed.map(|_| app.made)),
        passkeys: store::passkeys::of(&mut conn, caller.id).await?.into_iter().map(|(known, _)| known).collect(),
        codes_left: store::apps::codes_left(&mut conn, caller.id).await?,
    })
}

/// An app's secret for its owner to take over, once.
#[derive(Clone, PartialEq, Eq)]
pub struct NewApp {
    /// Base32, to be typed.
    pub secret: String,
    /// The address that a QR code holds.
    pub address: String,
}

/// Makes a secret for an app of the caller's, which opens nothing until a code of
/// it was typed. One that was made before and not confirmed is forgotten.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] where there is an app already.
pub async fn begin_app(world: &World, session: &Session) -> Result<()> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut tx = world.db.begin().await?;
    if store::apps::app(&mut tx, person).await?.is_some_and(|app| app.confirmed.is_some()) {
        return Err(Error::field("app", "An app is set up already. Remove it before you set up another"));
    }
    let mut bytes = [0; 20];
    world.chance.fill(&mut bytes);
    let secret = Secret::from(bytes).to_base32();
    store::apps::set(&mut tx, person, &secret, world.now(), None).await?;
    let entry = Entry::of("begin to set up an app", "person", person);
    audit::record(world, &mut tx, &leave.0, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The secret of an app that waits for its first code; none where none does.
///
/// # Errors
/// [`Error::ConfirmFirst`], or the database.
pub async fn waiting_app(world: &World, session: &Session) -> Result<Option<NewApp>> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut conn = world.db.read().await?;
    let waits = store::apps::app(&mut conn, person).await?.filter(|app| app.confirmed.is_none());
    let Some(app) = waits else { return Ok(None) };
    let account = store::people::account(&mut conn, person).await?.ok_or(Error::NotFound)?;
    let (secret, owner) = (app.secret, account.email.bytes().map(escaped).collect::<String>());
    let address =
        format!("otpauth://totp/Aspire:{owner}?secret={secret}&issuer=Aspire&algorithm=SHA1&digits=6&period=30");
    Ok(Some(NewApp { secret, address }))
}

fn escaped(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    }
}

/// The caller types a code of the new app: from now on it is asked for. The
/// recovery codes, where they had none; they are shown once.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] where the code is not the app's.
pub async fn confirm_app(world: &World, session: &Session, code: &str) -> Result<Vec<String>> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut tx = world.db.begin().await?;
    if let Asked::Wait(minutes) = limits::ask(world, &mut tx, &limits::CODES, &person.to_string()).await? {
        tx.commit().await?;
        return Err(Error::field("code", password::wait(minutes)));
    }
    let app = store::apps::app(&mut tx, person).await?.filter(|app| app.confirmed.is_none());
    let app = app.ok_or_else(|| Error::field("code", "Begin anew: there is no app waiting to be set up"))?;
    if !takes_code(world, &mut tx, person, &app.secret, code).await? {
        tx.commit().await?;
        return Err(Error::field("code", "Enter the six digits that the app shows now"));
    }
    store::apps::confirm(&mut tx, person, world.now()).await?;
    limits::forget(&mut tx, &limits::CODES, &person.to_string()).await?;
    let codes = added(world, &mut tx, &leave, session, "app").await?;
    tx.commit().await?;
    Ok(codes)
}

/// What follows when a second factor was added: this session has shown it, the
/// others end, and its owner is told. New recovery codes where there were none.
pub(super) async fn added(
    world: &World,
    tx: &mut Tx,
    leave: &access::MayChangeAccount,
    session: &Session,
    kind: &str,
) -> Result<Vec<String>> {
    let person = leave.caller()?.id;
    store::sessions::strengthened(tx, session.id, world.now()).await?;
    store::sessions::end_others(tx, person, session.id).await?;
    let codes = match store::apps::codes_left(tx, person).await? {
        0 => new_codes(world, tx, person).await?,
        _ => Vec::new(),
    };
    let entry = Entry::of("add a second factor", "person", person).after(json!({"kind": kind}));
    audit::record(world, tx, &leave.0, entry).await?;
    told(world, tx, person, FactorChange::Added).await?;
    Ok(codes)
}

/// Removes the caller's app.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::NotFound`] where there is none;
/// [`Error::Invalid`] where it is the last and a role asks for one.
pub async fn remove_app(world: &World, session: &Session) -> Result<()> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut tx = world.db.begin().await?;
    if !store::apps::end(&mut tx, person).await? {
        return Err(Error::NotFound);
    }
    removed(world, &mut tx, &leave, "app").await?;
    tx.commit().await?;
    Ok(())
}

/// What follows when a second factor was removed: the last one may not go where
/// a role asks for one, and with it go the recovery codes.
pub(super) async fn removed(world: &World, tx: &mut Tx, leave: &access::MayChangeAccount, kind: &str) -> Result<()> {
    let caller = leave.caller()?;
    if !has_any(tx, caller.id).await? {
        if caller.roles.iter().any(|held| held.role.needs_second_factor()) {
            let why = "You need a second factor for what you do here. Add another one before you remove this one";
            return Err(Error::field("remove", why));
        }
        store::apps::end_codes(tx, caller.id).await?;
    }
    let entry = Entry::of("remove a second factor", "person", caller.id).before(json!({"kind": kind}));
    audit::record(world, tx, &leave.0, entry).await?;
    told(world, tx, caller.id, FactorChange::Removed).await
}

/// New recovery codes for the caller; those of before open nothing any more.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] where there is no second factor
/// that they could stand in for.
pub async fn renew_codes(world: &World, session: &Session) -> Result<Vec<String>> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut tx = world.db.begin().await?;
    if !has_any(&mut tx, person).await? {
        return Err(Error::field("codes", "Set up an app or a passkey first: recovery codes stand in for them"));
    }
    let codes = new_codes(world, &mut tx, person).await?;
    audit::record(world, &mut tx, &leave.0, Entry::of("make recovery codes", "person", person)).await?;
    told(world, &mut tx, person, FactorChange::NewRecoveryCodes).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Codes of 120 bits, so that their plain hash can be kept, in letters and digits
/// that are not mistaken for each other.
async fn new_codes(world: &World, tx: &mut Tx, person: i64) -> Result<Vec<String>> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let code = || {
        let mut bytes = [0; 24];
        world.chance.fill(&mut bytes);
        bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect::<String>()
    };
    let codes: Vec<String> = (0..CODES).map(|_| code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| sha256(code)).collect();
    store::apps::new_codes(tx, person, &hashes, world.now()).await?;
    let in_fours = |code: &String| code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-");
    Ok(codes.iter().map(in_fours).collect())
}

/// Tells somebody that an account elsewhere opens theirs from now on.
pub(crate) async fn tell_connected(world: &World, tx: &mut Tx, person: i64) -> Result<()> {
    told(world, tx, person, FactorChange::Connected).await
}

async fn told(world: &World, tx: &mut Tx, person: i64, change: FactorChange) -> Result<()> {
    if let Some(account) = store::people::account(tx, person).await? {
        let letter = Letter::SecondFactorChanged { change, at: world.now() };
        mail::send(world, tx, &account.email, &letter).await?;
    }
    Ok(())
}

/// Takes a code of somebody's app, or one of their recovery codes.
pub(super) async fn takes(world: &World, tx: &mut Tx, person: i64, code: &str) -> Result<bool> {
    let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if typed.len() == 6 {
        let app = store::apps::app(tx, person).await?.filter(|app| app.confirmed.is_some());
        return match app {
            Some(app) => takes_code(world, tx, person, &app.secret, &typed).await,
            None => Ok(false),
        };
    }
    if !store::apps::use_code(tx, person, &sha256(&typed), world.now()).await? {
        return Ok(false);
    }
    let left = store::apps::codes_left(tx, person).await?;
    let name = store::people::name(tx, person).await?.unwrap_or_default();
    let by = crate::who::Actor { person: Some(person), name, role: "person" };
    let entry = Entry::of("use a recovery code", "person", person).after(json!({"left": left}));
    audit::record(world, tx, &by, entry).await?;
    Ok(true)
}

/// Takes a code of an app: of this half minute or of one beside it, each once.
async fn takes_code(world: &World, tx: &mut Tx, person: i64, secret: &str, code: &str) -> Result<bool> {
    let now = u64::try_from(world.now().as_second()).unwrap_or_default();
    let code: String = code.chars().filter(|one| !one.is_whitespace()).collect();
    match totp(secret)?.check(&code, now).and_then(|step| i64::try_from(step).ok()) {
        Some(step) => Ok(store::apps::take_step(tx, person, step).await?),
        None => Ok(false),
    }
}

fn totp(secret: &str) -> Result<Totp> {
    let unusable = |why: String| Error::Unexpected(format!("an app’s secret cannot be used: {why}"));
    let secret = Secret::try_from_base32(secret).map_err(|error| unusable(format!("{error:?}")))?;
    Builder::new().with_secret(secret).build().map_err(|error| unusable(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: the secret is "12345678901234567890", codes
    /// shortened to their last six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let totp = totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(totp.check(code, second), Some(second / 30), "{second}");
            assert_eq!(totp.check(code, second + 90), None, "{second}");
        }
    }
}
