//! The upright scale: round numbers that hold all values.

/// The scale's ends and the step between its ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
}

/// Beyond this, values are drawn at the edge: sums of them must stay numbers.
const FARTHEST: f64 = 1e12;

impl Scale {
    /// A scale of about five ticks for these values; `whole` keeps its steps from
    /// falling below 1.
    pub(super) fn of(values: impl Iterator<Item = f64>, whole: bool) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            let value = value.clamp(-FARTHEST, FARTHEST);
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        // A line of equal values stands in the middle.
        let room =
            if high - low < 1e-9 * high.abs().max(1e-3) { low.abs().max(1.0) * 0.5 } else { (high - low) * 0.05 };
        // Nothing is below nothing where no value is.
        let below = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
        let above = high + room;
        let raw = (above - below) / 4.0;
        let power = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= raw).unwrap_or(raw);
        let step = if whole { step.ceil().max(1.0) } else { step };
        Self { low: (below / step).floor() * step, high: (above / step).ceil() * step, step }
    }

    /// The ticks from the bottom.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        (0_u8..12)
            .map(move |index| self.low + self.step * f64::from(index))
            .take_while(move |tick| *tick <= self.high + self.step * 0.01)
    }

    /// `value` as a share of the scale, 0 to 1.
    pub(super) fn share(self, value: f64) -> f64 {
        if value.is_finite() { ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scales_are_round() {
        let scale = Scale::of([12.0, 19.0, 24.0].into_iter(), true);
        assert_eq!((scale.low, scale.high, scale.step), (10.0, 25.0, 5.0));
        let scale = Scale::of([0.0, 100.0].into_iter(), true);
        assert_eq!((scale.low, scale.step), (0.0, 50.0));
        assert_eq!(Scale::of(std::iter::empty(), true).low, 0.0);
    }

    proptest! {
        #[test]
        fn every_value_is_on_its_scale(values in prop::collection::vec(-1e6..1e6_f64, 1..20), whole in any::<bool>()) {
            let scale = Scale::of(values.iter().copied(), whole);
            prop_assert!(scale.low < scale.high && scale.step > 0.0);
            prop_assert!(values.iter().all(|value| scale.low <= *value && *value <= scale.high));
            prop_assert!((2..=8).contains(&scale.ticks().count()), "{:?}", scale);
        }
    }
}
