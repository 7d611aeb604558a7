//! SQL of reviews and of notes of visits.

use super::{
    access::{MayComment, MayEdit, MayErase, MayNote, MayView},
    model::{Letter, Line, Note, NoteState, Review, View},
};
use crate::error::{Error, Result};
use kernel::{Date, Timestamp};
use store::{Conn, Row, StoreError, Tx, Value, statement};

statement!(
    INSERT,
    "INSERT INTO termly_review (id, organisation_id, name, on_day, next_on, state, opened_at, opened_by, finished_at,
         finished_by, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
);
statement!(
    FINISH,
    "UPDATE termly_review SET next_on = $3, state = 'finished', finished_at = $4, finished_by = $5,
         revision = revision + 1
     WHERE id = $1 AND organisation_id = $2 AND state = 'open'"
);
// Whoever writes into a review changes its row first, so that nothing is written
// into one that was finished a moment ago.
statement!(
    HOLD,
    "UPDATE termly_review SET revision = revision + 1 WHERE id = $1 AND organisation_id = $2 AND state = $3"
);
statement!(
    OF_SCHOOL,
    "SELECT id, name, on_day, next_on, opened_at, opened_by, finished_at, finished_by, revision FROM termly_review
     WHERE organisation_id = $1 ORDER BY id"
);
// Of the schools of a programme: those finished since a moment, and the last of each.
statement!(
    LATELY,
    "SELECT organisation_id, finished_at, next_on FROM termly_review
     WHERE organisation_id IN (
         SELECT participation.organisation_id FROM participation
         JOIN cohort ON cohort.id = participation.cohort_id WHERE cohort.programme_id = $1)
         AND (finished_at >= $2
             OR id IN (SELECT MAX(latest.id) FROM termly_review AS latest GROUP BY latest.organisation_id))
     ORDER BY id"
);
statement!(
    INSERT_LINE,
    "INSERT INTO review_line (id, review_id, priority_id, letter, reason, changed, next_step, revision, changed_at,
         changed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
);
statement!(
    UPDATE_LINE,
    "UPDATE review_line SET letter = $2, reason = $3, changed = $4, next_step = $5, revision = $6, changed_at = $7,
         changed_by = $8
     WHERE id = $1 AND revision = $6 - 1"
);
statement!(
    LINES,
    "SELECT review_line.id, review_line.review_id, review_line.priority_id, review_line.letter, review_line.reason,
         review_line.changed, review_line.next_step, review_line.revision, review_line.changed_at,
         review_line.changed_by
     FROM review_line JOIN termly_review ON termly_review.id = review_line.review_id
     WHERE termly_review.organisation_id = $1 ORDER BY review_line.id"
);
statement!(
    INSERT_VIEW,
    "INSERT INTO review_view (id, review_id, priority_id, person_id, name, role, letter, words, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
);
statement!(
    VIEWS,
    "SELECT review_view.id, review_view.review_id, review_view.priority_id, review_view.person_id, review_view.name,
         review_view.role, review_view.letter, review_view.words, review_view.at
     FROM review_view JOIN termly_review ON termly_review.id = review_view.review_id
     WHERE termly_review.organisation_id = $1 ORDER BY review_view.id"
);
statement!(
    INSERT_NOTE,
    "INSERT INTO visit_note (id, organisation_id, on_day, words, person_id, name, state, written_at, shown_at,
         comment_until, comment, commented_at, commented_by, final_at, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
);
statement!(
    UPDATE_NOTE,
    "UPDATE visit_note SET on_day = $3, words = $4, person_id = $5, name = $6, state = $7, written_at = $8,
         shown_at = $9, comment_until = $10, comment = $11, commented_at = $12, commented_by = $13, final_at = $14,
         revision = $15
     WHERE id = $1 AND organisation_id = $2 AND revision = $15 - 1"
);
statement!(
    NOTES,
    "SELECT id, on_day, words, person_id, name, state, written_at, shown_at, comment_until, comment, commented_at,
         commented_by, final_at, revision
     FROM visit_note WHERE organisation_id = $1 ORDER BY id"
);
statement!(
    ERASE_LINES,
    "DELETE FROM review_line WHERE review_id IN (SELECT id FROM termly_review WHERE organisation_id = $1)"
);
statement!(
    ERASE_VIEWS,
    "DELETE FROM review_view WHERE review_id IN (SELECT id FROM termly_review WHERE organisation_id = $1)"
);
statement!(ERASE_REVIEWS, "DELETE FROM termly_review WHERE organisation_id = $1");
statement!(ERASE_NOTES, "DELETE FROM visit_note WHERE organisation_id = $1");

pub(super) async fn insert(tx: &mut Tx, leave: &MayEdit, one: &Review) -> Result<(), StoreError> {
    put(tx, leave.school.id, one).await
}

pub(super) async fn put(tx: &mut Tx, organisation: i64, one: &Review) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        organisation.into(),
        one.name.as_str().into(),
        one.on.into(),
        one.next_on.into(),
        state(one.finished_at.is_some()).into(),
        one.opened_at.into(),
        one.opened_by.as_str().into(),
        one.finished_at.into(),
        one.finished_by.as_str().into(),
        one.revision.into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

const fn state(finished: bool) -> &'static str {
    if finished { "finished" } else { "open" }
}

/// Holds a review; false where it is finished by now, or is not yet.
pub(super) async fn hold(tx: &mut Tx, organisation: i64, id: i64, finished: bool) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD, vec![id.into(), organisation.into(), state(finished).into()]).await? > 0)
}

/// Finishes a review; false where it is already.
pub(super) async fn finish(
    tx: &mut Tx,
    leave: &MayEdit,
    id: i64,
    next: Date,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let by = leave.grant.by.name.as_str();
    let values = vec![id.into(), leave.school.id.into(), next.into(), now.into(), by.into()];
    Ok(tx.execute(FINISH, values).await? > 0)
}

/// All of a school, the first opened first.
pub(super) async fn reviews(conn: &mut Conn, organisation: i64) -> Result<Vec<Review>, StoreError> {
    let rows = conn.rows(OF_SCHOOL, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Review {
                id: row.int(0)?,
                name: row.text(1)?,
                on: row.date(2)?,
                next_on: row.opt_date(3)?,
                opened_at: row.moment(4)?,
                opened_by: row.text(5)?,
                finished_at: moment(row, 6)?,
                finished_by: row.text(7)?,
                revision: row.int(8)?,
            })
        })
        .collect()
}

/// Of each school of a programme, the first first, when a review was finished and
/// the day that it set for the next: those finished since a moment, and the last.
pub(super) async fn lately(
    conn: &mut Conn,
    programme: i64,
    since: Timestamp,
) -> Result<Vec<(i64, Option<Timestamp>, Option<Date>)>, StoreError> {
    let rows = conn.rows(LATELY, vec![programme.into(), since.into()]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, moment(row, 1)?, row.opt_date(2)?))).collect()
}

/// Writes what a review says of a priority; false where another has come in between.
pub(super) async fn write_line(tx: &mut Tx, _leave: &MayEdit, one: &Line) -> Result<bool, StoreError> {
    if one.revision == 1 {
        return put_line(tx, one).await.map(|()| true);
    }
    let values = vec![
        one.id.into(),
        one.letter.key().into(),
        one.reason.as_str().into(),
        one.changed.as_str().into(),
        one.next_step.as_str().into(),
        one.revision.into(),
        one.changed_at.into(),
        one.changed_by.as_str().into(),
    ];
    Ok(tx.execute(UPDATE_LINE, values).await? > 0)
}

pub(super) async fn put_line(tx: &mut Tx, one: &Line) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.review.into(),
        one.priority.into(),
        one.letter.key().into(),
        one.reason.as_str().into(),
        one.changed.as_str().into(),
        one.next_step.as_str().into(),
        one.revision.into(),
        one.changed_at.into(),
        one.changed_by.as_str().into(),
    ];
    tx.execute(INSERT_LINE, values).await.map(drop)
}

/// What a school's reviews say, the first written first.
pub(super) async fn lines(conn: &mut Conn, organisation: i64) -> Result<Vec<Line>> {
    let rows = conn.rows(LINES, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                id: row.int(0)?,
                review: row.int(1)?,
                priority: row.int(2)?,
                letter: letter(row.str(3)?)?,
                reason: row.text(4)?,
                changed: row.text(5)?,
                next_step: row.text(6)?,
                revision: row.int(7)?,
                changed_at: row.moment(8)?,
                changed_by: row.text(9)?,
            })
        })
        .collect()
}

pub(super) async fn insert_view(tx: &mut Tx, _leave: &MayView, one: &View) -> Result<(), StoreError> {
    put_view(tx, one).await
}

pub(super) async fn put_view(tx: &mut Tx, one: &View) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        one.review.into(),
        one.priority.into(),
        one.person.into(),
        one.name.as_str().into(),
        one.role.as_str().into(),
        one.letter.map(Letter::key).into(),
        one.words.as_str().into(),
        one.at.into(),
    ];
    tx.execute(INSERT_VIEW, values).await.map(drop)
}

/// What others see beside a school's reviews, the first said first.
pub(super) async fn views(conn: &mut Conn, organisation: i64) -> Result<Vec<View>> {
    let rows = conn.rows(VIEWS, vec![organisation.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(View {
                id: row.int(0)?,
                review: row.int(1)?,
                priority: row.opt_int(2)?,
                person: row.opt_int(3)?,
                name: row.text(4)?,
                role: row.text(5)?,
                letter: row.opt_text(6)?.map(|key| letter(&key)).transpose()?,
                words: row.text(7)?,
                at: row.moment(8)?,
            })
        })
        .collect()
}

/// Who may write a note's next version.
pub(super) enum MayWrite<'a> {
    /// Its writer.
    Writer(&'a MayNote),
    /// The school, which comments.
    School(&'a MayComment),
}

pub(super) async fn insert_note(tx: &mut Tx, leave: &MayNote, one: &Note) -> Result<(), StoreError> {
    put_note(tx, leave.school.id, one).await
}

pub(super) async fn put_note(tx: &mut Tx, organisation: i64, one: &Note) -> Result<(), StoreError> {
    tx.execute(INSERT_NOTE, note_values(organisation, one)).await.map(drop)
}

/// Writes a note's next version; false where another has come in between.
pub(super) async fn update_note(
    tx: &mut Tx,
    leave: MayWrite<'_>,
    organisation: i64,
    one: &Note,
) -> Result<bool, StoreError> {
    let by_right = match leave {
        MayWrite::Writer(leave) => one.person.is_some() && leave.grant.by.person == one.person,
        MayWrite::School(leave) => leave.note.id == one.id && leave.note.words == one.words,
    };
    Ok(by_right && tx.execute(UPDATE_NOTE, note_values(organisation, one)).await? > 0)
}

fn note_values(organisation: i64, one: &Note) -> Vec<Value> {
    vec![
        one.id.into(),
        organisation.into(),
        one.on.into(),
        one.words.as_str().into(),
        one.person.into(),
        one.name.as_str().into(),
        one.state.key().into(),
        one.written_at.into(),
        one.shown_at.into(),
        one.comment_until.into(),
        one.comment.as_str().into(),
        one.commented_at.into(),
        one.commented_by.as_str().into(),
        one.final_at.into(),
        one.revision.into(),
    ]
}

/// All notes about a school, the first written first.
pub(super) async fn notes(conn: &mut Conn, organisation: i64) -> Result<Vec<Note>> {
    conn.rows(NOTES, vec![organisation.into()]).await?.iter().map(note_in).collect()
}

pub(super) async fn note(conn: &mut Conn, organisation: i64, id: i64) -> Result<Option<Note>> {
    Ok(notes(conn, organisation).await?.into_iter().find(|one| one.id == id))
}

fn note_in(row: &Row) -> Result<Note> {
    let state = row.str(5)?;
    Ok(Note {
        id: row.int(0)?,
        on: row.date(1)?,
        words: row.text(2)?,
        person: row.opt_int(3)?,
        name: row.text(4)?,
        state: NoteState::from_key(state).ok_or_else(|| unknown("a note that is", state))?,
        written_at: row.moment(6)?,
        shown_at: moment(row, 7)?,
        comment_until: row.opt_date(8)?,
        comment: row.text(9)?,
        commented_at: moment(row, 10)?,
        commented_by: row.text(11)?,
        final_at: moment(row, 12)?,
        revision: row.int(13)?,
    })
}

/// Deletes all reviews of a school and all notes about it.
pub(super) async fn erase(tx: &mut Tx, _leave: &MayErase, organisation: i64) -> Result<(), StoreError> {
    for sql in [ERASE_LINES, ERASE_VIEWS, ERASE_REVIEWS, ERASE_NOTES] {
        tx.execute(sql, vec![organisation.into()]).await?;
    }
    Ok(())
}

fn letter(key: &str) -> Result<Letter> {
    Letter::from_key(key).ok_or_else(|| unknown("a review that says", key))
}

fn unknown(what: &str, key: &str) -> Error {
    Error::Unexpected(format!("the database holds {what} ‘{key}’"))
}

fn moment(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    match row.opt_int(column)? {
        Some(_) => row.moment(column).map(Some),
        None => Ok(None),
    }
}
