//! SQL of the queue. Its rules stand in `jobs`, which alone uses this.
//!
//! Two nodes never hold one job: [`take`] compares and sets in one statement,
//! and whoever comes second finds the lease taken. Every later word about a
//! job names the lease under which it was taken, so that a worker whose lease
//! ran out has nothing more to say.

mod roster;

pub use roster::{Planned, Worker, beat, leave, move_on, plan, planned, workers};

use crate::{Conn, Row, StoreError, Tx, statement};
use kernel::Timestamp;

macro_rules! columns {
    ($before:literal $after:literal) => {
        concat!(
            $before,
            " id, kind, payload_json, state, made_at, run_at, attempts, asked, lease, leased_by, leased_until, last_error, failed_at ",
            $after
        )
    };
}

// Asked for again while it waits, a job stays one job; while it runs, it is
// done once more afterwards; after it failed, it is tried afresh.
statement!(
    INSERT,
    "INSERT INTO job (id, kind, payload_json, dedupe_key, state, made_at, run_at, attempts, asked, lease)
     VALUES ($1, $2, $3, $4, 'waits', $5, $6, 0, 1, 0)
     ON CONFLICT (kind, dedupe_key) DO UPDATE SET
         payload_json = excluded.payload_json,
         asked = job.asked + 1,
         attempts = CASE WHEN job.state = 'failed' THEN 0 ELSE job.attempts END,
         run_at = CASE WHEN job.state = 'failed' THEN excluded.run_at ELSE job.run_at END,
         failed_at = NULL,
         state = 'waits'
     RETURNING id"
);
statement!(
    DUE,
    "SELECT id, kind FROM job
     WHERE state = 'waits' AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
         AND $2 LIKE '%|' || kind || '|%'
     ORDER BY run_at, id LIMIT $3"
);
statement!(
    TAKE,
    columns!(
        "UPDATE job SET leased_by = $2, leased_until = $3, lease = lease + 1, attempts = attempts + 1
         WHERE id = $1 AND state = 'waits' AND run_at <= $4 AND (leased_until IS NULL OR leased_until <= $4)
         RETURNING"
        ""
    )
);
statement!(RENEW, "UPDATE job SET leased_until = $3 WHERE id = $1 AND lease = $2 AND leased_by IS NOT NULL");
statement!(DONE, "DELETE FROM job WHERE id = $1 AND lease = $2 AND asked = $3 AND leased_by IS NOT NULL");
statement!(
    AGAIN,
    "UPDATE job SET leased_by = NULL, leased_until = NULL, attempts = 0, last_error = NULL, run_at = $3
     WHERE id = $1 AND lease = $2 AND leased_by IS NOT NULL"
);
statement!(
    RETRY,
    "UPDATE job SET leased_by = NULL, leased_until = NULL, run_at = $3, last_error = $4
     WHERE id = $1 AND lease = $2 AND leased_by IS NOT NULL"
);
statement!(
    FAIL,
    "UPDATE job SET leased_by = NULL, leased_until = NULL, state = 'failed', failed_at = $3, last_error = $4
     WHERE id = $1 AND lease = $2 AND leased_by IS NOT NULL"
);
statement!(
    REVIVE,
    "UPDATE job SET state = 'waits', attempts = 0, run_at = $2, failed_at = NULL, leased_by = NULL, leased_until = NULL
     WHERE id = $1 AND (leased_until IS NULL OR leased_until <= $2)"
);
statement!(REMOVE, "DELETE FROM job WHERE id = $1 AND (leased_until IS NULL OR leased_until <= $2)");
statement!(FIND, columns!("SELECT" "FROM job WHERE id = $1"));
statement!(FAILED, columns!("SELECT" "FROM job WHERE state = 'failed' ORDER BY failed_at DESC, id DESC LIMIT $1"));
statement!(
    HELD,
    columns!("SELECT" "FROM job WHERE state = 'waits' AND leased_until > $1 ORDER BY run_at, id LIMIT $2")
);
statement!(
    WAITING,
    columns!(
        "SELECT"
        "FROM job WHERE state = 'waits' AND (leased_until IS NULL OR leased_until <= $1) ORDER BY run_at, id LIMIT $2"
    )
);
statement!(
    COUNTS,
    "SELECT CASE WHEN state = 'failed' THEN 'failed' WHEN leased_until > $1 THEN 'runs' ELSE 'waits' END, COUNT(*)
     FROM job GROUP BY 1"
);
/// A job in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: i64,
    /// What is to be done: ‘mail.send’.
    pub kind: String,
    /// With what: JSON.
    pub payload: String,
    /// Whether it failed for good. Until then it waits, or somebody holds it.
    pub failed: bool,
    /// When it was asked for first.
    pub made_at: Timestamp,
    /// Not before.
    pub run_at: Timestamp,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// How often it was asked for.
    pub asked: i64,
    /// How often it was taken, ever.
    pub lease: i64,
    /// Who holds it, or held it last and was not heard of since.
    pub leased_by: Option<String>,
    /// Until when.
    pub leased_until: Option<Timestamp>,
    /// Why it did not succeed the last time.
    pub last_error: Option<String>,
    /// When it failed for good.
    pub failed_at: Option<Timestamp>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    /// Its id, where there is none like it yet.
    pub id: i64,
    /// What is to be done.
    pub kind: &'a str,
    /// With what: JSON.
    pub payload: &'a str,
    /// Of one kind and key there is one job at a time.
    pub key: Option<&'a str>,
    /// Not before.
    pub run_at: Timestamp,
}

/// Asks for a job; the id of the job that stands for it.
///
/// # Errors
/// The database said no.
pub async fn insert(tx: &mut Tx, new: NewJob<'_>, now: Timestamp) -> Result<i64, StoreError> {
    let values =
        vec![new.id.into(), new.kind.into(), new.payload.into(), new.key.into(), now.into(), new.run_at.into()];
    tx.row(INSERT, values).await?.map_or(Ok(new.id), |row| row.int(0))
}

/// Jobs of these kinds (each between bars) that nobody holds and whose time has
/// come, with their kinds.
///
/// # Errors
/// The database said no.
pub async fn due(conn: &mut Conn, kinds: &str, most: usize, now: Timestamp) -> Result<Vec<(i64, String)>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = conn.rows(DUE, vec![now.into(), kinds.into(), most.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect()
}

/// Takes a job until `until`; `None` where somebody else was faster.
///
/// # Errors
/// The database said no.
pub async fn take(tx: &mut Tx, id: i64, by: &str, until: Timestamp, now: Timestamp) -> Result<Option<Job>, StoreError> {
    tx.row(TAKE, vec![id.into(), by.into(), until.into(), now.into()]).await?.as_ref().map(job).transpose()
}

/// Holds a job longer; false where it is no longer held under this lease.
///
/// # Errors
/// The database said no.
pub async fn renew(tx: &mut Tx, job: &Job, until: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(RENEW, vec![job.id.into(), job.lease.into(), until.into()]).await? > 0)
}

/// Ends a job that is done. Where it was asked for again in the meantime, it
/// waits again.
///
/// # Errors
/// The database said no.
pub async fn done(tx: &mut Tx, job: &Job, now: Timestamp) -> Result<(), StoreError> {
    if tx.execute(DONE, vec![job.id.into(), job.lease.into(), job.asked.into()]).await? == 0 {
        tx.execute(AGAIN, vec![job.id.into(), job.lease.into(), now.into()]).await?;
    }
    Ok(())
}

/// Lets a job wait until `run_at` after a try that failed.
///
/// # Errors
/// The database said no.
pub async fn retry(tx: &mut Tx, job: &Job, run_at: Timestamp, why: &str) -> Result<(), StoreError> {
    tx.execute(RETRY, vec![job.id.into(), job.lease.into(), run_at.into(), why.into()]).await.map(drop)
}

/// Notes that a job failed for good; false where it is no longer held under this lease.
///
/// # Errors
/// The database said no.
pub async fn fail(tx: &mut Tx, job: &Job, why: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(FAIL, vec![job.id.into(), job.lease.into(), now.into(), why.into()]).await? > 0)
}

/// Lets a job that failed, or that waits for its next try, be tried afresh at
/// once; false where somebody is at it.
///
/// # Errors
/// The database said no.
pub async fn revive(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(REVIVE, vec![id.into(), now.into()]).await? > 0)
}

/// Takes a job out of the queue; false where somebody is at it.
///
/// # Errors
/// The database said no.
pub async fn remove(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, vec![id.into(), now.into()]).await? > 0)
}

/// The job with this id.
///
/// # Errors
/// The database said no.
pub async fn find(conn: &mut Conn, id: i64) -> Result<Option<Job>, StoreError> {
    conn.row(FIND, vec![id.into()]).await?.as_ref().map(job).transpose()
}

/// How many wait, are held and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Wait for their time or for a worker.
    pub waits: u64,
    /// Somebody is at it.
    pub runs: u64,
    /// Failed for good.
    pub failed: u64,
}

/// How many jobs there are.
///
/// # Errors
/// The database said no.
pub async fn counts(conn: &mut Conn, now: Timestamp) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    for row in conn.rows(COUNTS, vec![now.into()]).await? {
        let count = u64::try_from(row.int(1)?).unwrap_or_default();
        match row.str(0)? {
            "failed" => counts.failed = count,
            "runs" => counts.runs = count,
            _ => counts.waits = count,
        }
    }
    Ok(counts)
}

/// Jobs that failed, the latest first.
///
/// # Errors
/// The database said no.
pub async fn failed(conn: &mut Conn, most: i64) -> Result<Vec<Job>, StoreError> {
    conn.rows(FAILED, vec![most.into()]).await?.iter().map(job).collect()
}

/// Jobs that somebody holds.
///
/// # Errors
/// The database said no.
pub async fn held(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<Job>, StoreError> {
    conn.rows(HELD, vec![now.into(), most.into()]).await?.iter().map(job).collect()
}

/// Jobs that wait, the next first.
///
/// # Errors
/// The database said no.
pub async fn waiting(conn: &mut Conn, now: Timestamp, most: i64) -> Result<Vec<Job>, StoreError> {
    conn.rows(WAITING, vec![now.into(), most.into()]).await?.iter().map(job).collect()
}

fn moment(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    row.opt_int(column)?.map(|_| row.moment(column)).transpose()
}

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?,
        payload: row.text(2)?,
        failed: row.str(3)? == "failed",
        made_at: row.moment(4)?,
        run_at: row.moment(5)?,
        attempts: row.int(6)?,
        asked: row.int(7)?,
        lease: row.int(8)?,
        leased_by: row.opt_text(9)?,
        leased_until: moment(row, 10)?,
        last_error: row.opt_text(11)?,
        failed_at: moment(row, 12)?,
    })
}
