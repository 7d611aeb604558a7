//! csv and xlsx in, with errors by cell; csv, xlsx, docx, pdf and ics out.
//!
//! - [`table`]: a file's rows, one after the other, whatever its form.
//! - [`csv_out`]: a table for download.
//! - [`sheet`]: a table for people, for either form; [`xlsx_out`]: sheets as a workbook.
//! - [`paper`]: what a school hands to somebody; [`docx`], [`pdf`] and
//!   [`xlsx_out::paper`] write it.
//! - [`ics`]: a calendar feed.

pub mod csv_out;
mod csv_rows;
pub mod docx;
mod fonts;
pub mod ics;
pub mod paper;
mod paper_sheets;
pub mod pdf;
mod picture;
pub mod sheet;
mod sniff;
pub mod table;
mod text;
mod workbook;
pub mod xlsx_out;

pub use table::{Table, TableError};
