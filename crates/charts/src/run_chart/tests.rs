use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

fn weeks(values: &[f64]) -> Vec<RunPoint> {
    let first = day("2025-09-12");
    let on = |index: i64| first.saturating_add(jiff::Span::new().days(index * 7));
    (0..).zip(values).map(|(index, value)| RunPoint { date: on(index), value: *value, note: None }).collect()
}

fn reading() -> RunChart {
    let mut points = weeks(&[12.0, 14.0, 11.0, 13.0, 14.0, 16.0, 15.0, 18.0, 19.0, 18.0, 20.0, 21.0, 19.0]);
    points[5].note = Some("Reading talk begins".into());
    RunChart {
        id: "reading".into(),
        title: "Children who read at home every day, by week".into(),
        measure: "Children, of 28".into(),
        decimals: 0,
        points,
        median: Some(14.0),
        target: Some(Target { value: 24.0, by: Some(day("2025-12-19")) }),
        signals: vec![RunSignal { kind: SignalKind::Shift, direction: Direction::Up, points: 5..13 }],
        reading: "Thirteen points: a shift, more than chance.".into(),
    }
}

#[test]
fn the_picture_of_a_shift() {
    let chart = run_chart(&reading());
    assert_sound(&chart);
    insta::assert_snapshot!("shift_wide", chart.wide.replace("><", ">\n<"));
    insta::assert_snapshot!("shift_narrow", chart.narrow.replace("><", ">\n<"));
    insta::assert_snapshot!("shift_table", chart.table.to_csv().replace("\r\n", "\n"));
}

#[test]
fn a_signal_is_said_in_words_and_by_shape() {
    let chart = run_chart(&reading());
    for picture in [&chart.wide, &chart.narrow] {
        assert!(picture.contains("shift:"), "{picture}");
        assert_eq!(picture.matches("h11v11h-11z").count(), 8, "eight squares");
        for words in ["median 14", "target 24", "latest 19"] {
            let parts: Vec<&str> = words.split(' ').collect();
            assert!(picture.contains(&format!(">{words}<")) || picture.contains(&format!(">{}<", parts[0])), "{words}");
        }
    }
    let mut falling = reading();
    falling.signals = vec![RunSignal { kind: SignalKind::Trend, direction: Direction::Down, points: 0..5 }];
    let chart = run_chart(&falling);
    assert!(chart.wide.contains("trend: falling") && chart.table.rows[0][2] == "trend: falling");
}

#[test]
fn no_points_yet_says_so() {
    let mut empty = reading();
    empty.points.clear();
    empty.signals.clear();
    empty.median = None;
    empty.target = None;
    let chart = run_chart(&empty);
    assert_sound(&chart);
    assert!(chart.wide.contains("No points yet") && chart.table.rows.is_empty());
}

#[test]
fn no_digits_that_the_data_do_not_bear() {
    let mut chart = reading();
    chart.decimals = 1;
    assert_eq!(
        (chart.written(12.34), chart.written(-0.04), chart.written(f64::NAN)),
        ("12.3".into(), "0.0".into(), "not known".into())
    );
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.0..100.0_f64, 2 => (0_i32..30).prop_map(f64::from), 1 => Just(f64::NAN), 1 => -1e15..1e15_f64]
}

fn any_chart() -> impl Strategy<Value = RunChart> {
    let date = || (2024_i16..2028, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"));
    let point = (date(), any_value(), prop::option::of("\\PC{0,20}")).prop_map(|(date, value, note)| RunPoint {
        date,
        value,
        note,
    });
    let signal =
        (any::<bool>(), any::<bool>(), 0_usize..20, 0_usize..12).prop_map(|(shift, up, start, long)| RunSignal {
            kind: if shift { SignalKind::Shift } else { SignalKind::Trend },
            direction: if up { Direction::Up } else { Direction::Down },
            points: start..start + long,
        });
    let target = (any_value(), prop::option::of(date())).prop_map(|(value, by)| Target { value, by });
    (
        prop::collection::vec(point, 0..25),
        prop::option::of(any_value()),
        prop::option::of(target),
        prop::collection::vec(signal, 0..4),
        0_u8..4,
    )
        .prop_map(|(mut points, median, target, signals, decimals)| {
            points.sort_by_key(|point| point.date);
            RunChart {
                id: "x".into(),
                title: "Any".into(),
                measure: "Any".into(),
                decimals,
                points,
                median,
                target,
                signals,
                reading: String::new(),
            }
        })
}

proptest! {
    #[test]
    fn labels_never_meet_nor_leave(chart in any_chart()) {
        assert_sound(&run_chart(&chart));
    }
}
