//! When a school is open: terms, half-terms and closure days, as data of an
//! authority, with what one school does otherwise.
//!
//! A [`Calendar`] is made of a file by [`CalendarFile::check`], which says what is
//! wrong with its place. Terms of a calendar never overlap and half-term breaks
//! lie inside their term, so everything that asks may take that for granted.

mod file;
mod own;
#[cfg(test)]
mod tests;

pub use file::{BadCalendar, CalendarFile, DaysFile, TermFile, YearFile};
pub use own::{OwnDates, OwnTerm};

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::AcademicYear;

/// The three terms of an academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// From September to Christmas.
    Autumn,
    /// From January to Easter.
    Spring,
    /// From Easter to July.
    Summer,
}

impl Season {
    /// ‘Autumn’.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Autumn => "Autumn",
            Self::Spring => "Spring",
            Self::Summer => "Summer",
        }
    }
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last; never before the first.
    pub last: Date,
}

impl Days {
    /// Whether `date` is one of them.
    #[must_use]
    pub fn holds(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

/// A term: from its first day to its last, with the break in its middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The academic year it belongs to.
    pub year: AcademicYear,
    /// Which of the three.
    pub season: Season,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The half-term break.
    pub half_term: Option<Days>,
}

impl Term {
    /// ‘Spring 2026’: by the calendar year in which it lies.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.season.word(), self.first.year())
    }

    /// Whether `date` lies in it, also in its half-term break.
    #[must_use]
    pub fn holds(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Its halves: before the break and after it; one where it has no break.
    #[must_use]
    pub fn halves(&self) -> Vec<HalfTerm> {
        let half = |half, first, last| HalfTerm { term: *self, half, days: Days { first, last } };
        let Some(pause) = self.half_term else {
            return vec![half(Half::Whole, self.first, self.last)];
        };
        let before = pause.first.yesterday().unwrap_or(self.first);
        let after = pause.last.tomorrow().unwrap_or(self.last);
        vec![half(Half::First, self.first, before), half(Half::Second, after, self.last)]
    }
}

/// Which half of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Before the break.
    First,
    /// After the break.
    Second,
    /// The term has no break.
    Whole,
}

/// Half a term, from the first day to the last, weekends at its inner edge
/// included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfTerm {
    /// Of which term.
    pub term: Term,
    /// Which half.
    pub half: Half,
    /// Its days.
    pub days: Days,
}

impl HalfTerm {
    /// ‘Spring 2026, first half’.
    #[must_use]
    pub fn name(&self) -> String {
        match self.half {
            Half::First => format!("{}, first half", self.term.name()),
            Half::Second => format!("{}, second half", self.term.name()),
            Half::Whole => self.term.name(),
        }
    }
}

/// Why a day is no school day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// A Saturday or Sunday.
    Weekend,
    /// The break in the middle of this term.
    HalfTerm(Term),
    /// Between two terms, or before the first of a year that is known.
    Holiday,
    /// A day on which schools are closed within a term, and why.
    Closure(String),
    /// Staff are in, children are not.
    Inset(String),
    /// The calendar says nothing of this day's academic year.
    NotKnown,
}

/// How sure a calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Published by the authority that it is of.
    Published,
    /// Published as a proposal.
    Provisional,
    /// Of no authority: what most do in such a year.
    Typical,
}

/// When schools of an authority, or one school, are open. See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name in addresses and in the database.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The three digits of the local authority; `None` for one of no authority.
    pub authority: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it is from.
    pub source: String,
    /// By date.
    terms: Vec<Term>,
    /// Closure days with their reasons.
    closed: BTreeMap<Date, String>,
    /// Inset days with what they are for.
    inset: BTreeMap<Date, String>,
    /// Days that one school opens although its calendar does not.
    open: BTreeSet<Date>,
}

impl Calendar {
    /// All terms, by date.
    #[must_use]
    pub fn all_terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms of an academic year, by date; none where it is not known.
    #[must_use]
    pub fn terms(&self, year: AcademicYear) -> &[Term] {
        let from = self.terms.partition_point(|term| term.year < year);
        let until = self.terms.partition_point(|term| term.year <= year);
        &self.terms[from..until]
    }

    /// The academic years that are known, by date.
    pub fn years(&self) -> impl Iterator<Item = AcademicYear> {
        self.terms.chunk_by(|a, b| a.year == b.year).filter_map(|terms| terms.first()).map(|term| term.year)
    }

    /// The term in which `date` lies, also in its half-term break; `None` in
    /// holidays.
    #[must_use]
    pub fn term_on(&self, date: Date) -> Option<Term> {
        let behind = self.terms.partition_point(|term| term.first <= date);
        self.terms[..behind].last().copied().filter(|term| term.holds(date))
    }

    /// The term in which `date` lies, or else the next one: where what is planned
    /// in a holiday belongs.
    #[must_use]
    pub fn term_on_or_after(&self, date: Date) -> Option<Term> {
        self.terms.iter().copied().find(|term| date <= term.last)
    }

    /// The half of a term in which `date` lies; `None` in holidays and in the
    /// half-term break.
    #[must_use]
    pub fn half_term_on(&self, date: Date) -> Option<HalfTerm> {
        self.term_on(date)?.halves().into_iter().find(|half| half.days.holds(date))
    }

    /// Why `date` is no school day; `None` for a school day.
    #[must_use]
    pub fn why_closed(&self, date: Date) -> Option<Closed> {
        if self.open.contains(&date) {
            return None;
        }
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Some(Closed::Weekend);
        }
        let Some(term) = self.term_on(date) else {
            let known = !self.terms(AcademicYear::of(date)).is_empty();
            return Some(if known { Closed::Holiday } else { Closed::NotKnown });
        };
        if term.half_term.is_some_and(|pause| pause.holds(date)) {
            return Some(Closed::HalfTerm(term));
        }
        if let Some(why) = self.closed.get(&date) {
            return Some(Closed::Closure(why.clone()));
        }
        self.inset.get(&date).map(|what| Closed::Inset(what.clone()))
    }

    /// Whether children are in school on `date`.
    #[must_use]
    pub fn is_school_day(&self, date: Date) -> bool {
        self.why_closed(date).is_none()
    }

    /// The first school day after `date`; `None` beyond the last term.
    #[must_use]
    pub fn next_school_day(&self, date: Date) -> Option<Date> {
        self.school_day_from(date.tomorrow().ok()?)
    }

    /// The last school day before `date`; `None` before the first term.
    #[must_use]
    pub fn previous_school_day(&self, date: Date) -> Option<Date> {
        self.school_day_until(date.yesterday().ok()?)
    }

    /// `date` where it is a school day, else the next one: where a date falls that
    /// somebody set.
    #[must_use]
    pub fn school_day_from(&self, date: Date) -> Option<Date> {
        let last = self.terms.iter().map(|term| term.last).chain(self.open.last().copied()).max()?;
        let first = self.terms.first()?.first;
        let first = self.open.first().map_or(first, |open| first.min(*open));
        let mut day = date.max(first);
        while day <= last {
            if self.is_school_day(day) {
                return Some(day);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// `date` where it is a school day, else the one before: for what must be done
    /// by a date.
    #[must_use]
    pub fn school_day_until(&self, date: Date) -> Option<Date> {
        let last = self.terms.iter().map(|term| term.last).chain(self.open.last().copied()).max()?;
        let first = self.terms.first()?.first;
        let first = self.open.first().map_or(first, |open| first.min(*open));
        let mut day = date.min(last);
        while day >= first {
            if self.is_school_day(day) {
                return Some(day);
            }
            day = day.yesterday().ok()?;
        }
        None
    }

    /// How many school days a term has.
    #[must_use]
    pub fn school_days(&self, term: &Term) -> usize {
        term.first
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= term.last)
            .filter(|day| self.is_school_day(*day))
            .count()
    }
}
