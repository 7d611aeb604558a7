//! Data in, accessible SVG and its table out.
//!
//! Each picture is a function from a plain struct to a [`Chart`]: the picture
//! twice (wide, and narrow for a phone), and the same figures as a table.
//!
//! - [`path_of_a_cohort`]: how many became good, beside schools like them.
//! - [`map_of_schools`]: where schools are.
//! - [`timeline_of_a_school`]: what inspectors said, era by era.
//! - [`spread_of_views`]: who sees what how, on the school's own scale.
//! - [`run_chart`]: a measure over time, with what is more than chance.
//! - [`path_of_a_school`]: terms, what was done together, priorities, reviews.
//!
//! All pictures keep to the same rules. They have a viewBox and no size, so that
//! the page decides; no `style` attribute and no script, so that a strict
//! Content Security Policy holds; a title and a description for those who hear
//! them. Colour never stands alone: lines differ in their dashes, marks in their
//! shapes, and labels stand at what they name. Text is measured by the widest of
//! the usual fonts (see `text`), so that labels neither meet nor leave the
//! picture whatever font the page has.
//!
//! Classes begin with `chart-`; a page's style sheet may restyle by them, since
//! presentation attributes yield to any rule.

mod axis;
#[cfg(test)]
mod check;
mod cohort;
mod map;
mod path;
mod place;
mod run_chart;
mod spread;
mod svg;
mod table;
mod text;
mod timeline;

pub use cohort::{CohortPath, Line, Missing, Published, Step, path_of_a_cohort};
pub use map::{ATTRIBUTION, BadOutline, Dot, DotClass, Extent, Mark, Outlines, SchoolsMap, map_of_schools};
pub use path::{PathMark, PathPriority, PathReview, PathTerm, Rag, SchoolPath, path_of_a_school};
pub use run_chart::{Direction, RunChart, RunPoint, RunSignal, SignalKind, Target, run_chart};
pub use spread::{Spread, StatementViews, spread_of_views};
pub use table::{Chart, ChartTable};
pub use timeline::{CardCount, Era, Event, Kind, ReportCard, Timeline, timeline_of_a_school};
