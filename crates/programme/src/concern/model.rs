//! What a concern is, and when who reads it. The same types are what a school
//! takes along; ids are numbers of the file there.

use crate::plan::keys;
use jiff::civil::Weekday;
use kernel::{Date, Timestamp, calendar::Calendar, clock::in_england};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

keys! {
    /// Who takes a step.
    By {
        /// The school's adviser, or the programme's lead in their place.
        Adviser "adviser" "the adviser",
        /// The programme's lead.
        ProgrammeLead "programme_lead" "the programme lead",
    }
}

/// A concern about how a school takes part in a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// Its id; in a file, its number.
    pub id: i64,
    /// The programme, where it is here.
    #[serde(skip)]
    pub programme: Option<i64>,
    /// The programme's name then.
    pub programme_name: String,
    /// What was noticed.
    pub noticed: String,
    /// What would put it right.
    pub remedy: String,
    /// By when.
    #[schemars(with = "String")]
    pub by_when: Date,
    /// Who raised it, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// When they began to write it.
    #[schemars(with = "String")]
    pub raised_at: Timestamp,
    /// When it was closed.
    #[schemars(with = "Option<String>")]
    pub closed_at: Option<Timestamp>,
    /// By whom.
    pub closed_by: String,
    /// Why.
    pub closed_why: String,
    /// Its version.
    pub revision: i64,
}

/// A step that was taken, in the words that the list had for it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which concern.
    pub concern: i64,
    /// The first, the second … of it.
    pub number: i64,
    /// What the step is called.
    pub name: String,
    /// What is done.
    pub what: String,
    /// Who takes it.
    pub by: By,
    /// After so many school days the next may be taken.
    pub days: i64,
    /// What whoever takes it says to the school; of the first, the concern says it.
    pub words: String,
    /// Who took it, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub written_by: String,
    /// Their role.
    pub role: String,
    /// When it was written last.
    #[schemars(with = "String")]
    pub written_at: Timestamp,
    /// When the school was shown it; none: a draft.
    #[schemars(with = "Option<String>")]
    pub shown_at: Option<Timestamp>,
    /// The last day on which the school alone reads it, unless it answers before.
    #[schemars(with = "Option<String>")]
    pub alone_until: Option<Date>,
    /// The first day on which the next step may be taken.
    #[schemars(with = "Option<String>")]
    pub next_from: Option<Date>,
    /// What the school says to it; may be nothing although it has answered.
    pub answer: String,
    /// When it answered.
    #[schemars(with = "Option<String>")]
    pub answered_at: Option<Timestamp>,
    /// Who answered.
    pub answered_by: String,
    /// Its version.
    pub revision: i64,
}

/// That somebody has read a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadBy {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Which step.
    pub step: i64,
    /// Who, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// In which role.
    pub role: String,
    /// When first.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

impl Step {
    /// True where others in the programme than its writer read it: the school has
    /// answered, or its days have passed. What was closed before either stays
    /// between the school and the writer.
    #[must_use]
    pub fn is_open(&self, concern: &Concern, today: Date) -> bool {
        let Some(until) = self.alone_until.filter(|_| self.shown_at.is_some()) else {
            return false;
        };
        let last = concern.closed_at.map_or(today, |at| in_england(at).date().min(today));
        let answered = self.answered_at.is_some_and(|at| concern.closed_at.is_none_or(|closed| at < closed));
        answered || until < last
    }

    /// True while the school may answer: for the first time always, anew as long
    /// as nothing has come after it.
    #[must_use]
    pub fn may_be_answered(&self, concern: &Concern, latest: i64) -> bool {
        let anew = concern.closed_at.is_none() && self.number == latest;
        self.shown_at.is_some() && (self.answered_at.is_none() || anew)
    }
}

/// So many school days after a day; where the calendar does not know, days on
/// which schools usually work.
pub(super) fn school_days_after(calendar: &Calendar, day: Date, days: i64) -> Date {
    (0..days).fold(day, |day, _| {
        let next = day.tomorrow().unwrap_or(day);
        let known = calendar.years().any(|year| year == kernel::AcademicYear::of(next));
        match calendar.school_day_from(next).filter(|_| known) {
            Some(found) => found,
            None => {
                let mut at = next;
                while matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) {
                    at = at.tomorrow().unwrap_or(at);
                }
                at
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::calendar_for;
    use jiff::civil::date;

    fn concern(closed: Option<&str>) -> Concern {
        Concern {
            id: 1,
            programme: None,
            programme_name: String::new(),
            noticed: String::new(),
            remedy: String::new(),
            by_when: date(2026, 12, 18),
            person: None,
            name: String::new(),
            role: String::new(),
            raised_at: "2026-11-24T09:00:00Z".parse().unwrap(),
            closed_at: closed.map(|at| at.parse().unwrap()),
            closed_by: String::new(),
            closed_why: String::new(),
            revision: 1,
        }
    }

    fn step(answered: Option<&str>) -> Step {
        Step {
            id: 1,
            concern: 1,
            number: 1,
            name: String::new(),
            what: String::new(),
            by: By::Adviser,
            days: 10,
            words: String::new(),
            person: None,
            written_by: String::new(),
            role: String::new(),
            written_at: "2026-11-24T09:00:00Z".parse().unwrap(),
            shown_at: Some("2026-11-24T10:00:00Z".parse().unwrap()),
            alone_until: Some(date(2026, 12, 1)),
            next_from: Some(date(2026, 12, 8)),
            answer: String::new(),
            answered_at: answered.map(|at| at.parse().unwrap()),
            answered_by: String::new(),
            revision: 2,
        }
    }

    #[test]
    fn others_read_a_step_once_the_school_has_answered_or_its_days_have_passed() {
        let open = concern(None);
        assert!(!step(None).is_open(&open, date(2026, 12, 1)), "the last day is the school’s");
        assert!(step(None).is_open(&open, date(2026, 12, 2)));
        assert!(step(Some("2026-11-25T10:00:00Z")).is_open(&open, date(2026, 11, 25)));
        let draft = Step { shown_at: None, alone_until: None, ..step(None) };
        assert!(!draft.is_open(&open, date(2027, 12, 1)), "a draft is its writer’s");
    }

    #[test]
    fn what_was_closed_before_others_could_read_it_stays_between_two() {
        let closed = concern(Some("2026-11-26T10:00:00Z"));
        assert!(!step(None).is_open(&closed, date(2027, 6, 1)));
        assert!(!step(Some("2026-11-27T10:00:00Z")).is_open(&closed, date(2027, 6, 1)), "an answer afterwards");
        assert!(step(Some("2026-11-25T10:00:00Z")).is_open(&closed, date(2027, 6, 1)));
    }

    #[test]
    fn days_are_those_on_which_school_is_open() {
        let calendar = calendar_for(None).unwrap();
        assert_eq!(school_days_after(calendar, date(2026, 11, 24), 5), date(2026, 12, 1));
        assert!(school_days_after(calendar, date(2026, 12, 16), 5) > date(2027, 1, 1), "not over Christmas");
        assert_eq!(school_days_after(calendar, date(2099, 5, 1), 1), date(2099, 5, 4), "nobody knows yet");
    }
}
