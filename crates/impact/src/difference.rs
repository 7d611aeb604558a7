//! Two shares beside one another.

use crate::interval::{Interval, wilson};

/// How far two independent shares lie apart, from −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Difference {
    /// The first group's share less the second's.
    pub estimate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// The share of the first group less the share of the second, with its interval
/// at `level`. Each group is `(good, of)`; they must be independent, so a
/// cohort's schools must not also be among those it is compared with.
///
/// Method: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10: the
/// square-and-add combination of two Wilson intervals, without continuity
/// correction. Where one of the groups is empty nothing is known: −1 to 1.
#[must_use]
pub fn difference(first: (u64, u64), second: (u64, u64), level: f64) -> Difference {
    if first.1 == 0 || second.1 == 0 {
        return Difference {
            estimate: 0.0,
            low: -1.0,
            high: 1.0,
        };
    }
    let p1 = crate::share(first.0.min(first.1), first.1);
    let p2 = crate::share(second.0.min(second.1), second.1);
    let Interval { low: l1, high: u1 } = wilson(first.0, first.1, level);
    let Interval { low: l2, high: u2 } = wilson(second.0, second.1, level);
    let estimate = p1 - p2;
    Difference {
        estimate,
        low: (estimate - (p1 - l1).hypot(u2 - p2)).max(-1.0),
        high: (estimate + (u1 - p1).hypot(p2 - l2)).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LEVEL;
    use proptest::prelude::*;

    #[test]
    fn newcombe_s_own_example() {
        // 56/70 against 48/80: table II (a) of the paper, method 10.
        let d = difference((56, 70), (48, 80), LEVEL);
        assert!((d.estimate - 0.2).abs() < 1e-12);
        assert!((d.low - 0.0524).abs() < 5e-5, "{}", d.low);
        assert!((d.high - 0.3339).abs() < 5e-5, "{}", d.high);
    }

    #[test]
    fn an_empty_group_says_nothing() {
        let d = difference((0, 0), (3, 4), LEVEL);
        assert_eq!((d.low, d.high), (-1.0, 1.0));
    }

    proptest! {
        #[test]
        fn turning_the_groups_turns_the_difference(a in 0_u64..90, n in 1_u64..90, b in 0_u64..90, m in 1_u64..90) {
            let there = difference((a, n), (b, m), LEVEL);
            let back = difference((b, m), (a, n), LEVEL);
            prop_assert!((there.estimate + back.estimate).abs() < 1e-12);
            prop_assert!((there.low + back.high).abs() < 1e-12);
            prop_assert!(there.low <= there.estimate && there.estimate <= there.high);
            prop_assert!(there.low >= -1.0 && there.high <= 1.0);
        }
    }
}
