//! Two raters: Cohen's kappa, plain and weighted.

use crate::ratings::{FEWEST_STATEMENTS, NoAgreement};
use crate::real;

/// How much it weighs that two views lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Any difference is a whole one.
    Unweighted,
    /// By how many points: two apart is twice one apart.
    Linear,
    /// By the square of it: two apart is four times one apart.
    Quadratic,
}

impl Weights {
    fn of(self, a: usize, b: usize) -> f64 {
        let apart = real(a.abs_diff(b));
        match self {
            Self::Unweighted => f64::from(u8::from(a != b)),
            Self::Linear => apart,
            Self::Quadratic => apart * apart,
        }
    }
}

/// How far two raters agree beyond chance, at most 1: for two who sign by name,
/// such as a school's agreed judgements and its adviser's. For a group, whose
/// members are not told apart, there is [`crate::krippendorff_alpha`].
///
/// `a` and `b` are what each said of the same statements in the same order, from
/// 1 to `points`; statements that one of them left out do not count, and neither
/// do values that are not on the scale.
///
/// Method: Cohen (1960), Educational and Psychological Measurement 20, 37–46, and
/// (1968), Psychological Bulletin 70, 213–220: one less the weighted disagreement
/// seen over that expected of the two raters' own frequencies.
///
/// # Errors
/// Fewer than two statements in common, or both chose one and the same point
/// throughout.
pub fn weighted_kappa(a: &[Option<u8>], b: &[Option<u8>], points: u8, weights: Weights) -> Result<f64, NoAgreement> {
    let on_scale =
        |view: Option<u8>| view.filter(|value| (1..=points).contains(value)).map(|value| usize::from(value) - 1);
    let pairs: Vec<(usize, usize)> =
        a.iter().zip(b).filter_map(|(a, b)| Some((on_scale(*a)?, on_scale(*b)?))).collect();
    if pairs.len() < FEWEST_STATEMENTS {
        return Err(NoAgreement::TooFewStatements { found: pairs.len() });
    }
    let size = usize::from(points);
    let (mut of_a, mut of_b) = (vec![0_usize; size], vec![0_usize; size]);
    let mut seen = 0.0;
    for (a, b) in &pairs {
        of_a[*a] += 1;
        of_b[*b] += 1;
        seen += weights.of(*a, *b);
    }
    let mut expected = 0.0;
    for (i, in_a) in of_a.iter().enumerate() {
        for (j, in_b) in of_b.iter().enumerate() {
            expected += weights.of(i, j) * real(in_a * in_b);
        }
    }
    if expected == 0.0 {
        return Err(NoAgreement::AllTheSame);
    }
    Ok(1.0 - seen * real(pairs.len()) / expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn views(values: &[u8]) -> Vec<Option<u8>> {
        values.iter().map(|value| (*value > 0).then_some(*value)).collect()
    }

    #[test]
    fn what_cannot_be_compared_is_a_reason() {
        let kappa = |a: &[u8], b: &[u8]| weighted_kappa(&views(a), &views(b), 4, Weights::Linear);
        assert_eq!(kappa(&[1, 0, 2], &[1, 2, 0]), Err(NoAgreement::TooFewStatements { found: 1 }));
        assert_eq!(kappa(&[3, 3, 3], &[3, 3, 3]), Err(NoAgreement::AllTheSame));
        assert_eq!(kappa(&[3, 9, 3], &[3, 1, 3]), Err(NoAgreement::AllTheSame), "9 is not on the scale");
    }

    proptest! {
        #[test]
        fn two_who_say_the_same_agree_wholly(values in prop::collection::vec(1_u8..=5, 2..40)) {
            let same = views(&values);
            for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
                match weighted_kappa(&same, &same, 5, weights) {
                    Ok(kappa) => prop_assert!((kappa - 1.0).abs() < 1e-12),
                    Err(reason) => prop_assert_eq!(reason, NoAgreement::AllTheSame),
                }
            }
        }

        #[test]
        fn it_does_not_matter_who_is_first(pairs in prop::collection::vec((0_u8..=4, 0_u8..=4), 0..40)) {
            let a = views(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
            let b = views(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
            for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
                match (weighted_kappa(&a, &b, 4, weights), weighted_kappa(&b, &a, 4, weights)) {
                    (Ok(one), Ok(other)) => prop_assert!((one - other).abs() < 1e-12 && one <= 1.0),
                    (one, other) => prop_assert_eq!(one, other),
                }
            }
        }
    }
}
