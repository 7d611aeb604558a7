//! Agreement between people who judged the same statements.
//!
//! Pure arithmetic on [`Ratings`]. Every public function says by which published
//! method it works; `tests/golden` holds what other software says to the same
//! input. Nothing here averages views: agreement is computed so that people talk
//! about what they see differently, not so that they need not.
//!
//! - [`ratings`]: who said what of which statement.
//! - [`kappa`]: two raters, such as a school and its adviser.
//! - [`alpha`]: any number of raters, of whom some left statements out.
//! - [`bootstrap`]: what alpha may stand for.
//! - [`reading`]: the sentence that a figure with its interval bears.
//! - [`differing`]: how far views of one statement lie apart.
//!
//! Forecasts, their pooling and scores will stand here too.

pub mod alpha;
pub mod bootstrap;
pub mod differing;
pub mod kappa;
pub mod ratings;
pub mod reading;

pub use alpha::{Metric, krippendorff_alpha};
pub use bootstrap::{AlphaInterval, DRAWS, alpha_interval};
pub use differing::{Differing, differing, most_apart_first};
pub use kappa::{Weights, weighted_kappa};
pub use ratings::{BadRatings, NoAgreement, Ratings};
pub use reading::{Reading, read};

/// A count as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "numbers of views are far below 2^52")]
pub(crate) fn real(n: usize) -> f64 {
    n as f64
}
