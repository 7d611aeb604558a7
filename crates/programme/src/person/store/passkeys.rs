//! SQL of passkeys.

use super::super::passkey::KnownPasskey;
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO passkey (id, person_id, name, credential_id, passkey_json, made_at) VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    OF,
    "SELECT id, name, passkey_json, made_at, used_at FROM passkey WHERE person_id = $1 ORDER BY made_at, id"
);
statement!(COUNT, "SELECT COUNT(*) FROM passkey WHERE person_id = $1");
statement!(USED, "UPDATE passkey SET passkey_json = $2, used_at = $3 WHERE id = $1");
statement!(END, "DELETE FROM passkey WHERE id = $1 AND person_id = $2");
statement!(END_ALL, "DELETE FROM passkey WHERE person_id = $1");
statement!(
    BEGIN,
    "INSERT INTO passkey_begun (token_sha256, purpose, person_id, state_json, created_at)
     VALUES ($1, $2, $3, $4, $5)"
);
statement!(
    BEGUN,
    "SELECT purpose, person_id, state_json FROM passkey_begun WHERE token_sha256 = $1 AND created_at > $2"
);
statement!(END_BEGUN, "DELETE FROM passkey_begun WHERE token_sha256 = $1");
statement!(FORGET_BEGUN, "DELETE FROM passkey_begun WHERE created_at <= $1");

pub(in super::super) async fn insert(
    tx: &mut Tx,
    id: i64,
    person: i64,
    name: &str,
    (credential, json): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![id.into(), person.into(), name.into(), credential.into(), json.into(), now.into()];
    tx.execute(INSERT, values).await.map(drop)
}

/// A person's passkeys, each with what the library keeps of it.
pub(in super::super) async fn of(conn: &mut Conn, person: i64) -> Result<Vec<(KnownPasskey, String)>, StoreError> {
    conn.rows(OF, vec![person.into()]).await?.iter().map(known).collect()
}

fn known(row: &Row) -> Result<(KnownPasskey, String), StoreError> {
    let known = KnownPasskey { id: row.int(0)?, name: row.text(1)?, made: row.moment(3)?, used: row.opt_moment(4)? };
    Ok((known, row.text(2)?))
}

pub(in super::super) async fn count(conn: &mut Conn, person: i64) -> Result<i64, StoreError> {
    conn.row(COUNT, vec![person.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

pub(in super::super) async fn used(tx: &mut Tx, id: i64, json: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(USED, vec![id.into(), json.into(), now.into()]).await.map(drop)
}

pub(in super::super) async fn end(tx: &mut Tx, id: i64, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![id.into(), person.into()]).await? > 0)
}

pub(in super::super) async fn end_all(tx: &mut Tx, person: i64) -> Result<u64, StoreError> {
    tx.execute(END_ALL, vec![person.into()]).await
}

pub(in super::super) async fn begin(
    tx: &mut Tx,
    token_sha256: &str,
    purpose: &str,
    person: Option<i64>,
    state: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    // So that nobody can fill the table by asking and never answering.
    tx.execute(FORGET_BEGUN, vec![(now - jiff::SignedDuration::from_mins(10)).into()]).await?;
    let values = vec![token_sha256.into(), purpose.into(), person.into(), state.into(), now.into()];
    tx.execute(BEGIN, values).await.map(drop)
}

/// Purpose, person and state of what was begun, once: it is over with this.
pub(in super::super) async fn take_begun(
    tx: &mut Tx,
    token_sha256: &str,
    since: Timestamp,
) -> Result<Option<(String, Option<i64>, String)>, StoreError> {
    let row = tx.row(BEGUN, vec![token_sha256.into(), since.into()]).await?;
    let first = tx.execute(END_BEGUN, vec![token_sha256.into()]).await? > 0;
    tx.execute(FORGET_BEGUN, vec![since.into()]).await?;
    row.filter(|_| first).map(|row| Ok((row.text(0)?, row.opt_int(1)?, row.text(2)?))).transpose()
}
