//! Any number of raters: Krippendorff's alpha.

use crate::ratings::{NoAgreement, Ratings};
use crate::real;

/// What it means that two views lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Any difference is a whole one.
    Nominal,
    /// Points are in an order; how far apart two are goes by how many views lie
    /// between them. For the scale of a diagnosis.
    Ordinal,
    /// Points are evenly spaced; by the square of the distance.
    Interval,
}

/// How far any number of raters agree beyond chance: 1 where all agree, 0 where
/// they agree as much as by chance, below 0 where they differ more than that.
/// Statements that fewer than two people judged do not count.
///
/// Method: Krippendorff (2019), Content Analysis, 4th ed., chapter 12; with
/// missing values as in Krippendorff (2011), Computing Krippendorff's
/// Alpha-Reliability: `α = 1 − (n−1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck` over the
/// coincidences o of views within statements.
///
/// # Errors
/// Fewer than three raters or two statements that can be compared, or all views
/// are the same.
pub fn krippendorff_alpha(ratings: &Ratings, metric: Metric) -> Result<f64, NoAgreement> {
    let units: Vec<Unit> = ratings.comparable()?.iter().map(|counts| Unit::of(counts)).collect();
    alpha_of(usize::from(ratings.points()), units.iter(), metric).ok_or(NoAgreement::AllTheSame)
}

/// One statement: how often each point was chosen, and its coincidences.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    counts: Vec<f64>,
    coincidences: Vec<f64>,
}

impl Unit {
    /// Of a statement that at least two people judged.
    pub(crate) fn of(counts: &[usize]) -> Self {
        let views: usize = counts.iter().sum();
        let others = real(views.saturating_sub(1).max(1));
        let mut coincidences = Vec::with_capacity(counts.len() * counts.len());
        for (c, of_c) in counts.iter().enumerate() {
            for (k, of_k) in counts.iter().enumerate() {
                let pairs = if c == k { of_c * of_k.saturating_sub(1) } else { of_c * of_k };
                coincidences.push(real(pairs) / others);
            }
        }
        Self { counts: counts.iter().copied().map(real).collect(), coincidences }
    }
}

/// Alpha of these statements, of which one may come more than once; `None` where
/// all views are the same.
pub(crate) fn alpha_of<'a>(points: usize, units: impl Iterator<Item = &'a Unit>, metric: Metric) -> Option<f64> {
    let mut counts = vec![0.0; points];
    let mut coincidences = vec![0.0; points * points];
    for unit in units {
        counts.iter_mut().zip(&unit.counts).for_each(|(sum, more)| *sum += more);
        coincidences.iter_mut().zip(&unit.coincidences).for_each(|(sum, more)| *sum += more);
    }
    let all: f64 = counts.iter().sum();
    let (mut seen, mut expected) = (0.0, 0.0);
    for c in 0..points {
        for k in 0..points {
            let apart = apart(metric, &counts, c, k);
            seen += coincidences[c * points + k] * apart;
            expected += counts[c] * counts[k] * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * seen / expected)
}

/// The squared distance between two points of the scale.
fn apart(metric: Metric, counts: &[f64], c: usize, k: usize) -> f64 {
    if c == k {
        return 0.0;
    }
    let root = match metric {
        Metric::Nominal => 1.0,
        Metric::Interval => real(c.abs_diff(k)),
        Metric::Ordinal => {
            let between: f64 = counts[c.min(k)..=c.max(k)].iter().sum();
            between - f64::midpoint(counts[c], counts[k])
        }
    };
    root * root
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const METRICS: [Metric; 3] = [Metric::Nominal, Metric::Ordinal, Metric::Interval];

    fn any_ratings() -> impl Strategy<Value = Vec<Vec<Option<u8>>>> {
        (1_usize..9).prop_flat_map(|raters| {
            prop::collection::vec(prop::collection::vec(prop::option::of(1_u8..=4), raters), 0..20)
        })
    }

    #[test]
    fn too_few_are_a_reason() {
        let alpha = |rows: &[&[u8]]| {
            let rows = rows.iter().map(|row| row.iter().map(|v| (*v > 0).then_some(*v)).collect()).collect();
            krippendorff_alpha(&Ratings::new(4, rows).unwrap(), Metric::Ordinal)
        };
        assert_eq!(alpha(&[]), Err(NoAgreement::TooFewRaters { found: 0 }));
        assert_eq!(alpha(&[&[1, 2], &[2, 2]]), Err(NoAgreement::TooFewRaters { found: 2 }));
        assert_eq!(alpha(&[&[1, 2, 2], &[0, 2, 0]]), Err(NoAgreement::TooFewStatements { found: 1 }));
        assert_eq!(alpha(&[&[2, 2, 2], &[2, 2, 0]]), Err(NoAgreement::AllTheSame));
        assert!(alpha(&[&[2, 2, 2], &[2, 1, 0]]).is_ok());
    }

    proptest! {
        #[test]
        fn whoever_is_first_changes_nothing(rows in any_ratings(), turn in 0_usize..9) {
            let mut turned = rows.clone();
            for row in &mut turned {
                let by = turn % row.len();
                row.rotate_left(by);
                row.reverse();
            }
            let (a, b) = (Ratings::new(4, rows).unwrap(), Ratings::new(4, turned).unwrap());
            for metric in METRICS {
                prop_assert_eq!(krippendorff_alpha(&a, metric), krippendorff_alpha(&b, metric));
            }
        }

        #[test]
        fn who_all_agree_agree_wholly(values in prop::collection::vec(1_u8..=4, 2..20), raters in 3_usize..12) {
            let rows = values.iter().map(|value| vec![Some(*value); raters]).collect();
            let ratings = Ratings::new(4, rows).unwrap();
            for metric in METRICS {
                match krippendorff_alpha(&ratings, metric) {
                    Ok(alpha) => prop_assert!((alpha - 1.0).abs() < 1e-12),
                    Err(reason) => {
                        prop_assert_eq!(reason, NoAgreement::AllTheSame);
                        prop_assert!(values.windows(2).all(|pair| pair[0] == pair[1]));
                    }
                }
            }
        }

        #[test]
        fn alpha_is_never_above_one(rows in any_ratings()) {
            let ratings = Ratings::new(4, rows).unwrap();
            for metric in METRICS {
                if let Ok(alpha) = krippendorff_alpha(&ratings, metric) {
                    prop_assert!(alpha.is_finite() && alpha <= 1.0 + 1e-12);
                }
            }
        }

        #[test]
        fn the_scale_the_other_way_round_says_the_same(rows in any_ratings()) {
            let turned = rows.iter().map(|row| row.iter().map(|v| v.map(|v| 5 - v)).collect()).collect();
            let (a, b) = (Ratings::new(4, rows).unwrap(), Ratings::new(4, turned).unwrap());
            for metric in METRICS {
                match (krippendorff_alpha(&a, metric), krippendorff_alpha(&b, metric)) {
                    (Ok(one), Ok(other)) => prop_assert!((one - other).abs() < 1e-9),
                    (one, other) => prop_assert_eq!(one, other),
                }
            }
        }
    }
}
