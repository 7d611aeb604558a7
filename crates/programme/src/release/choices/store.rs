//! SQL of who can be released to.

use crate::{
    error::{Error, Result},
    who::Role,
};
use kernel::Date;
use store::{Conn, statement};

statement!(
    ADVISERS,
    "SELECT DISTINCT person.id, person.name, programme.id, programme.name
     FROM adviser_assignment
     JOIN person ON person.id = adviser_assignment.person_id
     JOIN programme ON programme.id = adviser_assignment.programme_id
     WHERE adviser_assignment.organisation_id = $1 AND person.closed_at IS NULL
         AND adviser_assignment.since <= $2
         AND (adviser_assignment.until IS NULL OR adviser_assignment.until > $2)
     ORDER BY person.name, person.id, programme.name, programme.id"
);
statement!(
    PROGRAMMES,
    "SELECT DISTINCT programme.id, programme.name
     FROM participation
     JOIN cohort ON cohort.id = participation.cohort_id
     JOIN programme ON programme.id = cohort.programme_id
     WHERE participation.organisation_id = $1
         AND NOT EXISTS (
             SELECT 1 FROM participation_status AS gone
             WHERE gone.participation_id = participation.id AND gone.status = 'left' AND gone.since <= $2
                 AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                     WHERE later.participation_id = gone.participation_id AND later.id > gone.id))
     ORDER BY programme.name, programme.id"
);
statement!(
    PARTNERS,
    "SELECT DISTINCT organisation.id, organisation.name
     FROM participation AS mine
     JOIN participation AS theirs ON theirs.cohort_id = mine.cohort_id
     JOIN organisation ON organisation.id = theirs.organisation_id
     WHERE mine.organisation_id = $1 AND theirs.organisation_id <> $1
         AND NOT EXISTS (
             SELECT 1 FROM participation_status AS gone
             WHERE gone.participation_id IN (mine.id, theirs.id) AND gone.status = 'left' AND gone.since <= $2
                 AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                     WHERE later.participation_id = gone.participation_id AND later.id > gone.id))
     ORDER BY organisation.name, organisation.id"
);
statement!(
    PEOPLE,
    "SELECT DISTINCT person.id, person.name, role_held.role
     FROM role_held JOIN person ON person.id = role_held.person_id
     WHERE role_held.organisation_id = $1 AND person.closed_at IS NULL
         AND role_held.since <= $2 AND (role_held.until IS NULL OR role_held.until > $2)
     ORDER BY person.name, person.id, role_held.role"
);

/// The advisers who accompany a school: id, name, and the programme's id and name.
pub(super) async fn advisers(conn: &mut Conn, school: i64, day: Date) -> Result<Vec<(i64, String, i64, String)>> {
    let rows = conn.rows(ADVISERS, vec![school.into(), day.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?, row.int(2)?, row.text(3)?))).collect()
}

/// The programmes that a school takes part in.
pub(super) async fn programmes(conn: &mut Conn, school: i64, day: Date) -> Result<Vec<(i64, String)>> {
    let rows = conn.rows(PROGRAMMES, vec![school.into(), day.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect()
}

/// The schools that take part in the same cohorts.
pub(super) async fn partners(conn: &mut Conn, school: i64, day: Date) -> Result<Vec<(i64, String)>> {
    let rows = conn.rows(PARTNERS, vec![school.into(), day.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect()
}

/// The people of a school with the roles they hold.
pub(super) async fn people(conn: &mut Conn, school: i64, day: Date) -> Result<Vec<(i64, String, Role)>> {
    let rows = conn.rows(PEOPLE, vec![school.into(), day.into()]).await?;
    rows.iter()
        .map(|row| {
            let key = row.str(2)?;
            let role = Role::from_key(key);
            let role = role.ok_or_else(|| Error::Unexpected(format!("the database holds a role ‘{key}’")))?;
            Ok((row.int(0)?, row.text(1)?, role))
        })
        .collect()
}
