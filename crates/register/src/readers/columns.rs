//! Columns by name.

use kernel::table::{BadCell, Row};
use std::collections::HashMap;

/// A column that a layout knows.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name, then the other names that it has had. Compared without case,
    /// with blanks folded: ‘Latest OEIF  safeguarding is effective?’ has two.
    pub names: &'static [&'static str],
    /// A file without it is not of this layout.
    pub required: bool,
}

/// Where a file's columns are: the index in the row for each column of the
/// layout, in the layout's order.
#[derive(Debug, Clone)]
pub struct Columns {
    at: Vec<Option<usize>>,
    names: Vec<String>,
    width: usize,
}

impl Columns {
    /// Looks up each of the layout's columns in a header row. Of two columns
    /// with the same name the first is taken.
    #[must_use]
    pub fn find(known: &[Column], header: &Row) -> Self {
        let mut positions: HashMap<String, usize> = HashMap::with_capacity(header.len());
        for (position, name) in header.iter().enumerate() {
            positions.entry(fold(name)).or_insert(position);
        }
        let at: Vec<Option<usize>> = known
            .iter()
            .map(|column| column.names.iter().find_map(|name| positions.get(&fold(name)).copied()))
            .collect();
        // A message names the column as the file does.
        let names = known
            .iter()
            .zip(&at)
            .map(|(column, at)| {
                at.and_then(|at| header.get(at))
                    .or_else(|| column.names.first().copied())
                    .unwrap_or_default()
                    .trim_start_matches('\u{feff}')
                    .trim()
                    .to_owned()
            })
            .collect();
        Self { at, names, width: header.len() }
    }

    /// The cell of the layout's column `index` in `row`, without surrounding
    /// blanks; empty where the file has no such column or the row ends before it.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, index: usize) -> &'r str {
        self.at.get(index).copied().flatten().and_then(|at| row.get(at)).map_or("", str::trim)
    }

    /// True where the file has the layout's column `index`.
    #[must_use]
    pub fn has(&self, index: usize) -> bool {
        self.at.get(index).copied().flatten().is_some()
    }

    /// Whether any of the layout's columns stands at `position` in the file.
    #[must_use]
    pub fn uses(&self, position: usize) -> bool {
        self.at.contains(&Some(position))
    }

    /// The name of the layout's column `index` as the file writes it, for a message.
    #[must_use]
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// The bad cell `value` in the layout's column `index`.
    #[must_use]
    pub fn bad(&self, row: &Row, index: usize, value: &str, expected: &str) -> BadCell {
        BadCell::new(row.line(), self.name(index), value, expected)
    }

    /// A row with more cells than the header has lost a quotation mark
    /// somewhere, so its cells stand in the wrong columns.
    ///
    /// # Errors
    /// The first cell beyond the header that holds something.
    pub fn check_width(&self, row: &Row) -> Result<(), BadCell> {
        for position in self.width..row.len() {
            if let Some(cell) = row.get(position).filter(|cell| !cell.trim().is_empty()) {
                let place = format!("{} (after the last column)", position + 1);
                let expected = "empty, as the header ends before it; perhaps a comma stands outside quotation marks";
                return Err(BadCell::new(row.line(), &place, cell, expected));
            }
        }
        Ok(())
    }
}

/// A column's name for comparison: without byte-order mark, case, and doubled blanks.
#[must_use]
pub(crate) fn fold(name: &str) -> String {
    name.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
