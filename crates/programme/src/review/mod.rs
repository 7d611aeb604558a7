//! The termly review: where each priority stands, with a letter, its word and a
//! reason; what the adviser sees beside it; and the adviser's notes of visits, on
//! which the school comments before they are final.

mod access;
mod actions;
mod carry;
mod model;
mod notes;
mod store;

pub use access::{COMMENT, EDIT, NOTE, READ_NOTES, SEE, VIEW};
pub use actions::{NewLine, Reading, Wrote, finish, open, read, see_otherwise, write};
pub use carry::Carried;
pub(crate) use carry::{carried, erase_due, took_over};
pub use model::{Letter, Line, Note, NoteState, REQUIRED, Review, View};
pub use notes::{DAYS_TO_COMMENT, comment, make_final, notes, show_note, write_note};

use crate::{error::Result, item::Field};
use ::store::Conn;
use std::collections::HashMap;

/// The day that the latest finished review set for the next; none where one is
/// open, or none was finished.
pub(crate) async fn due_on(conn: &mut Conn, organisation: i64) -> Result<Option<kernel::Date>> {
    let all = store::reviews(conn, organisation).await?;
    Ok(all.last().filter(|one| one.finished_at.is_some()).and_then(|one| one.next_on))
}

/// What a school wrote in its reviews, for another noun that has leave to tell of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    /// Reviews, the first first.
    pub(crate) reviews: Vec<Review>,
    /// What they say.
    pub(crate) lines: Vec<Line>,
    /// What others see beside it.
    pub(crate) views: Vec<View>,
}

impl Held {
    /// The latest that is finished.
    pub(crate) fn latest(&self) -> Option<&Review> {
        self.reviews.iter().rev().find(|one| one.finished_at.is_some())
    }
}

/// The reviews of a school.
pub(crate) async fn of_school(conn: &mut Conn, organisation: i64) -> Result<Held> {
    Ok(Held {
        reviews: store::reviews(conn, organisation).await?,
        lines: store::lines(conn, organisation).await?,
        views: store::views(conn, organisation).await?,
    })
}

/// When a school held its reviews, and nothing of what they say.
#[derive(Debug, Default)]
pub(crate) struct HeldOn {
    /// The days of those that are finished.
    pub(crate) finished: Vec<kernel::Date>,
    /// The day that the latest finished one set for the next.
    pub(crate) next: Option<kernel::Date>,
}

/// The days of the reviews of each school of a programme: those finished since a
/// moment, and the next.
pub(crate) async fn lately(conn: &mut Conn, programme: i64, since: kernel::Timestamp) -> Result<HashMap<i64, HeldOn>> {
    let mut all: HashMap<i64, HeldOn> = HashMap::new();
    for (school, finished, next) in store::lately(conn, programme, since).await? {
        let held = all.entry(school).or_default();
        held.next = next.filter(|_| finished.is_some());
        held.finished.extend(finished.map(|at| kernel::clock::in_england(at).date()));
    }
    Ok(all)
}

/// It is made of letters and reasons and not of texts.
pub const FIELDS: &[Field] = &[];

/// What is still to be done before one can be released.
pub(crate) async fn wants(conn: &mut Conn, organisation: i64) -> Result<Option<&'static str>> {
    let all = store::reviews(conn, organisation).await?;
    let finished = all.iter().any(|one| one.finished_at.is_some());
    Ok((!finished).then_some("Finish a review first; then it can be released"))
}
