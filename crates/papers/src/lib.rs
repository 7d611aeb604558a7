//! csv and xlsx in, with errors by cell; csv and xlsx out.
//!
//! - [`table`]: a file's rows, one after the other, whatever its form.
//! - [`csv_out`]: a table for download.
//! - [`sheet`]: a table for people, for either form; [`xlsx_out`]: sheets as a workbook.
//! - [`paper`]: what a school hands to somebody; as Word, tagged PDF and Excel.
//! - [`ics`]: a calendar feed.

pub mod csv_out;
mod csv_rows;
pub mod ics;
pub mod paper;
mod paper_sheets;
pub mod sheet;
mod sniff;
pub mod table;
mod text;
mod workbook;
pub mod xlsx_out;

pub use table::{Table, TableError};
