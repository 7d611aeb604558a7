//! The path of a school: terms as columns, with lanes for the public record, what
//! was done together, priorities and reviews. Today is a line.

mod narrow;
#[cfg(test)]
mod tests;
mod wide;

use kernel::Date;
use kernel::words::long_date;

use crate::table::{Chart, ChartTable};

/// A term: a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTerm {
    /// ‘Autumn 2025’.
    pub name: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// Something that happened, or will, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathMark {
    /// When.
    pub date: Date,
    /// What, in a few words: ‘Network Day’.
    pub words: String,
}

/// What a review says; always with its word, never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rag {
    /// Off track.
    Red,
    /// Partly on track.
    Amber,
    /// On track.
    Green,
}

impl Rag {
    /// R, A or G.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Red => "R",
            Self::Amber => "A",
            Self::Green => "G",
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
        }
    }

    /// A light colour, on which dark letters can be read.
    fn fill(rag: Option<Self>) -> &'static str {
        match rag {
            Some(Self::Red) => "#f6d7d2",
            Some(Self::Amber) => "#fff7bf",
            Some(Self::Green) => "#cce2d8",
            None => "#d2e2f1",
        }
    }
}

/// A priority: a bar from its opening to its closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPriority {
    /// Its name.
    pub name: String,
    /// When it was opened.
    pub opened: Date,
    /// When it was closed, and how: ‘met’, ‘taken into the next plan’.
    pub closed: Option<(Date, String)>,
    /// What the latest review said of it.
    pub latest: Option<Rag>,
}

/// A review: a circle with its letter, or a dashed one while it is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathReview {
    /// When it was, or will be.
    pub date: Date,
    /// What it is called: ‘Autumn review’.
    pub name: String,
    /// What it said as a whole; `None` where it is to come or said nothing as a
    /// whole.
    pub rag: Option<Rag>,
}

/// The path of a school, as [`path_of_a_school`] draws it. What a reader may not
/// see is left out by whoever makes this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolPath {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘Our path since September 2025’.
    pub title: String,
    /// Today; a line where it lies within the terms.
    pub today: Date,
    /// The terms, by date. The picture goes from the first to the last.
    pub terms: Vec<PathTerm>,
    /// The public record: joining, inspections.
    pub record: Vec<PathMark>,
    /// What was done together: Network Days, diagnoses, visits.
    pub together: Vec<PathMark>,
    /// The priorities.
    pub priorities: Vec<PathPriority>,
    /// The reviews.
    pub reviews: Vec<PathReview>,
}

const RECORD: &str = "Public record";
const TOGETHER: &str = "Together";
const PRIORITIES: &str = "Priorities";
const REVIEWS: &str = "Reviews";

/// Draws the path of a school.
///
/// Wide: time from left to right. Narrow: from top to bottom, a term a panel. A
/// bar of a priority carries the letter and word of its latest review and how it
/// was closed.
#[must_use]
pub fn path_of_a_school(path: &SchoolPath) -> Chart {
    let mut sorted = path.clone();
    sorted.terms.sort_by_key(|term| term.first);
    sorted.record.sort_by_key(|mark| mark.date);
    sorted.together.sort_by_key(|mark| mark.date);
    sorted.priorities.sort_by_key(|priority| priority.opened);
    sorted.reviews.sort_by_key(|review| review.date);
    let description = describe(&sorted);
    Chart {
        wide: wide::draw(&sorted, &description),
        narrow: narrow::draw(&sorted, &description),
        table: table(&sorted),
    }
}

impl PathPriority {
    /// ‘closed: met’, ‘amber’, or nothing before its first review.
    fn state(&self) -> String {
        match (&self.closed, self.latest) {
            (Some((_, how)), _) if how.is_empty() => "closed".to_owned(),
            (Some((_, how)), _) => format!("closed: {how}"),
            (None, Some(rag)) => rag.word().to_owned(),
            (None, None) => String::new(),
        }
    }

    /// ‘Talk in every lesson (closed: met)’.
    fn label(&self) -> String {
        let state = self.state();
        if state.is_empty() { self.name.clone() } else { format!("{} ({state})", self.name) }
    }
}

impl PathReview {
    /// ‘amber’, ‘to come’, ‘done’.
    fn says(&self, today: Date) -> &'static str {
        match self.rag {
            Some(rag) => rag.word(),
            None if self.date >= today => "to come",
            None => "no letter",
        }
    }
}

fn describe(path: &SchoolPath) -> String {
    let mut text = match (path.terms.first(), path.terms.last()) {
        (Some(first), Some(last)) => format!("{} to {}; today is {}.", first.name, last.name, long_date(path.today)),
        _ => format!("Today is {}.", long_date(path.today)),
    };
    for row in rows(path) {
        text += &format!(" {}: {}", row.lane, row.what);
        if !row.says.is_empty() {
            text += &format!(", {}", row.says);
        }
        text += &format!(", {}", long_date(row.from));
        text += &row.until.map_or_else(String::new, |until| format!(" to {}", long_date(until)));
        text.push('.');
    }
    text
}

/// One thing on the path, as the table tells it.
struct Row {
    lane: &'static str,
    from: Date,
    until: Option<Date>,
    what: String,
    says: String,
}

fn rows(path: &SchoolPath) -> Vec<Row> {
    let marks = |lane: &'static str, marks: &[PathMark]| -> Vec<Row> {
        let row =
            |mark: &PathMark| Row { lane, from: mark.date, until: None, what: mark.words.clone(), says: String::new() };
        marks.iter().map(row).collect()
    };
    let mut rows = marks(RECORD, &path.record);
    rows.extend(marks(TOGETHER, &path.together));
    rows.extend(path.priorities.iter().map(|priority| Row {
        lane: PRIORITIES,
        from: priority.opened,
        until: priority.closed.as_ref().map(|closed| closed.0),
        what: priority.name.clone(),
        says: match priority.state() {
            state if state.is_empty() => "no review yet".to_owned(),
            state => state,
        },
    }));
    rows.extend(path.reviews.iter().map(|review| Row {
        lane: REVIEWS,
        from: review.date,
        until: None,
        what: review.name.clone(),
        says: review.says(path.today).to_owned(),
    }));
    rows
}

fn table(path: &SchoolPath) -> ChartTable {
    let rows = rows(path)
        .into_iter()
        .map(|row| {
            let until = match (row.lane, row.until) {
                (_, Some(until)) => long_date(until),
                (PRIORITIES, None) => "open".to_owned(),
                _ => String::new(),
            };
            vec![row.lane.to_owned(), row.what, long_date(row.from), until, row.says]
        })
        .collect();
    ChartTable {
        caption: path.title.clone(),
        headers: ["Lane", "What", "From", "Until", "Says"].map(str::to_owned).to_vec(),
        rows,
    }
}

/// A review's circle with its letter; dashed and empty while it is to come.
fn circle((x, y): (f64, f64), radius: f64, review: &PathReview, today: Date) -> String {
    use crate::svg::{DARK, escape, n};
    let to_come = review.rag.is_none() && review.date >= today;
    let (fill, dashes) = if to_come { ("#ffffff", r#" stroke-dasharray="3 2""#) } else { (Rag::fill(review.rag), "") };
    format!(
        r#"<circle class="chart-review" cx="{}" cy="{}" r="{}" fill="{fill}" stroke="{DARK}" stroke-width="1.2"{dashes}><title>{}</title></circle>"#,
        n(x),
        n(y),
        n(radius),
        escape(&format!("{}, {}: {}", review.name, long_date(review.date), review.says(today)))
    )
}
