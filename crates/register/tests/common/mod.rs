//! From a file's bytes to records, as an import does it.

use kernel::table::{BadCell, Row};
use papers::Table;
use register::readers::{About, Detected, Record, Taken};

/// The day and year that the tests give to files which do not say theirs.
pub(crate) fn about() -> About {
    About { as_of: kernel::Date::constant(2026, 1, 1), year: None }
}

/// All rows of a table; `None` where it is none.
pub(crate) fn rows(bytes: Vec<u8>) -> Option<Vec<Row>> {
    let mut table = Table::from_bytes("fixture", bytes).ok()?;
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while table.next_row(&mut row).ok()? {
        rows.push(row.clone());
    }
    Some(rows)
}

/// A row's line, what became of it, and what it said.
pub(crate) type Said = (u64, Result<Taken, BadCell>, Vec<Record>);

/// What became of each row below the header.
pub(crate) fn read(found: &Detected, rows: &[Row]) -> Vec<Said> {
    let mut reader = found.layout.open(&found.columns, &about());
    rows.iter()
        .skip(found.header_at + 1)
        .map(|row| {
            let mut out = Vec::new();
            let taken = reader.read(row, &mut out);
            (row.line(), taken, out)
        })
        .collect()
}
