//! Who said what of which statement.

/// The fewest people of whom agreement is computed: of two, each would know
/// what the other said.
pub const FEWEST_RATERS: usize = 3;

/// The fewest statements of which agreement is computed.
pub const FEWEST_STATEMENTS: usize = 2;

/// The longest scale that is taken; a diagnosis has four or five points.
pub const LONGEST_SCALE: u8 = 20;

/// Views on an ordered scale: for each statement, what each rater said, in the
/// same order of raters. Whoever could not say, or did not come to it, is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratings {
    points: u8,
    raters: usize,
    statements: Vec<Vec<Option<u8>>>,
}

impl Ratings {
    /// Ratings on a scale from 1 to `points`.
    ///
    /// # Errors
    /// A scale of fewer than two points or more than [`LONGEST_SCALE`], a
    /// statement with another number of raters than the first, and a value that
    /// is not on the scale.
    pub fn new(points: u8, statements: Vec<Vec<Option<u8>>>) -> Result<Self, BadRatings> {
        if !(2..=LONGEST_SCALE).contains(&points) {
            return Err(BadRatings::Scale { points });
        }
        let raters = statements.first().map_or(0, Vec::len);
        for (statement, views) in statements.iter().enumerate() {
            if views.len() != raters {
                return Err(BadRatings::Raters { statement: statement + 1, found: views.len(), expected: raters });
            }
            for (rater, view) in views.iter().enumerate() {
                if let Some(value) = *view
                    && !(1..=points).contains(&value)
                {
                    return Err(BadRatings::Value { statement: statement + 1, rater: rater + 1, value, points });
                }
            }
        }
        Ok(Self { points, raters, statements })
    }

    /// How many points the scale has.
    #[must_use]
    pub fn points(&self) -> u8 {
        self.points
    }

    /// How many raters there are, also those who said nothing.
    #[must_use]
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// The statements in their order, each with its views in the order of raters.
    #[must_use]
    pub fn statements(&self) -> &[Vec<Option<u8>>] {
        &self.statements
    }

    /// How often each point was chosen for a statement, from the lowest; empty
    /// for a statement that is not there.
    #[must_use]
    pub fn counts(&self, statement: usize) -> Vec<usize> {
        self.statements.get(statement).map_or_else(Vec::new, |views| counts(self.points, views))
    }

    /// The counts of those statements that at least two people judged: only these
    /// can be compared. With a reason where there are too few people or statements.
    pub(crate) fn comparable(&self) -> Result<Vec<Vec<usize>>, NoAgreement> {
        let shared = |views: &&Vec<Option<u8>>| views.iter().flatten().count() >= 2;
        let statements: Vec<&Vec<Option<u8>>> = self.statements.iter().filter(shared).collect();
        let spoke = |rater: &usize| statements.iter().any(|views| views.get(*rater).is_some_and(Option::is_some));
        let raters = (0..self.raters).filter(spoke).count();
        if raters < FEWEST_RATERS {
            return Err(NoAgreement::TooFewRaters { found: raters });
        }
        if statements.len() < FEWEST_STATEMENTS {
            return Err(NoAgreement::TooFewStatements { found: statements.len() });
        }
        Ok(statements.into_iter().map(|views| counts(self.points, views)).collect())
    }
}

/// How often each point of the scale was chosen, from the lowest.
fn counts(points: u8, views: &[Option<u8>]) -> Vec<usize> {
    let mut counts = vec![0; usize::from(points)];
    for value in views.iter().flatten() {
        if let Some(count) = counts.get_mut(usize::from(*value) - 1) {
            *count += 1;
        }
    }
    counts
}

/// Ratings that cannot be: where, what stands there, and what was expected.
/// Statements and raters are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRatings {
    /// A scale that is too short or too long.
    #[error("a scale of {points} points; from 2 to {LONGEST_SCALE} were expected")]
    Scale {
        /// How many points it has.
        points: u8,
    },
    /// A statement with another number of raters than the first.
    #[error("statement {statement} has {found} raters; {expected} were expected, as in the first")]
    Raters {
        /// Which statement.
        statement: usize,
        /// How many raters it has.
        found: usize,
        /// How many the first has.
        expected: usize,
    },
    /// A value that is not on the scale.
    #[error("statement {statement}, rater {rater}: {value} is not on the scale from 1 to {points}")]
    Value {
        /// Which statement.
        statement: usize,
        /// Which rater.
        rater: usize,
        /// What they said.
        value: u8,
        /// How many points the scale has.
        points: u8,
    },
}

/// Why no agreement is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAgreement {
    /// Fewer than three people judged what others judged too.
    #[error("{found} people can be compared; at least {FEWEST_RATERS} are needed")]
    TooFewRaters {
        /// How many did.
        found: usize,
    },
    /// Fewer than two statements were judged by at least two people.
    #[error("{found} statements can be compared; at least {FEWEST_STATEMENTS} are needed")]
    TooFewStatements {
        /// How many were.
        found: usize,
    },
    /// Everybody chose the same point for every statement: agreement beyond
    /// chance is not defined, since there is nothing by which to tell it from a
    /// habit of always choosing that point.
    #[error("everybody chose the same point of the scale for every statement")]
    AllTheSame,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_said_with_its_place() {
        let bad = Ratings::new(4, vec![vec![Some(1), None], vec![Some(2)]]).unwrap_err();
        assert_eq!(bad.to_string(), "statement 2 has 1 raters; 2 were expected, as in the first");
        let bad = Ratings::new(4, vec![vec![Some(1), Some(5)]]).unwrap_err();
        assert_eq!(bad.to_string(), "statement 1, rater 2: 5 is not on the scale from 1 to 4");
        assert!(Ratings::new(4, vec![vec![Some(0)]]).is_err());
        assert_eq!(Ratings::new(1, vec![]).unwrap_err(), BadRatings::Scale { points: 1 });
    }

    #[test]
    fn who_judged_alone_is_not_compared() {
        // The third person's only view is on a statement that nobody else judged.
        let rows = vec![vec![Some(1), Some(2), None], vec![Some(3), Some(3), None], vec![None, None, Some(4)]];
        let ratings = Ratings::new(4, rows).unwrap();
        assert_eq!(ratings.comparable(), Err(NoAgreement::TooFewRaters { found: 2 }));
        assert_eq!((ratings.raters(), ratings.counts(0)), (3, vec![1, 1, 0, 0]));
        assert!(ratings.counts(9).is_empty());
    }
}
