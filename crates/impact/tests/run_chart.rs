//! The rules of run charts: worked by hand, by another program
//! (golden/run_chart.py), and the table of runs beside its exact distribution.

use impact::run_chart::{Rules, Runs, Signal, Way, median, run_chart, run_chart_against};
use proptest::prelude::*;

fn applied(values: &[f64]) -> (Vec<Signal>, Vec<Signal>, Runs) {
    match run_chart(values).rules {
        Rules::Applied { shifts, trends, runs } => (shifts, trends, runs),
        Rules::NotYet { points } => panic!("{points} points are too few"),
    }
}

#[test]
fn below_ten_points_the_rules_do_not_apply_yet() {
    let nine = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    let chart = run_chart(&nine);
    assert_eq!((chart.median, chart.rules), (Some(5.0), Rules::NotYet { points: 9 }));
    let empty = run_chart(&[]);
    assert_eq!((empty.median, empty.rules), (None, Rules::NotYet { points: 0 }));
    let gaps = [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, f64::INFINITY];
    assert_eq!(run_chart(&gaps).rules, Rules::NotYet { points: 8 });
}

#[test]
fn a_shift_skips_points_on_the_median() {
    // The median is 5; 5 itself neither counts nor breaks.
    let values = [1.0, 2.0, 1.0, 5.0, 2.0, 1.0, 2.0, 8.0, 9.0, 8.0, 9.0, 8.0, 5.0];
    let (shifts, _, runs) = applied(&values);
    assert_eq!(median(&values), Some(5.0));
    assert_eq!(shifts, [Signal { way: Way::Down, points: 0..7, counted: 6 }]);
    assert_eq!((runs.useful, runs.found), (11, 2));
    assert!(runs.too_few() && !runs.too_many());
}

#[test]
fn a_trend_counts_equal_neighbours_once() {
    // 1 2 2 3 4 5 rises over five points; the second 2 is skipped.
    let values = [9.0, 1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 0.0, 9.0, 0.0, 9.0];
    let (_, trends, _) = applied(&values);
    assert_eq!(trends, [Signal { way: Way::Up, points: 1..7, counted: 5 }]);
    let four = [9.0, 1.0, 2.0, 2.0, 3.0, 4.0, 0.0, 9.0, 0.0, 9.0];
    assert!(applied(&four).1.is_empty());
    let falls = [5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 6.0, 5.0, 6.0, 5.0];
    assert_eq!(applied(&falls).1, [Signal { way: Way::Down, points: 0..5, counted: 5 }]);
}

#[test]
fn what_swings_has_too_many_runs() {
    let values: Vec<f64> = (0..12).map(|index| f64::from(index % 2)).collect();
    let (shifts, trends, runs) = applied(&values);
    assert!(shifts.is_empty() && trends.is_empty());
    assert!(runs.too_many(), "{runs:?}");
}

#[test]
fn a_median_fixed_before_shows_what_came_after() {
    let values = [5.0, 6.0, 4.0, 5.0, 7.0, 8.0, 7.0, 8.0, 7.0, 9.0];
    match run_chart_against(&values, 5.0).rules {
        Rules::Applied { shifts, .. } => assert_eq!(shifts, [Signal { way: Way::Up, points: 4..10, counted: 6 }]),
        Rules::NotYet { .. } => panic!("ten points"),
    }
}

/// The chance of each number of runs, by counting: a above and b below.
fn distribution(a: u32, b: u32) -> Vec<f64> {
    let choose = |n: u32, k: u32| -> f64 {
        if k > n { 0.0 } else { (0..k).fold(1.0, |product, i| product * f64::from(n - i) / f64::from(i + 1)) }
    };
    let all = choose(a + b, a);
    (0..=a + b)
        .map(|runs| {
            let half = runs / 2;
            let ways = match (runs, runs % 2) {
                (0 | 1, _) => 0.0,
                (_, 0) => 2.0 * choose(a - 1, half - 1) * choose(b - 1, half - 1),
                _ => choose(a - 1, half) * choose(b - 1, half - 1) + choose(a - 1, half - 1) * choose(b - 1, half),
            };
            ways / all
        })
        .collect()
}

#[test]
fn the_published_limits_are_five_per_cent_at_each_side() {
    for useful in 10_u32..=60 {
        // As many points above as below, but for one; two on the median keep it at 0.
        let values: Vec<f64> =
            (0..useful).map(|index| if index < useful / 2 { -1.0 } else { 1.0 }).chain([0.0; 2]).collect();
        let runs = applied(&values).2;
        assert_eq!(runs.useful.to_string(), useful.to_string());
        let limits = runs.limits.expect("in the table");
        let chances = distribution(useful / 2, useful - useful / 2);
        let too_few: f64 = chances[..limits.low].iter().sum();
        let too_many: f64 = chances[limits.high + 1..].iter().sum();
        assert!(too_few < 0.05 && too_many < 0.05, "{useful}: {too_few} {too_many}");
        // The limits themselves are critical values: about 5 % lie there or beyond.
        let (low, high) = (too_few + chances[limits.low], too_many + chances[limits.high]);
        assert!((0.01..0.065).contains(&low) && (0.01..0.065).contains(&high), "{useful}: {low} {high}");
    }
    let long: Vec<f64> = (0..62).map(|index| f64::from(index % 2)).collect();
    let runs = applied(&long).2;
    assert_eq!((runs.useful, runs.found), (62, 62));
    assert_eq!((runs.limits, runs.too_few(), runs.too_many()), (None, false, false));
}

/// ‘3;5.0;0-7 up;…’: see golden/run_chart.py.
#[test]
fn another_program_says_the_same() {
    let words = |signals: &[Signal]| {
        let word = |signal: &Signal| {
            let way = if signal.way == Way::Up { "up" } else { "down" };
            format!("{}-{} {way} {}", signal.points.start, signal.points.end, signal.counted)
        };
        signals.iter().map(word).collect::<Vec<_>>().join(" ")
    };
    let mut compared = 0;
    for line in include_str!("golden/run_chart.csv").lines().skip(2) {
        let cells: Vec<&str> = line.split(',').collect();
        let values: Vec<f64> = cells[0].split(' ').map(|value| value.parse().expect("a number")).collect();
        let (shifts, trends, runs) = applied(&values);
        let median: f64 = cells[1].parse().expect("a median");
        assert!((run_chart(&values).median.expect("a median") - median).abs() < 1e-12, "{line}");
        let ours = [words(&shifts), words(&trends), runs.useful.to_string(), runs.found.to_string()];
        assert_eq!(ours, [cells[2], cells[3], cells[4], cells[5]], "{line}");
        compared += 1;
    }
    assert!(compared >= 200, "{compared}");
}

proptest! {
    #[test]
    fn upside_down_the_same_signals_go_the_other_way(values in prop::collection::vec(-9_i8..9, 10..40)) {
        let up: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let down: Vec<f64> = up.iter().map(|value| -value).collect();
        let turned = |signals: Vec<Signal>| -> Vec<Signal> {
            let turn = |signal: Signal| Signal { way: if signal.way == Way::Up { Way::Down } else { Way::Up }, ..signal };
            signals.into_iter().map(turn).collect()
        };
        let (shifts, trends, runs) = applied(&up);
        let other = applied(&down);
        prop_assert_eq!((turned(shifts), turned(trends), runs), other);
    }

    #[test]
    fn signals_lie_within_the_chart(values in prop::collection::vec(prop_oneof![9 => -3.0..3.0_f64, 1 => Just(f64::NAN)], 0..60)) {
        if let Rules::Applied { shifts, trends, runs } = run_chart(&values).rules {
            for signal in shifts.iter().chain(&trends) {
                prop_assert!(signal.points.end <= values.len() && signal.counted <= signal.points.len());
            }
            prop_assert!(runs.found <= runs.useful);
        }
    }
}
