//! A table for download, as CSV.

use std::io::{self, Write};

/// Writes rows as CSV: UTF-8, commas, `\r\n` at line ends, quotation marks
/// where a cell needs them. A text cell that a spreadsheet would take for a
/// formula gets a leading apostrophe.
pub struct CsvOut<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> CsvOut<W> {
    /// A table without a byte-order mark, for programs.
    #[must_use]
    pub fn new(out: W) -> Self {
        let rows = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(out);
        Self { rows }
    }

    /// A table with a byte-order mark, by which spreadsheets know UTF-8.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn for_spreadsheets(mut out: W) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        Ok(Self::new(out))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn row<I>(&mut self, cells: I) -> io::Result<()>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        for cell in cells {
            let cell = cell.as_ref();
            if is_formula(cell) {
                self.rows.write_field(format!("'{cell}"))?;
            } else {
                self.rows.write_field(cell)?;
            }
        }
        self.rows.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is left and gives the output back.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.rows.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
    }
}

/// Whether a spreadsheet could run the cell. A number may start with a sign.
fn is_formula(cell: &str) -> bool {
    let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    starts && !is_number(cell)
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let mut out = CsvOut::new(Vec::new());
        out.row(cells).unwrap();
        String::from_utf8(out.finish().unwrap()).unwrap()
    }

    #[test]
    fn quotes_stand_where_they_must() {
        assert_eq!(written(&["a", "b,c", "say \"d\"", "two\nlines"]), "a,\"b,c\",\"say \"\"d\"\"\",\"two\nlines\"\r\n");
        assert_eq!(written(&[""]), "\"\"\r\n");
    }

    #[test]
    fn formulas_are_only_text() {
        assert_eq!(written(&["=1+1", "@a", "-b"]), "'=1+1,'@a,'-b\r\n");
        assert_eq!(written(&["-3.5", "+4", "-12%"]), "-3.5,+4,-12%\r\n");
        assert_eq!(written(&["-1+1", "-"]), "'-1+1,'-\r\n");
    }

    #[test]
    fn the_mark_comes_first() {
        let mut out = CsvOut::for_spreadsheets(Vec::new()).unwrap();
        out.row(["é"]).unwrap();
        assert_eq!(out.finish().unwrap(), "\u{feff}é\r\n".as_bytes());
    }
}
