//! Sessions: opening, reading, listing and ending them.

use super::{
    access,
    model::{HALF_MINUTES, IDLE_HOURS, LONGEST_DAYS, Token},
    store::{self, sessions::NewSession},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    mail::{self, Letter},
    rights::{SIGNED_IN, SIGNED_IN_WRITES},
    role,
    who::{Caller, Held, Known},
};
use ::store::{Conn, Tx};
use jiff::SignedDuration;
use kernel::{Date, Timestamp};
use serde_json::json;

/// A session that stands.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: i64,
    /// Who signed in.
    pub caller: Caller,
    /// What every form of this session must carry, against forged requests.
    pub form_token: String,
    /// A second factor was shown.
    pub second_factor: bool,
    /// Whoever signed in holds a role that this session lacks for want of a second factor.
    pub lacks: bool,
    /// When its person last showed who they are.
    pub confirmed_at: Timestamp,
}

/// A session as the database holds it.
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) person: i64,
    pub(super) name: String,
    pub(super) form_token: String,
    pub(super) seen: Timestamp,
    pub(super) second_factor: bool,
    pub(super) confirmed: Timestamp,
    pub(super) roles: Vec<Held>,
    pub(super) known: Known,
}

/// One of a person's sessions, for them to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its id.
    pub id: i64,
    /// The browser: ‘Firefox on Linux’.
    pub device: String,
    /// By what it was opened.
    pub opened_by: String,
    /// A second factor was shown.
    pub second_factor: bool,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used, to ten minutes.
    pub seen: Timestamp,
}

/// How somebody showed who they are, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening<'a> {
    /// ‘password’, ‘passkey’, ‘invitation’, ‘demo’ or the name of a provider.
    pub(crate) by: &'a str,
    /// They showed a second factor.
    pub(crate) second_factor: bool,
    /// Their browser: ‘Firefox on Linux’.
    pub(crate) device: &'a str,
}

/// What showing one factor leads to.
#[derive(Debug)]
pub enum Entered {
    /// Signed in: the token for the browser's cookie.
    SignedIn(Token),
    /// A second factor is asked for first; the token for the cookie of that step.
    Half(Token),
}

/// Lets somebody in who has shown one factor or two: those who have set up a
/// second factor are asked for it, unless they have shown one.
pub(crate) async fn enter(
    world: &World,
    tx: &mut Tx,
    person: i64,
    name: String,
    opening: Opening<'_>,
) -> Result<Entered> {
    if !opening.second_factor && super::factor::has_any(tx, person).await? {
        let token = Token::new(world);
        let now = world.now();
        store::half::end_of(tx, person, now - SignedDuration::from_mins(HALF_MINUTES)).await?;
        store::half::insert(tx, &token.sha256(), person, opening.by, now).await?;
        return Ok(Entered::Half(token));
    }
    open(world, tx, person, name, opening).await.map(Entered::SignedIn)
}

/// Opens a session for somebody who has shown all that is asked of them.
pub(crate) async fn open(world: &World, tx: &mut Tx, person: i64, name: String, opening: Opening<'_>) -> Result<Token> {
    let token = Token::new(world);
    let now = world.now();
    store::sessions::end_old(tx, now, now - SignedDuration::from_hours(IDLE_HOURS)).await?;
    let new = NewSession {
        id: world.id(),
        person,
        form_token: &world.secret::<16>(),
        opened_by: opening.by,
        second_factor: opening.second_factor,
        device: opening.device,
        now,
        expires: now + SignedDuration::from_hours(24 * LONGEST_DAYS),
    };
    store::sessions::insert(tx, &token.sha256(), &new).await?;
    known_device(world, tx, person, opening, now).await?;
    let caller = caller(world, tx, person, name, opening.second_factor).await?.0;
    let after = json!({"by": opening.by, "second_factor": opening.second_factor});
    audit::record(world, tx, &Who::Person(caller), Entry::of("sign in", "person", person).after(after)).await?;
    Ok(token)
}

/// Writes to somebody who signs in from a browser unlike those before.
async fn known_device(world: &World, tx: &mut Tx, person: i64, opening: Opening<'_>, now: Timestamp) -> Result<()> {
    let known = store::sessions::devices(tx, person).await?;
    let is_new = !known.is_empty() && !known.iter().any(|device| device == opening.device);
    store::sessions::know_device(tx, person, opening.device, now).await?;
    if is_new && let Some(account) = store::people::account(tx, person).await? {
        let letter = Letter::SignInFromNewDevice { device: opening.device.to_owned(), at: now };
        mail::send(world, tx, &account.email, &letter).await?;
    }
    Ok(())
}

/// The session with this token, if it stands; with how its person belongs to the
/// organisation that the request is about, where it is about one.
///
/// # Errors
/// The database.
pub async fn session(world: &World, token: &Token, about: Option<i64>) -> Result<Option<Session>> {
    let now = world.now();
    let idle_since = now - SignedDuration::from_hours(IDLE_HOURS);
    let sha = token.sha256();
    let mut conn = world.db.read().await?;
    let today = world.clock.today();
    let Some(standing) = store::sessions::session(&mut conn, &sha, (now, idle_since), (today, about)).await? else {
        return Ok(None);
    };
    drop(conn);
    let (caller, lacks) = calling((standing.person, standing.name), standing.roles, standing.second_factor, today);
    let caller = Caller { known: standing.known, ..caller };
    // Noting every page would make every page a write.
    if now.duration_since(standing.seen) > SignedDuration::from_mins(10) {
        let mut tx = world.db.begin().await?;
        store::sessions::seen(&mut tx, &sha, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Session {
        id: standing.id,
        caller,
        form_token: standing.form_token,
        second_factor: standing.second_factor,
        lacks,
        confirmed_at: standing.confirmed,
    }))
}

/// Ends a session. Ending one that is over does nothing.
///
/// # Errors
/// The database.
pub async fn sign_out(world: &World, token: &Token) -> Result<()> {
    let standing = session(world, token, None).await?;
    let mut tx = world.db.begin().await?;
    store::sessions::end(&mut tx, &token.sha256()).await?;
    if let Some(session) = standing {
        let person = session.caller.id;
        audit::record(world, &mut tx, &Who::Person(session.caller), Entry::of("sign out", "person", person)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The caller's sessions that stand, the one used last first.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn sessions(world: &World, who: &Who) -> Result<Vec<OpenSession>> {
    let caller = SIGNED_IN.own(who)?;
    let now = world.now();
    let mut conn = world.db.read().await?;
    let idle_since = now - SignedDuration::from_hours(IDLE_HOURS);
    Ok(store::sessions::open(&mut conn, caller.id, now, idle_since).await?)
}

/// Ends one of the caller's sessions.
///
/// # Errors
/// [`Error::NotFound`] where it is none of theirs or is over; the database.
pub async fn end_session(world: &World, who: &Who, id: i64) -> Result<()> {
    let caller = SIGNED_IN_WRITES.own(who)?;
    let mut tx = world.db.begin().await?;
    if !store::sessions::end_one(&mut tx, id, caller.id).await? {
        return Err(Error::NotFound);
    }
    audit::record(world, &mut tx, who, Entry::of("end a session", "person", caller.id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of the caller's sessions but this one; how many.
///
/// # Errors
/// [`Error::NotFound`] for a token that may not; the database.
pub async fn end_other_sessions(world: &World, session: &Session) -> Result<u64> {
    let who = Who::Person(session.caller.clone());
    let caller = SIGNED_IN_WRITES.own(&who)?;
    let mut tx = world.db.begin().await?;
    let ended = store::sessions::end_others(&mut tx, caller.id, session.id).await?;
    let entry = Entry::of("end all other sessions", "person", caller.id).after(json!({"sessions": ended}));
    audit::record(world, &mut tx, &who, entry).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Whoever is signed in shows again, with their password, who they are.
///
/// # Errors
/// [`Error::Invalid`] where the password is wrong or was tried too often; the database.
pub async fn confirm(world: &World, session: &Session, password: &str) -> Result<()> {
    let who = Who::Person(session.caller.clone());
    let caller = SIGNED_IN_WRITES.own(&who)?;
    super::password::show(world, caller.id, password).await?;
    let mut tx = world.db.begin().await?;
    store::sessions::confirmed(&mut tx, session.id, world.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// True where the session's person may change what opens their account; for a
/// page that shows a form before anything is done.
///
/// # Errors
/// [`Error::ConfirmFirst`] where they have to show again who they are.
pub fn may_change_account(world: &World, session: &Session) -> Result<()> {
    access::change_account(world, session).map(drop)
}

/// A person as one who asks, for what they began earlier while signed in.
pub(crate) async fn as_who(world: &World, conn: &mut Conn, person: i64) -> Result<Who> {
    let name = store::people::name(conn, person).await?.ok_or(Error::NotFound)?;
    Ok(Who::Person(caller(world, conn, person, name, false).await?.0))
}

/// The person as one who asks, with the roles they hold today, and whether one
/// was left out because it asks for a second factor.
pub(super) async fn caller(
    world: &World,
    conn: &mut Conn,
    id: i64,
    name: String,
    second_factor: bool,
) -> Result<(Caller, bool)> {
    let today = world.clock.today();
    let roles = role::held(conn, id, today).await?;
    Ok(calling((id, name), roles, second_factor, today))
}

/// As [`caller`], of somebody whose roles are known.
fn calling((id, name): (i64, String), mut roles: Vec<Held>, second_factor: bool, today: Date) -> (Caller, bool) {
    let all = roles.len();
    roles.retain(|held| second_factor || !held.role.needs_second_factor());
    let lacks = roles.len() < all;
    (Caller { id, name, roles: roles.into(), reads_only: false, today, known: Known::default() }, lacks)
}
