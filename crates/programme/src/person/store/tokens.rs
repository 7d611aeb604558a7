//! SQL of tokens.

use super::super::token::KnownToken;
use kernel::Timestamp;
use store::{Conn, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO api_token (id, person_id, name, token_sha256, second_factor, made_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(
    OF,
    "SELECT id, name, made_at, expires_at, used_at FROM api_token WHERE person_id = $1 ORDER BY made_at, id"
);
statement!(
    BY_TOKEN,
    "SELECT api_token.id, person.id, person.name, api_token.second_factor, api_token.used_at
     FROM api_token JOIN person ON person.id = api_token.person_id
     WHERE api_token.token_sha256 = $1 AND api_token.expires_at > $2 AND person.closed_at IS NULL"
);
statement!(USED, "UPDATE api_token SET used_at = $2 WHERE id = $1");
statement!(END, "DELETE FROM api_token WHERE id = $1 AND person_id = $2");
statement!(END_ALL, "DELETE FROM api_token WHERE person_id = $1");

pub(in super::super) async fn insert(
    tx: &mut Tx,
    person: i64,
    token: &KnownToken,
    token_sha256: &str,
    second_factor: bool,
) -> Result<(), StoreError> {
    let values = vec![
        token.id.into(),
        person.into(),
        token.name.as_str().into(),
        token_sha256.into(),
        second_factor.into(),
        token.made.into(),
        token.expires.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(in super::super) async fn of(conn: &mut Conn, person: i64) -> Result<Vec<KnownToken>, StoreError> {
    let rows = conn.rows(OF, vec![person.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(KnownToken {
                id: row.int(0)?,
                name: row.text(1)?,
                made: row.moment(2)?,
                expires: row.moment(3)?,
                used: row.opt_moment(4)?,
            })
        })
        .collect()
}

/// Whose token it is, while it works.
pub(in super::super) struct Bearer {
    pub(in super::super) id: i64,
    pub(in super::super) person: i64,
    pub(in super::super) name: String,
    pub(in super::super) second_factor: bool,
    pub(in super::super) used: Option<Timestamp>,
}

pub(in super::super) async fn by_token(
    conn: &mut Conn,
    token_sha256: &str,
    now: Timestamp,
) -> Result<Option<Bearer>, StoreError> {
    let Some(row) = conn.row(BY_TOKEN, vec![token_sha256.into(), now.into()]).await? else { return Ok(None) };
    Ok(Some(Bearer {
        id: row.int(0)?,
        person: row.int(1)?,
        name: row.text(2)?,
        second_factor: row.flag(3)?,
        used: row.opt_moment(4)?,
    }))
}

pub(in super::super) async fn used(tx: &mut Tx, id: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(USED, vec![id.into(), now.into()]).await.map(drop)
}

pub(in super::super) async fn end(tx: &mut Tx, id: i64, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![id.into(), person.into()]).await? > 0)
}

pub(in super::super) async fn end_all(tx: &mut Tx, person: i64) -> Result<u64, StoreError> {
    tx.execute(END_ALL, vec![person.into()]).await
}
