//! SQL of decisions and of what people think of them.

use super::{
    super::{
        access::{MayEdit, MayOpine},
        decision::{Decision, Opinion},
    },
    moment,
};
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO decision (id, organisation_id, question, options, asked_at, asked_by, decided, agreed, dissent,
         again_on, decided_at, decided_by, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
);
statement!(
    UPDATE,
    "UPDATE decision SET decided = $3, agreed = $4, dissent = $5, again_on = $6, decided_at = $7, decided_by = $8,
         revision = $9
     WHERE id = $1 AND organisation_id = $2 AND revision = $9 - 1"
);
statement!(
    FIND,
    "SELECT id, question, options, asked_at, asked_by, decided, agreed, dissent, again_on, decided_at, decided_by,
         revision
     FROM decision WHERE organisation_id = $1 AND id = $2"
);
statement!(
    OF_SCHOOL,
    "SELECT id, question, options, asked_at, asked_by, decided, agreed, dissent, again_on, decided_at, decided_by,
         revision
     FROM decision WHERE organisation_id = $1 ORDER BY id"
);
statement!(
    INSERT_VIEW,
    "INSERT INTO decision_view (id, decision_id, person_id, name, words, at) VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    VIEWS,
    "SELECT decision_view.id, decision_view.decision_id, decision_view.person_id, decision_view.name,
         decision_view.words, decision_view.at
     FROM decision_view JOIN decision ON decision.id = decision_view.decision_id
     WHERE decision.organisation_id = $1 ORDER BY decision_view.id"
);

pub(in crate::plan) async fn insert_decision(tx: &mut Tx, leave: &MayEdit, one: &Decision) -> Result<(), StoreError> {
    put_decision(tx, leave.school.id, one).await
}

pub(in crate::plan) async fn put_decision(tx: &mut Tx, organisation: i64, one: &Decision) -> Result<(), StoreError> {
    let mut values: Vec<Value> = vec![
        one.id.into(),
        organisation.into(),
        one.question.as_str().into(),
        one.options.join("\n").into(),
        one.asked_at.into(),
        one.asked_by.as_str().into(),
    ];
    values.extend(later(one));
    tx.execute(INSERT, values).await.map(drop)
}

/// Writes the next version; false where another has come in between.
pub(in crate::plan) async fn update_decision(tx: &mut Tx, leave: &MayEdit, one: &Decision) -> Result<bool, StoreError> {
    let mut values: Vec<Value> = vec![one.id.into(), leave.school.id.into()];
    values.extend(later(one));
    Ok(tx.execute(UPDATE, values).await? > 0)
}

fn later(one: &Decision) -> Vec<Value> {
    vec![
        one.decided.as_str().into(),
        one.agreed.as_str().into(),
        one.dissent.as_str().into(),
        one.again_on.into(),
        one.decided_at.into(),
        one.decided_by.as_str().into(),
        one.revision.into(),
    ]
}

pub(in crate::plan) async fn decision(
    conn: &mut Conn,
    organisation: i64,
    id: i64,
) -> Result<Option<Decision>, StoreError> {
    conn.row(FIND, vec![organisation.into(), id.into()]).await?.as_ref().map(decision_in).transpose()
}

/// All of a school, the first asked first.
pub(in crate::plan) async fn decisions(conn: &mut Conn, organisation: i64) -> Result<Vec<Decision>, StoreError> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(decision_in).collect()
}

fn decision_in(row: &Row) -> Result<Decision, StoreError> {
    Ok(Decision {
        id: row.int(0)?,
        question: row.text(1)?,
        options: row.str(2)?.lines().map(str::to_owned).collect(),
        asked_at: row.moment(3)?,
        asked_by: row.text(4)?,
        decided: row.text(5)?,
        agreed: row.text(6)?,
        dissent: row.text(7)?,
        again_on: row.opt_date(8)?,
        decided_at: moment(row, 9)?,
        decided_by: row.text(10)?,
        revision: row.int(11)?,
    })
}

pub(in crate::plan) async fn insert_opinion(tx: &mut Tx, _leave: &MayOpine, one: &Opinion) -> Result<(), StoreError> {
    put_opinion(tx, one).await
}

pub(in crate::plan) async fn put_opinion(tx: &mut Tx, one: &Opinion) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.decision.into(),
        one.person.into(),
        one.name.as_str().into(),
        one.words.as_str().into(),
        one.at.into(),
    ];
    tx.execute(INSERT_VIEW, values).await.map(drop)
}

/// What people think of a school's decisions, the first said first.
pub(in crate::plan) async fn opinions(conn: &mut Conn, organisation: i64) -> Result<Vec<Opinion>, StoreError> {
    let rows = conn.rows(VIEWS, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Opinion {
                id: row.int(0)?,
                decision: row.int(1)?,
                person: row.opt_int(2)?,
                name: row.text(3)?,
                words: row.text(4)?,
                at: row.moment(5)?,
            })
        })
        .collect()
}
