//! What alpha may stand for: an interval by drawing statements again.

use kernel::Chance;

use crate::alpha::{Metric, Unit, alpha_of};
use crate::ratings::{NoAgreement, Ratings};
use crate::real;

/// How often statements are drawn again by custom.
pub const DRAWS: usize = 2000;

/// Where alpha lies in 95 of 100 draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlphaInterval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// In how many draws alpha was defined: those the ends are taken from.
    pub defined: usize,
    /// How many statements were drawn from.
    pub statements: usize,
}

/// The 95 % interval of alpha: as many statements as there are, drawn again from
/// them with replacement, `draws` times (such as [`DRAWS`]); the ends are the
/// 2.5th and 97.5th percentiles of the alphas. Statements are drawn and not
/// raters, since the question is what the same people would say of such
/// statements. The same chance gives the same interval on every machine.
///
/// Method: the percentile interval of Efron and Tibshirani (1993), An
/// Introduction to the Bootstrap, chapter 13, with percentiles between
/// neighbours in proportion (Hyndman and Fan's type 7). With few statements it
/// is too narrow; [`crate::read`] says nothing by it below five.
///
/// # Errors
/// As [`crate::krippendorff_alpha`]; and [`NoAgreement::AllTheSame`] too where
/// more than half of the draws hold only one and the same point.
pub fn alpha_interval(
    ratings: &Ratings,
    metric: Metric,
    chance: &dyn Chance,
    draws: usize,
) -> Result<AlphaInterval, NoAgreement> {
    let units: Vec<Unit> = ratings.comparable()?.iter().map(|counts| Unit::of(counts)).collect();
    let points = usize::from(ratings.points());
    let draws = draws.max(1);
    let mut alphas: Vec<f64> = Vec::with_capacity(draws);
    let mut drawn: Vec<&Unit> = Vec::with_capacity(units.len());
    for _ in 0..draws {
        drawn.clear();
        drawn.extend((0..units.len()).filter_map(|_| units.get(below(chance, units.len()))));
        alphas.extend(alpha_of(points, drawn.iter().copied(), metric));
    }
    if alphas.len() * 2 < draws || alphas.is_empty() {
        return Err(NoAgreement::AllTheSame);
    }
    alphas.sort_by(f64::total_cmp);
    Ok(AlphaInterval {
        low: percentile(&alphas, 0.025),
        high: percentile(&alphas, 0.975),
        defined: alphas.len(),
        statements: units.len(),
    })
}

/// A number below `n`, each as likely as another to one in 2⁵⁰ and less: the
/// upper half of the product of 64 random bits and `n`.
fn below(chance: &dyn Chance, n: usize) -> usize {
    let mut bytes = [0; 8];
    chance.fill(&mut bytes);
    let product = u128::from(u64::from_le_bytes(bytes)) * n as u128;
    usize::try_from(product >> 64).unwrap_or_default()
}

/// The value below which `part` of `sorted` lie; `sorted` is not empty.
fn percentile(sorted: &[f64], part: f64) -> f64 {
    let place = real(sorted.len() - 1) * part;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of the list")]
    let index = place.floor() as usize;
    let at = |index: usize| sorted[index.min(sorted.len() - 1)];
    at(index) + (at(index + 1) - at(index)) * (place - place.floor())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::krippendorff_alpha;
    use kernel::SeededChance;
    use proptest::prelude::*;

    #[test]
    fn numbers_drawn_are_even_and_below() {
        let chance = SeededChance::of(7);
        let mut seen = [0_u32; 6];
        for _ in 0..6000 {
            seen[below(&chance, 6)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
    }

    #[test]
    fn percentiles_lie_between_neighbours() {
        assert_eq!(percentile(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.5), 3.0);
        assert!((percentile(&[0.0, 1.0], 0.025) - 0.025).abs() < 1e-15);
        assert_eq!(percentile(&[4.0], 0.975), 4.0);
    }

    #[test]
    fn one_statement_that_differs_among_many_is_too_little() {
        let mut rows = vec![vec![Some(3), Some(3), Some(3)]; 2];
        rows[0][0] = Some(2);
        let ratings = Ratings::new(4, rows).unwrap();
        let interval = alpha_interval(&ratings, Metric::Ordinal, &SeededChance::of(1), DRAWS).unwrap();
        // A quarter of the draws hold the plain statement twice.
        assert!(interval.defined < DRAWS * 4 / 5 && interval.defined > DRAWS * 7 / 10, "{interval:?}");
        let mut rows = vec![vec![Some(3), Some(3), Some(3)]; 2];
        rows[0] = vec![None, Some(2), Some(3)];
        rows.push(vec![None, Some(3), None]);
        assert!(alpha_interval(&Ratings::new(4, rows).unwrap(), Metric::Ordinal, &SeededChance::of(1), 200).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_same_seed_gives_the_same_interval(
            rows in prop::collection::vec(prop::collection::vec(prop::option::of(1_u8..=4), 5), 5..15),
            seed in any::<u64>(),
        ) {
            let ratings = Ratings::new(4, rows).unwrap();
            let again = || alpha_interval(&ratings, Metric::Ordinal, &SeededChance::of(seed), 200);
            prop_assert_eq!(again(), again());
            if let Ok(interval) = again() {
                prop_assert!(interval.low <= interval.high);
                prop_assert!(krippendorff_alpha(&ratings, Metric::Ordinal).is_ok());
            }
        }
    }
}
