//! What programmes, cohorts and participations are.

use super::Baseline;
use kernel::{Date, Timestamp, Urn};
use serde::{Deserialize, Serialize};

/// A programme: who pays attention to whom, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub about: String,
    /// First day.
    pub starts: Date,
    /// Last day, where it has one.
    pub ends: Option<Date>,
    /// Who pays, as it was written.
    pub paid_by: Option<String>,
    /// The funder's organisation, where it has people who sign in.
    pub funder: Option<i64>,
}

/// Who may see a cohort's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownTo {
    /// Anybody: a cohort whose list is published.
    Anyone,
    /// The programme's leads, advisers and evaluators; its funder sees sums only.
    Programme,
}

impl ShownTo {
    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Programme => "programme",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Anyone, Self::Programme].into_iter().find(|one| one.key() == key)
    }
}

/// Schools that joined a programme together, and what was chosen in advance:
/// what counts as good, and which schools are the schools like them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Its id.
    pub id: i64,
    /// The programme.
    pub programme_id: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub about: String,
    /// The day on which its schools join; each baseline is as of this day.
    pub joins_on: Date,
    /// Up to which day its path is shown where nobody asks for another.
    pub follow_to: Option<Date>,
    /// The need rule that finds the schools like them.
    pub need_rule: String,
    /// The rule's version.
    pub need_version: i64,
    /// The phase of the schools like them, where it is one.
    pub phase: Option<String>,
    /// The rule set for 'good or equivalent'.
    pub good_rule: String,
    /// Who may see its page.
    pub shown_to: ShownTo,
    /// What else a page tells.
    pub story: Option<Story>,
}

/// What a cohort's page tells beside its figures, each line with its source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// What the list of schools comes from.
    pub list_source: String,
    /// What to beware of in the inspection data behind the path.
    pub caveat: String,
    /// What people in it said, and what others found.
    pub said: Vec<StoryLine>,
}

/// One line of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryLine {
    /// What was said, in our words.
    pub text: String,
    /// Who said it, where and when.
    pub source: String,
}

/// What others published about a cohort at the time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The day it speaks of, as near as known.
    pub date: Date,
    /// As it was said: ‘6 of 30’, ‘63%’.
    pub words: String,
    /// How many were said to be good, where that was said.
    #[serde(default)]
    pub good: Option<i64>,
    /// Of how many.
    #[serde(default)]
    pub schools: Option<i64>,
    /// The share, where it was said or follows.
    #[serde(default)]
    pub share: Option<f64>,
    /// Where it was published.
    pub source: String,
}

/// A school in a cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Participation {
    /// Its id.
    pub id: i64,
    /// The school's organisation, where its head has joined it.
    pub organisation: Option<i64>,
    /// The school, where it is known which one it is.
    pub urn: Option<Urn>,
    /// The name under which it joined.
    pub named: String,
    /// How sure it is that the URN is this school: certain, likely, ambiguous.
    pub certainty: String,
    /// A note on that.
    pub note: Option<String>,
    /// The day it joined.
    pub joined: Date,
    /// Where it stood on joining: frozen then, or as corrected since.
    pub baseline: Baseline,
    /// Where it stood on joining, as frozen then. Never changed by a correction.
    pub frozen: Baseline,
    /// Corrections of the baseline, the first first.
    pub corrections: Vec<Correction>,
    /// How its participation went, the first first.
    pub statuses: Vec<StatusRow>,
}

/// A school of a cohort as far as it tells how it stands: of hundreds of them, baselines
/// take longer to read than all the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortSchool {
    /// The participation.
    pub id: i64,
    /// The school's organisation, where its head has joined it.
    pub organisation: Option<i64>,
    /// The school, where it is known which one it is.
    pub urn: Option<Urn>,
    /// The name under which it joined.
    pub named: String,
    /// How its participation went, the first first.
    pub statuses: Vec<StatusRow>,
}

/// What a school takes part in, as the school knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakesPart {
    /// The participation.
    pub participation: i64,
    /// The cohort.
    pub cohort: i64,
    /// Its name in addresses.
    pub cohort_slug: String,
    /// Its name.
    pub cohort_name: String,
    /// The programme.
    pub programme: i64,
    /// Its name in addresses.
    pub programme_slug: String,
    /// Its name.
    pub programme_name: String,
    /// The day the school joined.
    pub joined: Date,
    /// How it went, the first first.
    pub statuses: Vec<StatusRow>,
}

macro_rules! stands {
    ($($type:ty)*) => {$(
        impl $type {
            /// How it stands on a day: by the latest row that holds then.
            #[must_use]
            pub fn on(&self, day: Date) -> Option<&StatusRow> {
                holding(&self.statuses, day)
            }

            /// True where it has left, or is to leave on a day that was given.
            #[must_use]
            pub fn has_left(&self) -> bool {
                last(&self.statuses).is_some_and(|row| row.status == Status::Left)
            }

            /// True where the school takes part or takes a break on a day.
            #[must_use]
            pub fn goes_on(&self, day: Date) -> bool {
                !self.has_left() && self.on(day).is_none_or(|row| row.status != Status::Completed)
            }
        }
    )*};
}

stands! { Participation TakesPart CohortSchool }

/// The row that holds on a day.
fn holding(rows: &[StatusRow], day: Date) -> Option<&StatusRow> {
    rows.iter().filter(|row| row.since <= day).max_by_key(|row| (row.since, row.id))
}

/// The row that was recorded last.
fn last(rows: &[StatusRow]) -> Option<&StatusRow> {
    rows.iter().max_by_key(|row| row.id)
}

/// A correction of a frozen baseline: a row beside it, never an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The baseline as corrected.
    pub baseline: Baseline,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    pub by: String,
}

/// How a participation stands from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    /// Its id; what was recorded later has a larger one.
    pub id: i64,
    /// Joined, paused, left, completed.
    pub status: Status,
    /// From which day.
    pub since: Date,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// How a participation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Takes part.
    Joined,
    /// Takes a break.
    Paused,
    /// Left before the end.
    Left,
    /// Stayed to the end.
    Completed,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Joined, Self::Paused, Self::Left, Self::Completed];

    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Paused => "paused",
            Self::Left => "left",
            Self::Completed => "completed",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Joined => "Taking part",
            Self::Paused => "Paused",
            Self::Left => "Left",
            Self::Completed => "Completed",
        }
    }

    /// The status with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// A cohort with its programme and its schools in alphabetical order.
#[derive(Debug, Clone)]
pub struct CohortView {
    /// The programme.
    pub programme: Programme,
    /// The cohort.
    pub cohort: Cohort,
    /// Its schools, by name.
    pub participations: Vec<Participation>,
    /// What was published about it.
    pub published: Vec<Published>,
}
