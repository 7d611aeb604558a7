//! SQL of a school's own dates, and of erasing a plan that is due.

use super::super::access::{MayEdit, MayErase};
use crate::error::{Error, Result};
use kernel::{Date, Timestamp, calendar::OwnDates};
use store::{Conn, StoreError, Tx, catalogue::Sql, statement};

statement!(DATES, "SELECT dates_json, revision FROM school_dates WHERE organisation_id = $1");
statement!(
    PUT_DATES,
    "INSERT INTO school_dates (organisation_id, dates_json, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organisation_id) DO UPDATE SET dates_json = excluded.dates_json, revision = excluded.revision,
         changed_at = excluded.changed_at, changed_by = excluded.changed_by"
);
// As for a diagnosis: all participations of the school ended before a day, and
// nothing was done to its plan since.
statement!(
    OF_THOSE_WHO_LEFT,
    "SELECT DISTINCT priority.organisation_id FROM priority
     WHERE NOT EXISTS (SELECT 1 FROM priority AS later
             WHERE later.organisation_id = priority.organisation_id AND later.changed_at >= $2)
         AND NOT EXISTS (SELECT 1 FROM plan_action JOIN priority AS own ON own.id = plan_action.priority_id
             WHERE own.organisation_id = priority.organisation_id AND plan_action.changed_at >= $2)
         AND EXISTS (SELECT 1 FROM participation WHERE participation.organisation_id = priority.organisation_id)
         AND NOT EXISTS (
             SELECT 1 FROM participation
             WHERE participation.organisation_id = priority.organisation_id
                 AND NOT EXISTS (
                     SELECT 1 FROM participation_status AS ended
                     WHERE ended.participation_id = participation.id
                         AND ended.status IN ('left', 'completed') AND ended.since < $1
                         AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                             WHERE later.participation_id = ended.participation_id AND later.id > ended.id)))
     ORDER BY priority.organisation_id"
);
statement!(
    ERASE_MEASURED,
    "DELETE FROM criterion_value WHERE criterion_id IN (SELECT criterion.id FROM criterion
         JOIN priority ON priority.id = criterion.priority_id WHERE priority.organisation_id = $1)"
);
statement!(
    ERASE_CRITERIA,
    "DELETE FROM criterion WHERE priority_id IN (SELECT id FROM priority WHERE organisation_id = $1)"
);
statement!(
    UNTIE_ACTIONS,
    "UPDATE plan_action SET after_id = NULL WHERE priority_id IN (SELECT id FROM priority WHERE organisation_id = $1)"
);
statement!(
    ERASE_ACTIONS,
    "DELETE FROM plan_action WHERE priority_id IN (SELECT id FROM priority WHERE organisation_id = $1)"
);
statement!(
    ERASE_TESTS,
    "DELETE FROM change_test WHERE priority_id IN (SELECT id FROM priority WHERE organisation_id = $1)"
);
statement!(
    ERASE_VIEWS,
    "DELETE FROM decision_view WHERE decision_id IN (SELECT id FROM decision WHERE organisation_id = $1)"
);
statement!(
    UNTIE,
    "UPDATE priority SET diagnosis_id = NULL, statements = '', revision = revision + 1 WHERE diagnosis_id = $1"
);
statement!(ERASE_DECISIONS, "DELETE FROM decision WHERE organisation_id = $1");
statement!(ERASE_PRIORITIES, "DELETE FROM priority WHERE organisation_id = $1");
statement!(ERASE_DATES, "DELETE FROM school_dates WHERE organisation_id = $1");

/// A school's own dates with their version; nothing of its own until it has some.
pub(in crate::plan) async fn dates(conn: &mut Conn, organisation: i64) -> Result<(OwnDates, i64)> {
    let Some(row) = conn.row(DATES, vec![organisation.into()]).await? else {
        return Ok((OwnDates::default(), 0));
    };
    let dates = serde_json::from_str(row.str(0)?)
        .map_err(|error| Error::Unexpected(format!("a school’s dates cannot be read: {error}")))?;
    Ok((dates, row.int(1)?))
}

pub(in crate::plan) async fn put_dates(
    tx: &mut Tx,
    leave: &MayEdit,
    dates: &OwnDates,
    revision: i64,
    now: Timestamp,
) -> Result<()> {
    let json = serde_json::to_string(dates).map_err(|error| Error::Unexpected(error.to_string()))?;
    let values =
        vec![leave.school.id.into(), json.into(), revision.into(), now.into(), leave.grant.by.name.as_str().into()];
    tx.execute(PUT_DATES, values).await?;
    Ok(())
}

/// Dates that came with their school from another installation.
pub(in crate::plan) async fn take_over_dates(
    tx: &mut Tx,
    organisation: i64,
    dates: &OwnDates,
    revision: i64,
    now: Timestamp,
) -> Result<()> {
    let json = serde_json::to_string(dates).map_err(|error| Error::Unexpected(error.to_string()))?;
    tx.execute(PUT_DATES, vec![organisation.into(), json.into(), revision.into(), now.into(), "".into()]).await?;
    Ok(())
}

/// Schools whose every participation ended before `day`, and to whose plan
/// nothing was done since `before`.
pub(in crate::plan) async fn of_those_who_left(
    conn: &mut Conn,
    day: Date,
    before: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    conn.rows(OF_THOSE_WHO_LEFT, vec![day.into(), before.into()]).await?.iter().map(|row| row.int(0)).collect()
}

/// Takes the ties of priorities to a diagnosis away.
pub(in crate::plan) async fn untie(tx: &mut Tx, _leave: &MayErase, diagnosis: i64) -> Result<u64, StoreError> {
    tx.execute(UNTIE, vec![diagnosis.into()]).await
}

/// Deletes everything of a school's plan. Its reviews have to be gone before.
pub(in crate::plan) async fn erase(tx: &mut Tx, _leave: &MayErase, organisation: i64) -> Result<(), StoreError> {
    let all: [&Sql; 9] = [
        ERASE_MEASURED,
        ERASE_CRITERIA,
        UNTIE_ACTIONS,
        ERASE_ACTIONS,
        ERASE_TESTS,
        ERASE_VIEWS,
        ERASE_DECISIONS,
        ERASE_PRIORITIES,
        ERASE_DATES,
    ];
    for sql in all {
        tx.execute(sql, vec![organisation.into()]).await?;
    }
    Ok(())
}
