//! SQL of success criteria and what was measured.

use super::super::{
    access::{MayAct, MayEdit},
    model::{Criterion, Measured},
};
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT_CRITERION,
    "INSERT INTO criterion (id, priority_id, measure, baseline, target, by_day, who, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
);
statement!(
    CRITERIA,
    "SELECT criterion.id, criterion.priority_id, criterion.measure, criterion.baseline, criterion.target,
         criterion.by_day, criterion.who, criterion.added_at, criterion.added_by
     FROM criterion JOIN priority ON priority.id = criterion.priority_id
     WHERE priority.organisation_id = $1 ORDER BY criterion.id"
);
statement!(
    INSERT_MEASURED,
    "INSERT INTO criterion_value (id, criterion_id, on_day, amount, note, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(
    MEASURED,
    "SELECT criterion_value.id, criterion_value.criterion_id, criterion_value.on_day, criterion_value.amount,
         criterion_value.note, criterion_value.added_at, criterion_value.added_by
     FROM criterion_value JOIN criterion ON criterion.id = criterion_value.criterion_id
     JOIN priority ON priority.id = criterion.priority_id
     WHERE priority.organisation_id = $1 ORDER BY criterion_value.on_day, criterion_value.id"
);

pub(in crate::plan) async fn insert_criterion(
    tx: &mut Tx,
    _leave: &MayEdit,
    one: &Criterion,
) -> Result<(), StoreError> {
    put_criterion(tx, one).await
}

pub(in crate::plan) async fn put_criterion(tx: &mut Tx, one: &Criterion) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.priority.into(),
        one.measure.as_str().into(),
        one.baseline.into(),
        one.target.into(),
        one.by.into(),
        one.who.as_str().into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(INSERT_CRITERION, values).await.map(drop)
}

/// All of a school, the first added first.
pub(in crate::plan) async fn criteria(conn: &mut Conn, organisation: i64) -> Result<Vec<Criterion>, StoreError> {
    conn.rows(CRITERIA, vec![organisation.into()]).await?.iter().map(criterion_in).collect()
}

fn criterion_in(row: &Row) -> Result<Criterion, StoreError> {
    Ok(Criterion {
        id: row.int(0)?,
        priority: row.int(1)?,
        measure: row.text(2)?,
        baseline: row.opt_real(3)?,
        target: row.real(4)?,
        by: row.date(5)?,
        who: row.text(6)?,
        added_at: row.moment(7)?,
        added_by: row.text(8)?,
    })
}

pub(in crate::plan) async fn insert_measured(tx: &mut Tx, _leave: &MayAct, one: &Measured) -> Result<(), StoreError> {
    put_measured(tx, one).await
}

pub(in crate::plan) async fn put_measured(tx: &mut Tx, one: &Measured) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.criterion.into(),
        one.on.into(),
        one.value.into(),
        one.note.as_str().into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(INSERT_MEASURED, values).await.map(drop)
}

/// All of a school, by day.
pub(in crate::plan) async fn measured(conn: &mut Conn, organisation: i64) -> Result<Vec<Measured>, StoreError> {
    let rows = conn.rows(MEASURED, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Measured {
                id: row.int(0)?,
                criterion: row.int(1)?,
                on: row.date(2)?,
                value: row.real(3)?,
                note: row.text(4)?,
                added_at: row.moment(5)?,
                added_by: row.text(6)?,
            })
        })
        .collect()
}
