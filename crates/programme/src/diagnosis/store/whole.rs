//! SQL of whole diagnoses: for a school's export, for one that comes from
//! elsewhere, and for erasing what is due.

use super::{
    super::{
        access::MayErase,
        model::{Diagnosis, Participant, State, View},
        record::Meeting,
    },
    meeting::{put_beside, put_differing, put_evidence, put_finding, put_signature, put_strength},
    put,
    views::view_in,
};
use crate::error::Result;
use kernel::{Date, Timestamp};
use std::collections::HashMap;
use store::{Conn, StoreError, Tx, statement};

// The latest of each school of a programme.
statement!(
    LATEST,
    "SELECT diagnosis.organisation_id, diagnosis.opened_at, diagnosis.state, diagnosis.agreed_at
     FROM (
         SELECT organisation_id, MAX(opened_at) AS opened_at FROM diagnosis
         WHERE organisation_id IN (
             SELECT participation.organisation_id FROM participation
             JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)
         GROUP BY organisation_id) AS latest
     JOIN diagnosis ON diagnosis.organisation_id = latest.organisation_id AND diagnosis.opened_at = latest.opened_at
     ORDER BY diagnosis.id"
);
statement!(
    ALL_VIEWS,
    "SELECT statement, person_id, value, because, given_at FROM diagnosis_view WHERE diagnosis_id = $1 ORDER BY id"
);
statement!(
    INSERT_VIEW,
    "INSERT INTO diagnosis_view (id, diagnosis_id, statement, person_id, value, because, given_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
// As for a school in its own words: all participations ended before a day, and
// nothing was done to it since.
statement!(
    OF_THOSE_WHO_LEFT,
    "SELECT diagnosis.organisation_id, diagnosis.id FROM diagnosis
     WHERE diagnosis.opened_at < $2
         AND NOT EXISTS (SELECT 1 FROM diagnosis_view WHERE diagnosis_view.diagnosis_id = diagnosis.id
             AND diagnosis_view.given_at >= $2)
         AND NOT EXISTS (SELECT 1 FROM diagnosis_finding WHERE diagnosis_finding.diagnosis_id = diagnosis.id
             AND diagnosis_finding.changed_at >= $2)
         AND EXISTS (SELECT 1 FROM participation WHERE participation.organisation_id = diagnosis.organisation_id)
         AND NOT EXISTS (
             SELECT 1 FROM participation
             WHERE participation.organisation_id = diagnosis.organisation_id
                 AND NOT EXISTS (
                     SELECT 1 FROM participation_status AS ended
                     WHERE ended.participation_id = participation.id
                         AND ended.status IN ('left', 'completed') AND ended.since < $1
                         AND NOT EXISTS (SELECT 1 FROM participation_status AS later
                             WHERE later.participation_id = ended.participation_id AND later.id > ended.id)))
     ORDER BY diagnosis.organisation_id, diagnosis.id"
);
statement!(ERASE_VIEWS, "DELETE FROM diagnosis_view WHERE diagnosis_id = $1");
statement!(ERASE_FINDINGS, "DELETE FROM diagnosis_finding WHERE diagnosis_id = $1");
statement!(ERASE_EVIDENCE, "DELETE FROM diagnosis_evidence WHERE diagnosis_id = $1");
statement!(ERASE_STRENGTHS, "DELETE FROM diagnosis_strength WHERE diagnosis_id = $1");
statement!(ERASE_SIGNATURES, "DELETE FROM diagnosis_signature WHERE diagnosis_id = $1");
statement!(ERASE_DIFFERING, "DELETE FROM diagnosis_differing WHERE diagnosis_id = $1");
statement!(ERASE_BESIDE, "DELETE FROM diagnosis_beside WHERE diagnosis_id = $1");
statement!(ERASE_PARTICIPANTS, "DELETE FROM diagnosis_participant WHERE diagnosis_id = $1");
statement!(ERASE, "DELETE FROM diagnosis WHERE id = $1");

/// All views of a diagnosis, each with when it was given last.
pub(in crate::diagnosis) async fn all_views(
    conn: &mut Conn,
    diagnosis: i64,
) -> Result<Vec<(View, Timestamp)>, StoreError> {
    let rows = conn.rows(ALL_VIEWS, vec![diagnosis.into()]).await?;
    rows.iter().map(|row| Ok((view_in(row)?, row.moment(4)?))).collect()
}

/// A diagnosis that came with its school from another installation.
pub(in crate::diagnosis) async fn take_over(
    tx: &mut Tx,
    diagnosis: &Diagnosis,
    participants: &[Participant],
    meeting: &Meeting,
) -> Result<(), StoreError> {
    put(tx, diagnosis, participants).await?;
    for one in &meeting.findings {
        put_finding(tx, diagnosis.id, one, true).await?;
    }
    for one in &meeting.evidence {
        put_evidence(tx, diagnosis.id, one).await?;
    }
    for one in &meeting.strengths {
        put_strength(tx, diagnosis.id, one).await?;
    }
    for one in &meeting.signatures {
        put_signature(tx, diagnosis.id, one).await?;
    }
    for one in &meeting.differing {
        put_differing(tx, diagnosis.id, one).await?;
    }
    for one in &meeting.beside {
        put_beside(tx, diagnosis.id, one).await?;
    }
    Ok(())
}

/// Views that came with it, each with an id and with when it was given.
pub(in crate::diagnosis) async fn take_over_views(
    tx: &mut Tx,
    diagnosis: i64,
    views: &[(i64, View, Timestamp)],
) -> Result<(), StoreError> {
    for (id, view, at) in views {
        let values = vec![
            (*id).into(),
            diagnosis.into(),
            view.statement.as_str().into(),
            view.person.into(),
            view.answer.stored().into(),
            view.because.as_str().into(),
            (*at).into(),
        ];
        tx.execute(INSERT_VIEW, values).await?;
    }
    Ok(())
}

/// Diagnoses of schools whose every participation ended before `day`, and to
/// which nothing was done since `before`: the school and the diagnosis.
pub(in crate::diagnosis) async fn of_those_who_left(
    conn: &mut Conn,
    day: Date,
    before: Timestamp,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = conn.rows(OF_THOSE_WHO_LEFT, vec![day.into(), before.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Deletes a diagnosis with everything in it.
pub(in crate::diagnosis) async fn empty(tx: &mut Tx, _leave: &MayErase, diagnosis: i64) -> Result<(), StoreError> {
    for sql in [
        ERASE_VIEWS,
        ERASE_FINDINGS,
        ERASE_EVIDENCE,
        ERASE_STRENGTHS,
        ERASE_SIGNATURES,
        ERASE_DIFFERING,
        ERASE_BESIDE,
        ERASE_PARTICIPANTS,
        ERASE,
    ] {
        tx.execute(sql, vec![diagnosis.into()]).await?;
    }
    Ok(())
}

/// When the latest diagnosis of each school of a programme was opened, and when
/// it was agreed.
pub(in crate::diagnosis) async fn latest_days(
    conn: &mut Conn,
    programme: i64,
) -> Result<HashMap<i64, (Timestamp, Option<Timestamp>)>, StoreError> {
    let rows = conn.rows(LATEST, vec![programme.into()]).await?;
    rows.iter()
        .map(|row| {
            let agreed = row.str(2)? == State::Agreed.key() && row.opt_int(3)?.is_some();
            let agreed = if agreed { Some(row.moment(3)?) } else { None };
            Ok((row.int(0)?, (row.moment(1)?, agreed)))
        })
        .collect()
}
