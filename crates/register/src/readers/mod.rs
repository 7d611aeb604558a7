//! From the rows of a government file to the records of the public record.
//!
//! A layout is known by the names in its header, never by the file's name. To
//! add one: a file here with a [`Layout`], and its line in [`LAYOUTS`].
//!
//! ```text
//! papers: bytes → rows        detect: rows → layout and columns       open → read: row → records
//! ```

mod columns;
mod detect;
mod gias_2023;
mod gias_all;
mod gias_characteristics;
mod gias_min;
mod gias_open_2026;
mod gias_schools_2020;
mod links;
pub mod ofsted;
mod results;
mod results_absence;
mod results_census;
mod results_ks2_copy;
mod results_ks2_levels;
mod results_ks2_scaled;
mod results_spine;
mod schools;
mod support;
pub mod values;

pub use columns::{Column, Columns};
pub use detect::{DetectError, Detected, ROWS_TO_LOOK_AT, detect, detect_as};

use crate::{
    inspection::InspectionSheet, lineage::Link, results::ResultSheet, school::SchoolSheet,
};
use kernel::table::{BadCell, Row};
use kernel::{AcademicYear, Date};

/// All layouts that can be read. Detection tries each and takes the one that
/// knows most of the header's columns; so a wide layout goes before a reduced
/// one only where they tie.
pub static LAYOUTS: &[&dyn Layout] = &[
    &ofsted::HISTORY,
    &ofsted::REPORT_CARDS,
    &ofsted::EVENTS_2005_2015,
    &ofsted::MI_2015_2019,
    &ofsted::LATEST_2019_2025,
    &ofsted::IN_YEAR_2019_2025,
    &ofsted::IN_YEAR_2025,
    &ofsted::LATEST_2025,
    gias_all::GIAS_ALL,
    gias_2023::GIAS_2023,
    gias_min::GIAS_MIN,
    gias_open_2026::GIAS_OPEN_2026,
    gias_characteristics::GIAS_CHARACTERISTICS,
    gias_schools_2020::SCHOOLS_2020,
    links::GIAS_LINKS,
    results_spine::SPINE,
    results_ks2_levels::KS2_LEVELS,
    results_ks2_scaled::KS2_SCALED,
    results_ks2_copy::KS2_COPY,
    results_census::CENSUS,
    results_absence::ABSENCE,
    support::RISE,
];

/// One layout of one publisher's file.
pub trait Layout: Sync {
    /// Short name for `--layout` and reports: `gias-all`.
    fn id(&self) -> &'static str;
    /// What people call it: ‘GIAS, all establishment data’.
    fn title(&self) -> &'static str;
    /// Who publishes it: ‘Department for Education’, ‘Ofsted’ …
    fn publisher(&self) -> &'static str;
    /// Columns that it knows; a header's other columns are reported as unknown.
    fn columns(&self) -> &'static [Column];
    /// Readies a reader for a file with these columns.
    fn open(&self, columns: &Columns, about: &About) -> Box<dyn RowReader>;
}

/// Reads one row after the other.
pub trait RowReader: Send {
    /// Adds what `row` says to `out`. A row that is of no interest (a national
    /// total, a blank line) adds nothing and is [`Taken::LeftOut`] with the reason.
    ///
    /// # Errors
    /// The first cell that cannot be used; then nothing of the row is added.
    fn read(&mut self, row: &Row, out: &mut Vec<Record>) -> Result<Taken, BadCell>;
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It said something.
    Read,
    /// It is not about a school, for this reason: ‘a total for England or an authority’.
    LeftOut(&'static str),
}

/// What a file does not say of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The day on which the file's facts stood.
    pub as_of: Date,
    /// The academic year of its results, where it is a results file that does not say.
    pub year: Option<AcademicYear>,
}

/// One thing that a row says.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// Facts about a school.
    School(SchoolSheet),
    /// A link between two URNs.
    Link(Link),
    /// An inspection.
    Inspection(InspectionSheet),
    /// Results of a school.
    Results(ResultSheet),
}
