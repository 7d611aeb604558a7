//! SQL of weekly letters.

use kernel::{Date, Timestamp};
use store::{Conn, StoreError, Tx, statement};

statement!(
    PUT,
    "INSERT INTO digest (person_id, second_factor, since, sent_week) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id) DO NOTHING"
);
statement!(OF, "SELECT since, sent_week FROM digest WHERE person_id = $1");
statement!(
    DUE,
    "SELECT person.id, person.name, person.email, digest.second_factor
     FROM digest JOIN person ON person.id = digest.person_id
     WHERE person.closed_at IS NULL AND digest.sent_week < $1 ORDER BY person.id"
);
// Of two workers that do the same week, one finds it done.
statement!(MARK, "UPDATE digest SET sent_week = $2 WHERE person_id = $1 AND sent_week < $2");
statement!(END, "DELETE FROM digest WHERE person_id = $1");
statement!(PUT_STOP, "INSERT INTO digest_stop (token_sha256, person_id, made_at) VALUES ($1, $2, $3)");
statement!(WHOSE, "SELECT person_id FROM digest_stop WHERE token_sha256 = $1");
statement!(OLD_STOPS, "DELETE FROM digest_stop WHERE made_at < $1");
statement!(END_STOPS, "DELETE FROM digest_stop WHERE person_id = $1");

/// Notes that somebody wants it; false where they do already.
pub(super) async fn put(
    tx: &mut Tx,
    person: i64,
    second_factor: bool,
    now: Timestamp,
    week: Date,
) -> Result<bool, StoreError> {
    let values = vec![person.into(), second_factor.into(), now.into(), week.into()];
    Ok(tx.execute(PUT, values).await? > 0)
}

/// Since when somebody gets it, and the last week that was looked at.
pub(super) async fn of(conn: &mut Conn, person: i64) -> Result<Option<(Timestamp, Date)>, StoreError> {
    let row = conn.row(OF, vec![person.into()]).await?;
    row.map(|row| Ok((row.moment(0)?, row.date(1)?))).transpose()
}

/// Somebody whose letter is due.
pub(super) struct Due {
    pub(super) person: i64,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) second_factor: bool,
}

/// Those for whom a week was not looked at yet.
pub(super) async fn due(conn: &mut Conn, week: Date) -> Result<Vec<Due>, StoreError> {
    let rows = conn.rows(DUE, vec![week.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Due { person: row.int(0)?, name: row.text(1)?, email: row.text(2)?, second_factor: row.flag(3)? })
        })
        .collect()
}

/// Notes that a week was looked at; false where it was already, or they stopped it.
pub(super) async fn mark(tx: &mut Tx, person: i64, week: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(MARK, vec![person.into(), week.into()]).await? > 0)
}

/// Ends it; false where there is nothing to end.
pub(super) async fn end(tx: &mut Tx, person: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![person.into()]).await? > 0)
}

/// Keeps the hash of a letter's link that stops them.
pub(super) async fn put_stop(tx: &mut Tx, sha256: &str, person: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(PUT_STOP, vec![sha256.into(), person.into(), now.into()]).await.map(drop)
}

/// Whose letter had this link.
pub(super) async fn whose(conn: &mut Conn, sha256: &str) -> Result<Option<i64>, StoreError> {
    let row = conn.row(WHOSE, vec![sha256.into()]).await?;
    row.map(|row| row.int(0)).transpose()
}

/// Forgets the links of letters before a moment.
pub(super) async fn drop_stops(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(OLD_STOPS, vec![before.into()]).await.map(drop)
}

/// Forgets that somebody chose it, with all links; their account is closed.
pub(crate) async fn forget(tx: &mut Tx, person: i64) -> Result<(), StoreError> {
    for sql in [END, END_STOPS] {
        tx.execute(sql, vec![person.into()]).await?;
    }
    Ok(())
}
