//! Rows of a CSV file, streamed.
//!
//! The rules of CSV are the `csv` crate's, used one level down (`csv-core`), so
//! that a row's own line is known also after blank lines and `\r\n`, and so that
//! an unclosed quotation mark is an error and not a file-sized cell.

use crate::table::{Input, LONGEST_ROW, MOST_CELLS, MOST_LINES, TableError};
use crate::text::{Text, windows_1252};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use kernel::table::Row;

/// How many rows from the top decide what separates the cells.
const ROWS_FOR_DELIMITER: usize = 30;

/// A CSV file being read.
pub(crate) struct CsvRows {
    text: Text,
    chunk: Vec<u8>,
    /// Where in `chunk` the reading stands.
    at: usize,
    core: Reader,
    /// The text of the row's cells, one after the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// The line of the next byte, 1 for the first.
    line: u64,
    /// Whether the byte before was a `\r`, so that a `\n` is not another line.
    after_return: bool,
}

impl CsvRows {
    /// The rows of `input`, which starts with the bytes `start`.
    pub(crate) fn new(input: Box<dyn Input>, start: &[u8]) -> Result<Self, TableError> {
        let mut text = Text::new(input, start)?;
        let mut chunk = Vec::new();
        text.next_chunk(&mut chunk)?;
        let core = ReaderBuilder::new().delimiter(delimiter(&chunk)).build();
        Ok(Self {
            text,
            chunk,
            at: 0,
            core,
            cells: vec![0; 64 << 10],
            ends: vec![0; 256],
            line: 1,
            after_return: false,
        })
    }

    pub(crate) fn bytes_read(&self) -> u64 {
        let ahead = self.chunk.len().saturating_sub(self.at) as u64;
        self.text.bytes_read().saturating_sub(ahead)
    }

    pub(crate) fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        if !self.pass_line_ends()? {
            return Ok(false);
        }
        let line = self.line;
        let (mut filled, mut count, mut quotes) = (0, 0, 0_usize);
        loop {
            if self.at >= self.chunk.len() {
                self.text.next_chunk(&mut self.chunk)?;
                self.at = 0;
            }
            let input = self.chunk.get(self.at..).unwrap_or(&[]);
            let (result, taken, written, ended) = self.core.read_record(
                input,
                self.cells.get_mut(filled..).unwrap_or(&mut []),
                self.ends.get_mut(count..).unwrap_or(&mut []),
            );
            let at_end = input.is_empty();
            let taken_bytes = input.get(..taken).unwrap_or(&[]);
            quotes += taken_bytes.iter().filter(|byte| **byte == b'"').count();
            self.line += taken_bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.after_return = match taken_bytes.last() {
                Some(byte) => *byte == b'\r',
                None => self.after_return,
            };
            self.at += taken;
            filled += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    if self.cells.len() >= LONGEST_ROW {
                        return Err(TableError::UnclosedQuote { line });
                    }
                    self.cells.resize(self.cells.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    if self.ends.len() >= MOST_CELLS {
                        return Err(TableError::TooManyCells { line });
                    }
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::Record => {
                    // A lone `\r` ends a line too, as old files from a Mac have it.
                    if self.after_return {
                        self.line += 1;
                    }
                    if at_end && quotes % 2 == 1 {
                        return Err(TableError::UnclosedQuote { line });
                    }
                    break;
                }
                ReadRecordResult::End => return Ok(false),
            }
            if self.line.saturating_sub(line) > MOST_LINES {
                return Err(TableError::UnclosedQuote { line });
            }
        }
        self.copy_cells(filled, count, line, row)?;
        Ok(true)
    }

    /// Goes over line ends to the next byte of a row; false at the end of the file.
    fn pass_line_ends(&mut self) -> Result<bool, TableError> {
        loop {
            let Some(byte) = self.chunk.get(self.at) else {
                self.text.next_chunk(&mut self.chunk)?;
                self.at = 0;
                if self.chunk.is_empty() {
                    return Ok(false);
                }
                continue;
            };
            match byte {
                b'\r' => {
                    self.line += 1;
                    self.after_return = true;
                }
                b'\n' => {
                    if !self.after_return {
                        self.line += 1;
                    }
                    self.after_return = false;
                }
                _ => {
                    self.after_return = false;
                    return Ok(true);
                }
            }
            self.at += 1;
        }
    }

    fn copy_cells(&self, filled: usize, count: usize, line: u64, row: &mut Row) -> Result<(), TableError> {
        let bytes = self.cells.get(..filled).unwrap_or(&[]);
        let ends = self.ends.get(..count).unwrap_or(&[]);
        if bytes.contains(&0) {
            return Err(TableError::NotText { line });
        }
        row.restart(line);
        if let Ok(text) = std::str::from_utf8(bytes) {
            let mut start = 0;
            for end in ends {
                // `None` where a cell's end cuts a character: then the bytes only
                // happened to look like UTF-8 when the cells were put together.
                match text.get(start..*end) {
                    Some(cell) => row.push(cell),
                    None => {
                        copy_1252(bytes, ends, line, row);
                        return Ok(());
                    }
                }
                start = *end;
            }
            return Ok(());
        }
        copy_1252(bytes, ends, line, row);
        Ok(())
    }
}

fn copy_1252(bytes: &[u8], ends: &[usize], line: u64, row: &mut Row) {
    row.restart(line);
    let mut start = 0;
    for end in ends {
        row.push(&windows_1252(bytes.get(start..*end).unwrap_or(&[])));
        start = *end;
    }
}

/// What separates the cells: the comma, semicolon or tab that stands equally
/// often in most of the first rows, quoted text left aside. A title above the
/// header may hold any of them, but not equally often row after row.
fn delimiter(start: &[u8]) -> u8 {
    const KNOWN: [u8; 3] = [b',', b';', b'\t'];
    let mut rows: Vec<[usize; 3]> = Vec::new();
    let (mut counts, mut quoted, mut blank) = ([0; 3], false, true);
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    rows.push(counts);
                }
                (counts, blank) = ([0; 3], true);
                if rows.len() >= ROWS_FOR_DELIMITER {
                    break;
                }
                continue;
            }
            _ if quoted => {}
            _ => {
                if let Some(at) = KNOWN.iter().position(|known| known == byte) {
                    counts[at] += 1;
                }
            }
        }
        blank = false;
    }
    if !blank && rows.len() < ROWS_FOR_DELIMITER {
        rows.push(counts);
    }
    let steadiness = |which: usize| {
        rows.iter()
            .map(|row| row[which])
            .filter(|count| *count > 0)
            .map(|count| {
                let same = rows.iter().filter(|row| row[which] == count).count();
                (same, count)
            })
            .max()
            .unwrap_or_default()
    };
    // A row of many cells is a header, however few rows stand below it and
    // whatever marks stand in them.
    const MANY: usize = 10;
    let header =
        rows.iter().max_by_key(|row| row.iter().max().copied()).filter(|row| row.iter().any(|one| *one >= MANY));
    let in_header = |which: usize| header.is_none_or(|row| row[which] > 0);
    let mut best = (0..KNOWN.len()).find(|which| in_header(*which)).unwrap_or(0);
    for which in (best + 1)..KNOWN.len() {
        if in_header(which) && steadiness(which) > steadiness(best) {
            best = which;
        }
    }
    KNOWN[best]
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_the_steady_one() {
        assert_eq!(delimiter(b"a,b,c\n1,\"2;3;4\",5\n"), b',');
        assert_eq!(delimiter(b"a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n"), b';');
        assert_eq!(delimiter(b"a\tb\n1\t2,3\n"), b'\t');
        assert_eq!(delimiter(b"Outcomes; schools; England, all; 2017\nURN,Name\n1,2\n"), b',');
        assert_eq!(delimiter(b"a,b,c,d,e,f,g,h,i,j,k\n;\n;\n"), b',');
        assert_eq!(delimiter(b""), b',');
        assert_eq!(delimiter(b"one column\n1\n"), b',');
    }
}
