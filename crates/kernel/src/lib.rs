//! The words everything else is written in: school numbers, dates and academic
//! years, the clock, and a row of a table with its place in the file.
//!
//! No I/O here, with two exceptions: [`SystemClock`] asks the machine for the time
//! and [`SystemChance`] for random bytes, so that nothing else has to.

pub mod calendar;
pub mod chance;
pub mod clock;
pub mod ids;
pub mod page;
pub mod pupil;
pub mod table;
pub mod words;
pub mod years;

pub use calendar::{Calendar, Season, Term};
pub use chance::{Chance, SeededChance, SystemChance};
pub use clock::{Clock, FixedClock, SystemClock};
pub use ids::{LaEstab, Urn};
pub use jiff::{Timestamp, civil::Date};
pub use page::Page;
pub use years::AcademicYear;
