//! csv and xlsx in, with errors by cell; csv out.
//!
//! - [`table`]: a file's rows, one after the other, whatever its form.
//! - [`csv_out`]: a table for download.

pub mod csv_out;
mod csv_rows;
mod sniff;
pub mod table;
mod text;
mod workbook;

pub use table::{Table, TableError};
