//! Our figures beside those of other software (statsmodels and scipy); see
//! golden/make.py for how theirs were made.

/// The numbers of a golden file; 'none' and the like are not numbers.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<f64>> {
    text.lines().skip(2).map(|line| {
        line.split(',')
            .map(|cell| cell.parse().unwrap_or(f64::NAN))
            .collect()
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the files hold counts"
)]
fn count(cell: f64) -> u64 {
    cell as u64
}

#[test]
fn clopper_pearson_is_theirs() {
    for row in rows(include_str!("golden/clopper_pearson.csv")) {
        let ours = impact::clopper_pearson(count(row[0]), count(row[1]), row[2]);
        assert!((ours.low - row[3]).abs() < 1e-9, "{row:?} {ours:?}");
        assert!((ours.high - row[4]).abs() < 1e-9, "{row:?} {ours:?}");
    }
}

#[test]
fn wilson_is_theirs() {
    for row in rows(include_str!("golden/wilson.csv")) {
        let ours = impact::wilson(count(row[0]), count(row[1]), row[2]);
        assert!((ours.low - row[3]).abs() < 1e-9, "{row:?} {ours:?}");
        assert!((ours.high - row[4]).abs() < 1e-9, "{row:?} {ours:?}");
    }
}

#[test]
fn newcombe_is_theirs() {
    for row in rows(include_str!("golden/newcombe.csv")) {
        let groups = [0, 1, 2, 3].map(|column: usize| count(row[column]));
        let ours = impact::difference((groups[0], groups[1]), (groups[2], groups[3]), row[4]);
        assert!((ours.estimate - row[5]).abs() < 1e-12, "{row:?} {ours:?}");
        assert!((ours.low - row[6]).abs() < 1e-9, "{row:?} {ours:?}");
        assert!((ours.high - row[7]).abs() < 1e-9, "{row:?} {ours:?}");
    }
}

#[test]
fn the_smallest_gain_is_theirs() {
    for row in rows(include_str!("golden/smallest_gain.csv")) {
        let design = impact::Design::new(count(row[0]), count(row[1]), row[2]);
        match impact::smallest_gain(design) {
            Some(ours) => assert!((ours - row[3]).abs() < 1e-6, "{row:?} {ours}"),
            None => assert!(row[3].is_nan(), "{row:?}"),
        }
    }
}
