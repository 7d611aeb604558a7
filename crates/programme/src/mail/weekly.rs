//! What a weekly letter says: how many of what wait where, and until when.

use kernel::{
    Date,
    words::{long_date, number},
};
use serde::{Deserialize, Serialize};

/// What waits: how many, and a day. No field can hold what anybody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeeklyWhat {
    /// Something that they read before anyone else, until a day.
    ReadFirst(Date),
    /// Actions of theirs are overdue.
    Overdue(u64),
    /// Actions of theirs are due in the next two weeks, the first on a day.
    Due(u64, Date),
    /// Their view is asked for until a day.
    View(Date),
    /// A review was set for a day that has passed.
    ReviewMissed(Date),
    /// A review is set for a day.
    Review(Date),
    /// School and adviser have agreed a day.
    Contact(Date),
    /// Things wait for them in a programme that they lead.
    Waits(u64),
}

/// What waits in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WeeklyLine {
    /// The school's or the programme's name.
    pub place: String,
    /// What.
    pub what: WeeklyWhat,
    /// Its page, which asks to sign in.
    pub link: String,
}

impl WeeklyLine {
    /// In a sentence.
    pub(super) fn words(&self) -> String {
        let said = match self.what {
            WeeklyWhat::ReadFirst(until) => {
                format!("something for you to read before anyone else, until {}", long_date(until))
            }
            WeeklyWhat::Overdue(1) => "one action of yours is overdue".to_owned(),
            WeeklyWhat::Overdue(many) => format!("{} actions of yours are overdue", number(many)),
            WeeklyWhat::Due(1, day) => format!("one action of yours is due on {}", long_date(day)),
            WeeklyWhat::Due(many, day) => format!(
                "{} actions of yours are due in the next two weeks, the first on {}",
                number(many),
                long_date(day)
            ),
            WeeklyWhat::View(day) => format!("your view is asked for; the last day is {}", long_date(day)),
            WeeklyWhat::ReviewMissed(day) => format!("a review was set for {} and is not finished", long_date(day)),
            WeeklyWhat::Review(day) => format!("a review is set for {}", long_date(day)),
            WeeklyWhat::Contact(day) => format!("school and adviser have agreed {}", long_date(day)),
            WeeklyWhat::Waits(1) => "one thing waits for you".to_owned(),
            WeeklyWhat::Waits(many) => format!("{} things wait for you", number(many)),
        };
        format!("{}: {said}.", self.place)
    }

    /// What one does at its link.
    pub(super) const fn action(&self) -> &'static str {
        match self.what {
            WeeklyWhat::ReadFirst(_) => "Read it and answer",
            WeeklyWhat::Overdue(_) | WeeklyWhat::Due(..) => "See what is yours",
            WeeklyWhat::View(_) => "Give your view",
            WeeklyWhat::ReviewMissed(_) | WeeklyWhat::Review(_) => "See the reviews",
            WeeklyWhat::Contact(_) => "See its page",
            WeeklyWhat::Waits(_) => "See what waits",
        }
    }
}
