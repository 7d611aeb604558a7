//! SQL of how far many schools are: days and numbers, never what they wrote.

use crate::error::{Error, Result};
use kernel::{Date, Urn, calendar::OwnDates};
use std::collections::HashMap;
use store::{Conn, statement};

statement!(
    CHOSEN,
    "SELECT organisation_id, MIN(opened_on) FROM priority
     WHERE closed_on IS NULL AND organisation_id IN (
         SELECT participation.organisation_id FROM participation
         JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)
     GROUP BY organisation_id"
);
statement!(
    DUE,
    "SELECT priority.organisation_id, COUNT(*),
         COUNT(CASE WHEN plan_action.due <= $2 AND plan_action.state <> 'dropped' THEN 1 END),
         COUNT(CASE WHEN plan_action.due <= $2 AND plan_action.state = 'done' THEN 1 END)
     FROM plan_action JOIN priority ON priority.id = plan_action.priority_id
     WHERE priority.organisation_id IN (
         SELECT participation.organisation_id FROM participation
         JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)
     GROUP BY priority.organisation_id"
);
statement!(
    OWNERS,
    "SELECT COUNT(DISTINCT plan_action.owner_name)
     FROM plan_action JOIN priority ON priority.id = plan_action.priority_id
     WHERE priority.organisation_id = $1 AND plan_action.due <= $2 AND plan_action.state <> 'dropped'"
);
statement!(
    DATES,
    "SELECT organisation.id, organisation.urn, school_dates.dates_json
     FROM organisation LEFT JOIN school_dates ON school_dates.organisation_id = organisation.id
     WHERE organisation.id IN (
         SELECT participation.organisation_id FROM participation
         JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)"
);

/// How far a school is with its plan.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HowFar {
    /// When the first of its open priorities was chosen.
    pub(crate) chosen: Option<Date>,
    /// How many actions its plan has.
    pub(crate) actions: i64,
    /// How many of them are due and not dropped.
    pub(crate) due: i64,
    /// How many of these are done.
    pub(crate) done: i64,
}

/// How far each school of a programme is on a day.
pub(in crate::plan) async fn how_far(conn: &mut Conn, programme: i64, on: Date) -> Result<HashMap<i64, HowFar>> {
    let mut all: HashMap<i64, HowFar> = HashMap::new();
    for row in conn.rows(CHOSEN, vec![programme.into()]).await? {
        all.entry(row.int(0)?).or_default().chosen = row.opt_date(1)?;
    }
    for row in conn.rows(DUE, vec![programme.into(), on.into()]).await? {
        let one = all.entry(row.int(0)?).or_default();
        (one.actions, one.due, one.done) = (row.int(1)?, row.int(2)?, row.int(3)?);
    }
    Ok(all)
}

/// How many people own what is due in a school on a day, and not dropped.
pub(in crate::plan) async fn owners_of_due(conn: &mut Conn, school: i64, on: Date) -> Result<i64> {
    let row = conn.row(OWNERS, vec![school.into(), on.into()]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// The number of each school of a programme, and the dates of its own that it has.
pub(in crate::plan) async fn own_dates(
    conn: &mut Conn,
    programme: i64,
) -> Result<Vec<(i64, Option<Urn>, Option<OwnDates>)>> {
    let rows = conn.rows(DATES, vec![programme.into()]).await?;
    rows.iter()
        .map(|row| {
            let urn = row.opt_int(1)?.map(|_| row.urn(1)).transpose()?;
            let own = row.opt_text(2)?.map(|text| serde_json::from_str(&text)).transpose();
            let own = own.map_err(|error| Error::Unexpected(format!("a school’s dates cannot be read: {error}")))?;
            Ok((row.int(0)?, urn, own))
        })
        .collect()
}
