//! Chance that is the same in every run, and what lies in the middle.

/// Numbers that look random and follow from a seed (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// Dice of this seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end` less one.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of these words.
    pub fn of_list<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// The smallest value that at least `share` of all values do not exceed (nearest
/// rank, nothing interpolated). `sorted` ascends and is not empty.
pub fn percentile<T: Copy>(sorted: &[T], share: f64) -> T {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// The middle value; of an even number, the lower of the two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!([0.0, 0.5, 0.99, 0.999, 1.0].map(|share| percentile(&hundred, share)), [1, 50, 99, 100, 100]);
        assert_eq!(percentile(&[7], 0.99), 7);
        assert_eq!(percentile(&[1, 2], 0.99), 2, "one slow request of two is not hidden");
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let three = |seed| {
            let mut dice = Dice::of(seed);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        assert_eq!(three(7), three(7));
        assert_ne!(three(7), three(8));
    }
}
