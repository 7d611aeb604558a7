//! Comparison groups, time to good, intervals, what a design could have seen.
//!
//! Pure arithmetic: counts and dates in, figures out. Every public function says
//! by which published method it works, so that an evaluator can do it again by
//! other means; `tests/golden` holds what other software says to the same input.
//!
//! - [`interval`]: what a share of a small group may stand for.
//! - [`detectable`]: how large a difference a design could have seen at all.
//! - [`difference`]: two shares beside one another.
//! - [`path`]: how many of a group were good or equivalent, date by date.
//! - [`run_chart`]: has a measure changed beyond what chance does.

pub mod detectable;
pub mod difference;
pub mod interval;
pub mod path;
pub mod run_chart;

pub use detectable::{Design, smallest_fall, smallest_gain};
pub use difference::{Difference, difference};
pub use interval::{Interval, LEVEL, clopper_pearson, wilson};
pub use path::{Bounds, Judged, Point, Standing, Unit, bounds, path, standing_on, up_to};

/// `part / whole` as a share from 0 to 1; 0 where the whole is empty.
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of schools are far below 2^52")]
    let share = part as f64 / whole as f64;
    share
}
