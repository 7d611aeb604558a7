//! SQL of plans: priorities here, the rest in files of its own.

mod actions;
mod decisions;
mod measures;
mod steps;
mod tests_of_change;
mod whole;

pub(super) use actions::{MayWrite, action, actions, insert_action, of_person, put_action, update_action};
pub(super) use decisions::{
    decision, decisions, insert_decision, insert_opinion, opinions, put_decision, put_opinion, update_decision,
};
pub(super) use measures::{criteria, insert_criterion, insert_measured, measured, put_criterion, put_measured};
pub(crate) use steps::HowFar;
pub(super) use steps::{how_far, own_dates, owners_of_due};
pub(super) use tests_of_change::{insert_test, put_test, test, tests, update_test};
pub(super) use whole::{dates, erase, of_those_who_left, put_dates, take_over_dates, untie};

use super::{
    access::MayEdit,
    model::{Closing, How, Priority},
};
use crate::error::{Error, Result};
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO priority (id, organisation_id, title, why, whom, strand, strategy, diagnosis_id, statements, beyond,
         opened_on, opened_by, closed_on, closed_how, closed_why, closed_by, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
);
statement!(
    UPDATE,
    "UPDATE priority SET title = $3, why = $4, whom = $5, strand = $6, strategy = $7, diagnosis_id = $8,
         statements = $9, beyond = $10, opened_on = $11, opened_by = $12, closed_on = $13, closed_how = $14,
         closed_why = $15, closed_by = $16, revision = $17, changed_at = $18, changed_by = $19
     WHERE id = $1 AND organisation_id = $2 AND revision = $17 - 1"
);
statement!(
    FIND,
    "SELECT id, title, why, whom, strand, strategy, diagnosis_id, statements, beyond, opened_on, opened_by, closed_on,
         closed_how, closed_why, closed_by, revision, changed_at, changed_by
     FROM priority WHERE organisation_id = $1 AND id = $2"
);
statement!(
    OF_SCHOOL,
    "SELECT id, title, why, whom, strand, strategy, diagnosis_id, statements, beyond, opened_on, opened_by, closed_on,
         closed_how, closed_why, closed_by, revision, changed_at, changed_by
     FROM priority WHERE organisation_id = $1 ORDER BY id"
);

// Whoever opens a priority changes the school's row first, so that of two who
// open the fifth one waits and finds it is the sixth.
statement!(HOLD, "UPDATE organisation SET name = name WHERE id = $1");

pub(super) async fn hold(tx: &mut Tx, leave: &MayEdit) -> Result<(), StoreError> {
    tx.execute(HOLD, vec![leave.school.id.into()]).await.map(drop)
}

pub(super) async fn insert(tx: &mut Tx, leave: &MayEdit, one: &Priority) -> Result<(), StoreError> {
    put(tx, leave.school.id, one).await
}

pub(super) async fn put(tx: &mut Tx, organisation: i64, one: &Priority) -> Result<(), StoreError> {
    tx.execute(INSERT, values(organisation, one)).await.map(drop)
}

/// Writes the next version; false where another has come in between.
pub(super) async fn update(tx: &mut Tx, leave: &MayEdit, one: &Priority) -> Result<bool, StoreError> {
    Ok(tx.execute(UPDATE, values(leave.school.id, one)).await? > 0)
}

fn values(organisation: i64, one: &Priority) -> Vec<Value> {
    let closed = one.closed.as_ref();
    vec![
        one.id.into(),
        organisation.into(),
        one.title.as_str().into(),
        one.why.as_str().into(),
        one.whom.as_str().into(),
        one.strand.clone().into(),
        one.strategy.clone().into(),
        one.diagnosis.into(),
        one.statements.join(" ").into(),
        one.beyond.as_str().into(),
        one.opened_on.into(),
        one.opened_by.as_str().into(),
        closed.map(|closed| closed.on).into(),
        closed.map(|closed| closed.how.key()).into(),
        closed.map(|closed| closed.why.clone()).into(),
        closed.map(|closed| closed.by.clone()).into(),
        one.revision.into(),
        one.changed_at.into(),
        one.changed_by.as_str().into(),
    ]
}

pub(super) async fn priority(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Priority>> {
    conn.row(FIND, vec![organisation.into(), id.into()]).await?.as_ref().map(priority_in).transpose()
}

/// All of a school, the first opened first.
pub(super) async fn priorities(conn: &mut Conn, organisation: i64) -> Result<Vec<Priority>> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(priority_in).collect()
}

fn priority_in(row: &Row) -> Result<Priority> {
    let closed = match (row.opt_date(11)?, row.opt_text(12)?) {
        (Some(on), Some(how)) => Some(Closing {
            on,
            how: How::from_key(&how).ok_or_else(|| unknown("a priority closed", &how))?,
            why: row.opt_text(13)?.unwrap_or_default(),
            by: row.opt_text(14)?.unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(Priority {
        id: row.int(0)?,
        title: row.text(1)?,
        why: row.text(2)?,
        whom: row.text(3)?,
        strand: row.opt_text(4)?,
        strategy: row.opt_text(5)?,
        diagnosis: row.opt_int(6)?,
        statements: row.str(7)?.split_whitespace().map(str::to_owned).collect(),
        beyond: row.text(8)?,
        opened_on: row.date(9)?,
        opened_by: row.text(10)?,
        closed,
        revision: row.int(15)?,
        changed_at: row.moment(16)?,
        changed_by: row.text(17)?,
    })
}

fn unknown(what: &str, key: &str) -> Error {
    Error::Unexpected(format!("the database holds {what} ‘{key}’"))
}

/// A moment that may be missing.
fn moment(row: &Row, column: usize) -> Result<Option<kernel::Timestamp>, StoreError> {
    match row.opt_int(column)? {
        Some(_) => row.moment(column).map(Some),
        None => Ok(None),
    }
}
