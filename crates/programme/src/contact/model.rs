//! A contact.

use kernel::{Date, Timestamp};

/// How a programme and a school were in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody came to the school.
    Visit,
    /// A telephone or video call.
    Call,
    /// A meeting elsewhere.
    Meeting,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Visit, Self::Call, Self::Meeting];

    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Call => "call",
            Self::Meeting => "meeting",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Visit => "Visit to the school",
            Self::Call => "Call",
            Self::Meeting => "Meeting elsewhere",
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// That a programme and a school were in touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: i64,
    /// The programme.
    pub programme: i64,
    /// The school.
    pub school: i64,
    /// How.
    pub kind: Kind,
    /// On which day.
    pub on: Date,
    /// When next, where that was agreed.
    pub next: Option<Date>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub by: String,
}

/// The latest day of contact, and the day agreed at it.
#[must_use]
pub fn latest<'a>(all: impl IntoIterator<Item = &'a Contact>) -> Option<&'a Contact> {
    all.into_iter().max_by_key(|contact| (contact.on, contact.id))
}
