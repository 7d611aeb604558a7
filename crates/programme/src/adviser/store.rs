//! SQL of advisers' schools.

use super::{
    access::{MayAssign, MayReadOwn, MaySee},
    model::Assignment,
};
use crate::{cohort::Which, error::Result};
use kernel::{Date, Timestamp};
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO adviser_assignment (id, programme_id, organisation_id, person_id, since, conflict, recorded_at,
         recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(END, "UPDATE adviser_assignment SET until = $2, why = $3 WHERE id = $1 AND until IS NULL");
statement!(
    OF_PROGRAMME,
    "SELECT adviser_assignment.id, adviser_assignment.programme_id, adviser_assignment.organisation_id,
         organisation.name, adviser_assignment.person_id, person.name, adviser_assignment.since,
         adviser_assignment.until, adviser_assignment.why, adviser_assignment.conflict
     FROM adviser_assignment
     JOIN organisation ON organisation.id = adviser_assignment.organisation_id
     JOIN person ON person.id = adviser_assignment.person_id
     WHERE adviser_assignment.programme_id = $1
         AND (adviser_assignment.organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR adviser_assignment.organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY organisation.name, adviser_assignment.since, adviser_assignment.id"
);
statement!(
    OF_SCHOOL,
    "SELECT adviser_assignment.id, adviser_assignment.programme_id, adviser_assignment.organisation_id,
         organisation.name, adviser_assignment.person_id, person.name, adviser_assignment.since,
         adviser_assignment.until, adviser_assignment.why, adviser_assignment.conflict
     FROM adviser_assignment
     JOIN organisation ON organisation.id = adviser_assignment.organisation_id
     JOIN person ON person.id = adviser_assignment.person_id
     WHERE adviser_assignment.organisation_id = $1
     ORDER BY adviser_assignment.since, adviser_assignment.id"
);
statement!(
    OF_PERSON,
    "SELECT adviser_assignment.id, adviser_assignment.programme_id, adviser_assignment.organisation_id,
         organisation.name, adviser_assignment.person_id, person.name, adviser_assignment.since,
         adviser_assignment.until, adviser_assignment.why, adviser_assignment.conflict
     FROM adviser_assignment
     JOIN organisation ON organisation.id = adviser_assignment.organisation_id
     JOIN person ON person.id = adviser_assignment.person_id
     WHERE adviser_assignment.person_id = $1
     ORDER BY organisation.name, adviser_assignment.since, adviser_assignment.id"
);

pub(super) async fn insert(tx: &mut Tx, leave: &MayAssign, new: &Assignment, now: Timestamp) -> Result<(), StoreError> {
    let values = vec![
        new.id.into(),
        new.programme.into(),
        new.school.into(),
        new.person.into(),
        new.since.into(),
        new.conflict.clone().into(),
        now.into(),
        leave.0.name.as_str().into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

/// Ends one; false where it has ended.
pub(super) async fn end(
    tx: &mut Tx,
    _leave: &MayAssign,
    id: i64,
    until: Date,
    why: Option<&str>,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END, vec![id.into(), until.into(), why.into()]).await? > 0)
}

/// All of a programme, for whoever has leave to it.
pub(super) async fn of_programme(conn: &mut Conn, programme: i64, which: Which) -> Result<Vec<Assignment>> {
    let [school, adviser] = which.values();
    conn.rows(OF_PROGRAMME, vec![programme.into(), school, adviser]).await?.iter().map(assignment_in).collect()
}

pub(super) async fn of_school(conn: &mut Conn, leave: &MaySee) -> Result<Vec<Assignment>> {
    conn.rows(OF_SCHOOL, vec![leave.0.into()]).await?.iter().map(assignment_in).collect()
}

pub(super) async fn of_person(conn: &mut Conn, leave: &MayReadOwn<'_>) -> Result<Vec<Assignment>> {
    conn.rows(OF_PERSON, vec![leave.0.id.into()]).await?.iter().map(assignment_in).collect()
}

fn assignment_in(row: &Row) -> Result<Assignment> {
    Ok(Assignment {
        id: row.int(0)?,
        programme: row.int(1)?,
        school: row.int(2)?,
        school_name: row.text(3)?,
        person: row.int(4)?,
        name: row.text(5)?,
        since: row.date(6)?,
        until: row.opt_date(7)?,
        why: row.opt_text(8)?,
        conflict: row.opt_text(9)?,
    })
}
