//! The school and its public record: imports, the register in memory, what a
//! page shows of a school.

mod access;
mod actions;
pub mod facts;
mod import;
mod kept;
mod merging;
mod model;
mod runs;
mod shelf;
mod store;

pub use access::{IMPORT, may_import};
pub use actions::{ResultTable, SchoolRecord, school, sources};
pub use import::import;
pub use kept::Kept;
pub use model::{Counts, ImportOrder, ImportReport, ImportRun, LeftOut, Outcome, RunState, Source, date_in_name};
pub use runs::{end_interrupted, run, runs, start};
pub use shelf::Shelf;
pub use store::{LOOKUPS, UPSERTS};
