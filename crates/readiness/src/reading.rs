//! The sentence that a figure with its interval bears.

use crate::bootstrap::AlphaInterval;
use crate::ratings::NoAgreement;

/// From here on, agreement bears a shared judgement (Krippendorff 2019, chapter
/// 12: ‘α ≥ .800’).
pub const FIRM: f64 = 0.8;

/// From here on, it bears one with care (‘α ≥ .667 where tentative conclusions
/// are still acceptable’).
pub const TENTATIVE: f64 = 0.667;

/// Below this many statements nothing is read from an interval: drawing again
/// from so few makes it narrower than it is.
pub const FEWEST_FOR_A_READING: usize = 5;

/// What can be said of a group's agreement, in one sentence. The pages have the
/// words; here is what each has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is computed, for this reason.
    NotComputed(NoAgreement),
    /// Everybody chose the same point throughout: ‘You all say the same
    /// everywhere. Ask what would have to be seen to say something else.’
    AllTheSame,
    /// Too few statements, or views that go with close agreement as well as with
    /// none: ‘From so few statements one can’t say how far you agree.’
    Open,
    /// ‘You see the school alike.’ The whole interval is firm.
    Alike,
    /// ‘You see the school much alike; look at the few statements on which you
    /// differ.’ The whole interval is at least tentative.
    MostlyAlike,
    /// ‘You agree more than by chance; how closely, the views don’t tell.’
    MoreThanChance,
    /// ‘You agree in part: more than by chance, less than bears one judgement.’
    InPart,
    /// ‘You agree about as much as people who answer by chance: talk before you
    /// judge.’
    LikeChance,
    /// ‘You differ more than by chance: perhaps some of you see another part of
    /// the school.’
    Apart,
}

/// The sentence for alpha and its interval. It never says more than the lower of
/// both bears.
#[must_use]
pub fn read(alpha: Result<f64, NoAgreement>, interval: Result<AlphaInterval, NoAgreement>) -> Reading {
    let (alpha, interval) = match (alpha, interval) {
        (Ok(alpha), Ok(interval)) => (alpha, interval),
        (Err(NoAgreement::AllTheSame), _) => return Reading::AllTheSame,
        // Alpha is defined but hardly any draw of it is.
        (Ok(_), Err(NoAgreement::AllTheSame)) => return Reading::Open,
        (Err(reason), _) | (_, Err(reason)) => return Reading::NotComputed(reason),
    };
    if interval.statements < FEWEST_FOR_A_READING {
        return Reading::Open;
    }
    let (low, high) = (interval.low.min(alpha), interval.high.max(alpha));
    match (low, high) {
        _ if low >= FIRM => Reading::Alike,
        _ if low >= TENTATIVE => Reading::MostlyAlike,
        _ if low > 0.0 && high >= TENTATIVE => Reading::MoreThanChance,
        _ if low > 0.0 => Reading::InPart,
        _ if high < 0.0 => Reading::Apart,
        _ if high < TENTATIVE => Reading::LikeChance,
        _ => Reading::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(low: f64, high: f64, statements: usize) -> Result<AlphaInterval, NoAgreement> {
        Ok(AlphaInterval { low, high, defined: 2000, statements })
    }

    #[test]
    fn each_reading_has_its_figures() {
        for (alpha, low, high, n, says) in [
            (0.9, 0.82, 0.95, 30, Reading::Alike),
            (0.79, 0.82, 0.95, 30, Reading::MostlyAlike),
            (0.8, 0.7, 0.9, 30, Reading::MostlyAlike),
            (0.6, 0.3, 0.8, 30, Reading::MoreThanChance),
            (0.4, 0.2, 0.6, 30, Reading::InPart),
            (0.1, -0.1, 0.3, 30, Reading::LikeChance),
            (-0.2, -0.3, -0.1, 30, Reading::Apart),
            (0.4, -0.2, 0.8, 30, Reading::Open),
            (0.9, 0.85, 0.95, 4, Reading::Open),
        ] {
            assert_eq!(read(Ok(alpha), interval(low, high, n)), says, "{alpha} {low} {high}");
        }
        let few = NoAgreement::TooFewRaters { found: 2 };
        assert_eq!(read(Err(few), Err(few)), Reading::NotComputed(few));
        assert_eq!(read(Err(NoAgreement::AllTheSame), Err(NoAgreement::AllTheSame)), Reading::AllTheSame);
        assert_eq!(read(Ok(0.2), Err(NoAgreement::AllTheSame)), Reading::Open);
    }

    proptest! {
        #[test]
        fn a_wider_interval_never_says_more(alpha in -0.5_f64..1.0, down in 0.0_f64..0.5, up in 0.0_f64..0.5, more in 0.0_f64..0.5) {
            let narrow = read(Ok(alpha), interval(alpha - down, alpha + up, 30));
            let wide = read(Ok(alpha), interval(alpha - down - more, alpha + up, 30));
            if wide == Reading::Alike {
                prop_assert_eq!(narrow, Reading::Alike);
            }
            if wide == Reading::MostlyAlike {
                prop_assert!(matches!(narrow, Reading::Alike | Reading::MostlyAlike));
            }
        }
    }
}
