//! SQL of sign-ins that wait for their second factor.

use kernel::Timestamp;
use store::{Conn, StoreError, Tx, statement};

statement!(INSERT, "INSERT INTO half_sign_in (token_sha256, person_id, opened_by, created_at) VALUES ($1, $2, $3, $4)");
statement!(
    HALF,
    "SELECT half_sign_in.person_id, person.name, half_sign_in.opened_by
     FROM half_sign_in JOIN person ON person.id = half_sign_in.person_id
     WHERE half_sign_in.token_sha256 = $1 AND half_sign_in.created_at > $2 AND person.closed_at IS NULL"
);
statement!(END, "DELETE FROM half_sign_in WHERE token_sha256 = $1");
statement!(END_OF, "DELETE FROM half_sign_in WHERE person_id = $1 OR created_at <= $2");

/// Somebody who has shown one factor.
pub(in super::super) struct Half {
    pub(in super::super) person: i64,
    pub(in super::super) name: String,
    pub(in super::super) opened_by: String,
}

pub(in super::super) async fn insert(
    tx: &mut Tx,
    token_sha256: &str,
    person: i64,
    opened_by: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![token_sha256.into(), person.into(), opened_by.into(), now.into()];
    tx.execute(INSERT, values).await.map(drop)
}

pub(in super::super) async fn half(
    conn: &mut Conn,
    token_sha256: &str,
    since: Timestamp,
) -> Result<Option<Half>, StoreError> {
    let row = conn.row(HALF, vec![token_sha256.into(), since.into()]).await?;
    row.map(|row| Ok(Half { person: row.int(0)?, name: row.text(1)?, opened_by: row.text(2)? })).transpose()
}

/// False where another request was faster.
pub(in super::super) async fn end(tx: &mut Tx, token_sha256: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![token_sha256.into()]).await? > 0)
}

/// Ends those of a person, and those that began before a moment.
pub(in super::super) async fn end_of(tx: &mut Tx, person: i64, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(END_OF, vec![person.into(), before.into()]).await.map(drop)
}
