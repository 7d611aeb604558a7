//! Ofsted's files, and public copies of them.
//!
//! Every layout is a [`Table`]: its columns, and which of them make one
//! inspection. Reading is the same for all (`row.rs`). To add one: its table
//! in a file here, and its line in [`super::LAYOUTS`].

mod cells;
mod context;
mod history;
mod mi_2005_2015;
mod mi_2015_2019;
mod mi_2019_2025;
mod mi_2025;
mod report_cards;
mod row;
mod table;
#[cfg(test)]
mod tests;

pub use history::HISTORY;
pub use mi_2005_2015::EVENTS_2005_2015;
pub use mi_2015_2019::MI_2015_2019;
pub use mi_2019_2025::{IN_YEAR_2019_2025, LATEST_2019_2025};
pub use mi_2025::{IN_YEAR_2025, LATEST_2025};
pub use report_cards::REPORT_CARDS;
pub use table::Table;
