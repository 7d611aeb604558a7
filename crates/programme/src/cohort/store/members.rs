//! SQL of what a programme and its schools have with each other.

use crate::{
    cohort::{
        Which,
        access::{MayEdit, MayNote},
        model::{CohortSchool, Programme, Status, StatusRow, TakesPart},
    },
    error::Result,
};
use kernel::Urn;
use std::collections::HashMap;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    EDIT_PROGRAMME,
    "UPDATE programme SET name = $2, about = $3, starts = $4, ends = $5, paid_by = $6, funder_id = $7,
         revision = revision + 1
     WHERE id = $1"
);
statement!(
    /// A row a status, in the order in which they began; one without where there is none yet.
    OF_ORGANISATION,
    "SELECT participation.id, cohort.id, cohort.slug, cohort.name, cohort.programme_id, programme.slug,
         programme.name, participation.joined, participation_status.id, participation_status.status,
         participation_status.since, participation_status.reason, participation_status.recorded_at
     FROM participation
     JOIN cohort ON cohort.id = participation.cohort_id
     JOIN programme ON programme.id = cohort.programme_id
     LEFT JOIN participation_status ON participation_status.participation_id = participation.id
     WHERE participation.organisation_id = $1
     ORDER BY programme.name, cohort.name, participation.id, participation_status.since, participation_status.id"
);
statement!(
    /// As [`OF_ORGANISATION`], of a programme's schools.
    OF_PROGRAMME,
    "SELECT participation.cohort_id, participation.id, participation.organisation_id, participation.urn,
         participation.named, participation_status.id, participation_status.status, participation_status.since,
         participation_status.reason, participation_status.recorded_at
     FROM participation
     JOIN cohort ON cohort.id = participation.cohort_id
     LEFT JOIN participation_status ON participation_status.participation_id = participation.id
     WHERE cohort.programme_id = $1 AND (participation.organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR participation.organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY participation.named, participation.id, participation_status.since, participation_status.id"
);
statement!(
    PARTICIPATION_IN,
    "SELECT id, organisation_id FROM participation WHERE cohort_id = $1 AND (organisation_id = $2 OR urn = $3)
     ORDER BY organisation_id IS NULL, id"
);
statement!(ADOPT, "UPDATE participation SET organisation_id = $2 WHERE id = $1 AND organisation_id IS NULL");
statement!(LATEST_MARK, "SELECT status FROM participation_status WHERE participation_id = $1 ORDER BY id DESC LIMIT 1");
statement!(
    OF_FUNDER,
    "SELECT id, slug, name, about, starts, ends, paid_by, funder_id FROM programme WHERE funder_id = $1
     ORDER BY name, id"
);

pub(in crate::cohort) async fn edit_programme(
    tx: &mut Tx,
    _leave: &MayEdit,
    programme: &Programme,
) -> Result<(), StoreError> {
    let values = vec![
        programme.id.into(),
        programme.name.as_str().into(),
        programme.about.as_str().into(),
        programme.starts.into(),
        programme.ends.into(),
        programme.paid_by.clone().into(),
        programme.funder.into(),
    ];
    tx.execute(EDIT_PROGRAMME, values).await.map(drop)
}

/// What a school takes part in, or took part in.
pub(in crate::cohort) async fn of_organisation(conn: &mut Conn, organisation: i64) -> Result<Vec<TakesPart>> {
    let rows = conn.rows(OF_ORGANISATION, vec![organisation.into()]).await?;
    let mut all: Vec<TakesPart> = Vec::with_capacity(rows.len());
    for row in &rows {
        let participation = row.int(0)?;
        if all.last().is_none_or(|one| one.participation != participation) {
            all.push(TakesPart {
                participation,
                cohort: row.int(1)?,
                cohort_slug: row.text(2)?,
                cohort_name: row.text(3)?,
                programme: row.int(4)?,
                programme_slug: row.text(5)?,
                programme_name: row.text(6)?,
                joined: row.date(7)?,
                statuses: Vec::new(),
            });
        }
        if let Some(one) = all.last_mut() {
            one.statuses.extend(status_in(row, 8)?);
        }
    }
    Ok(all)
}

/// Schools of a programme by cohort, by name.
pub(in crate::cohort) async fn of_programme(
    conn: &mut Conn,
    programme: i64,
    which: Which,
) -> Result<HashMap<i64, Vec<CohortSchool>>> {
    let [school, adviser] = which.values();
    let mut all: HashMap<i64, Vec<CohortSchool>> = HashMap::new();
    for row in &conn.rows(OF_PROGRAMME, vec![programme.into(), school, adviser]).await? {
        let (schools, id) = (all.entry(row.int(0)?).or_default(), row.int(1)?);
        if schools.last().is_none_or(|one| one.id != id) {
            schools.push(CohortSchool {
                id,
                organisation: row.opt_int(2)?,
                urn: row.opt_int(3)?.map(|_| row.urn(3)).transpose()?,
                named: row.text(4)?,
                statuses: Vec::with_capacity(1),
            });
        }
        if let Some(one) = schools.last_mut() {
            one.statuses.extend(status_in(row, 5)?);
        }
    }
    Ok(all)
}

/// A status in five columns from this one on; nothing where they are null.
fn status_in(row: &Row, first: usize) -> Result<Option<StatusRow>> {
    let Some(id) = row.opt_int(first)? else { return Ok(None) };
    let Some(status) = Status::from_key(row.str(first + 1)?) else { return Ok(None) };
    let (since, reason, recorded_at) = (row.date(first + 2)?, row.text(first + 3)?, row.moment(first + 4)?);
    Ok(Some(StatusRow { id, status, since, reason, recorded_at }))
}

/// The participation of a school in a cohort, by its organisation or its number,
/// and the organisation, where it has one already.
pub(in crate::cohort) async fn participation_in(
    conn: &mut Conn,
    cohort: i64,
    organisation: i64,
    urn: Option<Urn>,
) -> Result<Option<(i64, Option<i64>)>, StoreError> {
    // No school has the number 0.
    let urn = urn.map_or(0, |urn| i64::from(urn.get()));
    let row = conn.row(PARTICIPATION_IN, vec![cohort.into(), organisation.into(), urn.into()]).await?;
    row.map(|row| Ok((row.int(0)?, row.opt_int(1)?))).transpose()
}

/// A participation that was entered by hand becomes that of the organisation whose head has joined.
pub(in crate::cohort) async fn adopt(
    tx: &mut Tx,
    _leave: &MayNote,
    participation: i64,
    organisation: i64,
) -> Result<(), StoreError> {
    tx.execute(ADOPT, vec![participation.into(), organisation.into()]).await.map(drop)
}

/// What was recorded last of a participation.
pub(in crate::cohort) async fn latest_mark(conn: &mut Conn, participation: i64) -> Result<Option<Status>> {
    let row = conn.row(LATEST_MARK, vec![participation.into()]).await?;
    Ok(row.map(|row| row.text(0)).transpose()?.as_deref().and_then(Status::from_key))
}

/// The programmes that an organisation pays for.
pub(in crate::cohort) async fn programmes_of_funder(conn: &mut Conn, funder: i64) -> Result<Vec<Programme>> {
    conn.rows(OF_FUNDER, vec![funder.into()]).await?.iter().map(super::programme_in).collect()
}
