//! How patiently a kind of job is done.

use jiff::SignedDuration;
use kernel::Chance;

/// How often, how far apart and how long a kind of job is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Tries until it counts as failed.
    pub tries: i64,
    /// The pause after the first try; it doubles with every further one.
    pub first_pause: SignedDuration,
    /// No pause is longer.
    pub longest_pause: SignedDuration,
    /// For how long a worker may be silent until another takes the job. A worker
    /// that lives says so three times as often.
    pub lease: SignedDuration,
}

impl Policy {
    /// For what another machine does: 14 tries in the course of a day and a half,
    /// as mail servers do it.
    pub const PATIENT: Self = Self {
        tries: 14,
        first_pause: SignedDuration::from_mins(1),
        longest_pause: SignedDuration::from_hours(6),
        lease: SignedDuration::from_mins(5),
    };

    /// For what is done here: either it works, or somebody has to look.
    pub const BRISK: Self = Self {
        tries: 5,
        first_pause: SignedDuration::from_secs(10),
        longest_pause: SignedDuration::from_mins(10),
        lease: SignedDuration::from_mins(5),
    };

    /// How long to wait after the try with this number (from 1): the doubled
    /// pause, shortened at random by up to half, so that what failed together
    /// does not come back together.
    #[must_use]
    pub fn pause(&self, attempt: i64, chance: &dyn Chance) -> SignedDuration {
        let doublings = u32::try_from(attempt.max(1) - 1).unwrap_or(u32::MAX).min(30);
        let longest = self.longest_pause.as_secs_f64();
        let full = (self.first_pause.as_secs_f64() * f64::from(2_u32.pow(doublings))).min(longest);
        let mut bytes = [0; 4];
        chance.fill(&mut bytes);
        let drawn = f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX);
        SignedDuration::try_from_secs_f64(full * (1.0 - drawn / 2.0)).unwrap_or(self.longest_pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SeededChance;

    #[test]
    fn pauses_double_up_to_the_longest_and_differ() {
        let chance = SeededChance::of(1);
        let policy = Policy::PATIENT;
        let mut before = SignedDuration::ZERO;
        for (attempt, minutes) in [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (14, 360), (i64::MAX, 360)] {
            let full = SignedDuration::from_mins(minutes);
            let pauses: Vec<SignedDuration> = (0..20).map(|_| policy.pause(attempt, &chance)).collect();
            assert!(pauses.iter().all(|pause| *pause >= full / 2 && *pause <= full), "{attempt}: {pauses:?}");
            assert!(pauses.iter().any(|pause| *pause != pauses[0]), "they are drawn");
            assert!(full >= before);
            before = full;
        }
    }

    #[test]
    fn the_same_chance_gives_the_same_pause() {
        let draw = |seed| Policy::BRISK.pause(3, &SeededChance::of(seed));
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
