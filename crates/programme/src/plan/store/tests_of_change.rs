//! SQL of tests of change.

use super::{
    super::{
        access::MayAct,
        trial::{Trial, Verdict},
    },
    moment, unknown,
};
use crate::error::Result;
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO change_test (id, priority_id, planned, prediction, planned_at, planned_by, did, did_at, learned,
         verdict, verdict_words, closed_at, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
);
statement!(
    UPDATE,
    "UPDATE change_test SET did = $2, did_at = $3, learned = $4, verdict = $5, verdict_words = $6, closed_at = $7,
         revision = $8
     WHERE id = $1 AND revision = $8 - 1"
);
statement!(
    FIND,
    "SELECT change_test.id, change_test.priority_id, change_test.planned, change_test.prediction,
         change_test.planned_at, change_test.planned_by, change_test.did, change_test.did_at, change_test.learned,
         change_test.verdict, change_test.verdict_words, change_test.closed_at, change_test.revision
     FROM change_test JOIN priority ON priority.id = change_test.priority_id
     WHERE priority.organisation_id = $1 AND change_test.id = $2"
);
statement!(
    OF_SCHOOL,
    "SELECT change_test.id, change_test.priority_id, change_test.planned, change_test.prediction,
         change_test.planned_at, change_test.planned_by, change_test.did, change_test.did_at, change_test.learned,
         change_test.verdict, change_test.verdict_words, change_test.closed_at, change_test.revision
     FROM change_test JOIN priority ON priority.id = change_test.priority_id
     WHERE priority.organisation_id = $1 ORDER BY change_test.id"
);

pub(in crate::plan) async fn insert_test(tx: &mut Tx, _leave: &MayAct, one: &Trial) -> Result<(), StoreError> {
    put_test(tx, one).await
}

pub(in crate::plan) async fn put_test(tx: &mut Tx, one: &Trial) -> Result<(), StoreError> {
    let mut values: Vec<Value> = vec![
        one.id.into(),
        one.priority.into(),
        one.planned.as_str().into(),
        one.prediction.as_str().into(),
        one.planned_at.into(),
        one.planned_by.as_str().into(),
    ];
    values.extend(later(one));
    tx.execute(INSERT, values).await.map(drop)
}

/// Writes the next step; false where another has come in between. What was
/// planned and expected is not among what can change.
pub(in crate::plan) async fn update_test(tx: &mut Tx, leave: &MayAct, one: &Trial) -> Result<bool, StoreError> {
    let mut values: Vec<Value> = vec![one.id.into()];
    values.extend(later(one));
    Ok(leave.priority.id == one.priority && tx.execute(UPDATE, values).await? > 0)
}

fn later(one: &Trial) -> Vec<Value> {
    vec![
        one.did.as_str().into(),
        one.did_at.into(),
        one.learned.as_str().into(),
        one.verdict.map_or("", Verdict::key).into(),
        one.verdict_words.as_str().into(),
        one.closed_at.into(),
        one.revision.into(),
    ]
}

pub(in crate::plan) async fn test(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Trial>> {
    conn.row(FIND, vec![organisation.into(), id.into()]).await?.as_ref().map(test_in).transpose()
}

/// All of a school, the first planned first.
pub(in crate::plan) async fn tests(conn: &mut Conn, organisation: i64) -> Result<Vec<Trial>> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(test_in).collect()
}

fn test_in(row: &Row) -> Result<Trial> {
    let verdict = match row.str(9)? {
        "" => None,
        key => Some(Verdict::from_key(key).ok_or_else(|| unknown("a test that ended as", key))?),
    };
    Ok(Trial {
        id: row.int(0)?,
        priority: row.int(1)?,
        planned: row.text(2)?,
        prediction: row.text(3)?,
        planned_at: row.moment(4)?,
        planned_by: row.text(5)?,
        did: row.text(6)?,
        did_at: moment(row, 7)?,
        learned: row.text(8)?,
        verdict,
        verdict_words: row.text(10)?,
        closed_at: moment(row, 11)?,
        revision: row.int(12)?,
    })
}
