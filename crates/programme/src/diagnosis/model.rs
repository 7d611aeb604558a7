//! What a diagnosis is.

use super::framework::{Framework, Statement, Strand};
use kernel::{Date, Timestamp};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Everybody gives their view alone; nobody sees another's.
    Alone,
    /// The group looks at all views together. No view changes any more.
    Together,
    /// The group has agreed; nothing of it changes any more.
    Agreed,
}

impl State {
    /// The short name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Together => "together",
            Self::Agreed => "agreed",
        }
    }

    /// In words, as they follow ‘it is’.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Alone => "given alone",
            Self::Together => "looked at together",
            Self::Agreed => "agreed",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Alone, Self::Together, Self::Agreed].into_iter().find(|one| one.key() == key)
    }
}

/// Whether views carry the names of those who gave them. Said before the first
/// view is given, and never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Beside each view stands who gave it.
    Shown,
    /// Nobody is told who gave which.
    Hidden,
}

impl Names {
    /// The short name under which it is stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Shown, Self::Hidden].into_iter().find(|one| one.key() == key)
    }

    /// What it means for whoever gives a view.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shown => {
                "Names are shown: those who take part and your leaders read who said what, where three or more answered"
            }
            Self::Hidden => "No names are shown: nobody reads who said what",
        }
    }
}

/// A diagnosis of a school.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Its id.
    pub id: i64,
    /// The school.
    pub organisation: i64,
    /// What it goes by.
    pub framework: &'static Framework,
    /// The strands that are looked at, by their names in addresses, in the framework's order.
    pub strands: Vec<String>,
    /// The last day for views.
    pub due: Date,
    /// Whether views carry names.
    pub names: Names,
    /// How far it has come.
    pub state: State,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By whom.
    pub opened_by: String,
    /// When all views were laid open.
    pub together_at: Option<Timestamp>,
    /// When it was agreed.
    pub agreed_at: Option<Timestamp>,
    /// Who recorded that.
    pub agreed_by: Option<String>,
}

impl Diagnosis {
    /// The strands that are looked at.
    pub fn strands(&self) -> impl Iterator<Item = &'static Strand> + '_ {
        self.framework.strands.iter().filter(|strand| self.strands.contains(&strand.key()))
    }

    /// The strand that is looked at and has this name.
    #[must_use]
    pub fn strand(&self, key: &str) -> Option<&'static Strand> {
        self.strands().find(|strand| strand.key() == key)
    }

    /// Everything that is asked.
    pub fn statements(&self) -> impl Iterator<Item = &'static Statement> + '_ {
        self.strands().flat_map(Strand::statements)
    }

    /// The statement that is asked and has this name, with its strand.
    #[must_use]
    pub fn statement(&self, id: &str) -> Option<(&'static Strand, &'static Statement)> {
        let (strand, statement) = self.framework.statement(id)?;
        self.strands.contains(&strand.key()).then_some((strand, statement))
    }

    /// How long one's part takes, minutes.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        minutes(self.statements().count())
    }
}

/// How long it takes to answer so many statements, minutes: 35 seconds each, as
/// long as reading one, thinking of one's own room and choosing takes.
#[must_use]
pub fn minutes(statements: usize) -> u64 {
    (statements as u64 * 35).div_ceil(60).max(1)
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Their number within the diagnosis, from 1.
    pub number: i64,
    /// The person, where they are here.
    pub person: Option<i64>,
    /// Their name then.
    pub name: String,
    /// Their role then, by its short name.
    pub role: String,
}

/// What somebody says of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A point of the scale.
    Point(i64),
    /// They cannot say.
    Unsure,
}

impl Answer {
    /// As the database keeps it.
    pub(super) fn stored(self) -> Option<i64> {
        match self {
            Self::Point(value) => Some(value),
            Self::Unsure => None,
        }
    }

    pub(super) fn of(stored: Option<i64>) -> Self {
        stored.map_or(Self::Unsure, Self::Point)
    }

    /// As a form carries it.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Point(value) => value.to_string(),
            Self::Unsure => "unsure".to_owned(),
        }
    }

    /// The one that a form carries, if the scale has it.
    #[must_use]
    pub fn from_key(key: &str, framework: &Framework) -> Option<Self> {
        if key == "unsure" {
            return Some(Self::Unsure);
        }
        let value = key.parse().ok()?;
        framework.has(value).then_some(Self::Point(value))
    }
}

/// One person's judgement on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Of which statement.
    pub statement: String,
    /// Whose.
    pub person: Option<i64>,
    /// What they say.
    pub answer: Answer,
    /// Why, in a sentence; often empty.
    pub because: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_framework_takes_at_most_twenty_minutes() {
        for framework in super::super::frameworks() {
            let statements: usize = framework.strands.iter().map(|strand| strand.statements().count()).sum();
            assert!(minutes(statements) <= 20, "{}: {}", framework.id, minutes(statements));
        }
        assert_eq!((minutes(0), minutes(6)), (1, 4));
    }
}
