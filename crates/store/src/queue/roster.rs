//! SQL of who works, and of what is done again and again.

use super::moment;
use crate::{Conn, StoreError, Tx, statement};
use kernel::Timestamp;

statement!(PLAN, "INSERT INTO job_schedule (kind, next_at) VALUES ($1, $2) ON CONFLICT (kind) DO NOTHING");
statement!(PLANNED, "SELECT kind, next_at, made_at FROM job_schedule ORDER BY kind");
statement!(MOVE_ON, "UPDATE job_schedule SET next_at = $3, made_at = $2 WHERE kind = $1 AND next_at <= $2");
statement!(
    BEAT,
    "INSERT INTO worker (name, does, started_at, seen_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET does = excluded.does, seen_at = excluded.seen_at"
);
statement!(LEAVE, "DELETE FROM worker WHERE name = $1 OR seen_at <= $2");
statement!(WORKERS, "SELECT name, does, started_at, seen_at FROM worker ORDER BY started_at, name");

/// A recurring job: kind, when it is made next, when it was made last.
pub type Planned = (String, Timestamp, Option<Timestamp>);

/// Somebody who works off the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Its name.
    pub name: String,
    /// The kinds it does, each between bars.
    pub does: String,
    /// Since when.
    pub started_at: Timestamp,
    /// When it was heard of last.
    pub seen_at: Timestamp,
}

/// Plans a recurring job for the first time; planning it again changes nothing.
///
/// # Errors
/// The database said no.
pub async fn plan(tx: &mut Tx, kind: &str, next_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(PLAN, vec![kind.into(), next_at.into()]).await.map(drop)
}

/// Every recurring job.
///
/// # Errors
/// The database said no.
pub async fn planned(conn: &mut Conn) -> Result<Vec<Planned>, StoreError> {
    let rows = conn.rows(PLANNED, Vec::new()).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.moment(1)?, moment(row, 2)?))).collect()
}

/// Moves a recurring job that is due on to its next time. True for the one who
/// did; that one makes the job, in this transaction.
///
/// # Errors
/// The database said no.
pub async fn move_on(tx: &mut Tx, kind: &str, now: Timestamp, next_at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(MOVE_ON, vec![kind.into(), now.into(), next_at.into()]).await? > 0)
}

/// A worker is alive.
///
/// # Errors
/// The database said no.
pub async fn beat(tx: &mut Tx, worker: &Worker) -> Result<(), StoreError> {
    let Worker { name, does, started_at, seen_at } = worker;
    let values = vec![name.as_str().into(), does.as_str().into(), (*started_at).into(), (*seen_at).into()];
    tx.execute(BEAT, values).await.map(drop)
}

/// A worker leaves, and with it those who were not heard of since `silent_since`.
///
/// # Errors
/// The database said no.
pub async fn leave(tx: &mut Tx, name: &str, silent_since: Timestamp) -> Result<(), StoreError> {
    tx.execute(LEAVE, vec![name.into(), silent_since.into()]).await.map(drop)
}

/// Everybody who works, or left without a word.
///
/// # Errors
/// The database said no.
pub async fn workers(conn: &mut Conn) -> Result<Vec<Worker>, StoreError> {
    let rows = conn.rows(WORKERS, Vec::new()).await?;
    rows.iter()
        .map(|row| {
            let (started_at, seen_at) = (row.moment(2)?, row.moment(3)?);
            Ok(Worker { name: row.text(0)?, does: row.text(1)?, started_at, seen_at })
        })
        .collect()
}
