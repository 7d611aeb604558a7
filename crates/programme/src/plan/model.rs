//! What a plan is made of. The same types are what a school takes along; ids are
//! numbers of the file there.

use kernel::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// So many priorities may be open without a reason for one more.
pub const MOST: usize = 5;

/// A priority: one of the few things that a school works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Its name.
    pub title: String,
    /// Why this one.
    pub why: String,
    /// For whom.
    pub whom: String,
    /// The programme's strand under which it falls, whose lead edits its actions.
    pub strand: Option<String>,
    /// The chosen strategy: one of the library's names, or `local:` with a number.
    pub strategy: Option<String>,
    /// The diagnosis from which it grew.
    pub diagnosis: Option<i64>,
    /// Its statements that say why.
    pub statements: Vec<String>,
    /// Why there is one more than five; empty for the first five.
    pub beyond: String,
    /// When it was opened.
    #[schemars(with = "String")]
    pub opened_on: Date,
    /// By whom.
    pub opened_by: String,
    /// How it ended.
    pub closed: Option<Closing>,
    /// Its version: 1, 2, 3 …
    pub revision: i64,
    /// When it was changed last.
    #[schemars(with = "String")]
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// How a priority ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// How.
    pub how: How,
    /// Why.
    pub why: String,
    /// By whom it was closed.
    pub by: String,
}

macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident $key:literal $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$one])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The short name under which it is stored.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// In words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }

            /// The one with this short name.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}
pub(crate) use keys;

keys! {
    /// How a priority was closed.
    How {
        /// What it was for is reached.
        Met "met" "met",
        /// It goes on in the next plan.
        Carried "carried" "taken into the next plan",
        /// It is no longer worked on.
        GivenUp "given_up" "given up",
    }
}

keys! {
    /// Where an action stands.
    State {
        /// To be done.
        Open "open" "open",
        /// Done.
        Done "done" "done",
        /// Somebody waits for something, with a word why.
        Stuck "stuck" "stuck",
        /// It will not be done, with a reason.
        Dropped "dropped" "dropped",
    }
}

impl State {
    /// True while something is still to be done.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Stuck)
    }
}

/// An action under a priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its id; in a file, its number.
    pub id: i64,
    /// The priority under which it stands.
    pub priority: i64,
    /// What is to be done.
    pub what: String,
    /// Who owns it.
    pub owner: Option<i64>,
    /// Their name.
    pub owner_name: String,
    /// By which school day.
    #[schemars(with = "String")]
    pub due: Date,
    /// Who helps; may be empty.
    pub supporter: String,
    /// What ‘done’ looks like; may be empty.
    pub done_means: String,
    /// After which other action.
    pub after: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// Why it is stuck or dropped; a word on what was done.
    pub state_why: String,
    /// When that was said.
    #[schemars(with = "Option<String>")]
    pub state_on: Option<Date>,
    /// By whom.
    pub state_by: String,
    /// Its version: 1, 2, 3 …
    pub revision: i64,
    /// When it was changed last.
    #[schemars(with = "String")]
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

impl Action {
    /// True where it waits and its day has passed.
    #[must_use]
    pub fn overdue(&self, today: Date) -> bool {
        self.state.waits() && self.due < today
    }
}

/// How one will know that a priority is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which priority.
    pub priority: i64,
    /// What is measured.
    pub measure: String,
    /// Where it stood; none where nobody knows yet.
    pub baseline: Option<f64>,
    /// Where it shall stand.
    pub target: f64,
    /// By when.
    #[schemars(with = "String")]
    pub by: Date,
    /// Who will know.
    pub who: String,
    /// When it was added.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// Where a measure stood on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which criterion.
    pub criterion: i64,
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// How much.
    pub value: f64,
    /// A note on it; may be empty.
    pub note: String,
    /// When it was added.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// A whole plan, as its leaders see it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Priorities, the first opened first.
    pub priorities: Vec<Priority>,
    /// Their actions, the first due first.
    pub actions: Vec<Action>,
    /// Their criteria, the first added first.
    pub criteria: Vec<Criterion>,
    /// What was measured, by day.
    pub measured: Vec<Measured>,
}

impl Plan {
    /// The priorities that are open.
    pub fn open(&self) -> impl Iterator<Item = &Priority> {
        self.priorities.iter().filter(|one| one.closed.is_none())
    }

    /// The priority with this id.
    #[must_use]
    pub fn priority(&self, id: i64) -> Option<&Priority> {
        self.priorities.iter().find(|one| one.id == id)
    }

    /// The action with this id.
    #[must_use]
    pub fn action(&self, id: i64) -> Option<&Action> {
        self.actions.iter().find(|one| one.id == id)
    }

    /// The criteria of a priority.
    pub fn criteria_of(&self, priority: i64) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |one| one.priority == priority)
    }

    /// The actions of a priority.
    pub fn actions_of(&self, priority: i64) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |one| one.priority == priority)
    }

    /// What was measured of a criterion, by day.
    pub fn measured_of(&self, criterion: i64) -> impl Iterator<Item = &Measured> {
        self.measured.iter().filter(move |one| one.criterion == criterion)
    }
}
