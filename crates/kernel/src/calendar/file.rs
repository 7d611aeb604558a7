//! A calendar as it stands in its file (`data/calendars/ID.json`), and its check.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use super::{Calendar, Certainty, Days, Season, Term};
use crate::AcademicYear;

/// What is wrong with a calendar: in which file, where, what stands there, and
/// what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {place}: ‘{value}’ is not {expected}")]
pub struct BadCalendar {
    /// The file's name, or what else the calendar was made of.
    pub file: String,
    /// Where in it: ‘2025/26, autumn, half_term.first’.
    pub place: String,
    /// What stands there.
    pub value: String,
    /// What was expected, as the end of a sentence.
    pub expected: String,
}

/// A calendar's file. Dates are text here, so that a wrong one is told with its
/// place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// Its name in addresses and in the database.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The three digits of the local authority; none for one of no authority.
    #[serde(default)]
    pub authority: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it is from.
    pub source: String,
    /// By which rule it was made, where it was made by one.
    #[serde(default)]
    pub rule: Vec<String>,
    /// The academic years.
    pub years: Vec<YearFile>,
}

/// An academic year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearFile {
    /// ‘2025/26’.
    pub year: String,
    /// Its terms, by date.
    pub terms: Vec<TermFile>,
    /// Days within terms on which schools are closed.
    #[serde(default)]
    pub closed: Vec<DaysFile>,
}

/// A term.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermFile {
    /// Which of the three.
    pub term: Season,
    /// Its first day: ‘2025-09-01’.
    pub first: String,
    /// Its last day.
    pub last: String,
    /// The half-term break.
    #[serde(default)]
    pub half_term: Option<DaysFile>,
}

/// Days from the first to the last.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysFile {
    /// The first.
    pub first: String,
    /// The last; none for a single day.
    #[serde(default)]
    pub last: Option<String>,
    /// What they are: ‘Early May bank holiday’.
    #[serde(default)]
    pub what: String,
}

impl CalendarFile {
    /// The calendar of this file, which is called `file` in errors.
    ///
    /// # Errors
    /// The first thing that is wrong: a year or date that is none, a term outside
    /// its year or out of order, a half-term break that does not lie inside its
    /// term, a closure day outside all terms.
    pub fn check(&self, file: &str) -> Result<Calendar, BadCalendar> {
        let at = Place { file, place: String::new() };
        for (name, text) in [("id", &self.id), ("name", &self.name), ("source", &self.source)] {
            if text.trim().is_empty() {
                return Err(at.down(name).bad(text, "a text"));
            }
        }
        if let Some(code) = &self.authority
            && !(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(at.down("authority").bad(code, "the three digits of a local authority"));
        }
        let mut terms: Vec<Term> = Vec::new();
        let mut closed = BTreeMap::new();
        for one in &self.years {
            let at = at.down(&one.year);
            let year = year(&one.year).ok_or_else(|| at.bad(&one.year, "an academic year such as 2025/26"))?;
            if terms.iter().any(|term| term.year >= year) {
                return Err(at.bad(&one.year, "later than the year before it"));
            }
            for term in &one.terms {
                terms.push(checked_term(term, year, &terms, &at)?);
            }
            for days in &one.closed {
                let at = at.down("closed");
                let these = checked_days(days, &at)?;
                let within =
                    terms.iter().any(|term| term.year == year && term.holds(these.first) && term.holds(these.last));
                if !within {
                    return Err(at.bad(&days.first, "within a term of its year"));
                }
                closed.extend(each(these).map(|day| (day, days.what.clone())));
            }
        }
        if terms.is_empty() {
            return Err(at.down("years").bad("", "a list with at least one term"));
        }
        Ok(Calendar {
            id: self.id.clone(),
            name: self.name.clone(),
            authority: self.authority.clone(),
            certainty: self.certainty,
            source: self.source.clone(),
            terms,
            closed,
            inset: BTreeMap::new(),
            open: BTreeSet::new(),
        })
    }
}

/// Where in which file one is.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) place: String,
}

impl Place<'_> {
    pub(super) fn down(&self, to: &str) -> Self {
        let place = if self.place.is_empty() { to.to_owned() } else { format!("{}, {to}", self.place) };
        Self { file: self.file, place }
    }

    pub(super) fn bad(&self, value: &str, expected: &str) -> BadCalendar {
        BadCalendar {
            file: self.file.to_owned(),
            place: self.place.clone(),
            value: value.chars().take(80).collect(),
            expected: expected.to_owned(),
        }
    }

    fn date(&self, name: &str, text: &str) -> Result<Date, BadCalendar> {
        // Only the plain form: what else a date could be read from is a slip here.
        let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = if plain { text.parse().ok() } else { None };
        date.ok_or_else(|| self.down(name).bad(text, "a date such as 2025-09-01"))
    }
}

/// ‘2025/26’.
fn year(text: &str) -> Option<AcademicYear> {
    let (start, _) = text.split_once('/')?;
    let year = AcademicYear::starting(start.parse().ok().filter(|year| (1900..3000).contains(year))?);
    (year.to_string() == text).then_some(year)
}

pub(super) fn checked_term(
    file: &TermFile,
    year: AcademicYear,
    before: &[Term],
    at: &Place<'_>,
) -> Result<Term, BadCalendar> {
    let at = at.down(&file.term.word().to_lowercase());
    let (first, last) = (at.date("first", &file.first)?, at.date("last", &file.last)?);
    if last < first {
        return Err(at.down("last").bad(&file.last, &format!("on or after its first day, {first}")));
    }
    for (name, date) in [("first", first), ("last", last)] {
        if AcademicYear::of(date) != year {
            return Err(at.down(name).bad(&date.to_string(), &format!("in the academic year {year}")));
        }
    }
    if let Some(earlier) = before.iter().find(|earlier| earlier.year == year && earlier.season >= file.term) {
        return Err(at.bad(file.term.word(), &format!("a term that comes after {}", earlier.name())));
    }
    if let Some(earlier) = before.iter().find(|earlier| first <= earlier.last) {
        let expected = format!("after the end of {}, {}", earlier.name(), earlier.last);
        return Err(at.down("first").bad(&file.first, &expected));
    }
    let half_term = match &file.half_term {
        None => None,
        Some(days) => {
            let at = at.down("half_term");
            let pause = checked_days(days, &at)?;
            if pause.first <= first || pause.last >= last {
                let value = format!("{} to {}", pause.first, pause.last);
                return Err(at.bad(&value, &format!("inside the term, {first} to {last}")));
            }
            Some(pause)
        }
    };
    Ok(Term { year, season: file.term, first, last, half_term })
}

fn checked_days(days: &DaysFile, at: &Place<'_>) -> Result<Days, BadCalendar> {
    let first = at.date("first", &days.first)?;
    let last = match &days.last {
        Some(last) => at.date("last", last)?,
        None => first,
    };
    if last < first {
        return Err(at.down("last").bad(&last.to_string(), &format!("on or after the first day, {first}")));
    }
    if first.until(last).map_or(i32::MAX, |span| span.get_days()) > 366 {
        return Err(at.down("last").bad(&last.to_string(), "within a year of the first day"));
    }
    Ok(Days { first, last })
}

/// Every day of them.
pub(super) fn each(days: Days) -> impl Iterator<Item = Date> {
    days.first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= days.last)
}
