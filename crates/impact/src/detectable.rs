//! How large a difference a design could have seen at all.
//!
//! Shown before any result: with 20 schools a true gain of less than about 23
//! points would most likely have gone unseen, whatever the result says.

use statrs::distribution::{ContinuousCDF, Normal};

/// Two groups whose shares are to be compared, and what is expected of the
/// second. Outcomes are taken as independent; schools in clusters are less so,
/// and need a larger difference than is given here.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Design {
    /// Schools in the cohort.
    pub cohort: u64,
    /// Schools it is compared with.
    pub others: u64,
    /// The share expected of those it is compared with, from 0 to 1.
    pub base: f64,
    /// The chance to see the difference if it is there; 0.8 by custom.
    pub power: f64,
    /// The chance to see one that is not there, both sides together; 0.05 by
    /// custom.
    pub alpha: f64,
}

impl Design {
    /// A design with the customary 80 % power at two-sided 5 %.
    #[must_use]
    pub fn new(cohort: u64, others: u64, base: f64) -> Self {
        Self {
            cohort,
            others,
            base,
            power: 0.8,
            alpha: 0.05,
        }
    }
}

/// The smallest true gain over the base share that this design would show, as a
/// share: 0.23 is 23 points. `None` where even a cohort that is all good would
/// not stand out, and where a group is empty or the base no share.
///
/// Method: the two-sided z test of two independent proportions, with the pooled
/// variance under 'no difference' and the separate variances under the
/// alternative, no continuity correction (Fleiss, Levin and Paik 2003,
/// Statistical Methods for Rates and Proportions, 3rd ed., section 4.3; for
/// unequal groups Fleiss, Tytun and Ury 1980, Biometrics 36, 343–346). With
/// `p₁ = base + d` and `p̄ = (n p₁ + m p)/(n + m)`:
///
/// ```text
/// power = Φ((d − z₁₋α/₂ √(p̄(1−p̄)(1/n + 1/m))) / √(p₁(1−p₁)/n + p(1−p)/m))
/// ```
///
/// solved for d. Of the formulas in use this is the one that gives the figures
/// of the design note (30, 60 and 96 schools; 1, 5 and 20 others each) when they
/// are rounded up to half a point; separate variances throughout give up to
/// four points less, because near 100 % they take the cohort's share to be known
/// almost exactly.
#[must_use]
pub fn smallest_gain(design: Design) -> Option<f64> {
    smallest(design, 1.0)
}

/// The smallest true fall below the base share that this design would show, as
/// a share; else as [`smallest_gain`]. A fall from a high share towards a half is
/// harder to see than a gain towards all.
#[must_use]
pub fn smallest_fall(design: Design) -> Option<f64> {
    smallest(design, -1.0)
}

/// The customary rough figure: 2.8 standard errors at the base share,
/// `(z₁₋α/₂ + z_power) √(p(1−p)(1/n + 1/m))`. It takes both shares to vary as the
/// base does, so it may exceed what there is to gain; for planning over the
/// thumb, not for pages where [`smallest_gain`] can be had. `None` where a group
/// is empty or the base no share.
#[must_use]
pub fn rough(design: Design) -> Option<f64> {
    let sizes = Sizes::of(design)?;
    let unit = Normal::standard();
    let z = unit.inverse_cdf(1.0 - design.alpha / 2.0) + unit.inverse_cdf(design.power);
    Some(z * (design.base * (1.0 - design.base) * (1.0 / sizes.n + 1.0 / sizes.m)).sqrt())
}

struct Sizes {
    n: f64,
    m: f64,
}

impl Sizes {
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers of schools are far below 2^52"
    )]
    fn of(design: Design) -> Option<Self> {
        let open = |x: f64| x > 0.0 && x < 1.0;
        let usable = design.cohort > 0
            && design.others > 0
            && (0.0..=1.0).contains(&design.base)
            && open(design.power)
            && open(design.alpha);
        usable.then_some(Self {
            n: design.cohort as f64,
            m: design.others as f64,
        })
    }
}

/// How much more the standardised difference is than the power asks for;
/// negative while it is too little. Increasing in `d` where it matters.
fn surplus(design: Design, sizes: &Sizes, z: (f64, f64), d: f64, sign: f64) -> f64 {
    let (n, m, p) = (sizes.n, sizes.m, design.base);
    let p1 = (p + sign * d).clamp(0.0, 1.0);
    let pooled = (n * p1 + m * p) / (n + m);
    let none = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    let other = (p1 * (1.0 - p1) / n + p * (1.0 - p) / m).sqrt();
    d - z.0 * none - z.1 * other
}

fn smallest(design: Design, sign: f64) -> Option<f64> {
    let sizes = Sizes::of(design)?;
    let unit = Normal::standard();
    let z = (
        unit.inverse_cdf(1.0 - design.alpha / 2.0),
        unit.inverse_cdf(design.power),
    );
    let room = if sign > 0.0 {
        1.0 - design.base
    } else {
        design.base
    };
    // The first crossing from below: steps of a tenth of a point find its
    // bracket, halving then finds it to a billionth.
    let step = 0.001_f64;
    let mut high = 0.0;
    while high < room {
        let mut low = high;
        high = (high + step).min(room);
        if surplus(design, &sizes, z, high, sign) >= 0.0 {
            for _ in 0..40 {
                let middle = f64::midpoint(low, high);
                if surplus(design, &sizes, z, middle, sign) >= 0.0 {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return Some(high);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The design note's table: points, rounded up to half a point.
    #[test]
    fn the_table_of_the_design_note() {
        let table = [
            (30, 0.64, [29.5, 24.5, 23.0]),
            (30, 0.70, [26.5, 22.5, 21.5]),
            (30, 0.75, [24.0, 20.5, 19.5]),
            (60, 0.64, [22.0, 18.0, 17.0]),
            (60, 0.70, [20.5, 17.0, 16.0]),
            (60, 0.75, [18.5, 15.5, 15.0]),
            (96, 0.64, [18.0, 14.5, 14.0]),
            (96, 0.70, [17.0, 13.5, 13.0]),
            (96, 0.75, [15.5, 13.0, 12.0]),
        ];
        for (cohort, base, points) in table {
            for (each, expected) in [1, 5, 20].into_iter().zip(points) {
                let gain = smallest_gain(Design::new(cohort, cohort * each, base));
                let gain = gain.expect("a share between") * 100.0;
                assert!(
                    (gain - expected).abs() < 0.5,
                    "{cohort} schools, {each} others each, base {base}: {gain}"
                );
            }
        }
    }

    #[test]
    fn twenty_schools_against_the_nation() {
        let design = Design::new(20, 2_200, 0.73);
        let points = |share: Option<f64>| (share.unwrap_or(9.0) * 100.0).round();
        assert_eq!(points(smallest_gain(design)), 23.0);
        assert_eq!(points(smallest_fall(design)), 29.0);
        // More than there is to gain: 73 and 28 are 101.
        assert_eq!(points(rough(design)), 28.0);
    }

    #[test]
    fn what_cannot_be_seen_is_none() {
        assert_eq!(smallest_gain(Design::new(3, 3, 0.9)), None);
        assert_eq!(smallest_gain(Design::new(0, 100, 0.5)), None);
        assert_eq!(smallest_gain(Design::new(10, 100, f64::NAN)), None);
        assert_eq!(smallest_fall(Design::new(10, 100, 0.0)), None);
        assert_eq!(
            smallest_gain(Design {
                power: 1.0,
                ..Design::new(10, 10, 0.5)
            }),
            None
        );
    }

    proptest! {
        #[test]
        fn more_schools_see_more(n in 5_u64..200, m in 5_u64..3000, base in 0.05_f64..0.95) {
            let fewer = smallest_gain(Design::new(n, m, base));
            let more = smallest_gain(Design::new(n + 5, m, base));
            prop_assert!(more.unwrap_or(1.0) <= fewer.unwrap_or(1.0) + 1e-9);
        }

        #[test]
        fn a_gain_is_a_fall_seen_from_the_other_side(n in 5_u64..200, m in 5_u64..3000, base in 0.05_f64..0.95) {
            let gain = smallest_gain(Design::new(n, m, base));
            let fall = smallest_fall(Design::new(n, m, 1.0 - base));
            prop_assert_eq!(gain.is_some(), fall.is_some());
            if let (Some(gain), Some(fall)) = (gain, fall) {
                prop_assert!((gain - fall).abs() < 1e-6);
            }
        }
    }
}
