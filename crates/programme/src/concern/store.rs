//! SQL of concerns and of escalation lists.

use super::{
    access::{MayAnswer, MayEnd, MayGoOn, MayLead, MayList, MayRaise, MaySee},
    list::List,
    model::{By, Concern, ReadBy, Step},
};
use crate::error::{Error, Result};
use kernel::{Date, Timestamp};
use store::{Conn, StoreError, Tx, Value, statement};

statement!(LIST, "SELECT list_json, revision FROM escalation_list WHERE programme_id = $1");
statement!(
    INSERT_LIST,
    "INSERT INTO escalation_list (programme_id, list_json, revision, changed_at, changed_by)
     VALUES ($1, $2, $3, $4, $5)"
);
statement!(
    UPDATE_LIST,
    "UPDATE escalation_list SET list_json = $2, revision = $3, changed_at = $4, changed_by = $5
     WHERE programme_id = $1 AND revision = $3 - 1"
);
statement!(
    INSERT,
    "INSERT INTO concern (id, organisation_id, programme_id, programme, noticed, remedy, by_when, person_id, name, role,
         raised_at, closed_at, closed_by, closed_why, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
);
statement!(
    UPDATE,
    "UPDATE concern SET noticed = $3, remedy = $4, by_when = $5, closed_at = $6, closed_by = $7, closed_why = $8,
         revision = $9
     WHERE id = $1 AND organisation_id = $2 AND revision = $9 - 1 AND closed_at IS NULL"
);
statement!(
    OF_SCHOOL,
    "SELECT id, programme_id, programme, noticed, remedy, by_when, person_id, name, role, raised_at, closed_at,
         closed_by, closed_why, revision
     FROM concern WHERE organisation_id = $1 ORDER BY id"
);
statement!(
    SCHOOLS,
    "SELECT DISTINCT organisation.id, organisation.name FROM concern
     JOIN organisation ON organisation.id = concern.organisation_id
     WHERE concern.programme_id = $1 ORDER BY organisation.name, organisation.id"
);
statement!(
    OPEN_OF_PROGRAMME,
    "SELECT id FROM concern WHERE organisation_id = $1 AND programme_id = $2 AND closed_at IS NULL ORDER BY id"
);
statement!(
    CLOSE,
    "UPDATE concern SET closed_at = $2, closed_by = $3, closed_why = $4, revision = revision + 1
     WHERE id = $1 AND closed_at IS NULL"
);
statement!(
    INSERT_STEP,
    "INSERT INTO concern_step (id, concern_id, number, name, what, taken_by, days, words, person_id, written_by, role,
         written_at, shown_at, alone_until, next_from, answer, answered_at, answered_by, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
);
statement!(
    UPDATE_STEP,
    "UPDATE concern_step SET words = $2, written_at = $3, shown_at = $4, alone_until = $5, next_from = $6, answer = $7,
         answered_at = $8, answered_by = $9, revision = $10
     WHERE id = $1 AND revision = $10 - 1"
);
statement!(
    STEPS,
    "SELECT concern_step.id, concern_step.concern_id, concern_step.number, concern_step.name, concern_step.what,
         concern_step.taken_by, concern_step.days, concern_step.words, concern_step.person_id,
         concern_step.written_by, concern_step.role, concern_step.written_at, concern_step.shown_at,
         concern_step.alone_until, concern_step.next_from, concern_step.answer, concern_step.answered_at,
         concern_step.answered_by, concern_step.revision
     FROM concern_step JOIN concern ON concern.id = concern_step.concern_id
     WHERE concern.organisation_id = $1 ORDER BY concern_step.concern_id, concern_step.number"
);
statement!(
    UNANSWERED,
    "SELECT concern.id, latest.alone_until
     FROM concern JOIN concern_step AS latest ON latest.concern_id = concern.id
     WHERE concern.organisation_id = $1 AND concern.closed_at IS NULL
         AND latest.shown_at IS NOT NULL AND latest.answered_at IS NULL
         AND NOT EXISTS (
             SELECT 1 FROM concern_step AS later
             WHERE later.concern_id = concern.id AND later.number > latest.number AND later.shown_at IS NOT NULL)
     ORDER BY concern.id"
);
statement!(DROP_DRAFTS, "DELETE FROM concern_step WHERE concern_id = $1 AND shown_at IS NULL");
statement!(
    DROP_EMPTY,
    "DELETE FROM concern WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM concern_step WHERE concern_id = $1)"
);
statement!(
    READ,
    "INSERT INTO concern_reading (id, step_id, person_id, name, role, at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (step_id, person_id) DO NOTHING"
);
statement!(
    READINGS,
    "SELECT concern_reading.id, concern_reading.step_id, concern_reading.person_id, concern_reading.name,
         concern_reading.role, concern_reading.at
     FROM concern_reading
     JOIN concern_step ON concern_step.id = concern_reading.step_id
     JOIN concern ON concern.id = concern_step.concern_id
     WHERE concern.organisation_id = $1 ORDER BY concern_reading.id"
);
statement!(
    DUE,
    "SELECT id, organisation_id FROM concern
     WHERE closed_at < $1 OR (programme_id IS NULL AND raised_at < $1) ORDER BY id"
);
statement!(
    ERASE_READINGS,
    "DELETE FROM concern_reading WHERE step_id IN (SELECT id FROM concern_step WHERE concern_id = $1)"
);
statement!(ERASE_STEPS, "DELETE FROM concern_step WHERE concern_id = $1");

/// A programme's own list, where it has one.
pub(super) async fn list(conn: &mut Conn, programme: i64) -> Result<Option<List>> {
    let Some(row) = conn.row(LIST, vec![programme.into()]).await? else { return Ok(None) };
    let list: List = serde_json::from_str(row.str(0)?)
        .map_err(|error| Error::Unexpected(format!("the escalation list of programme {programme}: {error}")))?;
    Ok(Some(List { revision: row.int(1)?, ..list }))
}

/// Writes a list; false where another has come in between.
pub(super) async fn write_list(tx: &mut Tx, leave: &MayList, new: &List, now: Timestamp) -> Result<bool> {
    let json = serde_json::to_string(new).map_err(|error| Error::Unexpected(format!("an escalation list: {error}")))?;
    let by = leave.grant.by.name.as_str();
    let values = vec![leave.programme.into(), json.into(), new.revision.into(), now.into(), by.into()];
    let sql = if new.revision == 1 { INSERT_LIST } else { UPDATE_LIST };
    Ok(tx.execute(sql, values).await? > 0)
}

pub(super) async fn insert(tx: &mut Tx, leave: &MayRaise, one: &Concern) -> Result<(), StoreError> {
    put(tx, leave.school.id, one).await
}

pub(super) async fn put(tx: &mut Tx, organisation: i64, one: &Concern) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        organisation.into(),
        one.programme.into(),
        one.programme_name.as_str().into(),
        one.noticed.as_str().into(),
        one.remedy.as_str().into(),
        one.by_when.into(),
        one.person.into(),
        one.name.as_str().into(),
        one.role.as_str().into(),
        one.raised_at.into(),
        one.closed_at.into(),
        one.closed_by.as_str().into(),
        one.closed_why.as_str().into(),
        one.revision.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

/// Who may write a concern's next version.
#[derive(Clone, Copy)]
pub(super) enum MayWrite<'a> {
    /// Whoever goes on with it.
    Programme(&'a MayGoOn),
    /// The school, which answers.
    School(&'a MayAnswer),
}

impl MayWrite<'_> {
    fn concern(&self) -> i64 {
        match self {
            Self::Programme(leave) => leave.concern.id,
            Self::School(leave) => leave.concern.id,
        }
    }
}

/// Writes a concern's next version, which holds its row; false where another has
/// come in between, or it was closed.
pub(super) async fn update(tx: &mut Tx, leave: &MayGoOn, one: &Concern) -> Result<bool, StoreError> {
    let values = vec![
        leave.concern.id.into(),
        leave.leave.school.id.into(),
        one.noticed.as_str().into(),
        one.remedy.as_str().into(),
        one.by_when.into(),
        one.closed_at.into(),
        one.closed_by.as_str().into(),
        one.closed_why.as_str().into(),
        one.revision.into(),
    ];
    Ok(tx.execute(UPDATE, values).await? > 0)
}

/// All concerns about a school, the first first.
pub(super) async fn concerns(conn: &mut Conn, organisation: i64) -> Result<Vec<Concern>> {
    let rows = conn.rows(OF_SCHOOL, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Concern {
                id: row.int(0)?,
                programme: row.opt_int(1)?,
                programme_name: row.text(2)?,
                noticed: row.text(3)?,
                remedy: row.text(4)?,
                by_when: row.date(5)?,
                person: row.opt_int(6)?,
                name: row.text(7)?,
                role: row.text(8)?,
                raised_at: row.moment(9)?,
                closed_at: row.opt_moment(10)?,
                closed_by: row.text(11)?,
                closed_why: row.text(12)?,
                revision: row.int(13)?,
            })
        })
        .collect()
}

/// The schools about which there are concerns in a programme, by name; whoever
/// asks looks at each with leave of its own.
pub(super) async fn schools(conn: &mut Conn, programme: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = conn.rows(SCHOOLS, vec![programme.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect()
}

pub(super) async fn insert_step(tx: &mut Tx, _leave: &MayRaise, one: &Step) -> Result<(), StoreError> {
    put_step(tx, one).await
}

pub(super) async fn put_step(tx: &mut Tx, one: &Step) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.concern.into(),
        one.number.into(),
        one.name.as_str().into(),
        one.what.as_str().into(),
        one.by.key().into(),
        one.days.into(),
        one.words.as_str().into(),
        one.person.into(),
        one.written_by.as_str().into(),
        one.role.as_str().into(),
        one.written_at.into(),
        one.shown_at.into(),
        one.alone_until.into(),
        one.next_from.into(),
        one.answer.as_str().into(),
        one.answered_at.into(),
        one.answered_by.as_str().into(),
        one.revision.into(),
    ];
    tx.execute(INSERT_STEP, values).await.map(drop)
}

/// Writes a step's next version; false where another has come in between.
pub(super) async fn update_step(tx: &mut Tx, leave: MayWrite<'_>, one: &Step) -> Result<bool, StoreError> {
    let values: Vec<Value> = vec![
        one.id.into(),
        one.words.as_str().into(),
        one.written_at.into(),
        one.shown_at.into(),
        one.alone_until.into(),
        one.next_from.into(),
        one.answer.as_str().into(),
        one.answered_at.into(),
        one.answered_by.as_str().into(),
        one.revision.into(),
    ];
    Ok(leave.concern() == one.concern && tx.execute(UPDATE_STEP, values).await? > 0)
}

/// What a school was shown last and has not answered: the concern, and the last day
/// on which the school alone reads it.
pub(super) async fn unanswered(conn: &mut Conn, leave: &MayLead) -> Result<Vec<(i64, Date)>> {
    let rows = conn.rows(UNANSWERED, vec![leave.0.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.date(1)?))).collect()
}

/// The steps of all concerns about a school, those of a concern in their order.
pub(super) async fn steps(conn: &mut Conn, organisation: i64) -> Result<Vec<Step>> {
    let rows = conn.rows(STEPS, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            let by = row.str(5)?;
            Ok(Step {
                id: row.int(0)?,
                concern: row.int(1)?,
                number: row.int(2)?,
                name: row.text(3)?,
                what: row.text(4)?,
                by: By::from_key(by)
                    .ok_or_else(|| Error::Unexpected(format!("the database holds a step taken by ‘{by}’")))?,
                days: row.int(6)?,
                words: row.text(7)?,
                person: row.opt_int(8)?,
                written_by: row.text(9)?,
                role: row.text(10)?,
                written_at: row.moment(11)?,
                shown_at: row.opt_moment(12)?,
                alone_until: row.opt_date(13)?,
                next_from: row.opt_date(14)?,
                answer: row.text(15)?,
                answered_at: row.opt_moment(16)?,
                answered_by: row.text(17)?,
                revision: row.int(18)?,
            })
        })
        .collect()
}

/// Puts the drafts of a concern away, and the concern where nothing is left of it.
pub(super) async fn drop_drafts(tx: &mut Tx, leave: &MayGoOn) -> Result<(), StoreError> {
    for sql in [DROP_DRAFTS, DROP_EMPTY] {
        tx.execute(sql, vec![leave.concern.id.into()]).await?;
    }
    Ok(())
}

/// Notes that a step was read; the first time counts.
pub(super) async fn insert_reading(tx: &mut Tx, _leave: &MaySee, one: &ReadBy) -> Result<(), StoreError> {
    put_reading(tx, one).await
}

pub(super) async fn put_reading(tx: &mut Tx, one: &ReadBy) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.step.into(),
        one.person.into(),
        one.name.as_str().into(),
        one.role.as_str().into(),
        one.at.into(),
    ];
    tx.execute(READ, values).await.map(drop)
}

/// Who has read what of a school's concerns, the first first.
pub(super) async fn readings(conn: &mut Conn, organisation: i64) -> Result<Vec<ReadBy>, StoreError> {
    let rows = conn.rows(READINGS, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(ReadBy {
                id: row.int(0)?,
                step: row.int(1)?,
                person: row.opt_int(2)?,
                name: row.text(3)?,
                role: row.text(4)?,
                at: row.moment(5)?,
            })
        })
        .collect()
}

/// What is open about a school in a programme.
pub(super) async fn open_of(conn: &mut Conn, organisation: i64, programme: i64) -> Result<Vec<i64>, StoreError> {
    let rows = conn.rows(OPEN_OF_PROGRAMME, vec![organisation.into(), programme.into()]).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Closes a concern that ends with the school's participation; its drafts go, and
/// it goes as well where the school was shown nothing of it.
pub(super) async fn close(
    tx: &mut Tx,
    _leave: &MayEnd,
    id: i64,
    (now, by, why): (Timestamp, &str, &str),
) -> Result<bool, StoreError> {
    for sql in [DROP_DRAFTS, DROP_EMPTY] {
        tx.execute(sql, vec![id.into()]).await?;
    }
    Ok(tx.execute(CLOSE, vec![id.into(), now.into(), by.into(), why.into()]).await? > 0)
}

/// Concerns, each with its school, that were closed before a moment.
pub(super) async fn due(conn: &mut Conn, before: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = conn.rows(DUE, vec![before.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

/// Deletes a concern with its steps.
pub(super) async fn erase(tx: &mut Tx, _leave: &MayEnd, id: i64) -> Result<(), StoreError> {
    for sql in [ERASE_READINGS, ERASE_STEPS, DROP_EMPTY] {
        tx.execute(sql, vec![id.into()]).await?;
    }
    Ok(())
}
