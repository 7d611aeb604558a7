//! What an import is told and what it reports.

use kernel::{AcademicYear, Date, table::BadCell};
use serde::{Deserialize, Serialize};

/// A file to be imported, and what it does not say of itself.
#[derive(Debug, Clone, Default)]
pub struct ImportOrder {
    /// The name that people know the file by.
    pub file_name: String,
    /// Where the file is on this machine.
    pub path: std::path::PathBuf,
    /// The layout, where it is not to be detected.
    pub layout: Option<String>,
    /// The day on which the file's facts stood, where the name does not tell.
    pub as_of: Option<Date>,
    /// The academic year of results, where the file does not tell.
    pub year: Option<AcademicYear>,
    /// A caveat that is shown wherever the source is used.
    pub caveat: Option<String>,
    /// Report only; change nothing.
    pub dry_run: bool,
    /// Take the good rows and list the bad ones.
    pub skip_bad_rows: bool,
}

/// How many of one kind of thing were new, changed, unchanged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not known before.
    pub new: u64,
    /// Known, and now said differently.
    pub changed: u64,
    /// Known, and said the same.
    pub unchanged: u64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.new + self.changed + self.unchanged
    }

    pub(super) fn add(&mut self, change: super::facts::Change) {
        match change {
            super::facts::Change::New => self.new += 1,
            super::facts::Change::Changed => self.changed += 1,
            super::facts::Change::Unchanged => self.unchanged += 1,
        }
    }
}

/// Rows that are not about a school, by reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// ‘a total for England or an authority’.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// Layout's short name.
    pub layout: String,
    /// Layout's title.
    pub title: String,
    /// The day on which its facts stood.
    pub as_of: Date,
    /// How that day is known: told, from the file's name, or taken as today.
    pub as_of_from: String,
    /// Rows below the header.
    pub rows_read: u64,
    /// Rows that are not about a school.
    pub left_out: Vec<LeftOut>,
    /// Rows that could not be used; skipped only where that was asked for.
    pub bad_rows: Vec<BadCell>,
    /// How many rows could not be used in all, where the list was cut.
    pub bad_rows_total: u64,
    /// Columns that the layout does not know. They were not read.
    pub unknown_columns: Vec<String>,
    /// Schools.
    pub schools: Counts,
    /// Inspections.
    pub inspections: Counts,
    /// Rows that repeat an inspection which this file has stated already.
    pub repeated: u64,
    /// Links between schools.
    pub links: Counts,
    /// Results.
    pub results: Counts,
    /// The same file was imported before; nothing was done.
    pub already_imported: bool,
    /// It was a trial; nothing was changed.
    pub dry_run: bool,
    /// Bad rows were to be skipped: all of them are listed, the rest was taken.
    pub skipped: bool,
}

/// A file that was imported: what facts point back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its id.
    pub id: i64,
    /// Layout's short name.
    pub layout: String,
    /// Layout's title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Under which licence.
    pub licence: String,
    /// The file's name.
    pub file_name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The day on which its facts stood.
    pub as_of: Date,
    /// What to beware of.
    pub caveat: Option<String>,
    /// Rows below the header.
    pub rows_read: i64,
}

impl Source {
    /// ‘GIAS links (Department for Education), 22 April 2025’.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} ({}), {}", self.title, self.publisher, kernel::words::long_date(self.as_of))
    }
}

/// An import, running or ended.
#[derive(Debug, Clone)]
pub struct ImportRun {
    /// Its id.
    pub id: i64,
    /// The file's name.
    pub file_name: String,
    /// How it stands.
    pub state: RunState,
    /// When it was started.
    pub started_at: kernel::Timestamp,
    /// When it ended.
    pub finished_at: Option<kernel::Timestamp>,
    /// Who started it.
    pub started_by: String,
    /// Bytes of the file.
    pub bytes_total: i64,
    /// Bytes read so far.
    pub bytes_done: i64,
    /// What it did, or why not.
    pub outcome: Option<Outcome>,
}

/// How an import ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What it did; or, where it was refused for bad rows, which.
    Report(Box<ImportReport>),
    /// Why nothing was done, as a sentence.
    Refused(String),
}

/// How an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Reading.
    Running,
    /// Done.
    Done,
    /// Refused; nothing was changed.
    Refused,
    /// The process ended while it ran; nothing was changed.
    Interrupted,
}

impl RunState {
    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Interrupted => "interrupted",
        }
    }

    pub(super) fn from_key(key: &str) -> Self {
        [Self::Running, Self::Done, Self::Refused]
            .into_iter()
            .find(|state| state.key() == key)
            .unwrap_or(Self::Interrupted)
    }
}

/// The day in a file's name: `…20250422.csv`, `…_2023-11-16…`,
/// `…_31_August_2026`, `…31-08-2026`; of several, as in a file about a period,
/// the latest. An academic year (`2017-2018_england_…`) without a day stands for
/// its end, 31 August, so that an old file is not taken for today's.
#[must_use]
pub fn date_in_name(name: &str) -> Option<Date> {
    let parts: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let date = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        let (year, month, day) = (year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
        let fits = (2000..2100).contains(&year);
        fits.then(|| Date::new(year, month, day).ok()).flatten()
    };
    let joined = parts.iter().filter_map(|part| {
        let digits: String = part.chars().skip_while(|c| !c.is_ascii_digit()).collect();
        let whole = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        whole.then(|| date(number(&digits[..4]), number(&digits[4..6]), number(&digits[6..])))?
    });
    let apart = parts.windows(3).filter_map(|three| {
        let [a, b, c] = three else { return None };
        date(number(a), number(b), number(c))
            .or_else(|| date(number(c), number(b), number(a)))
            .or_else(|| date(number(c), month(b), number(a)))
    });
    let year = parts.windows(2).filter_map(|two| {
        let [a, b] = two else { return None };
        let (first, second) = (number(a)?, number(b)?);
        let follows = a.len() == 4 && (second == first + 1 || (b.len() == 2 && second == (first + 1) % 100));
        follows.then(|| date(Some(first + 1), Some(8), Some(31)))?
    });
    joined.chain(apart).max().or_else(|| year.max())
}

fn month(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = MONTHS.iter().position(|month| text.len() >= 3 && text.starts_with(month))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_often_tells_its_day() {
        let day = |name| date_in_name(name).map(|date| date.to_string());
        assert_eq!(day("links_edubasealldata20250422.csv").as_deref(), Some("2025-04-22"));
        assert_eq!(day("gias_2023-11-16.csv").as_deref(), Some("2023-11-16"));
        assert_eq!(
            day("Management_information_-_latest_inspections_as_at_31_August_2026.csv").as_deref(),
            Some("2026-08-31")
        );
        assert_eq!(day("events_1_September_2015_to_31_August_2019.csv").as_deref(), Some("2019-08-31"));
        assert_eq!(day("export 31-08-2026.xlsx").as_deref(), Some("2026-08-31"));
        assert_eq!(day("2017-2018_england_spine.xlsx").as_deref(), Some("2018-08-31"));
        assert_eq!(day("2018-19_census.csv").as_deref(), Some("2019-08-31"));
        assert_eq!(day("schools_2005-2026.csv"), None);
        assert_eq!(day("england_census.csv"), None);
        assert_eq!(day("file_99999999.csv"), None);
    }
}
