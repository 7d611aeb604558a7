//! Intervals for a share: what `good` of `of` may stand for.

use statrs::distribution::{Beta, ContinuousCDF, Normal};

/// The level at which the pages show intervals: 95 %.
pub const LEVEL: f64 = 0.95;

/// A range of shares, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Nothing known: from 0 to 1.
    pub const UNKNOWN: Self = Self {
        low: 0.0,
        high: 1.0,
    };

    /// True where `share` lies within, ends included.
    #[must_use]
    pub fn contains(self, share: f64) -> bool {
        self.low <= share && share <= self.high
    }
}

/// The exact interval for `good` of `of` at `level` (such as [`LEVEL`]): the
/// shares that neither one-sided binomial test at (1 − level)/2 rejects. It is
/// the default on pages because it never promises more than its level; it is
/// wider than need be for very small groups, which errs on the honest side.
///
/// Method: Clopper and Pearson (1934), Biometrika 26, 404–413, by quantiles of
/// the beta distribution: `low = B(α/2; k, n−k+1)`, `high = B(1−α/2; k+1, n−k)`,
/// with 0 and 1 at the ends.
///
/// `good` above `of` counts as all of them; nobody known gives 0 to 1.
#[must_use]
pub fn clopper_pearson(good: u64, of: u64, level: f64) -> Interval {
    if of == 0 {
        return Interval::UNKNOWN;
    }
    let good = good.min(of);
    let tail = tail(level);
    let (k, n) = (count(good), count(of));
    let low = if good == 0 {
        0.0
    } else {
        beta_quantile(tail, k, n - k + 1.0).unwrap_or(0.0)
    };
    let high = if good == of {
        1.0
    } else {
        beta_quantile(1.0 - tail, k + 1.0, n - k).unwrap_or(1.0)
    };
    Interval { low, high }
}

/// Wilson's score interval for `good` of `of` at `level`: about right on
/// average rather than at least; the building block of [`crate::difference`].
///
/// Method: Wilson (1927), JASA 22, 209–212, without continuity correction.
///
/// `good` above `of` counts as all of them; nobody known gives 0 to 1.
#[must_use]
pub fn wilson(good: u64, of: u64, level: f64) -> Interval {
    if of == 0 {
        return Interval::UNKNOWN;
    }
    let good = good.min(of);
    let z = Normal::standard().inverse_cdf(1.0 - tail(level));
    let n = count(of);
    let p = crate::share(good, of);
    let z2 = z * z / n;
    let middle = (p + z2 / 2.0) / (1.0 + z2);
    let half = (z2 * (p * (1.0 - p) + z2 / 4.0)).sqrt() / (1.0 + z2);
    // At none and at all the formula gives exactly 0 and 1; say so despite rounding.
    Interval {
        low: if good == 0 {
            0.0
        } else {
            (middle - half).clamp(0.0, p)
        },
        high: if good == of {
            1.0
        } else {
            (middle + half).clamp(p, 1.0)
        },
    }
}

/// The probability left out at each side. A level that is none (not a number,
/// or outside 0 to 1) is drawn to the nearest that works, so that a slip in
/// configuration widens an interval and never ends a page.
fn tail(level: f64) -> f64 {
    let level = if level.is_nan() { LEVEL } else { level };
    (1.0 - level.clamp(0.0, 1.0 - 1e-9)) / 2.0
}

fn beta_quantile(probability: f64, a: f64, b: f64) -> Option<f64> {
    let quantile = Beta::new(a, b).ok()?.inverse_cdf(probability);
    quantile.is_finite().then(|| quantile.clamp(0.0, 1.0))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of schools are far below 2^52"
)]
fn count(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nobody_known_says_nothing() {
        assert_eq!(clopper_pearson(0, 0, LEVEL), Interval::UNKNOWN);
        assert_eq!(wilson(3, 0, LEVEL), Interval::UNKNOWN);
    }

    #[test]
    fn the_pilot_s_published_share_may_stand_for_44_to_80_per_cent() {
        let interval = clopper_pearson(19, 30, LEVEL);
        assert_eq!(kernel::words::percent(interval.low), "44%");
        assert_eq!(kernel::words::percent(interval.high), "80%");
    }

    #[test]
    fn a_level_that_is_none_ends_nothing() {
        for level in [f64::NAN, -1.0, 0.0, 1.0, 7.0, f64::INFINITY] {
            let interval = clopper_pearson(3, 7, level);
            assert!(interval.low.is_finite() && interval.high.is_finite());
        }
    }

    proptest! {
        #[test]
        fn an_interval_contains_its_share(of in 1_u64..4000, part in 0.0_f64..=1.0, level in 0.5_f64..0.999) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a test's whole number below 4000")]
            let good = (of as f64 * part) as u64;
            let share = crate::share(good, of);
            for interval in [clopper_pearson(good, of, level), wilson(good, of, level)] {
                prop_assert!(interval.contains(share));
                prop_assert!(interval.low >= 0.0 && interval.high <= 1.0);
            }
        }

        #[test]
        fn one_more_good_moves_both_ends_up(of in 2_u64..500, good in 0_u64..498) {
            let good = good.min(of - 1);
            let (less, more) = (clopper_pearson(good, of, LEVEL), clopper_pearson(good + 1, of, LEVEL));
            prop_assert!(less.low < more.low && less.high <= more.high);
            let (less, more) = (wilson(good, of, LEVEL), wilson(good + 1, of, LEVEL));
            prop_assert!(less.low < more.low && less.high <= more.high);
        }

        #[test]
        fn a_higher_level_is_wider(of in 1_u64..500, good in 0_u64..500) {
            let (narrow, wide) = (clopper_pearson(good, of, 0.8), clopper_pearson(good, of, 0.95));
            prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
        }

        #[test]
        fn good_and_not_good_mirror_each_other(of in 1_u64..500, good in 0_u64..500) {
            let good = good.min(of);
            let (a, b) = (clopper_pearson(good, of, LEVEL), clopper_pearson(of - good, of, LEVEL));
            prop_assert!((a.low - (1.0 - b.high)).abs() < 1e-9);
        }
    }
}
