//! SQL of actions.

use super::{
    super::{
        access::{MayAct, MayMark},
        model::{Action, State},
    },
    unknown,
};
use crate::error::Result;
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO plan_action (id, priority_id, what, owner_id, owner_name, due, supporter, done_means, after_id, state,
         state_why, state_on, state_by, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
);
statement!(
    UPDATE,
    "UPDATE plan_action SET priority_id = $2, what = $3, owner_id = $4, owner_name = $5, due = $6, supporter = $7,
         done_means = $8, after_id = $9, state = $10, state_why = $11, state_on = $12, state_by = $13, revision = $14,
         changed_at = $15, changed_by = $16
     WHERE id = $1 AND revision = $14 - 1"
);
statement!(
    FIND,
    "SELECT plan_action.id, plan_action.priority_id, plan_action.what, plan_action.owner_id, plan_action.owner_name,
         plan_action.due, plan_action.supporter, plan_action.done_means, plan_action.after_id, plan_action.state,
         plan_action.state_why, plan_action.state_on, plan_action.state_by, plan_action.revision,
         plan_action.changed_at, plan_action.changed_by
     FROM plan_action JOIN priority ON priority.id = plan_action.priority_id
     WHERE priority.organisation_id = $1 AND plan_action.id = $2"
);
statement!(
    OF_SCHOOL,
    "SELECT plan_action.id, plan_action.priority_id, plan_action.what, plan_action.owner_id, plan_action.owner_name,
         plan_action.due, plan_action.supporter, plan_action.done_means, plan_action.after_id, plan_action.state,
         plan_action.state_why, plan_action.state_on, plan_action.state_by, plan_action.revision,
         plan_action.changed_at, plan_action.changed_by
     FROM plan_action JOIN priority ON priority.id = plan_action.priority_id
     WHERE priority.organisation_id = $1 ORDER BY plan_action.due, plan_action.id"
);
// Their own that wait, under priorities that are open.
statement!(
    OF_PERSON,
    "SELECT plan_action.id, plan_action.priority_id, plan_action.what, plan_action.owner_id, plan_action.owner_name,
         plan_action.due, plan_action.supporter, plan_action.done_means, plan_action.after_id, plan_action.state,
         plan_action.state_why, plan_action.state_on, plan_action.state_by, plan_action.revision,
         plan_action.changed_at, plan_action.changed_by, priority.organisation_id
     FROM plan_action JOIN priority ON priority.id = plan_action.priority_id
     WHERE plan_action.owner_id = $1 AND plan_action.state IN ('open', 'stuck') AND priority.closed_on IS NULL
     ORDER BY plan_action.due, plan_action.id"
);

pub(in crate::plan) async fn insert_action(tx: &mut Tx, _leave: &MayAct, one: &Action) -> Result<(), StoreError> {
    put_action(tx, one).await
}

pub(in crate::plan) async fn put_action(tx: &mut Tx, one: &Action) -> Result<(), StoreError> {
    tx.execute(INSERT, values(one)).await.map(drop)
}

/// Who may write an action's next version.
pub(in crate::plan) enum MayWrite<'a> {
    /// Who acts under its priority.
    Acting(&'a MayAct),
    /// Who says where it stands.
    Marking(&'a MayMark),
}

/// Writes the next version; false where another has come in between.
pub(in crate::plan) async fn update_action(tx: &mut Tx, leave: MayWrite<'_>, one: &Action) -> Result<bool, StoreError> {
    let same = match leave {
        MayWrite::Acting(leave) => leave.priority.id == one.priority,
        MayWrite::Marking(leave) => leave.action.id == one.id,
    };
    Ok(same && tx.execute(UPDATE, values(one)).await? > 0)
}

fn values(one: &Action) -> Vec<Value> {
    vec![
        one.id.into(),
        one.priority.into(),
        one.what.as_str().into(),
        one.owner.into(),
        one.owner_name.as_str().into(),
        one.due.into(),
        one.supporter.as_str().into(),
        one.done_means.as_str().into(),
        one.after.into(),
        one.state.key().into(),
        one.state_why.as_str().into(),
        one.state_on.into(),
        one.state_by.as_str().into(),
        one.revision.into(),
        one.changed_at.into(),
        one.changed_by.as_str().into(),
    ]
}

pub(in crate::plan) async fn action(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Action>> {
    conn.row(FIND, vec![organisation.into(), id.into()]).await?.as_ref().map(action_in).transpose()
}

/// All of a school, the first due first.
pub(in crate::plan) async fn actions(conn: &mut Conn, organisation: i64) -> Result<Vec<Action>> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(action_in).collect()
}

/// What waits for a person, each with its school.
pub(in crate::plan) async fn of_person(conn: &mut Conn, person: i64) -> Result<Vec<(i64, Action)>> {
    let rows = conn.rows(OF_PERSON, vec![person.into()]).await?;
    rows.iter().map(|row| Ok((row.int(16)?, action_in(row)?))).collect()
}

fn action_in(row: &Row) -> Result<Action> {
    let state = row.str(9)?;
    Ok(Action {
        id: row.int(0)?,
        priority: row.int(1)?,
        what: row.text(2)?,
        owner: row.opt_int(3)?,
        owner_name: row.text(4)?,
        due: row.date(5)?,
        supporter: row.text(6)?,
        done_means: row.text(7)?,
        after: row.opt_int(8)?,
        state: State::from_key(state).ok_or_else(|| unknown("an action that is", state))?,
        state_why: row.text(10)?,
        state_on: row.opt_date(11)?,
        state_by: row.text(12)?,
        revision: row.int(13)?,
        changed_at: row.moment(14)?,
        changed_by: row.text(15)?,
    })
}
