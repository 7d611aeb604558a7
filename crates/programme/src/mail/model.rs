//! A letter in the outbox.

use kernel::Timestamp;

/// How a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for a worker, or for the next try.
    Waits,
    /// The mail server took it.
    Sent,
    /// The mail server refused it for good: it bounced.
    Refused,
    /// It could not be sent while it was of use.
    TooLate,
    /// It was tried often enough. It can be tried again from the queue.
    Failed,
    /// Somebody took it out of the queue.
    GivenUp,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Waits, Self::Sent, Self::Refused, Self::TooLate, Self::Failed, Self::GivenUp];

    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::TooLate => "too_late",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
        }
    }

    /// The state with this short name.
    pub(super) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A letter as the outbox shows it: never what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its id.
    pub id: i64,
    /// To whom.
    pub to: String,
    /// Which letter: [`super::Letter::words`] says it.
    pub template: String,
    /// How it stands.
    pub state: State,
    /// When it was written.
    pub queued_at: Timestamp,
    /// How often it was tried in vain.
    pub tries: i64,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// When it was sent, refused or given up.
    pub ended_at: Option<Timestamp>,
    /// Why it was not sent, where it was not.
    pub said: Option<String>,
}

/// The outbox.
#[derive(Debug, Clone)]
pub struct Outbox {
    /// The latest letters, the latest first.
    pub letters: Vec<Posted>,
    /// How many wait.
    pub waits: u64,
    /// How many were refused for good.
    pub refused: u64,
    /// How many failed and can be tried again.
    pub failed: u64,
    /// How many there are, whatever became of them.
    pub all: u64,
}
