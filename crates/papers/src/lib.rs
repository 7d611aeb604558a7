//! csv and xlsx in, with errors by cell; csv out.
pub mod table;
