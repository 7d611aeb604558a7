//! What the meeting writes down: judgements, evidence, strengths, signatures,
//! and what is seen differently.

use super::{framework::Framework, model::Diagnosis};
use kernel::{Date, Timestamp};

/// What the group says of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// They agreed on a point of the scale.
    Point(i64),
    /// They did not agree.
    NotAgreed,
}

impl Judgement {
    pub(super) fn stored(self) -> Option<i64> {
        match self {
            Self::Point(value) => Some(value),
            Self::NotAgreed => None,
        }
    }

    pub(super) fn of(stored: Option<i64>) -> Self {
        stored.map_or(Self::NotAgreed, Self::Point)
    }

    /// As a form carries it.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Point(value) => value.to_string(),
            Self::NotAgreed => "none".to_owned(),
        }
    }

    /// The one that a form carries, if the scale has it.
    #[must_use]
    pub fn from_key(key: &str, framework: &Framework) -> Option<Self> {
        if key == "none" {
            return Some(Self::NotAgreed);
        }
        let value = key.parse().ok()?;
        framework.has(value).then_some(Self::Point(value))
    }
}

/// What was settled about a statement, and who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Of which statement.
    pub statement: String,
    /// What they say.
    pub judgement: Judgement,
    /// Who agreed, by their number.
    pub agreed: Vec<i64>,
    /// What those say who see it differently, in their own words.
    pub dissent: String,
    /// Its version: 1, 2, 3 …
    pub revision: i64,
    /// When it was written last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// How much a piece of evidence bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Somebody says so.
    Told,
    /// Seen more than once.
    Seen,
    /// Counted, or checked by somebody else.
    Checked,
}

impl Weight {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Told, Self::Seen, Self::Checked];

    /// The short name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Seen => "seen",
            Self::Checked => "checked",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Told => "Somebody told us",
            Self::Seen => "We have seen it more than once",
            Self::Checked => "It was counted, or checked by somebody else",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: i64,
    /// What it shows.
    pub words: String,
    /// Where it is from.
    pub source: String,
    /// Of which day it is.
    pub on: Date,
    /// How much it bears.
    pub weight: Weight,
    /// Which statements it serves.
    pub statements: Vec<String>,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// Something the school does well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Its id.
    pub id: i64,
    /// Under which statement it falls.
    pub statement: String,
    /// What it is.
    pub words: String,
    /// What will be done with it; empty until that is said.
    pub put_to_use: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// For whom somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// For the school: its head.
    School,
    /// As its adviser.
    Adviser,
}

impl Side {
    /// The short name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Adviser => "adviser",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::School, Self::Adviser].into_iter().find(|one| one.key() == key)
    }
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// For whom.
    pub side: Side,
    /// The person, where they are here.
    pub person: Option<i64>,
    /// Their name then.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// What the adviser sees differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Its id.
    pub id: i64,
    /// Of which statement; empty: of the whole.
    pub statement: String,
    /// The point of the scale that they would choose for it, where they said so.
    pub point: Option<i64>,
    /// The person, where they are here.
    pub person: Option<i64>,
    /// Their name then.
    pub name: String,
    /// In their own words.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// A school that looks at itself at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its id.
    pub id: i64,
    /// The school, where it is here.
    pub organisation: Option<i64>,
    /// Its name then.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

/// Everything that the meeting holds about a diagnosis, beside its views.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    /// What was settled.
    pub findings: Vec<Finding>,
    /// Evidence, the first first.
    pub evidence: Vec<Evidence>,
    /// Strengths, the first first.
    pub strengths: Vec<Strength>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// What the adviser sees differently.
    pub differing: Vec<Differing>,
    /// Schools that look at the same time.
    pub beside: Vec<Beside>,
}

impl Meeting {
    /// What was settled about a statement.
    #[must_use]
    pub fn finding(&self, statement: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.statement == statement)
    }

    /// The signature of a side.
    #[must_use]
    pub fn signature(&self, side: Side) -> Option<&Signature> {
        self.signatures.iter().find(|one| one.side == side)
    }

    /// What is still to be done before it can be agreed, in words; nothing where
    /// it can be. Strengths first.
    #[must_use]
    pub fn wants(&self, diagnosis: &Diagnosis) -> Vec<String> {
        let mut wants = Vec::new();
        if self.strengths.is_empty() {
            wants.push("one strength, and what you will do with it".to_owned());
        } else if self.strengths.iter().all(|one| one.put_to_use.is_empty()) {
            wants.push("what you will do with one of your strengths".to_owned());
        }
        for strand in diagnosis.strands() {
            if strand.statements().all(|statement| self.finding(&statement.id).is_none()) {
                wants.push(format!("what you say together of one statement, at least, in {}", strand.title));
            }
        }
        wants
    }
}
