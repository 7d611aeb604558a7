//! Rows of SQLite.

use crate::{StoreError, value::unreadable};
use rusqlite::types::ValueRef;
use serde_json::{Value as Json, json};

/// A row of SQLite: its cells, and the text of all of them in one piece.
#[derive(Debug)]
pub struct Cells {
    cells: Vec<Cell>,
    text: String,
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    Null,
    Int(i64),
    Real(f64),
    /// Where its text begins and ends.
    Text(usize, usize),
}

impl Cells {
    /// The row on which a statement stands.
    pub(super) fn of(row: &rusqlite::Row<'_>, width: usize) -> Result<Self, StoreError> {
        let mut all = Self { cells: Vec::with_capacity(width), text: String::new() };
        for column in 0..width {
            let cell = match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(value) => Cell::Int(value),
                ValueRef::Real(value) => Cell::Real(value),
                ValueRef::Text(bytes) => {
                    let from = all.text.len();
                    all.text.push_str(std::str::from_utf8(bytes).map_err(|_| unreadable("bytes", "text"))?);
                    Cell::Text(from, all.text.len())
                }
                ValueRef::Blob(_) => return Err(unreadable("bytes", "text")),
            };
            all.cells.push(cell);
        }
        Ok(all)
    }

    fn cell(&self, column: usize) -> Result<Cell, StoreError> {
        self.cells.get(column).copied().ok_or_else(|| unreadable("no column", "one more column"))
    }

    pub(crate) fn int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Int(value) => Ok(Some(value)),
            other => Err(self.unexpected(other, "a whole number")),
        }
    }

    pub(crate) fn real(&self, column: usize) -> Result<Option<f64>, StoreError> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Real(value) => Ok(Some(value)),
            other => Err(self.unexpected(other, "a number with a point")),
        }
    }

    pub(crate) fn flag(&self, column: usize) -> Result<Option<bool>, StoreError> {
        Ok(self.int(column)?.map(|value| value != 0))
    }

    pub(crate) fn str(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Text(from, to) => Ok(self.text.get(from..to)),
            other => Err(self.unexpected(other, "text")),
        }
    }

    pub(crate) fn text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.str(column)?.map(str::to_owned))
    }

    /// All of them, as a backup has them.
    pub(crate) fn json(&self) -> Vec<Json> {
        self.cells.iter().map(|cell| self.json_of(*cell)).collect()
    }

    fn json_of(&self, cell: Cell) -> Json {
        match cell {
            Cell::Null => Json::Null,
            Cell::Int(value) => json!(value),
            Cell::Real(value) => json!(value),
            Cell::Text(from, to) => json!(self.text.get(from..to)),
        }
    }

    fn unexpected(&self, cell: Cell, expected: &'static str) -> StoreError {
        unreadable(&self.json_of(cell).to_string(), expected)
    }
}
