//! What early warnings there are, and who is told when.

use crate::{
    role::Vacancy,
    who::{Role, Strand},
};
use jiff::ToSpan as _;
use kernel::Date;

/// So many days a school knows of a warning before anyone else does.
pub const SCHOOL_FIRST: i32 = 14;

/// So long a head is new, days: about a term.
const NEW_HEAD: i32 = 90;

/// After so many days in which nobody of a school signed in, it is said.
const QUIET: i32 = 30;

/// Something about how a school is led that often comes before it gets harder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Nobody leads this strand.
    Vacant(Strand),
    /// Nobody is head.
    NoHead,
    /// The head is new.
    NewHead,
    /// A review was due on this day and is not finished.
    MissedReview(Date),
    /// Nobody has signed in since this day.
    NobodySignedIn(Date),
}

/// A warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// What.
    pub what: What,
    /// From which day the school could know; none where nobody knows since when.
    pub since: Option<Date>,
}

/// What is known of how a school is led.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// What nobody holds.
    pub(super) vacancies: Vec<Vacancy>,
    /// Since when the one who is head is, and whether somebody was before.
    pub(super) head_since: Option<(Date, bool)>,
    /// The day that the latest finished review set for the next one.
    pub(super) review_due: Option<Date>,
    /// When somebody of the school last signed in.
    pub(super) last_sign_in: Option<Date>,
}

/// The warnings of a day, in this order: head, strands, review, signing in.
pub(super) fn warnings(facts: &Facts, today: Date) -> Vec<Warning> {
    let after = |day: Date, days: i32| day.saturating_add(days.days());
    let mut all = Vec::new();
    for vacancy in facts.vacancies.iter().filter(|one| one.from.is_none()) {
        let what = match (vacancy.role, vacancy.strand) {
            (Role::Head, _) => What::NoHead,
            (_, Some(strand)) => What::Vacant(strand),
            _ => continue,
        };
        all.push(Warning { what, since: vacancy.since });
    }
    if let Some((since, true)) = facts.head_since
        && since <= today
        && today < after(since, NEW_HEAD)
    {
        all.push(Warning { what: What::NewHead, since: Some(since) });
    }
    if let Some(due) = facts.review_due.filter(|due| *due < today) {
        all.push(Warning { what: What::MissedReview(due), since: Some(after(due, 1)) });
    }
    if let Some(last) = facts.last_sign_in.filter(|last| after(*last, QUIET) <= today) {
        all.push(Warning { what: What::NobodySignedIn(last), since: Some(after(last, QUIET)) });
    }
    all
}

/// Those of which others than the school are told: it has known for two weeks.
pub(super) fn for_others(all: Vec<Warning>, today: Date) -> Vec<Warning> {
    let known = |since: Date| since.saturating_add(SCHOOL_FIRST.days()) <= today;
    all.into_iter().filter(|one| one.since.is_some_and(known)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_vacant_new_missed_or_quiet_is_said_and_what_is_coming_is_not() {
        let today = date(2026, 11, 24);
        let vacancy = |role, strand, since, from| Vacancy { role, strand, since, from };
        let facts = Facts {
            vacancies: vec![
                vacancy(Role::StrandLead, Some(Strand::Support), Some(date(2026, 9, 1)), None),
                vacancy(Role::StrandLead, Some(Strand::Pedagogy), None, Some(date(2027, 1, 1))),
            ],
            head_since: Some((date(2026, 11, 20), true)),
            review_due: Some(date(2026, 11, 23)),
            last_sign_in: Some(date(2026, 10, 1)),
        };
        let all = warnings(&facts, today);
        let whats: Vec<What> = all.iter().map(|one| one.what).collect();
        assert_eq!(
            whats,
            [
                What::Vacant(Strand::Support),
                What::NewHead,
                What::MissedReview(date(2026, 11, 23)),
                What::NobodySignedIn(date(2026, 10, 1))
            ]
        );
        // The school first: what it has known for two weeks, others know as well.
        let whats: Vec<What> = for_others(all, today).iter().map(|one| one.what).collect();
        assert_eq!(whats, [What::Vacant(Strand::Support), What::NobodySignedIn(date(2026, 10, 1))]);
        assert!(warnings(&Facts { last_sign_in: Some(today), ..Facts::default() }, today).is_empty());
        let first = Facts { head_since: Some((date(2026, 11, 20), false)), ..Facts::default() };
        assert!(warnings(&first, today).is_empty(), "the head with whom a school joins is no change");
    }

    #[test]
    fn others_are_told_on_the_fifteenth_day_and_not_before() {
        let one = Warning { what: What::NoHead, since: Some(date(2026, 11, 10)) };
        assert!(for_others(vec![one], date(2026, 11, 23)).is_empty());
        assert_eq!(for_others(vec![one], date(2026, 11, 24)).len(), 1);
        let unknown = Warning { what: What::NoHead, since: None };
        assert!(for_others(vec![unknown], date(2026, 11, 24)).is_empty());
    }
}
