//! SQL of a school's whole record: what no noun tells of itself.

use super::file::{Correction, Participation, Person, Role, School, Status};
use crate::error::{Error, Result};
use kernel::Timestamp;
use serde_json::Value as Json;
use store::{Conn, StoreError, Tx, statement};

statement!(
    SCHOOL,
    "SELECT school.name, school.urn, belongs.name, school.created_at
     FROM organisation AS school LEFT JOIN organisation AS belongs ON belongs.id = school.group_id
     WHERE school.id = $1 AND school.kind = 'school'"
);
statement!(
    PEOPLE,
    "SELECT person.id, person.name, person.email, person.created_at, person.closed_at, role_held.id, role_held.role,
         role_held.strand, role_held.since, role_held.until, role_held.ended_why, role_held.recorded_at,
         role_held.recorded_by
     FROM role_held JOIN person ON person.id = role_held.person_id
     WHERE role_held.organisation_id = $1 ORDER BY person.id, role_held.id"
);
statement!(
    PARTICIPATIONS,
    "SELECT participation.id, programme.name, cohort.name, participation.named, participation.certainty,
         participation.note, participation.joined, participation.baseline_json
     FROM participation
     JOIN cohort ON cohort.id = participation.cohort_id
     JOIN programme ON programme.id = cohort.programme_id
     WHERE participation.organisation_id = $1 ORDER BY participation.id"
);
statement!(
    CORRECTIONS,
    "SELECT baseline_json, reason, recorded_at, recorded_by FROM baseline_correction
     WHERE participation_id = $1 ORDER BY recorded_at, id"
);
statement!(
    STATUSES,
    "SELECT status, since, reason, recorded_at, recorded_by FROM participation_status
     WHERE participation_id = $1 ORDER BY since, id"
);
statement!(ELSEWHERE, "SELECT id, facts_json FROM participation_elsewhere WHERE organisation_id = $1 ORDER BY id");
statement!(
    SCHOOL_HERE,
    "SELECT id FROM organisation WHERE kind = 'school' AND (urn = $1 OR (urn IS NULL AND CAST($1 AS BIGINT) IS NULL AND name = $2))"
);
statement!(GROUP_HERE, "SELECT id FROM organisation WHERE kind = 'group' AND name = $1 ORDER BY id");
statement!(PERSON_HERE, "SELECT id FROM person WHERE email = $1 AND closed_at IS NULL");
statement!(
    INSERT_ORGANISATION,
    "INSERT INTO organisation (id, kind, name, urn, group_id, created_at, revision) VALUES ($1, $2, $3, $4, $5, $6, 1)"
);
statement!(INSERT_PERSON, "INSERT INTO person (id, email, name, created_at, closed_at) VALUES ($1, $2, $3, $4, $5)");
statement!(
    INSERT_ROLE,
    "INSERT INTO role_held (id, person_id, organisation_id, role, strand, since, until, ended_why, recorded_at,
         recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
);
statement!(
    INSERT_ELSEWHERE,
    "INSERT INTO participation_elsewhere (id, organisation_id, facts_json) VALUES ($1, $2, $3)"
);

pub(super) async fn school(conn: &mut Conn, id: i64) -> Result<School> {
    let row = conn.row(SCHOOL, vec![id.into()]).await?.ok_or(Error::NotFound)?;
    Ok(School {
        name: row.text(0)?,
        urn: row.opt_int(1)?.map(|_| row.urn(1)).transpose()?.map(kernel::Urn::get),
        group: row.opt_text(2)?,
        entered_at: row.moment(3)?,
    })
}

/// The people of a school, each with their id, and the ids of their roles.
pub(super) async fn people(conn: &mut Conn, school: i64) -> Result<Vec<(i64, Person, Vec<i64>)>> {
    let mut people: Vec<(i64, Person, Vec<i64>)> = Vec::new();
    for (number, row) in (1..).zip(&conn.rows(PEOPLE, vec![school.into()]).await?) {
        let id = row.int(0)?;
        if people.last().is_none_or(|(last, ..)| *last != id) {
            let email = row.text(2)?;
            let person = Person {
                number: people.len() + 1,
                name: row.text(1)?,
                email: row.opt_int(4)?.is_none().then_some(email),
                since: row.moment(3)?,
                roles: Vec::new(),
            };
            people.push((id, person, Vec::new()));
        }
        let role = Role {
            number,
            role: row.text(6)?,
            strand: row.opt_text(7)?,
            since: row.date(8)?,
            until: row.opt_date(9)?,
            ended_why: row.opt_text(10)?,
            recorded_at: row.moment(11)?,
            recorded_by: row.text(12)?,
        };
        if let Some((_, person, ids)) = people.last_mut() {
            person.roles.push(role);
            ids.push(row.int(5)?);
        }
    }
    Ok(people)
}

/// How a school took part here and elsewhere, each with its id; not numbered yet.
pub(super) async fn participations(conn: &mut Conn, school: i64) -> Result<Vec<(i64, Participation)>> {
    let mut all = Vec::new();
    for row in &conn.rows(ELSEWHERE, vec![school.into()]).await? {
        all.push((row.int(0)?, serde_json::from_str(row.str(1)?).map_err(|error| unreadable(&error))?));
    }
    for row in &conn.rows(PARTICIPATIONS, vec![school.into()]).await? {
        let id = row.int(0)?;
        let participation = Participation {
            number: 0,
            programme: row.text(1)?,
            cohort: row.text(2)?,
            named: row.text(3)?,
            certainty: row.text(4)?,
            note: row.opt_text(5)?,
            joined: row.date(6)?,
            baseline: json(row.str(7)?)?,
            corrections: corrections(conn, id).await?,
            statuses: statuses(conn, id).await?,
        };
        all.push((id, participation));
    }
    Ok(all)
}

async fn corrections(conn: &mut Conn, participation: i64) -> Result<Vec<Correction>> {
    let rows = conn.rows(CORRECTIONS, vec![participation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Correction { baseline: json(row.str(0)?)?, reason: row.text(1)?, at: row.moment(2)?, by: row.text(3)? })
        })
        .collect()
}

async fn statuses(conn: &mut Conn, participation: i64) -> Result<Vec<Status>> {
    let rows = conn.rows(STATUSES, vec![participation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Status {
                status: row.text(0)?,
                since: row.date(1)?,
                reason: row.text(2)?,
                at: row.moment(3)?,
                by: row.text(4)?,
            })
        })
        .collect()
}

/// True where this school is here already: by its URN, or by its name where it has none.
pub(super) async fn is_here(conn: &mut Conn, school: &School) -> Result<bool, StoreError> {
    let values = vec![school.urn.into(), school.name.as_str().into()];
    Ok(conn.row(SCHOOL_HERE, values).await?.is_some())
}

pub(super) async fn group_here(conn: &mut Conn, name: &str) -> Result<Option<i64>, StoreError> {
    conn.row(GROUP_HERE, vec![name.into()]).await?.map(|row| row.int(0)).transpose()
}

pub(super) async fn person_here(conn: &mut Conn, email: &str) -> Result<Option<i64>, StoreError> {
    conn.row(PERSON_HERE, vec![email.into()]).await?.map(|row| row.int(0)).transpose()
}

pub(super) async fn insert_organisation(
    tx: &mut Tx,
    id: i64,
    kind: &str,
    school: &School,
    group: Option<i64>,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        kind.into(),
        school.name.as_str().into(),
        school.urn.into(),
        group.into(),
        school.entered_at.into(),
    ];
    tx.execute(INSERT_ORGANISATION, values).await.map(drop)
}

pub(super) async fn insert_person(
    tx: &mut Tx,
    id: i64,
    person: &Person,
    email: &str,
    closed_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let values = vec![id.into(), email.into(), person.name.as_str().into(), person.since.into(), closed_at.into()];
    tx.execute(INSERT_PERSON, values).await.map(drop)
}

pub(super) async fn insert_role(
    tx: &mut Tx,
    id: i64,
    person: i64,
    organisation: i64,
    role: &Role,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        person.into(),
        organisation.into(),
        role.role.as_str().into(),
        role.strand.clone().into(),
        role.since.into(),
        role.until.into(),
        role.ended_why.clone().into(),
        role.recorded_at.into(),
        role.recorded_by.as_str().into(),
    ];
    tx.execute(INSERT_ROLE, values).await.map(drop)
}

pub(super) async fn insert_elsewhere(
    tx: &mut Tx,
    id: i64,
    organisation: i64,
    participation: &Participation,
) -> Result<()> {
    let facts = serde_json::to_string(participation).map_err(|error| unreadable(&error))?;
    tx.execute(INSERT_ELSEWHERE, vec![id.into(), organisation.into(), facts.into()]).await?;
    Ok(())
}

fn json(text: &str) -> Result<Json> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error::Unexpected(format!("what the database keeps of a participation cannot be read: {error}"))
}
