//! A table for people: a name, a head, rows of typed cells. The same sheet goes
//! out as CSV and as a sheet of a workbook.

use crate::csv_out::CsvOut;
use kernel::{Date, Timestamp};
use std::io;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A moment, shown in UTC.
    Moment(Timestamp),
}

impl Cell {
    /// Text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty sheet. Spreadsheets take names of at most 31 characters.
    #[must_use]
    pub fn new<'h>(name: &str, head: impl IntoIterator<Item = &'h str>) -> Self {
        let name = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\'));
        let name = first_units(name, 31);
        Self { name, head: head.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The columns' names.
    #[must_use]
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }
}

/// The first characters that take at most `most` units of UTF-16, which is what
/// spreadsheets count.
pub(crate) fn first_units(chars: impl Iterator<Item = char>, most: usize) -> String {
    let mut units = 0;
    chars
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect()
}

/// A moment as a spreadsheet shows it: ‘2026-11-24 09:00:00’.
pub(crate) fn moment(at: Timestamp) -> String {
    let utc = jiff::tz::Offset::UTC.to_datetime(at);
    format!("{} {:02}:{:02}:{:02}", utc.date(), utc.hour(), utc.minute(), utc.second())
}

/// The sheet as CSV with a byte-order mark, by which spreadsheets know UTF-8.
///
/// # Errors
/// Writing to memory does not fail; the form of a writer asks for it.
pub fn csv(sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut out = CsvOut::for_spreadsheets(Vec::new())?;
    out.row(&sheet.head)?;
    for row in &sheet.rows {
        out.row(row.iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Moment(at) => moment(*at),
        }))?;
    }
    out.finish()
}
