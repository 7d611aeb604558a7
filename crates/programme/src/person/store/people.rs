//! SQL of people and passwords.

use super::super::{
    access::{MayChangeAccount, MayClose, MayMakePeople, MayRecover},
    model::NewPerson,
};
use kernel::{Date, Timestamp};
use store::{Conn, StoreError, Tx, statement};

statement!(INSERT, "INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)");
statement!(INSERT_PASSWORD, "INSERT INTO password (person_id, hash, set_at) VALUES ($1, $2, $3)");
statement!(
    BY_EMAIL,
    "SELECT person.id, person.name, password.hash FROM person JOIN password ON password.person_id = person.id
     WHERE person.email = $1 AND person.closed_at IS NULL"
);
statement!(BY_ADDRESS, "SELECT id, name FROM person WHERE email = $1 AND closed_at IS NULL");
statement!(NAME, "SELECT name FROM person WHERE id = $1 AND closed_at IS NULL");
statement!(
    ACCOUNT,
    "SELECT person.email, person.name, password.hash, password.set_at
     FROM person LEFT JOIN password ON password.person_id = person.id
     WHERE person.id = $1 AND person.closed_at IS NULL"
);
statement!(
    SET_PASSWORD,
    "INSERT INTO password (person_id, hash, set_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at"
);
statement!(INSERT_LINK, "INSERT INTO password_link (token_sha256, person_id, expires_at) VALUES ($1, $2, $3)");
statement!(LINK, "SELECT person_id FROM password_link WHERE token_sha256 = $1 AND expires_at > $2");
statement!(END_LINKS, "DELETE FROM password_link WHERE person_id = $1 OR expires_at <= $2");
statement!(
    IDLE,
    "SELECT person.id FROM person
     WHERE person.closed_at IS NULL AND person.created_at <= $1
         AND NOT EXISTS (SELECT 1 FROM role_held WHERE role_held.person_id = person.id
             AND (role_held.until IS NULL OR role_held.until > $2))
     ORDER BY person.id"
);
statement!(CLOSE, "UPDATE person SET closed_at = $2, email = $3 WHERE id = $1 AND closed_at IS NULL");
statement!(END_PASSWORD, "DELETE FROM password WHERE person_id = $1");
statement!(END_ELSEWHERE, "DELETE FROM elsewhere_account WHERE person_id = $1");
statement!(END_DEVICES, "DELETE FROM known_device WHERE person_id = $1");

/// A person and the hash of their password.
pub(in super::super) async fn insert(
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
pub(in super::super) async fn by_email(
    conn: &mut Conn,
    email: &str,
) -> Result<Option<(i64, String, String)>, StoreError> {
    let row = conn.row(BY_EMAIL, vec![email.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?, row.text(2)?))).transpose()
}

/// Id and name of the person with this address.
pub(in super::super) async fn by_address(conn: &mut Conn, email: &str) -> Result<Option<(i64, String)>, StoreError> {
    let row = conn.row(BY_ADDRESS, vec![email.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?))).transpose()
}

/// The name of somebody whose account is open.
pub(in super::super) async fn name(conn: &mut Conn, person: i64) -> Result<Option<String>, StoreError> {
    conn.row(NAME, vec![person.into()]).await?.map(|row| row.text(0)).transpose()
}

/// What an account is.
pub(in super::super) struct Account {
    pub(in super::super) email: String,
    pub(in super::super) name: String,
    /// The password's hash and when it was set; none for who signs in elsewhere only.
    pub(in super::super) password: Option<(String, Timestamp)>,
}

pub(in super::super) async fn account(conn: &mut Conn, person: i64) -> Result<Option<Account>, StoreError> {
    let Some(row) = conn.row(ACCOUNT, vec![person.into()]).await? else { return Ok(None) };
    let password = match row.opt_text(2)? {
        Some(hash) => Some((hash, row.moment(3)?)),
        None => None,
    };
    Ok(Some(Account { email: row.text(0)?, name: row.text(1)?, password }))
}

/// Leave to set somebody's password: to that person, or to whoever recovers them.
pub(in super::super) trait MaySetPassword {}
impl MaySetPassword for MayRecover {}
impl MaySetPassword for MayChangeAccount {}

/// The hash of a person's password, whether they had one or not.
pub(in super::super) async fn set_password(
    tx: &mut Tx,
    _leave: &impl MaySetPassword,
    person: i64,
    hash: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, vec![person.into(), hash.into(), now.into()]).await.map(drop)
}

pub(in super::super) async fn insert_link(
    tx: &mut Tx,
    token_sha256: &str,
    person: i64,
    expires: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(INSERT_LINK, vec![token_sha256.into(), person.into(), expires.into()]).await.map(drop)
}

/// Whose password a link sets, while it works.
pub(in super::super) async fn link(
    conn: &mut Conn,
    token_sha256: &str,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    conn.row(LINK, vec![token_sha256.into(), now.into()]).await?.map(|row| row.int(0)).transpose()
}

/// Ends the links of a person, and those whose time is over. False where there was none.
pub(in super::super) async fn end_links(tx: &mut Tx, person: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(END_LINKS, vec![person.into(), now.into()]).await? > 0)
}

/// Whose last role ended on or before a day, or who was made before a moment and never had one.
pub(in super::super) async fn idle(conn: &mut Conn, before: Timestamp, day: Date) -> Result<Vec<i64>, StoreError> {
    conn.rows(IDLE, vec![before.into(), day.into()]).await?.iter().map(|row| row.int(0)).collect()
}

/// Disconnects accounts elsewhere.
pub(in super::super) async fn end_elsewhere(tx: &mut Tx, person: i64) -> Result<(), StoreError> {
    tx.execute(END_ELSEWHERE, vec![person.into()]).await.map(drop)
}

/// Closes an account: its address is free again, and nothing opens it any more.
pub(in super::super) async fn close(
    tx: &mut Tx,
    _leave: &MayClose,
    person: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    // An address has an @, so no address is ever this.
    tx.execute(CLOSE, vec![person.into(), now.into(), format!("closed {person}").into()]).await?;
    for sql in [END_PASSWORD, END_ELSEWHERE, END_DEVICES] {
        tx.execute(sql, vec![person.into()]).await?;
    }
    Ok(())
}
