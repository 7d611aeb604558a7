//! What one can do with people and sessions.

use super::{
    access,
    model::{
        IDLE_HOURS, LONGEST_DAYS, MOST_ATTEMPTS, NewPerson, Session, SignIn, Token, WINDOW_MINUTES, fold_email,
        hash_password, password_fits, sha256,
    },
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    organisation,
    role::{self, NewRole},
    who::{Caller, Role},
};
use ::store::{Conn, StoreError, Tx};
use jiff::SignedDuration;
use serde_json::json;

/// Makes an administrator.
///
/// # Errors
/// [`Error::Invalid`] where a field does not fit or the address is taken.
pub async fn create_administrator(world: &World, who: &Who, person: NewPerson) -> Result<i64> {
    let leave = access::make_people(who)?;
    let person = person.checked()?;
    let hash = hash_in_background(world, person.password.clone()).await?;
    let id = world.id();
    let mut tx = world.db.begin().await?;
    match store::insert(&mut tx, &leave, id, &person, hash, world.now()).await {
        Err(StoreError::Conflict(_)) => {
            return Err(Error::field("email", "There is somebody with this e-mail address already"));
        }
        done => done?,
    }
    let entry =
        Entry::of("make an administrator", "person", id).after(json!({"email": person.email, "name": person.name}));
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    let administrator = NewRole {
        person: id,
        organisation: organisation::INSTALLATION,
        role: Role::Administrator,
        strand: None,
        since: world.clock.today(),
    };
    role::given(world, &mut tx, who, administrator).await?;
    tx.commit().await?;
    Ok(id)
}

/// Signs somebody in by address and password.
///
/// Takes the same time for an unknown address as for a known one, and counts
/// wrong passwords by address, so that guessing is slow on every node.
///
/// # Errors
/// The database.
pub async fn sign_in(world: &World, email: &str, password: &str) -> Result<SignIn> {
    let email = fold_email(email);
    let email_hash = sha256(&email);
    let now = world.now();
    let window = now - SignedDuration::from_mins(WINDOW_MINUTES);
    let found = {
        let mut conn = world.db.read().await?;
        if store::attempts(&mut conn, &email_hash, window).await? >= MOST_ATTEMPTS {
            return Ok(SignIn::Wait(WINDOW_MINUTES));
        }
        store::by_email(&mut conn, &email).await?
    };
    let password = password.to_owned();
    let hash = found.as_ref().map(|(.., hash)| hash.clone());
    let fits = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => password_fits(&password, &hash),
        None => {
            let _ = hash_password(&password, &[0; 16]);
            false
        }
    })
    .await
    .map_err(|error| Error::Unexpected(error.to_string()))?;
    let mut tx = world.db.begin().await?;
    let Some((person, name, _)) = found.filter(|_| fits) else {
        store::attempt(&mut tx, world.id(), &email_hash, now).await?;
        tx.commit().await?;
        return Ok(SignIn::Wrong);
    };
    store::forget_attempts(&mut tx, &email_hash, window).await?;
    let token = open_session(world, &mut tx, person, name, "password").await?;
    tx.commit().await?;
    Ok(SignIn::Done(token))
}

/// Opens a session for somebody who has shown who they are, `how`.
pub(crate) async fn open_session(world: &World, tx: &mut Tx, person: i64, name: String, how: &str) -> Result<Token> {
    let Some(token) = Token::parse(&world.secret::<32>()) else {
        return Err(Error::Unexpected("a secret is 64 hexadecimal digits".into()));
    };
    let now = world.now();
    store::end_old_sessions(tx, now, now - SignedDuration::from_hours(IDLE_HOURS)).await?;
    let expires = now + SignedDuration::from_hours(24 * LONGEST_DAYS);
    store::insert_session(tx, &token.sha256(), person, &world.secret::<16>(), now, expires).await?;
    let caller = caller(world, tx, person, name).await?;
    let entry = Entry::of("sign in", "person", person).after(json!({"by": how}));
    audit::record(world, tx, &Who::Person(caller), entry).await?;
    Ok(token)
}

/// A person as one who asks, for what they began earlier while signed in.
pub(crate) async fn as_who(world: &World, conn: &mut Conn, person: i64) -> Result<Who> {
    let name = store::name(conn, person).await?.ok_or(Error::NotFound)?;
    Ok(Who::Person(caller(world, conn, person, name).await?))
}

/// The session with this token, if it stands.
///
/// # Errors
/// The database.
pub async fn session(world: &World, token: &Token) -> Result<Option<Session>> {
    let now = world.now();
    let idle_since = now - SignedDuration::from_hours(IDLE_HOURS);
    let sha = token.sha256();
    let mut conn = world.db.read().await?;
    let Some((person, name, form_token, seen)) = store::session(&mut conn, &sha, now, idle_since).await? else {
        return Ok(None);
    };
    let caller = caller(world, &mut conn, person, name).await?;
    drop(conn);
    // Noting every page would make every page a write.
    if now.duration_since(seen) > SignedDuration::from_mins(10) {
        let mut tx = world.db.begin().await?;
        store::seen(&mut tx, &sha, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Session { caller, form_token }))
}

/// Ends a session. Ending one that is over does nothing.
///
/// # Errors
/// The database.
pub async fn sign_out(world: &World, token: &Token) -> Result<()> {
    let mut tx = world.db.begin().await?;
    store::end_session(&mut tx, &token.sha256()).await?;
    tx.commit().await?;
    Ok(())
}

/// The person as one who asks, with the roles they hold today.
async fn caller(world: &World, conn: &mut Conn, id: i64, name: String) -> Result<Caller> {
    let today = world.clock.today();
    let roles = role::held(conn, id, today).await?.into();
    Ok(Caller { id, name, roles, reads_only: false, today })
}

pub(super) async fn hash_in_background(world: &World, password: String) -> Result<String> {
    let mut salt = [0; 16];
    world.chance.fill(&mut salt);
    tokio::task::spawn_blocking(move || hash_password(&password, &salt))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?
}
