//! What one school does otherwise than its authority.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file::{BadCalendar, Place, each};
use super::{Calendar, Days, Season, Term};
use crate::AcademicYear;

/// A school's own dates, beside the calendar of its authority. An academy may set
/// all of them itself; every school chooses its inset days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnDates {
    /// Days without children, with what they are for.
    pub inset: Vec<(Date, String)>,
    /// Days on which it is closed besides: a polling station, snow.
    pub closed: Vec<(Days, String)>,
    /// Days on which it is open although the calendar says otherwise.
    pub open: Vec<Date>,
    /// Terms with other dates; each stands in the place of the calendar's own.
    pub terms: Vec<OwnTerm>,
}

/// A term with a school's own dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnTerm {
    /// The academic year.
    pub year: AcademicYear,
    /// Which of the three.
    pub season: Season,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The half-term break.
    #[serde(default)]
    pub half_term: Option<Days>,
}

impl Calendar {
    /// This calendar as one school keeps it. `whose` names the school's dates in
    /// errors, as a file's name does.
    ///
    /// # Errors
    /// A term that is not in its year, or overlaps another; a half-term break that
    /// does not lie inside its term; an inset or closure day outside all terms.
    pub fn with(&self, own: &OwnDates, whose: &str) -> Result<Self, BadCalendar> {
        let at = Place { file: whose, place: String::new() };
        let mut changed = self.clone();
        for term in &own.terms {
            let term = checked(term, &at)?;
            changed.terms.retain(|kept| (kept.year, kept.season) != (term.year, term.season));
            changed.terms.push(term);
        }
        changed.terms.sort_by_key(|term| (term.year, term.season));
        for pair in changed.terms.windows(2) {
            if pair[1].first <= pair[0].last {
                let expected = format!("after the end of {}, {}", pair[0].name(), pair[0].last);
                return Err(at.down(&pair[1].name()).bad(&pair[1].first.to_string(), &expected));
            }
        }
        // Closure days of the calendar that no term holds any more.
        let terms = changed.terms.clone();
        let within = |day: Date| terms.iter().any(|term| term.holds(day));
        changed.closed.retain(|day, _| within(*day));
        for (days, why) in &own.closed {
            if days.last < days.first || !within(days.first) || !within(days.last) {
                let value = format!("{} to {}", days.first, days.last);
                return Err(at.down("closed").bad(&value, "days within a term, the first before the last"));
            }
            changed.closed.extend(each(*days).map(|day| (day, why.clone())));
        }
        for (day, what) in &own.inset {
            let weekday = day.weekday().to_monday_zero_offset() < 5;
            if !within(*day) || !weekday {
                return Err(at.down("inset").bad(&day.to_string(), "a weekday within a term"));
            }
            changed.inset.insert(*day, what.clone());
        }
        changed.open.extend(own.open.iter().copied());
        Ok(changed)
    }
}

fn checked(own: &OwnTerm, at: &Place<'_>) -> Result<Term, BadCalendar> {
    let term = Term { year: own.year, season: own.season, first: own.first, last: own.last, half_term: own.half_term };
    let at = at.down(&term.name());
    let in_year = |date: Date| AcademicYear::of(date) == own.year;
    if !in_year(own.first) || !in_year(own.last) || own.last < own.first {
        let value = format!("{} to {}", own.first, own.last);
        return Err(at.bad(&value, &format!("a first and a last day in the academic year {}", own.year)));
    }
    if let Some(pause) = own.half_term
        && (pause.last < pause.first || pause.first <= own.first || pause.last >= own.last)
    {
        let value = format!("{} to {}", pause.first, pause.last);
        return Err(at.down("half_term").bad(&value, &format!("inside the term, {} to {}", own.first, own.last)));
    }
    Ok(term)
}
