//! SQL of people and sessions.

use super::{
    access::{MayMakePeople, MayRecover},
    model::NewPerson,
};
use kernel::Timestamp;
use store::{Conn, StoreError, Tx, statement};

statement!(INSERT, "INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)");
statement!(INSERT_PASSWORD, "INSERT INTO password (person_id, hash, set_at) VALUES ($1, $2, $3)");
statement!(
    BY_EMAIL,
    "SELECT person.id, person.name, password.hash FROM person JOIN password ON password.person_id = person.id
     WHERE person.email = $1 AND person.closed_at IS NULL"
);
statement!(BY_ADDRESS, "SELECT id, name FROM person WHERE email = $1 AND closed_at IS NULL");
statement!(ID_BY_EMAIL, "SELECT id FROM person WHERE email = $1 AND closed_at IS NULL");
statement!(
    SET_PASSWORD,
    "INSERT INTO password (person_id, hash, set_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at"
);
statement!(END_SESSIONS_OF, "DELETE FROM session WHERE person_id = $1");
statement!(FORGET_ALL_ATTEMPTS, "DELETE FROM sign_in_attempt WHERE email_sha256 = $1");
statement!(
    INSERT_SESSION,
    "INSERT INTO session (token_sha256, person_id, form_token, created_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    SESSION,
    "SELECT person.id, person.name, session.form_token, session.seen_at
     FROM session JOIN person ON person.id = session.person_id
     WHERE session.token_sha256 = $1 AND session.expires_at > $2 AND session.seen_at > $3
         AND person.closed_at IS NULL"
);
statement!(NAME, "SELECT name FROM person WHERE id = $1 AND closed_at IS NULL");
statement!(SEEN, "UPDATE session SET seen_at = $2 WHERE token_sha256 = $1");
statement!(END_SESSION, "DELETE FROM session WHERE token_sha256 = $1");
statement!(END_OLD_SESSIONS, "DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2");
statement!(ATTEMPT, "INSERT INTO sign_in_attempt (id, email_sha256, at) VALUES ($1, $2, $3)");
statement!(ATTEMPTS, "SELECT COUNT(*) FROM sign_in_attempt WHERE email_sha256 = $1 AND at > $2");
statement!(FORGET_ATTEMPTS, "DELETE FROM sign_in_attempt WHERE email_sha256 = $1 OR at <= $2");

/// A person and the hash of their password.
pub(super) async fn insert(
    tx: &mut Tx,
    _leave: &MayMakePeople,
    id: i64,
    person: &NewPerson,
    password_hash: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![id.into(), person.email.as_str().into(), person.name.as_str().into(), now.into()];
    tx.execute(INSERT, values).await?;
    tx.execute(INSERT_PASSWORD, vec![id.into(), password_hash.into(), now.into()]).await.map(drop)
}

/// Id, name and password's hash of the person with this address.
pub(super) async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<(i64, String, String)>, StoreError> {
    let row = conn.row(BY_EMAIL, vec![email.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?, row.text(2)?))).transpose()
}

/// Id and name of the person with this address.
pub(super) async fn by_address(conn: &mut Conn, email: &str) -> Result<Option<(i64, String)>, StoreError> {
    let row = conn.row(BY_ADDRESS, vec![email.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?))).transpose()
}

pub(super) async fn insert_session(
    tx: &mut Tx,
    token_sha256: &str,
    person: i64,
    form_token: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![token_sha256.into(), person.into(), form_token.into(), now.into(), now.into(), expires.into()];
    tx.execute(INSERT_SESSION, values).await.map(drop)
}

/// The name of somebody whose account is open.
pub(super) async fn name(conn: &mut Conn, person: i64) -> Result<Option<String>, StoreError> {
    conn.row(NAME, vec![person.into()]).await?.map(|row| row.text(0)).transpose()
}

/// Id and name of the person, the form token and when it was last seen.
pub(super) async fn session(
    conn: &mut Conn,
    token_sha256: &str,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<(i64, String, String, Timestamp)>, StoreError> {
    let values = vec![token_sha256.into(), now.into(), idle_since.into()];
    let row = conn.row(SESSION, values).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?, row.text(2)?, row.moment(3)?))).transpose()
}

pub(super) async fn seen(tx: &mut Tx, token_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(SEEN, vec![token_sha256.into(), now.into()]).await.map(drop)
}

pub(super) async fn end_session(tx: &mut Tx, token_sha256: &str) -> Result<u64, StoreError> {
    tx.execute(END_SESSION, vec![token_sha256.into()]).await
}

pub(super) async fn end_old_sessions(tx: &mut Tx, now: Timestamp, idle_since: Timestamp) -> Result<(), StoreError> {
    tx.execute(END_OLD_SESSIONS, vec![now.into(), idle_since.into()]).await.map(drop)
}

pub(super) async fn attempt(tx: &mut Tx, id: i64, email_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(ATTEMPT, vec![id.into(), email_sha256.into(), now.into()]).await.map(drop)
}

pub(super) async fn attempts(conn: &mut Conn, email_sha256: &str, since: Timestamp) -> Result<i64, StoreError> {
    let row = conn.row(ATTEMPTS, vec![email_sha256.into(), since.into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

pub(super) async fn forget_attempts(tx: &mut Tx, email_sha256: &str, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(FORGET_ATTEMPTS, vec![email_sha256.into(), before.into()]).await.map(drop)
}

pub(super) async fn id_by_email(conn: &mut Conn, email: &str) -> Result<Option<i64>, StoreError> {
    conn.row(ID_BY_EMAIL, vec![email.into()]).await?.map(|row| row.int(0)).transpose()
}

/// The hash of a person's password, whether they had one or not.
pub(super) async fn set_password(
    tx: &mut Tx,
    _leave: &MayRecover,
    person: i64,
    hash: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, vec![person.into(), hash.into(), now.into()]).await.map(drop)
}

pub(super) async fn end_sessions_of(tx: &mut Tx, _leave: &MayRecover, person: i64) -> Result<(), StoreError> {
    tx.execute(END_SESSIONS_OF, vec![person.into()]).await.map(drop)
}

pub(super) async fn forget_all_attempts(
    tx: &mut Tx,
    _leave: &MayRecover,
    email_sha256: &str,
) -> Result<(), StoreError> {
    tx.execute(FORGET_ALL_ATTEMPTS, vec![email_sha256.into()]).await.map(drop)
}
