//! The words everything else is written in: school numbers, dates and academic
//! years, the clock, and a row of a table with its place in the file.
//!
//! No I/O here, with one exception: [`clock::SystemClock`] asks the machine for
//! the time, so that nothing else has to.

pub mod clock;
pub mod ids;
pub mod table;
pub mod words;
pub mod years;

pub use clock::{Clock, FixedClock, SystemClock};
pub use ids::{LaEstab, Urn};
pub use jiff::{Timestamp, civil::Date};
pub use years::AcademicYear;
