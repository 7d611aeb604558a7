//! A table in a file: rows one after the other, whether CSV or XLSX.

use crate::{csv_rows::CsvRows, sniff, workbook::Workbook};
use kernel::table::Row;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

/// Longest row, bytes of text. A longer one is an unclosed quotation mark.
pub const LONGEST_ROW: usize = 4 << 20;
/// Most cells in a row, as many as a spreadsheet has columns.
pub const MOST_CELLS: usize = 16_384;
/// Most lines over which one row may run: cells may hold line breaks, but a
/// row of more lines is an unclosed quotation mark.
pub const MOST_LINES: u64 = 500;
/// Largest size to which a workbook may unpack, bytes.
pub const LARGEST_UNPACKED: u64 = 512 << 20;

/// Where a table's bytes come from.
pub(crate) trait Input: Read + Seek + Send {}
impl<T: Read + Seek + Send> Input for T {}

/// Why a file or one of its rows cannot be read. Written to be read aloud; the
/// file's name is added by whoever knows it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The disk or the upload failed.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Another kind of file.
    #[error("this is {what}, not a CSV or XLSX table: {advice}")]
    NotATable {
        /// What it is: ‘a PDF’.
        what: &'static str,
        /// What to do.
        advice: String,
    },
    /// Bytes that no text holds.
    #[error("line {line} holds a zero byte, so this is not a text file: save the table as ‘CSV UTF-8’ or as XLSX")]
    NotText {
        /// The line, 1 for the first.
        line: u64,
    },
    /// A row beyond all measure.
    #[error("the row that starts at line {line} does not end: a quotation mark is probably not closed")]
    UnclosedQuote {
        /// The line at which the row starts, 1 for the first.
        line: u64,
    },
    /// More columns than any spreadsheet has.
    #[error("the row at line {line} has more than {MOST_CELLS} cells")]
    TooManyCells {
        /// The line at which the row starts, 1 for the first.
        line: u64,
    },
    /// A workbook that would fill the memory.
    #[error(
        "the workbook unpacks to more than {} megabytes: save the one sheet that is needed as CSV",
        LARGEST_UNPACKED >> 20
    )]
    TooLarge,
    /// A workbook that breaks the rules of its format.
    #[error(
        "the workbook is damaged ({0}): open it in a spreadsheet program and save it again, or save the sheet as CSV"
    )]
    Damaged(String),
    /// A sheet was asked for that is not there.
    #[error("there is no sheet ‘{given}’; the sheets are: {known}")]
    NoSuchSheet {
        /// What was asked for.
        given: String,
        /// The sheets, separated by commas.
        known: String,
    },
}

/// The rows of one file. A CSV is streamed and takes the same memory whatever
/// its size; of a workbook the chosen sheet is held, as text.
pub struct Table {
    name: String,
    total: u64,
    rows: Rows,
}

enum Rows {
    Csv(Box<CsvRows>),
    Workbook(Box<Workbook>),
}

impl Table {
    /// Opens the file at `path`, by its content and not by its extension.
    ///
    /// # Errors
    /// Where it cannot be opened, is empty, or is neither CSV nor XLSX.
    pub fn open(path: &Path) -> Result<Self, TableError> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(TableError::NotATable { what: "a folder", advice: "name the file in it".to_owned() });
        }
        Self::read(&name, Box::new(file))
    }

    /// Opens an upload. `name` is only for [`Table::name`].
    ///
    /// # Errors
    /// Where it is empty or neither CSV nor XLSX.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, TableError> {
        Self::read(name, Box::new(Cursor::new(bytes)))
    }

    fn read(name: &str, mut input: Box<dyn Input>) -> Result<Self, TableError> {
        let total = input.seek(SeekFrom::End(0))?;
        input.seek(SeekFrom::Start(0))?;
        let mut start = Vec::with_capacity(sniff::LOOK_AT);
        input.by_ref().take(sniff::LOOK_AT as u64).read_to_end(&mut start)?;
        input.seek(SeekFrom::Start(0))?;
        let rows = match sniff::form(&start)? {
            sniff::Form::Zip => Rows::Workbook(Box::new(Workbook::open(input)?)),
            sniff::Form::Text => Rows::Csv(Box::new(CsvRows::new(input, &start)?)),
        };
        Ok(Self { name: name.to_owned(), total, rows })
    }

    /// The file's name, without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The workbook's sheets in their order, hidden ones left out; none for a CSV.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        match &self.rows {
            Rows::Csv(_) => &[],
            Rows::Workbook(book) => book.sheets(),
        }
    }

    /// The sheet that is being read: the first until another is chosen. None for a CSV.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        match &self.rows {
            Rows::Csv(_) => None,
            Rows::Workbook(book) => Some(book.sheet()),
        }
    }

    /// Reads the sheet of this name, from its first row.
    ///
    /// # Errors
    /// Where there is none; a CSV has none at all.
    pub fn choose_sheet(&mut self, name: &str) -> Result<(), TableError> {
        match &mut self.rows {
            Rows::Csv(_) => Err(TableError::NoSuchSheet {
                given: name.to_owned(),
                known: "none, for this is a CSV file".to_owned(),
            }),
            Rows::Workbook(book) => book.choose(name),
        }
    }

    /// Fills `row` with the next row; false at the end. Lines (CSV) and rows
    /// (XLSX) without any cell are passed over, but counted.
    ///
    /// # Errors
    /// Where the file breaks off or breaks its format; there is no going on then.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        match &mut self.rows {
            Rows::Csv(rows) => rows.next_row(row),
            Rows::Workbook(book) => book.next_row(row),
        }
    }

    /// How far the reading has come, bytes of the file; for a bar of progress.
    /// Never more than [`Table::total_bytes`].
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        match &self.rows {
            Rows::Csv(rows) => rows.bytes_read().min(self.total),
            Rows::Workbook(book) => (book.share_read() * self.total as f64) as u64,
        }
    }

    /// The file's size, bytes.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.total
    }
}
