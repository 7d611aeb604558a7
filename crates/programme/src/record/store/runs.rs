//! SQL of imports that run.

use super::unreadable;
use crate::{
    error::Result,
    record::{
        access::MayImport,
        model::{ImportRun, Outcome, RunState},
    },
};
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT_RUN,
    "INSERT INTO import_run (id, file_name, state, started_at, started_by, bytes_total, bytes_done)
     VALUES ($1, $2, $3, $4, $5, $6, 0)"
);
statement!(
    FINISH_RUN,
    "UPDATE import_run SET state = $2, finished_at = $3, bytes_done = bytes_total, report_json = $4 WHERE id = $1"
);
statement!(
    RUNS,
    "SELECT id, file_name, state, started_at, finished_at, started_by, bytes_total, bytes_done, report_json
     FROM import_run ORDER BY started_at DESC, id DESC LIMIT 100"
);
statement!(
    RUN,
    "SELECT id, file_name, state, started_at, finished_at, started_by, bytes_total, bytes_done, report_json
     FROM import_run WHERE id = $1"
);
statement!(INTERRUPTED, "UPDATE import_run SET state = 'interrupted', finished_at = $1 WHERE state = 'running'");

pub(in crate::record) async fn insert_run(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    file_name: &str,
    bytes: u64,
    now: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        file_name.into(),
        RunState::Running.key().into(),
        now.into(),
        by.into(),
        i64::try_from(bytes).unwrap_or(i64::MAX).into(),
    ];
    tx.execute(INSERT_RUN, values).await.map(drop)
}

pub(in crate::record) async fn finish_run(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    state: RunState,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<()> {
    let outcome = serde_json::to_string(outcome).map_err(unreadable)?;
    tx.execute(FINISH_RUN, vec![id.into(), state.key().into(), now.into(), outcome.into()]).await?;
    Ok(())
}

fn run_in(row: &Row) -> Result<ImportRun> {
    Ok(ImportRun {
        id: row.int(0)?,
        file_name: row.text(1)?,
        state: RunState::from_key(row.str(2)?),
        started_at: row.moment(3)?,
        finished_at: row.opt_int(4)?.map(|_| row.moment(4)).transpose()?,
        started_by: row.text(5)?,
        bytes_total: row.int(6)?,
        bytes_done: row.int(7)?,
        outcome: row.opt_text(8)?.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?,
    })
}

pub(in crate::record) async fn runs(conn: &mut Conn) -> Result<Vec<ImportRun>> {
    conn.rows(RUNS, Vec::new()).await?.iter().map(run_in).collect()
}

pub(in crate::record) async fn run(conn: &mut Conn, id: i64) -> Result<Option<ImportRun>> {
    conn.row(RUN, vec![id.into()]).await?.as_ref().map(run_in).transpose()
}

pub(in crate::record) async fn end_interrupted(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(INTERRUPTED, vec![now.into()]).await
}
