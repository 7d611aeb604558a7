//! SQL of the outbox.

use super::{
    access::MaySee,
    model::{Outbox, Posted, State},
};
use crate::error::{Error, Result};
use kernel::Timestamp;
use std::collections::HashMap;
use store::{Conn, Row, StoreError, Tx, bulk::Lookup, statement};

statement!(
    INSERT,
    "INSERT INTO letter (id, recipient, template, letter_json, state, queued_at, useful_until, tries)
     VALUES ($1, $2, $3, $4, 'waits', $5, $6, 0)"
);
statement!(BODY, "SELECT recipient, letter_json, queued_at, useful_until FROM letter WHERE id = $1");
statement!(
    TRIED,
    "UPDATE letter SET tries = tries + 1, tried_at = $2, said = $3, state = 'waits' WHERE id = $1 AND ended_at IS NULL"
);
// Its link is a secret of its reader: it goes with the word that the letter has ended.
statement!(
    END,
    "UPDATE letter SET state = $2, ended_at = $3, said = $4, letter_json = NULL WHERE id = $1 AND ended_at IS NULL"
);
statement!(FAIL, "UPDATE letter SET state = 'failed', said = $2 WHERE id = $1 AND ended_at IS NULL");
statement!(
    EXPIRE,
    "UPDATE letter SET state = 'too_late', ended_at = $1, letter_json = NULL
     WHERE ended_at IS NULL AND state = 'failed' AND useful_until <= $1"
);
statement!(FORGET, "DELETE FROM letter WHERE ended_at <= $1");
statement!(
    LATEST,
    "SELECT id, recipient, template, state, queued_at, tries, tried_at, ended_at, said
     FROM letter ORDER BY queued_at DESC, id DESC LIMIT $1"
);
statement!(COUNTS, "SELECT state, COUNT(*) FROM letter GROUP BY state");

/// To whom letters are, by their ids.
const RECIPIENTS: Lookup = Lookup { table: "letter", columns: &["id", "recipient", "template"], key: "id" };

/// A letter that has not ended.
pub(super) struct Body {
    pub(super) to: String,
    pub(super) json: String,
    pub(super) queued_at: Timestamp,
    pub(super) useful_until: Option<Timestamp>,
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: i64,
    to: &str,
    template: &str,
    json: String,
    now: Timestamp,
    useful_until: Option<Timestamp>,
) -> Result<(), StoreError> {
    let values = vec![id.into(), to.into(), template.into(), json.into(), now.into(), useful_until.into()];
    tx.execute(INSERT, values).await.map(drop)
}

/// What a letter is made of; `None` where it has ended, or is gone.
pub(super) async fn body(conn: &mut Conn, id: i64) -> Result<Option<Body>, StoreError> {
    let Some(row) = conn.row(BODY, vec![id.into()]).await? else {
        return Ok(None);
    };
    let Some(json) = row.opt_text(1)? else {
        return Ok(None);
    };
    Ok(Some(Body { to: row.text(0)?, json, queued_at: row.moment(2)?, useful_until: opt_moment(&row, 3)? }))
}

pub(super) async fn tried(tx: &mut Tx, id: i64, now: Timestamp, said: &str) -> Result<(), StoreError> {
    tx.execute(TRIED, vec![id.into(), now.into(), said.into()]).await.map(drop)
}

/// Notes how a letter ended, and takes its link away.
pub(super) async fn end(
    tx: &mut Tx,
    id: i64,
    state: State,
    now: Timestamp,
    said: Option<&str>,
) -> Result<(), StoreError> {
    tx.execute(END, vec![id.into(), state.key().into(), now.into(), said.into()]).await.map(drop)
}

pub(super) async fn fail(tx: &mut Tx, id: i64, said: &str) -> Result<(), StoreError> {
    tx.execute(FAIL, vec![id.into(), said.into()]).await.map(drop)
}

/// Ends letters that failed and are of no use any more; forgets old ones.
pub(super) async fn tidy(tx: &mut Tx, now: Timestamp, forget: Timestamp) -> Result<(), StoreError> {
    tx.execute(EXPIRE, vec![now.into()]).await?;
    tx.execute(FORGET, vec![forget.into()]).await.map(drop)
}

pub(super) async fn outbox(conn: &mut Conn, _leave: &MaySee, most: i64) -> Result<Outbox> {
    let letters = conn.rows(LATEST, vec![most.into()]).await?.iter().map(posted).collect::<Result<_>>()?;
    let mut outbox = Outbox { letters, waits: 0, refused: 0, failed: 0, all: 0 };
    for row in conn.rows(COUNTS, Vec::new()).await? {
        let count = u64::try_from(row.int(1)?).unwrap_or_default();
        outbox.all += count;
        match State::from_key(row.str(0)?) {
            Some(State::Waits) => outbox.waits = count,
            Some(State::Refused) => outbox.refused = count,
            Some(State::Failed) => outbox.failed = count,
            _ => {}
        }
    }
    Ok(outbox)
}

/// Recipient and template of each of these letters.
pub(super) async fn recipients(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, (String, String)>, StoreError> {
    let mut found = HashMap::new();
    let take = |row: Row| {
        found.insert(row.int(0)?, (row.text(1)?, row.text(2)?));
        Ok(())
    };
    RECIPIENTS.each(conn, ids, take).await?;
    Ok(found)
}

fn posted(row: &Row) -> Result<Posted> {
    let state = row.str(3)?;
    let state = State::from_key(state).ok_or_else(|| Error::Unexpected(format!("a letter is ‘{state}’")))?;
    Ok(Posted {
        id: row.int(0)?,
        to: row.text(1)?,
        template: row.text(2)?,
        state,
        queued_at: row.moment(4)?,
        tries: row.int(5)?,
        tried_at: opt_moment(row, 6)?,
        ended_at: opt_moment(row, 7)?,
        said: row.opt_text(8)?,
    })
}

fn opt_moment(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    row.opt_int(column)?.map(|_| row.moment(column)).transpose()
}
