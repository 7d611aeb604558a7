//! Columns by name.

use kernel::table::Row;

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
}

impl Columns {
    /// Looks up each of the layout's columns in a header row.
    #[must_use]
    pub fn find(known: &[Column], header: &Row) -> Self {
        let header: Vec<String> = header.iter().map(fold).collect();
        let at: Vec<Option<usize>> = known
            .iter()
            .map(|column| {
                column
                    .names
                    .iter()
                    .find_map(|name| header.iter().position(|h| *h == fold(name)))
            })
            .collect();
        let names = known
            .iter()
            .map(|column| column.names.first().copied().unwrap_or_default().to_owned())
            .collect();
        Self { at, names }
    }

    /// The cell of the layout's column `index` in `row`, without surrounding
    /// blanks; empty where the file has no such column or the row ends before it.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, index: usize) -> &'r str {
        self.at
            .get(index)
            .copied()
            .flatten()
            .and_then(|at| row.get(at))
            .map_or("", str::trim)
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

    /// The name of the layout's column `index`, for a message.
    #[must_use]
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }
}

/// A column's name for comparison: without byte-order mark, case, and doubled blanks.
#[must_use]
pub(crate) fn fold(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
