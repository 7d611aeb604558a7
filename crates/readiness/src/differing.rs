//! How far the views of one statement lie apart: by which a meeting begins where
//! people differ.

use crate::ratings::Ratings;

/// How far views of a statement lie apart, as people would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differing {
    /// Fewer than two people judged it.
    NotCompared,
    /// All chose the same point.
    Same,
    /// At least three in four chose one of two neighbouring points, and all lie
    /// within three.
    Agree,
    /// At least three in four chose one of two neighbouring points; others lie
    /// farther off.
    ALittle,
    /// No two neighbouring points hold three in four.
    Apart,
}

/// How far the views that chose each point lie apart; `counts` from the lowest
/// point, as [`Ratings::counts`] gives them. Whoever could not say does not count.
#[must_use]
pub fn differing(counts: &[usize]) -> Differing {
    let all: usize = counts.iter().sum();
    if all < 2 {
        return Differing::NotCompared;
    }
    let chosen: Vec<usize> = (0..counts.len()).filter(|point| counts[*point] > 0).collect();
    let span = chosen.last().zip(chosen.first()).map_or(0, |(last, first)| last - first + 1);
    if span == 1 {
        return Differing::Same;
    }
    let together = counts.windows(2).map(|pair| pair[0] + pair[1]).max().unwrap_or(all);
    match (together * 4 >= all * 3, span) {
        (true, ..=3) => Differing::Agree,
        (true, _) => Differing::ALittle,
        (false, _) => Differing::Apart,
    }
}

/// The statements (by their place, from 0) with those first on which people
/// differ most; among equals, as they stand. By how far two people drawn from
/// those who judged it lie apart on average, which no page shows. Statements that
/// fewer than two judged come last.
#[must_use]
pub fn most_apart_first(ratings: &Ratings) -> Vec<usize> {
    let mut order: Vec<(usize, Option<(usize, usize)>)> =
        (0..ratings.statements().len()).map(|index| (index, distance(&ratings.counts(index)))).collect();
    // Fractions are compared crosswise, so that equal ones are equal.
    order.sort_by(|(_, a), (_, b)| match (a, b) {
        (Some((a, of_a)), Some((b, of_b))) => (b * of_a).cmp(&(a * of_b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    order.into_iter().map(|(index, _)| index).collect()
}

/// The sum of distances over all pairs, and the number of pairs.
fn distance(counts: &[usize]) -> Option<(usize, usize)> {
    let all: usize = counts.iter().sum();
    let pairs = all * all.saturating_sub(1) / 2;
    let mut sum = 0;
    for (low, of_low) in counts.iter().enumerate() {
        for (high, of_high) in counts.iter().enumerate().skip(low + 1) {
            sum += of_low * of_high * (high - low);
        }
    }
    (pairs > 0).then_some((sum, pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_fit_what_people_would_say() {
        for (counts, says) in [
            ([0, 2, 6, 3], Differing::Agree),
            ([3, 4, 3, 1], Differing::Apart),
            ([1, 5, 4, 1], Differing::ALittle),
            ([0, 0, 5, 0], Differing::Same),
            ([0, 1, 0, 0], Differing::NotCompared),
            ([1, 0, 1, 0], Differing::Apart),
            ([0, 1, 1, 0], Differing::Agree),
            ([5, 0, 0, 5], Differing::Apart),
        ] {
            assert_eq!(differing(&counts), says, "{counts:?}");
        }
    }

    #[test]
    fn people_begin_where_they_differ_most() {
        let row = |values: &[u8]| values.iter().map(|value| (*value > 0).then_some(*value)).collect::<Vec<_>>();
        let rows =
            vec![row(&[2, 2, 2, 3]), row(&[0, 0, 4, 0]), row(&[1, 4, 1, 4]), row(&[3, 2, 2, 2]), row(&[1, 2, 3, 4])];
        let ratings = Ratings::new(4, rows).unwrap();
        assert_eq!(most_apart_first(&ratings), [2, 4, 0, 3, 1]);
    }
}
