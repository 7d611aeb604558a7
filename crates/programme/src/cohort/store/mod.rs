//! SQL of programmes, cohorts and participations.

mod members;

pub(super) use members::{
    adopt, edit_programme, latest_mark, of_organisation, of_programme, participation_in, programmes_of_funder,
};

use super::{
    Baseline,
    access::{MayEdit, MayNote},
    model::{Cohort, Correction, Participation, Programme, Published, ShownTo, Status, StatusRow},
    programmes::Which,
};
use crate::error::{Error, Result};
use std::collections::HashMap;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT_PROGRAMME,
    "INSERT INTO programme (id, slug, name, about, starts, ends, paid_by, funder_id, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)"
);
statement!(
    PROGRAMMES,
    "SELECT id, slug, name, about, starts, ends, paid_by, funder_id FROM programme ORDER BY name, id"
);
statement!(
    INSERT_COHORT,
    "INSERT INTO cohort (id, programme_id, slug, name, about, joins_on, follow_to, need_rule, need_version, phase,
         good_rule, story, shown_to, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)"
);
statement!(
    COHORTS,
    "SELECT id, programme_id, slug, name, about, joins_on, follow_to, need_rule, need_version, phase, good_rule, story,
         shown_to
     FROM cohort ORDER BY name, id"
);
statement!(
    COHORT,
    "SELECT id, programme_id, slug, name, about, joins_on, follow_to, need_rule, need_version, phase, good_rule, story,
         shown_to
     FROM cohort WHERE slug = $1"
);
statement!(
    COHORT_BY_ID,
    "SELECT id, programme_id, slug, name, about, joins_on, follow_to, need_rule, need_version, phase, good_rule, story,
         shown_to
     FROM cohort WHERE id = $1"
);
statement!(
    INSERT_PUBLISHED,
    "INSERT INTO published_figure (cohort_id, as_at, words, good, schools, share, source)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(
    PUBLISHED,
    "SELECT as_at, words, good, schools, share, source FROM published_figure WHERE cohort_id = $1 ORDER BY as_at, words"
);
statement!(
    INSERT_PARTICIPATION,
    "INSERT INTO participation (id, cohort_id, urn, named, certainty, note, joined, baseline_json, organisation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
);
statement!(
    PARTICIPATIONS,
    "SELECT id, urn, named, certainty, note, joined, baseline_json, organisation_id FROM participation
     WHERE cohort_id = $1 AND (organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY named, id"
);
statement!(COHORT_OF, "SELECT cohort_id FROM participation WHERE id = $1");
statement!(TAKING_PART, "SELECT COUNT(*) FROM participation WHERE cohort_id = $1 AND urn = $2");
statement!(
    INSERT_STATUS,
    "INSERT INTO participation_status (id, participation_id, status, since, reason, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);
statement!(
    STATUSES,
    "SELECT participation_status.participation_id, participation_status.status, participation_status.since,
         participation_status.reason, participation_status.recorded_at, participation_status.id
     FROM participation_status JOIN participation ON participation.id = participation_status.participation_id
     WHERE participation.cohort_id = $1 AND (participation.organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR participation.organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY participation_status.since, participation_status.id"
);
statement!(
    INSERT_CORRECTION,
    "INSERT INTO baseline_correction (id, participation_id, baseline_json, reason, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6)"
);
statement!(
    CORRECTIONS,
    "SELECT baseline_correction.participation_id, baseline_correction.baseline_json, baseline_correction.reason,
         baseline_correction.recorded_at, baseline_correction.recorded_by
     FROM baseline_correction JOIN participation ON participation.id = baseline_correction.participation_id
     WHERE participation.cohort_id = $1 AND (participation.organisation_id = $2 OR $2 = 0)
         AND ($3 = 0 OR participation.organisation_id IN (
             SELECT mine.organisation_id FROM adviser_assignment AS mine WHERE mine.person_id = $3))
     ORDER BY baseline_correction.recorded_at, baseline_correction.id"
);

pub(super) async fn insert_programme(tx: &mut Tx, _leave: &MayEdit, programme: &Programme) -> Result<(), StoreError> {
    let values = vec![
        programme.id.into(),
        programme.slug.as_str().into(),
        programme.name.as_str().into(),
        programme.about.as_str().into(),
        programme.starts.into(),
        programme.ends.into(),
        programme.paid_by.clone().into(),
        programme.funder.into(),
    ];
    tx.execute(INSERT_PROGRAMME, values).await.map(drop)
}

pub(super) async fn programmes(conn: &mut Conn) -> Result<Vec<Programme>> {
    conn.rows(PROGRAMMES, Vec::new()).await?.iter().map(programme_in).collect()
}

fn programme_in(row: &Row) -> Result<Programme> {
    Ok(Programme {
        id: row.int(0)?,
        slug: row.text(1)?,
        name: row.text(2)?,
        about: row.text(3)?,
        starts: row.date(4)?,
        ends: row.opt_date(5)?,
        paid_by: row.opt_text(6)?,
        funder: row.opt_int(7)?,
    })
}

pub(super) async fn insert_cohort(tx: &mut Tx, _leave: &MayEdit, cohort: &Cohort) -> Result<(), Error> {
    let story = cohort.story.as_ref().map(serde_json::to_string).transpose().map_err(unreadable)?;
    let values = vec![
        cohort.id.into(),
        cohort.programme_id.into(),
        cohort.slug.as_str().into(),
        cohort.name.as_str().into(),
        cohort.about.as_str().into(),
        cohort.joins_on.into(),
        cohort.follow_to.into(),
        cohort.need_rule.as_str().into(),
        cohort.need_version.into(),
        cohort.phase.clone().into(),
        cohort.good_rule.as_str().into(),
        story.into(),
        cohort.shown_to.key().into(),
    ];
    tx.execute(INSERT_COHORT, values).await?;
    Ok(())
}

fn cohort_in(row: &Row) -> Result<Cohort> {
    Ok(Cohort {
        id: row.int(0)?,
        programme_id: row.int(1)?,
        slug: row.text(2)?,
        name: row.text(3)?,
        about: row.text(4)?,
        joins_on: row.date(5)?,
        follow_to: row.opt_date(6)?,
        need_rule: row.text(7)?,
        need_version: row.int(8)?,
        phase: row.opt_text(9)?,
        good_rule: row.text(10)?,
        story: row.opt_text(11)?.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?,
        // What this Aspire does not know is not for anyone.
        shown_to: ShownTo::from_key(row.str(12)?).unwrap_or(ShownTo::Programme),
    })
}

pub(super) async fn cohorts(conn: &mut Conn) -> Result<Vec<Cohort>> {
    conn.rows(COHORTS, Vec::new()).await?.iter().map(cohort_in).collect()
}

/// Those of a programme.
pub(super) async fn cohorts_of(conn: &mut Conn, programme: i64) -> Result<Vec<Cohort>> {
    let mut all = cohorts(conn).await?;
    all.retain(|cohort| cohort.programme_id == programme);
    Ok(all)
}

pub(super) async fn cohort(conn: &mut Conn, slug: &str) -> Result<Option<Cohort>> {
    conn.row(COHORT, vec![slug.into()]).await?.as_ref().map(cohort_in).transpose()
}

pub(super) async fn cohort_by_id(conn: &mut Conn, id: i64) -> Result<Option<Cohort>> {
    conn.row(COHORT_BY_ID, vec![id.into()]).await?.as_ref().map(cohort_in).transpose()
}

pub(super) async fn insert_published(
    tx: &mut Tx,
    _leave: &MayEdit,
    cohort: i64,
    figure: &Published,
) -> Result<(), StoreError> {
    let values = vec![
        cohort.into(),
        figure.date.into(),
        figure.words.as_str().into(),
        figure.good.into(),
        figure.schools.into(),
        figure.share.into(),
        figure.source.as_str().into(),
    ];
    tx.execute(INSERT_PUBLISHED, values).await.map(drop)
}

pub(super) async fn published(conn: &mut Conn, cohort: i64) -> Result<Vec<Published>> {
    let rows = conn.rows(PUBLISHED, vec![cohort.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Published {
                date: row.date(0)?,
                words: row.text(1)?,
                good: row.opt_int(2)?,
                schools: row.opt_int(3)?,
                share: row.opt_real(4)?,
                source: row.text(5)?,
            })
        })
        .collect()
}

pub(super) async fn insert_participation(
    tx: &mut Tx,
    _leave: &MayNote,
    cohort: i64,
    school: &Participation,
) -> Result<(), Error> {
    let values = vec![
        school.id.into(),
        cohort.into(),
        school.urn.into(),
        school.named.as_str().into(),
        school.certainty.as_str().into(),
        school.note.clone().into(),
        school.joined.into(),
        serde_json::to_string(&school.baseline).map_err(unreadable)?.into(),
        school.organisation.into(),
    ];
    tx.execute(INSERT_PARTICIPATION, values).await?;
    Ok(())
}

/// True where this school is in the cohort already.
pub(super) async fn takes_part(conn: &mut Conn, cohort: i64, urn: kernel::Urn) -> Result<bool, StoreError> {
    let row = conn.row(TAKING_PART, vec![cohort.into(), urn.into()]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// The cohort of a participation.
pub(super) async fn cohort_of(conn: &mut Conn, participation: i64) -> Result<Option<i64>, StoreError> {
    conn.row(COHORT_OF, vec![participation.into()]).await?.map(|row| row.int(0)).transpose()
}

pub(super) async fn participations(conn: &mut Conn, cohort: i64, which: Which) -> Result<Vec<Participation>> {
    let [school, adviser] = which.values();
    let values = vec![cohort.into(), school, adviser];
    let rows = conn.rows(PARTICIPATIONS, values.clone()).await?;
    let mut schools = Vec::with_capacity(rows.len());
    let mut places: HashMap<i64, usize> = HashMap::with_capacity(rows.len());
    for row in &rows {
        let urn = row.opt_int(1)?.map(|_| row.urn(1)).transpose()?;
        let frozen: Baseline = serde_json::from_str(row.str(6)?).map_err(unreadable)?;
        let id = row.int(0)?;
        places.insert(id, schools.len());
        schools.push(Participation {
            id,
            organisation: row.opt_int(7)?,
            urn,
            named: row.text(2)?,
            certainty: row.text(3)?,
            note: row.opt_text(4)?,
            joined: row.date(5)?,
            baseline: frozen.clone(),
            frozen,
            corrections: Vec::new(),
            statuses: Vec::new(),
        });
    }
    for row in conn.rows(STATUSES, values.clone()).await? {
        let place = places.get(&row.int(0)?).and_then(|at| schools.get_mut(*at));
        if let (Some(school), Some(status)) = (place, Status::from_key(row.str(1)?)) {
            school.statuses.push(StatusRow {
                status,
                since: row.date(2)?,
                reason: row.text(3)?,
                recorded_at: row.moment(4)?,
                id: row.int(5)?,
            });
        }
    }
    for row in conn.rows(CORRECTIONS, values).await? {
        if let Some(school) = places.get(&row.int(0)?).and_then(|at| schools.get_mut(*at)) {
            let correction = Correction {
                baseline: serde_json::from_str(row.str(1)?).map_err(unreadable)?,
                reason: row.text(2)?,
                at: row.moment(3)?,
                by: row.text(4)?,
            };
            school.baseline = correction.baseline.clone();
            school.corrections.push(correction);
        }
    }
    Ok(schools)
}

pub(super) async fn insert_status(
    tx: &mut Tx,
    leave: &MayNote,
    participation: i64,
    row: &StatusRow,
) -> Result<(), StoreError> {
    let values = vec![
        row.id.into(),
        participation.into(),
        row.status.key().into(),
        row.since.into(),
        row.reason.as_str().into(),
        row.recorded_at.into(),
        leave.0.name.as_str().into(),
    ];
    tx.execute(INSERT_STATUS, values).await.map(drop)
}

pub(super) async fn insert_correction(
    tx: &mut Tx,
    _leave: &MayEdit,
    id: i64,
    participation: i64,
    correction: &Correction,
) -> Result<(), Error> {
    let values = vec![
        id.into(),
        participation.into(),
        serde_json::to_string(&correction.baseline).map_err(unreadable)?.into(),
        correction.reason.as_str().into(),
        correction.at.into(),
        correction.by.as_str().into(),
    ];
    tx.execute(INSERT_CORRECTION, values).await?;
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn unreadable(error: serde_json::Error) -> Error {
    Error::Unexpected(format!("what the database keeps of a cohort cannot be read: {error}"))
}
