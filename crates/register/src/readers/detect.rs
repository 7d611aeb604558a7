//! Which layout a file has.

use super::{Columns, LAYOUTS, Layout, columns::fold};
use kernel::table::Row;
use std::collections::HashSet;

/// How many rows from the top may stand above the header.
pub const ROWS_TO_LOOK_AT: usize = 20;

/// A file's layout, its header's place and its columns.
pub struct Detected {
    /// The layout.
    pub layout: &'static dyn Layout,
    /// The header's index among the rows given (0 for the first).
    pub header_at: usize,
    /// Where the columns are.
    pub columns: Columns,
    /// Columns of the file that the layout does not know, as they are written.
    pub unknown: Vec<String>,
}

/// Why no layout was found.
#[derive(Debug, thiserror::Error)]
pub enum DetectError {
    /// No row of the first [`ROWS_TO_LOOK_AT`] is a header that is known.
    #[error(
        "no row among the first {looked} is the header of a known layout; the nearest is ‘{nearest}’, which also needs {missing}"
    )]
    Unknown {
        /// How many rows were looked at.
        looked: usize,
        /// The layout that shares most columns.
        nearest: &'static str,
        /// Its required columns that the file lacks, in words.
        missing: String,
    },
    /// `--layout` names none of them.
    #[error("there is no layout ‘{given}’; the layouts are: {known}")]
    NoSuchLayout {
        /// What was given.
        given: String,
        /// The short names, separated by commas.
        known: String,
    },
}

/// The layout of a file by its first rows ([`ROWS_TO_LOOK_AT`] are enough).
///
/// # Errors
/// Where no row is the header of a known layout: the nearest layout and what it lacks.
pub fn detect(first: &[Row]) -> Result<Detected, DetectError> {
    best(first, LAYOUTS)
}

/// The file read as the layout with this short name.
///
/// # Errors
/// Where there is no such layout or the header lacks a column that it needs.
pub fn detect_as(first: &[Row], id: &str) -> Result<Detected, DetectError> {
    match LAYOUTS.iter().position(|layout| layout.id() == id) {
        Some(at) => best(first, &LAYOUTS[at..=at]),
        None => Err(DetectError::NoSuchLayout {
            given: id.to_owned(),
            known: LAYOUTS.iter().map(|layout| layout.id()).collect::<Vec<_>>().join(", "),
        }),
    }
}

fn best(first: &[Row], layouts: &[&'static dyn Layout]) -> Result<Detected, DetectError> {
    let mut found: Option<(usize, usize, &'static dyn Layout)> = None;
    let mut nearest: Option<(usize, &'static dyn Layout, String)> = None;
    let rows = &first[..first.len().min(ROWS_TO_LOOK_AT)];
    let known: Vec<Vec<Vec<String>>> = layouts.iter().map(|layout| folded(*layout)).collect();
    for (header_at, row) in rows.iter().enumerate() {
        let names: HashSet<String> = row.iter().map(fold).collect();
        for (layout, known) in layouts.iter().zip(&known) {
            let has: Vec<bool> = known.iter().map(|column| column.iter().any(|name| names.contains(name))).collect();
            let shared = has.iter().filter(|has| **has).count();
            let missing: Vec<&str> = layout
                .columns()
                .iter()
                .zip(&has)
                .filter(|(column, has)| column.required && !**has)
                .filter_map(|(column, _)| column.names.first().copied())
                .collect();
            if missing.is_empty() {
                if found.as_ref().is_none_or(|(most, ..)| shared > *most) {
                    found = Some((shared, header_at, *layout));
                }
            } else if nearest.as_ref().is_none_or(|(most, ..)| shared > *most) {
                nearest = Some((shared, *layout, missing.join(", ")));
            }
        }
    }
    if let Some((_, header_at, layout)) = found {
        let header = &rows[header_at];
        let columns = Columns::find(layout.columns(), header);
        let unknown = header
            .iter()
            .enumerate()
            .filter(|(position, name)| !columns.uses(*position) && !name.trim().is_empty())
            .map(|(_, name)| name.trim().to_owned())
            .collect();
        return Ok(Detected { layout, header_at, columns, unknown });
    }
    let (nearest, missing) =
        nearest.map(|(_, layout, missing)| (layout.title(), missing)).unwrap_or(("none", "a header".to_owned()));
    Err(DetectError::Unknown { looked: rows.len(), nearest, missing })
}

/// The names of a layout's columns, as they are compared.
fn folded(layout: &dyn Layout) -> Vec<Vec<String>> {
    layout.columns().iter().map(|column| column.names.iter().map(|name| fold(name)).collect()).collect()
}
