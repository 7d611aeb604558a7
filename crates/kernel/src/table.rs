//! A row of a table, as text, with its place in the file.
//!
//! `papers` makes rows from CSV and XLSX; `register` gives them meaning. Neither
//! knows the other, so what they share stands here.

/// One row: its cells as text, and the line at which it stands in the file
/// (1 for the first). Reused from row to row, so that a long file costs no
/// allocation a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    line: u64,
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// An empty row at `line`.
    #[must_use]
    pub fn at(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// A row at `line` with these cells.
    #[must_use]
    pub fn of(line: u64, cells: &[&str]) -> Self {
        let mut row = Self::at(line);
        for cell in cells {
            row.push(cell);
        }
        row
    }

    /// Empties the row and moves it to `line`.
    pub fn restart(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell at the right.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// The line in the file, 1 for the first. In a spreadsheet, the row number.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell in column `index` (from 0), or `None` beyond the row's end.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Some(&self.text[start..end])
    }

    /// How many cells the row has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where the row has no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cells from left to right.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// A cell that cannot be used: where it is, what it holds, what was expected.
/// The file's name is added by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("row {row}, column ‘{column}’: ‘{value}’ is not {expected}")]
pub struct BadCell {
    /// The row in the file, 1 for the first.
    pub row: u64,
    /// The column's name in the file's header.
    pub column: String,
    /// What stands there, cut to 80 characters.
    pub value: String,
    /// What was expected, as the end of a sentence: ‘a date such as 31/08/2026’.
    pub expected: String,
}

impl BadCell {
    /// A bad cell; `value` is cut to 80 characters.
    #[must_use]
    pub fn new(row: u64, column: &str, value: &str, expected: &str) -> Self {
        Self { row, column: column.to_owned(), value: value.chars().take(80).collect(), expected: expected.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_went_in() {
        let mut row = Row::of(3, &["a", "", "ç"]);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["a", "", "ç"]);
        assert_eq!((row.get(2), row.get(3), row.line()), (Some("ç"), None, 3));
        row.restart(4);
        assert!(row.is_empty());
    }
}
