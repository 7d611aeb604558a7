//! Our figures beside those of other software (krippendorff and scikit-learn);
//! see golden/make.py for how theirs were made.

use kernel::SeededChance;
use readiness::{Metric, Ratings, Weights};

/// The cells of a golden file's rows.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(2).map(|line| line.split(',').collect())
}

/// ‘1302 1111’: statements of four raters, of whom the third left out the first.
fn views(cell: &str) -> Vec<Vec<Option<u8>>> {
    let view = |digit: char| digit.to_digit(10).and_then(|value| u8::try_from(value).ok()).filter(|value| *value > 0);
    cell.split(' ').map(|statement| statement.chars().map(view).collect()).collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a golden number")
}

#[test]
fn alpha_is_theirs() {
    let mut compared = 0;
    for row in rows(include_str!("golden/alpha.csv")) {
        let ratings = Ratings::new(row[0].parse().expect("points"), views(row[2])).expect("golden ratings");
        let metric = match row[1] {
            "nominal" => Metric::Nominal,
            "ordinal" => Metric::Ordinal,
            _ => Metric::Interval,
        };
        let ours = readiness::krippendorff_alpha(&ratings, metric).expect("an alpha");
        assert!((ours - number(row[3])).abs() < 1e-10, "{row:?} {ours}");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

/// Krippendorff (2011), example C, as published: .743, .815 and .849.
#[test]
fn the_published_example_comes_out() {
    let row = rows(include_str!("golden/alpha.csv")).next().expect("the first is the published one");
    let ratings = Ratings::new(5, views(row[2])).expect("golden ratings");
    for (metric, published) in [(Metric::Nominal, 0.743), (Metric::Ordinal, 0.815), (Metric::Interval, 0.849)] {
        let ours = readiness::krippendorff_alpha(&ratings, metric).expect("an alpha");
        assert!((ours - published).abs() < 0.0006, "{metric:?}: {ours}");
    }
}

#[test]
fn kappa_is_theirs() {
    let mut compared = 0;
    for row in rows(include_str!("golden/kappa.csv")) {
        let views = views(row[2]);
        let (a, b): (Vec<_>, Vec<_>) = views.iter().map(|pair| (pair[0], pair[1])).unzip();
        let weights = match row[1] {
            "unweighted" => Weights::Unweighted,
            "linear" => Weights::Linear,
            _ => Weights::Quadratic,
        };
        let ours = readiness::weighted_kappa(&a, &b, row[0].parse().expect("points"), weights).expect("a kappa");
        assert!((ours - number(row[3])).abs() < 1e-10, "{row:?} {ours}");
        compared += 1;
    }
    assert!(compared > 25, "{compared}");
}

#[test]
fn the_interval_is_theirs() {
    for row in rows(include_str!("golden/interval.csv")) {
        let ratings = Ratings::new(4, views(row[2])).expect("golden ratings");
        let chance = SeededChance::of(row[0].parse().expect("a seed"));
        let draws = row[1].parse().expect("draws");
        let ours = readiness::alpha_interval(&ratings, Metric::Ordinal, &chance, draws).expect("an interval");
        assert!((ours.low - number(row[3])).abs() < 1e-10, "{row:?} {ours:?}");
        assert!((ours.high - number(row[4])).abs() < 1e-10, "{row:?} {ours:?}");
        assert_eq!(ours.defined.to_string(), row[5]);
    }
}
