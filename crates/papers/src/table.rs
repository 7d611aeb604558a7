//! Rows of a CSV file.
use kernel::table::Row;
use std::path::Path;

/// A table being read.
pub struct Table { reader: csv::Reader<std::fs::File>, record: csv::ByteRecord }

/// What is wrong with a file as a whole.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Reading.
    #[error("{0}")]
    Csv(#[from] csv::Error),
}

impl Table {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(path: &Path) -> Result<Self, TableError> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path)?;
        Ok(Self { reader, record: csv::ByteRecord::new() })
    }
    /// The next row.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        if !self.reader.read_byte_record(&mut self.record)? { return Ok(false) }
        row.restart(self.record.position().map_or(0, csv::Position::line));
        for cell in &self.record { row.push(&String::from_utf8_lossy(cell)); }
        Ok(true)
    }
    /// Bytes so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 { self.reader.position().byte() }
}
