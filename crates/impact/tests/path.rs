//! The path of a group: its definition by examples, its sums by chance, its speed.

use impact::{Judged, LEVEL, Standing, Unit, bounds, path, standing_on, up_to};
use kernel::Date;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

fn grade(rank: u8) -> Judged {
    Judged {
        good_or_equivalent: Some(rank <= 2),
        rank: Some(rank),
    }
}

fn school(joined: &str, rank: u8, events: &[(&str, u8)]) -> Unit {
    Unit {
        joined: Standing {
            on: day(joined),
            judged: grade(rank),
        },
        events: events
            .iter()
            .map(|&(date, rank)| (day(date), grade(rank)))
            .collect(),
    }
}

/// (date, good, declined, `ever_good`) of each point.
fn counts(units: &[Unit], also: &[&str]) -> Vec<(String, u64, u64, u64)> {
    let also: Vec<Date> = also.iter().map(|text| day(text)).collect();
    path(units, &also, LEVEL)
        .iter()
        .map(|p| (p.date.to_string(), p.good, p.declined, p.ever_good))
        .collect()
}

fn row(date: &str, good: u64, declined: u64, ever_good: u64) -> (String, u64, u64, u64) {
    (date.to_owned(), good, declined, ever_good)
}

#[test]
fn only_inspections_after_joining_count() {
    let units = [school(
        "2013-05-01",
        3,
        &[("2013-04-30", 2), ("2013-05-01", 2), ("2013-05-02", 2)],
    )];
    assert_eq!(
        counts(&units, &[]),
        [row("2013-05-01", 0, 0, 0), row("2013-05-02", 1, 0, 1)]
    );
}

#[test]
fn a_later_decline_takes_a_school_out_again() {
    let units = [school(
        "2013-05-01",
        3,
        &[("2014-02-01", 2), ("2017-04-25", 3)],
    )];
    assert_eq!(
        counts(&units, &["2015-12-31"]),
        [
            row("2013-05-01", 0, 0, 0),
            row("2014-02-01", 1, 0, 1),
            row("2015-12-31", 1, 0, 1),
            row("2017-04-25", 0, 1, 1),
        ]
    );
}

#[test]
fn a_decline_is_seen_from_the_standing_on_joining() {
    let units = [
        school("2013-05-01", 3, &[("2014-01-01", 4)]),
        school("2013-05-01", 1, &[("2014-01-01", 2)]),
        school("2013-05-01", 2, &[("2014-01-01", 3)]),
        school("2013-05-01", 4, &[("2014-01-01", 3)]),
    ];
    assert_eq!(
        counts(&units, &[]),
        [row("2013-05-01", 0, 0, 0), row("2014-01-01", 1, 3, 1)]
    );
}

#[test]
fn what_the_rule_does_not_judge_changes_nothing() {
    let mut unit = school("2013-05-01", 3, &[("2014-02-01", 2)]);
    unit.events.push((
        day("2025-01-01"),
        Judged {
            good_or_equivalent: None,
            rank: Some(4),
        },
    ));
    assert_eq!(counts(&[unit], &[]).len(), 2);
}

#[test]
fn of_two_inspections_on_a_day_the_worse_counts() {
    let there = school("2013-05-01", 3, &[("2014-02-01", 2), ("2014-02-01", 3)]);
    let back = school("2013-05-01", 3, &[("2014-02-01", 3), ("2014-02-01", 2)]);
    assert_eq!(counts(&[there], &[]), [row("2013-05-01", 0, 0, 0)]);
    assert_eq!(counts(&[back], &[]), [row("2013-05-01", 0, 0, 0)]);
}

#[test]
fn an_empty_group_has_a_path_where_asked() {
    assert!(path(&[], &[], LEVEL).is_empty());
    let points = path(&[], &[day("2014-01-01")], LEVEL);
    assert_eq!((points[0].known, points[0].share), (0, 0.0));
    assert_eq!((points[0].low, points[0].high), (0.0, 1.0));
}

#[test]
fn the_standing_on_a_date_is_the_latest_point() {
    let points = path(&[school("2013-05-01", 3, &[("2014-02-01", 2)])], &[], LEVEL);
    assert_eq!(standing_on(&points, day("2013-04-30")), None);
    assert_eq!(
        standing_on(&points, day("2014-01-31")).map(|p| p.good),
        Some(0)
    );
    assert_eq!(
        standing_on(&points, day("2020-01-01")).map(|p| p.good),
        Some(1)
    );
    assert_eq!(up_to(&points, day("2014-01-31")).len(), 1);
}

#[test]
fn the_missing_may_be_none_or_all() {
    let pilot = bounds(17, 20, 7);
    assert_eq!(kernel::words::percent(pilot.if_none), "63%");
    assert_eq!(kernel::words::percent(pilot.if_all), "89%");
    assert_eq!(bounds(0, 0, 0).if_all, 0.0);
    assert_eq!(bounds(0, 0, 3).if_all, 1.0);
}

/// Schools with a few inspections over twelve years, some before joining.
fn group() -> impl Strategy<Value = Vec<Unit>> {
    let judged = (0_u8..=5).prop_map(|n| Judged {
        good_or_equivalent: (n > 0).then_some(n <= 2),
        rank: (1..=4).contains(&n).then_some(n),
    });
    let date = (0_i32..40).prop_map(|n| {
        day("2010-01-01")
            .checked_add(jiff::Span::new().days(n * 110))
            .expect("a test's date")
    });
    let unit = (
        date.clone(),
        judged.clone(),
        prop::collection::vec((date, judged), 0..6),
    );
    prop::collection::vec(
        unit.prop_map(|(on, judged, events)| Unit {
            joined: Standing { on, judged },
            events,
        }),
        0..25,
    )
}

/// The definition, read out slowly for one school and date.
fn slowly(unit: &Unit, date: Date) -> (bool, bool) {
    let mut heard: Vec<_> = unit
        .events
        .iter()
        .filter(|(d, j)| *d > unit.joined.on && *d <= date && j.good_or_equivalent.is_some())
        .map(|(d, j)| (*d, std::cmp::Reverse(j.good_or_equivalent), j.rank))
        .collect();
    heard.sort();
    let good =
        |entry: &(Date, std::cmp::Reverse<Option<bool>>, Option<u8>)| entry.1.0 == Some(true);
    let now = heard.last().is_some_and(good);
    let ever = heard
        .chunk_by(|a, b| a.0 == b.0)
        .any(|day| day.last().is_some_and(good));
    (now, ever)
}

proptest! {
    #[test]
    fn the_sweep_says_what_the_definition_says(units in group()) {
        let points = path(&units, &[day("2020-01-01")], LEVEL);
        for point in &points {
            let good = units.iter().filter(|unit| slowly(unit, point.date).0).count() as u64;
            let ever = units.iter().filter(|unit| slowly(unit, point.date).1).count() as u64;
            prop_assert_eq!((point.good, point.ever_good), (good, ever));
        }
    }

    #[test]
    fn the_sums_hold(units in group()) {
        let points = path(&units, &[], LEVEL);
        for point in &points {
            prop_assert!(point.good <= point.ever_good && point.ever_good <= point.known);
            prop_assert!(point.ever_good - point.good <= point.declined);
            prop_assert!(point.declined <= point.known);
            prop_assert!(point.low <= point.share && point.share <= point.high);
        }
        for pair in points.windows(2) {
            prop_assert!(pair[0].date < pair[1].date);
            prop_assert!(pair[0].ever_good <= pair[1].ever_good);
        }
    }

    #[test]
    fn order_does_not_matter(units in group()) {
        let mut turned = units.clone();
        turned.reverse();
        for unit in &mut turned {
            unit.events.reverse();
        }
        prop_assert_eq!(path(&units, &[], LEVEL), path(&turned, &[], LEVEL));
    }
}

/// 2,300 schools, three years, some 700 dates: a page waits for this. The limit is
/// 5 ms in release; a test build gets the room that it needs.
#[test]
fn a_nation_s_path_is_quick() {
    let start = day("2013-05-01");
    let units: Vec<Unit> = (0..2_300_i32)
        .map(|n| Unit {
            joined: Standing {
                on: start,
                judged: grade(3),
            },
            events: (0..2)
                .map(|k| {
                    let days = (n * 7 + k * 311) % 990 + 1;
                    let date = start.checked_add(jiff::Span::new().days(days));
                    (
                        date.expect("a test's date"),
                        grade(if (n + k) % 4 == 0 { 3 } else { 2 }),
                    )
                })
                .collect(),
        })
        .collect();
    let began = std::time::Instant::now();
    let points = path(&units, &[], LEVEL);
    let took = began.elapsed();
    assert!(points.len() > 600, "{} points", points.len());
    let limit = if cfg!(debug_assertions) { 500 } else { 5 };
    assert!(took.as_millis() < limit, "{took:?}");
}
