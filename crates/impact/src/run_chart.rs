//! A measure over time: has anything changed beyond what chance does?
//!
//! Method: Perla, Provost and Murray (2011), The run chart: a simple analytical
//! tool for learning from variation in healthcare processes, BMJ Quality &
//! Safety 20, 46–51. Of their four rules three are here: shift, trend, and too
//! few or too many runs. The fourth, a point that is obviously different, is for
//! people's eyes.

use std::ops::Range;

/// From this many points on, the rules are applied.
pub const FEWEST_POINTS: usize = 10;

/// So many points in a row on one side of the median are a shift.
pub const SHIFT: usize = 6;

/// So many points in a row, all going up or all going down, are a trend.
pub const TREND: usize = 5;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Above the median, or rising.
    Up,
    /// Below the median, or falling.
    Down,
}

/// Points that follow one another and show a change that chance hardly makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which way it goes.
    pub way: Way,
    /// The points, by their place from 0, from the first to behind the last that
    /// belongs to it. Points that the rule skips may stand in between.
    pub points: Range<usize>,
    /// How many of them count.
    pub counted: usize,
}

/// How many runs there are, beside how many there would be by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Points that do not lie on the median.
    pub useful: usize,
    /// How many times the line stays on one side of the median.
    pub found: usize,
    /// What is expected; `None` where the published table does not go (below 10
    /// and above 60 useful points).
    pub limits: Option<RunLimits>,
}

/// Fewer runs than `low` or more than `high` come by chance in about one chart of
/// twenty at most, the two together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// The fewest that are expected.
    pub low: usize,
    /// The most that are expected.
    pub high: usize,
}

impl Runs {
    /// Fewer than expected: the measure stays too long on one side.
    #[must_use]
    pub fn too_few(&self) -> bool {
        self.limits.is_some_and(|limits| self.found < limits.low)
    }

    /// More than expected: the measure swings, as when two things are measured by
    /// turns.
    #[must_use]
    pub fn too_many(&self) -> bool {
        self.limits.is_some_and(|limits| self.found > limits.high)
    }
}

/// What the rules say of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rules {
    /// Fewer than [`FEWEST_POINTS`] points: the rules do not apply yet.
    NotYet {
        /// How many points there are.
        points: usize,
    },
    /// The rules, applied.
    Applied {
        /// Six or more consecutive points on one side of the median.
        shifts: Vec<Signal>,
        /// Five or more consecutive points that all rise or all fall.
        trends: Vec<Signal>,
        /// The number of runs.
        runs: Runs,
    },
}

/// A run chart's median and what the rules say.
#[derive(Debug, Clone, PartialEq)]
pub struct RunChart {
    /// The median; `None` without points.
    pub median: Option<f64>,
    /// What the rules say.
    pub rules: Rules,
}

/// Reads a measure's values, by date. Values that are no numbers are left out, as
/// if the measure had not been taken; places in signals are places in `values`.
#[must_use]
pub fn run_chart(values: &[f64]) -> RunChart {
    let taken: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let median = median(&taken);
    RunChart { median, rules: rules(values, median) }
}

/// As [`run_chart`], with a median that was fixed before: of the time before a
/// change was made, so that later points are held against it.
#[must_use]
pub fn run_chart_against(values: &[f64], median: f64) -> RunChart {
    let median = median.is_finite().then_some(median);
    RunChart { median, rules: rules(values, median) }
}

/// The middle value; between the two in the middle where they are even in number.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(sorted[middle - 1], upper))
}

fn rules(values: &[f64], median: Option<f64>) -> Rules {
    let taken: Vec<(usize, f64)> = values.iter().copied().enumerate().filter(|(_, value)| value.is_finite()).collect();
    let Some(median) = median.filter(|_| taken.len() >= FEWEST_POINTS) else {
        return Rules::NotYet { points: taken.len() };
    };
    let sides: Vec<(usize, Way)> =
        taken.iter().filter_map(|(place, value)| Some((*place, way(median, *value)?))).collect();
    let stretches = stretches(&sides);
    let found = stretches.len();
    let shifts = stretches.into_iter().filter(|run| run.counted >= SHIFT).collect();
    let runs = Runs { useful: sides.len(), found, limits: limits(sides.len()) };
    Rules::Applied { shifts, trends: trends(&taken), runs }
}

/// Which way it is from `from` to `to`; equal numbers go nowhere.
fn way(from: f64, to: f64) -> Option<Way> {
    match from.total_cmp(&to) {
        // Minus nothing and nothing are the same.
        _ if from == to => None,
        std::cmp::Ordering::Less => Some(Way::Up),
        _ => Some(Way::Down),
    }
}

/// Neighbours that go the same way, together.
fn stretches(ways: &[(usize, Way)]) -> Vec<Signal> {
    ways.chunk_by(|a, b| a.1 == b.1)
        .filter_map(|chunk| {
            let (first, last) = (chunk.first()?, chunk.last()?);
            Some(Signal { way: first.1, points: first.0..last.0 + 1, counted: chunk.len() })
        })
        .collect()
}

/// Of neighbours that are equal only the first counts. A trend begins with the
/// point from which it rises or falls, so five points are four steps.
fn trends(taken: &[(usize, f64)]) -> Vec<Signal> {
    let mut apart: Vec<(usize, f64)> = taken.to_vec();
    apart.dedup_by(|next, kept| next.1 == kept.1);
    let steps: Vec<(usize, Way)> =
        apart.windows(2).filter_map(|pair| Some((pair[1].0, way(pair[0].1, pair[1].1)?))).collect();
    let before = |place: usize| apart.iter().rev().find(|point| point.0 < place).map_or(place, |point| point.0);
    stretches(&steps)
        .into_iter()
        .map(|steps| Signal {
            points: before(steps.points.start)..steps.points.end,
            counted: steps.counted + 1,
            ..steps
        })
        .filter(|trend| trend.counted >= TREND)
        .collect()
}

/// The table of Perla, Provost and Murray, after Swed and Eisenhart (1943), Annals
/// of Mathematical Statistics 14, 66–87: 10 to 60 useful points, 5 % at each side.
/// The tests compare it with the exact distribution.
const LIMITS: [(u8, u8); 51] = [
    (3, 9),
    (3, 10),
    (3, 11),
    (4, 11),
    (4, 12),
    (5, 12),
    (5, 13),
    (5, 13),
    (6, 14),
    (6, 15),
    (6, 16),
    (7, 16),
    (7, 17),
    (7, 17),
    (8, 18),
    (8, 18),
    (9, 19),
    (10, 19),
    (10, 20),
    (10, 20),
    (11, 21),
    (11, 22),
    (11, 23),
    (12, 23),
    (12, 24),
    (12, 24),
    (13, 25),
    (13, 25),
    (14, 26),
    (14, 26),
    (15, 27),
    (15, 27),
    (16, 28),
    (16, 28),
    (17, 29),
    (17, 30),
    (17, 31),
    (18, 31),
    (18, 32),
    (19, 32),
    (19, 33),
    (20, 33),
    (20, 34),
    (21, 34),
    (21, 35),
    (22, 35),
    (22, 36),
    (23, 36),
    (23, 37),
    (24, 37),
    (24, 38),
];

fn limits(useful: usize) -> Option<RunLimits> {
    let (low, high) = LIMITS.get(useful.checked_sub(10)?)?;
    Some(RunLimits { low: usize::from(*low), high: usize::from(*high) })
}
