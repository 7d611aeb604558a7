//! SQL of calendar feeds.

use super::super::feed::KnownFeed;
use kernel::Timestamp;
use store::{Conn, StoreError, Tx, statement};

statement!(
    PUT,
    "INSERT INTO calendar_feed (person_id, token_sha256, second_factor, made_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO UPDATE SET token_sha256 = excluded.token_sha256,
         second_factor = excluded.second_factor, made_at = excluded.made_at, used_at = NULL"
);
statement!(OF, "SELECT made_at, used_at FROM calendar_feed WHERE person_id = $1");
statement!(
    BY_TOKEN,
    "SELECT person.id, person.name, calendar_feed.second_factor, calendar_feed.used_at
     FROM calendar_feed JOIN person ON person.id = calendar_feed.person_id
     WHERE calendar_feed.token_sha256 = $1 AND person.closed_at IS NULL"
);
statement!(USED, "UPDATE calendar_feed SET used_at = $2 WHERE token_sha256 = $1");
statement!(END, "DELETE FROM calendar_feed WHERE person_id = $1");

/// Makes a feed's address, in the place of the one before.
pub(in super::super) async fn put(
    tx: &mut Tx,
    person: i64,
    token_sha256: &str,
    second_factor: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![person.into(), token_sha256.into(), second_factor.into(), now.into()];
    tx.execute(PUT, values).await.map(drop)
}

pub(in super::super) async fn of(conn: &mut Conn, person: i64) -> Result<Option<KnownFeed>, StoreError> {
    let row = conn.row(OF, vec![person.into()]).await?;
    row.map(|row| Ok(KnownFeed { made: row.moment(0)?, used: row.opt_moment(1)? })).transpose()
}

/// Whose feed it is.
pub(in super::super) struct Owner {
    pub(in super::super) person: i64,
    pub(in super::super) name: String,
    pub(in super::super) second_factor: bool,
    pub(in super::super) used: Option<Timestamp>,
}

pub(in super::super) async fn by_token(conn: &mut Conn, token_sha256: &str) -> Result<Option<Owner>, StoreError> {
    let row = conn.row(BY_TOKEN, vec![token_sha256.into()]).await?;
    row.map(|row| {
        Ok(Owner { person: row.int(0)?, name: row.text(1)?, second_factor: row.flag(2)?, used: row.opt_moment(3)? })
    })
    .transpose()
}

pub(in super::super) async fn used(tx: &mut Tx, token_sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(USED, vec![token_sha256.into(), now.into()]).await.map(drop)
}

pub(in super::super) async fn end(tx: &mut Tx, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![person.into()]).await? > 0)
}
