//! What inspectors said of a school, era by era.

mod marks;
mod narrow;
#[cfg(test)]
mod tests;
mod wide;

use kernel::Date;
use kernel::words::{long_date, month_and_year};

use crate::table::{Chart, ChartTable};

/// A stretch of time in which one family of frameworks held, with its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Era {
    /// What it is called above its part of the picture: ‘Requires improvement
    /// instead of satisfactory’, ‘No overall grade’.
    pub name: String,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` while it lasts.
    pub until: Option<Date>,
    /// The words of its overall grades, best first. The picture orders marks by
    /// them within the era and never across eras.
    pub words: Vec<String>,
}

/// What happened at an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A grade was given.
    Graded {
        /// The grade in the words of its framework.
        word: String,
        /// Its place from 1, the best; `None` where it has none.
        level: Option<u8>,
    },
    /// A visit without a grade, with its outcome in a few words.
    Ungraded {
        /// Such as ‘Standards maintained’.
        outcome: String,
    },
    /// The inspection was suspended: a visit without a published outcome.
    Suspended,
}

/// One inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it began.
    pub date: Date,
    /// What it said.
    pub kind: Kind,
    /// The name of the predecessor to which it was said; `None` for the school
    /// itself.
    pub as_name: Option<String>,
}

/// How many areas of a report card carry one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardCount {
    /// The label: ‘Expected standard’.
    pub label: String,
    /// How many areas have it.
    pub areas: u32,
}

/// A report card: not a grade, and never drawn on the scale of grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCard {
    /// When the inspection began.
    pub date: Date,
    /// How many areas have which label, best label first.
    pub counts: Vec<CardCount>,
    /// What else it says, line by line: ‘Safeguarding: met’.
    pub notes: Vec<String>,
    /// The name of the predecessor to which it was said.
    pub as_name: Option<String>,
}

/// A school's timeline, as [`timeline_of_a_school`] draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘What inspectors said of Ashdale Primary since 2005’.
    pub title: String,
    /// The left end of the time axis; `None` for the September before the first
    /// inspection.
    pub from: Option<Date>,
    /// The right end of the time axis.
    pub today: Date,
    /// The eras by date. Inspections outside all of them are drawn without a
    /// scale.
    pub eras: Vec<Era>,
    /// The inspections without report cards, in any order.
    pub events: Vec<Event>,
    /// The report cards, in any order; a panel of their own.
    pub cards: Vec<ReportCard>,
    /// When the school joined a programme, with what stands at that line: ‘joined
    /// Aspire’.
    pub joined: Option<(Date, String)>,
}

/// Draws what inspectors said of a school.
///
/// Wide: time from left to right, an era a panel, a grade a filled mark at the
/// height of its word within that era, with the word beside it; a predecessor's
/// grades are open marks. Narrow: time from top to bottom, one inspection a line.
/// Report cards stand beside or below as counts of areas by label.
#[must_use]
pub fn timeline_of_a_school(timeline: &Timeline) -> Chart {
    let mut sorted = timeline.clone();
    sorted
        .events
        .sort_by(|a, b| (a.date, &a.as_name).cmp(&(b.date, &b.as_name)));
    sorted.cards.sort_by_key(|card| card.date);
    sorted.eras.sort_by_key(|era| era.from);
    let description = describe(&sorted);
    Chart {
        wide: wide::draw(&sorted, &description),
        narrow: narrow::draw(&sorted, &description),
        table: table(&sorted),
    }
}

impl Timeline {
    /// The left end of the axis.
    fn start(&self) -> Date {
        let first = self
            .from
            .or_else(|| self.events.iter().map(|event| event.date).min())
            .unwrap_or(self.today)
            .min(self.today);
        if self.from.is_some() {
            return first;
        }
        let year = if first.month() >= 9 {
            first.year()
        } else {
            first.year() - 1
        };
        Date::new(year, 9, 1).unwrap_or(first)
    }

    fn era_of(&self, date: Date) -> Option<&Era> {
        self.eras.iter().rev().find(|era| era.holds(date))
    }
}

impl Era {
    fn holds(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

impl Event {
    fn graded(&self) -> bool {
        matches!(self.kind, Kind::Graded { .. })
    }

    /// What was said, in its own words.
    fn words(&self) -> &str {
        match &self.kind {
            Kind::Graded { word, .. } => word,
            Kind::Ungraded { outcome } => outcome,
            Kind::Suspended => "Suspended, no outcome",
        }
    }
}

impl ReportCard {
    /// ‘5 areas Expected standard’.
    fn lines(&self) -> Vec<String> {
        self.counts
            .iter()
            .filter(|count| count.areas > 0)
            .map(|count| format!("{} {}", count.areas, count.label))
            .chain(self.notes.iter().cloned())
            .collect()
    }
}

fn describe(timeline: &Timeline) -> String {
    let graded = timeline
        .events
        .iter()
        .filter(|event| event.graded())
        .count();
    let mut text = format!(
        "Timeline of {} inspections, {graded} of them graded, and {} report cards.",
        timeline.events.len(),
        timeline.cards.len()
    );
    for event in timeline.events.iter().filter(|event| event.graded()) {
        text += &format!(" {}: {}", month_and_year(event.date), event.words());
        if let Some(name) = &event.as_name {
            text += &format!(", as {name}");
        }
        text.push('.');
    }
    for card in &timeline.cards {
        text += &format!(
            " {}: report card, {}.",
            month_and_year(card.date),
            card.lines().join(", ")
        );
    }
    if let Some((date, words)) = &timeline.joined {
        text += &format!(" {}: {words}.", month_and_year(*date));
    }
    text
}

fn table(timeline: &Timeline) -> ChartTable {
    let mut rows: Vec<(Date, Vec<String>)> = Vec::new();
    let row = |date: Date, says: String, rules: &str, as_name: Option<&String>| {
        let cells = vec![
            long_date(date),
            says,
            rules.to_owned(),
            as_name.cloned().unwrap_or_default(),
        ];
        (date, cells)
    };
    for event in &timeline.events {
        let era = timeline
            .era_of(event.date)
            .map_or("", |era| era.name.as_str());
        rows.push(row(
            event.date,
            event.words().to_owned(),
            era,
            event.as_name.as_ref(),
        ));
    }
    for card in &timeline.cards {
        rows.push(row(
            card.date,
            card.lines().join("; "),
            "Report card",
            card.as_name.as_ref(),
        ));
    }
    if let Some((date, words)) = &timeline.joined {
        rows.push(row(*date, words.clone(), "", None));
    }
    rows.sort_by_key(|row| row.0);
    ChartTable {
        caption: timeline.title.clone(),
        headers: ["Date", "What was said", "Under", "As"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.into_iter().map(|(_, cells)| cells).collect(),
    }
}
