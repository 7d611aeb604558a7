//! What a review is. The same types are what a school takes along; ids are
//! numbers of the file there.

use crate::plan::{Priority, keys};
use kernel::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

keys! {
    /// What a review says of a priority; never without its word.
    Letter {
        /// Not on the way.
        Red "red" "red: not on the way",
        /// Partly on the way.
        Amber "amber" "amber: partly on the way",
        /// On the way, or there.
        Green "green" "green: on the way, or there",
    }
}

impl Letter {
    /// R, A or G.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Red => "R",
            Self::Amber => "A",
            Self::Green => "G",
        }
    }
}

keys! {
    /// How far a note of a visit has come.
    NoteState {
        /// Its writer's own.
        Draft "draft" "a draft",
        /// The school reads it and may comment.
        Shown "shown" "shown to the school, not final yet",
        /// Nothing of it changes any more.
        Final "final" "final",
    }
}

/// A termly review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Its id; in a file, its number.
    pub id: i64,
    /// ‘Autumn 2026’.
    pub name: String,
    /// When it is held.
    #[schemars(with = "String")]
    pub on: Date,
    /// When the next one is.
    #[schemars(with = "Option<String>")]
    pub next_on: Option<Date>,
    /// When it was opened.
    #[schemars(with = "String")]
    pub opened_at: Timestamp,
    /// By whom.
    pub opened_by: String,
    /// When it was finished.
    #[schemars(with = "Option<String>")]
    pub finished_at: Option<Timestamp>,
    /// By whom.
    pub finished_by: String,
    /// Its version.
    pub revision: i64,
}

/// What a review says of a priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which review.
    pub review: i64,
    /// Of which priority.
    pub priority: i64,
    /// The letter.
    pub letter: Letter,
    /// Why.
    pub reason: String,
    /// What has changed since.
    pub changed: String,
    /// What comes next.
    pub next_step: String,
    /// Its version.
    pub revision: i64,
    /// When it was written last.
    #[schemars(with = "String")]
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// What the adviser, or a peer, sees beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which review.
    pub review: i64,
    /// Of which priority; none: of the whole.
    pub priority: Option<i64>,
    /// Whose, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// The letter that they would give.
    pub letter: Option<Letter>,
    /// In their words.
    pub words: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// An adviser's note of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its id; in a file, its number.
    pub id: i64,
    /// The day of the visit.
    #[schemars(with = "String")]
    pub on: Date,
    /// What it says.
    pub words: String,
    /// Who wrote it, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// How far it has come.
    pub state: NoteState,
    /// When it was written last.
    #[schemars(with = "String")]
    pub written_at: Timestamp,
    /// When the school was shown it.
    #[schemars(with = "Option<String>")]
    pub shown_at: Option<Timestamp>,
    /// The last day for the school's comment.
    #[schemars(with = "Option<String>")]
    pub comment_until: Option<Date>,
    /// The school's comment; empty until there is one.
    pub comment: String,
    /// When it was written.
    #[schemars(with = "Option<String>")]
    pub commented_at: Option<Timestamp>,
    /// By whom.
    pub commented_by: String,
    /// When it became final.
    #[schemars(with = "Option<String>")]
    pub final_at: Option<Timestamp>,
    /// Its version.
    pub revision: i64,
}

/// The fields that a review asks of each priority.
pub const REQUIRED: &[&str] = &["letter", "reason", "changed", "next_step"];

/// The priorities that a review is about: those that were open when it was
/// finished, or are now, and those of which it says something.
pub(super) fn about<'a>(review: &Review, lines: &[Line], all: &'a [Priority]) -> Vec<&'a Priority> {
    all.iter()
        .filter(|one| {
            let said = lines.iter().any(|line| line.review == review.id && line.priority == one.id);
            said || (review.finished_at.is_none() && one.closed.is_none())
        })
        .collect()
}
