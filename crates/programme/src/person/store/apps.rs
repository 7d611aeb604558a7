//! SQL of authenticator apps and recovery codes.

use kernel::Timestamp;
use store::{Conn, StoreError, Tx, statement};

statement!(
    SET,
    "INSERT INTO authenticator_app (person_id, secret, made_at, confirmed_at, last_step) VALUES ($1, $2, $3, $4, 0)
     ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at,
         confirmed_at = excluded.confirmed_at, last_step = 0"
);
statement!(APP, "SELECT secret, made_at, confirmed_at FROM authenticator_app WHERE person_id = $1");
statement!(CONFIRM, "UPDATE authenticator_app SET confirmed_at = $2 WHERE person_id = $1 AND confirmed_at IS NULL");
statement!(TAKE_STEP, "UPDATE authenticator_app SET last_step = $2 WHERE person_id = $1 AND last_step < $2");
statement!(END, "DELETE FROM authenticator_app WHERE person_id = $1");
statement!(INSERT_CODE, "INSERT INTO recovery_code (person_id, code_sha256, made_at) VALUES ($1, $2, $3)");
statement!(
    USE_CODE,
    "UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND code_sha256 = $2 AND used_at IS NULL"
);
statement!(CODES_LEFT, "SELECT COUNT(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL");
statement!(END_CODES, "DELETE FROM recovery_code WHERE person_id = $1");

/// An app that shows codes.
pub(in super::super) struct App {
    /// Base32.
    pub(in super::super) secret: String,
    pub(in super::super) made: Timestamp,
    pub(in super::super) confirmed: Option<Timestamp>,
}

pub(in super::super) async fn set(
    tx: &mut Tx,
    person: i64,
    secret: &str,
    now: Timestamp,
    confirmed: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.execute(SET, vec![person.into(), secret.into(), now.into(), confirmed.into()]).await.map(drop)
}

pub(in super::super) async fn app(conn: &mut Conn, person: i64) -> Result<Option<App>, StoreError> {
    let Some(row) = conn.row(APP, vec![person.into()]).await? else { return Ok(None) };
    Ok(Some(App { secret: row.text(0)?, made: row.moment(1)?, confirmed: row.opt_moment(2)? }))
}

pub(in super::super) async fn confirm(tx: &mut Tx, person: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(CONFIRM, vec![person.into(), now.into()]).await? > 0)
}

/// Takes the code of a step; false where it, or a later one, was taken before.
pub(in super::super) async fn take_step(tx: &mut Tx, person: i64, step: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_STEP, vec![person.into(), step.into()]).await? > 0)
}

pub(in super::super) async fn end(tx: &mut Tx, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![person.into()]).await? > 0)
}

/// Puts new recovery codes in the place of the old.
pub(in super::super) async fn new_codes(
    tx: &mut Tx,
    person: i64,
    hashes: &[String],
    now: Timestamp,
) -> Result<(), StoreError> {
    end_codes(tx, person).await?;
    for hash in hashes {
        tx.execute(INSERT_CODE, vec![person.into(), hash.as_str().into(), now.into()]).await?;
    }
    Ok(())
}

/// Takes a recovery code; false where there is none, or it was taken before.
pub(in super::super) async fn use_code(
    tx: &mut Tx,
    person: i64,
    code_sha256: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_CODE, vec![person.into(), code_sha256.into(), now.into()]).await? > 0)
}

pub(in super::super) async fn codes_left(conn: &mut Conn, person: i64) -> Result<i64, StoreError> {
    conn.row(CODES_LEFT, vec![person.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

pub(in super::super) async fn end_codes(tx: &mut Tx, person: i64) -> Result<(), StoreError> {
    tx.execute(END_CODES, vec![person.into()]).await.map(drop)
}
