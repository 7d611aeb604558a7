//! SQL of what a programme and its schools have with each other.

use crate::{
    cohort::{
        access::{MayEdit, MayNote},
        model::{Programme, Status, StatusRow, TakesPart},
    },
    error::Result,
};
use kernel::Urn;
use store::{Conn, StoreError, Tx, statement};

statement!(
    EDIT_PROGRAMME,
    "UPDATE programme SET name = $2, about = $3, starts = $4, ends = $5, paid_by = $6, funder_id = $7,
         revision = revision + 1
     WHERE id = $1"
);
statement!(
    OF_ORGANISATION,
    "SELECT participation.id, cohort.id, cohort.slug, cohort.name, cohort.programme_id, programme.slug,
         programme.name, participation.joined
     FROM participation
     JOIN cohort ON cohort.id = participation.cohort_id
     JOIN programme ON programme.id = cohort.programme_id
     WHERE participation.organisation_id = $1
     ORDER BY programme.name, cohort.name, participation.id"
);
statement!(
    STATUSES_OF_ORGANISATION,
    "SELECT participation_status.participation_id, participation_status.status, participation_status.since,
         participation_status.reason, participation_status.recorded_at, participation_status.id
     FROM participation_status JOIN participation ON participation.id = participation_status.participation_id
     WHERE participation.organisation_id = $1
     ORDER BY participation_status.since, participation_status.id"
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
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(TakesPart {
            participation: row.int(0)?,
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
    for row in conn.rows(STATUSES_OF_ORGANISATION, vec![organisation.into()]).await? {
        let id = row.int(0)?;
        if let (Some(one), Some(status)) =
            (all.iter_mut().find(|one| one.participation == id), Status::from_key(row.str(1)?))
        {
            let (since, reason, recorded_at, id) = (row.date(2)?, row.text(3)?, row.moment(4)?, row.int(5)?);
            one.statuses.push(StatusRow { id, status, since, reason, recorded_at });
        }
    }
    Ok(all)
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
