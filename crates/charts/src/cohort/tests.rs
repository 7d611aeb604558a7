use kernel::Date;
use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

fn step(date: &str, good: u64, known: u64, low: f64, high: f64, declined: u64) -> Step {
    Step {
        date: day(date),
        good,
        known,
        low,
        high,
        declined,
    }
}

/// A small cohort with everything on its picture.
fn small() -> CohortPath {
    CohortPath {
        id: "pilot".into(),
        title: "Share good since 1 May 2013".into(),
        from: day("2013-05-01"),
        until: day("2015-12-31"),
        cohort: Line {
            name: "Pilot schools".into(),
            steps: vec![
                step("2013-05-01", 0, 20, 0.0, 0.168, 0),
                step("2014-02-04", 9, 20, 0.231, 0.685, 0),
                step("2015-05-20", 17, 20, 0.621, 0.968, 1),
            ],
        },
        others: Some(Line {
            name: "Schools like them".into(),
            steps: vec![
                step("2013-05-01", 0, 2210, 0.0, 0.002, 0),
                step("2014-06-01", 1100, 2210, 0.477, 0.519, 40),
                step("2015-09-20", 1610, 2210, 0.709, 0.747, 18),
            ],
        }),
        published: vec![Published {
            date: day("2015-12-15"),
            share: 19.0 / 30.0,
            label: "published: 63%".into(),
        }],
        missing: Some(Missing {
            if_none: 17.0 / 27.0,
            if_all: 24.0 / 27.0,
            if_none_label: "63% if none of the seven".into(),
            if_all_label: "89% if all".into(),
        }),
    }
}

#[test]
fn the_picture_of_a_small_cohort() {
    let chart = path_of_a_cohort(&small());
    assert_sound(&chart);
    insta::assert_snapshot!("small_wide", chart.wide.replace("><", ">\n<"));
    insta::assert_snapshot!("small_narrow", chart.narrow.replace("><", ">\n<"));
    insta::assert_snapshot!("small_table", chart.table.to_csv().replace("\r\n", "\n"));
}

#[test]
fn every_label_of_the_small_cohort_finds_room() {
    let chart = path_of_a_cohort(&small());
    for picture in [&chart.wide, &chart.narrow] {
        for text in [
            "Pilot schools",
            "85%, 17 of 20",
            "89% if all",
            "1 declined",
            "63%</text>",
        ] {
            assert!(picture.contains(text), "{text}");
        }
    }
}

#[test]
fn a_cohort_of_which_nothing_is_known_says_so() {
    let mut path = small();
    path.cohort.steps.clear();
    path.others = None;
    path.published.clear();
    path.missing = None;
    let chart = path_of_a_cohort(&path);
    assert_sound(&chart);
    assert!(chart.wide.contains("Nothing known yet"));
    assert!(chart.table.rows.is_empty());
}

#[test]
fn names_from_outside_are_escaped() {
    let mut path = small();
    path.cohort.name = "St Anne's <R&C> \"Lower\"".into();
    path.published[0].label = "</title><script>".into();
    let chart = path_of_a_cohort(&path);
    assert_sound(&chart);
    assert!(chart.wide.contains("St Anne&#39;s"));
    assert!(!chart.wide.contains("<script"));
}

#[test]
fn steps_before_and_after_the_axis_are_folded_and_cut() {
    let mut path = small();
    path.from = day("2014-06-01");
    path.until = day("2015-01-01");
    let steps = visible(&path, &path.cohort);
    assert_eq!(steps.len(), 1);
    assert_eq!((steps[0].date, steps[0].good), (day("2014-06-01"), 9));
}

/// Any share: mostly sensible, now and then no number.
fn any_share() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.0..=1.0_f64, 1 => Just(f64::NAN), 1 => -1e9..1e9_f64]
}

fn any_date() -> impl Strategy<Value = Date> {
    (2000_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"))
}

fn any_line() -> impl Strategy<Value = Line> {
    let step = (
        any_date(),
        0_u64..3000,
        0_u64..3000,
        any_share(),
        any_share(),
        0_u64..9,
    )
        .prop_map(|(date, good, known, low, high, declined)| Step {
            date,
            good,
            known,
            low,
            high,
            declined,
        });
    (
        "\\PC{0,30}|[A-Z][a-z ]{0,40}",
        prop::collection::vec(step, 0..12),
    )
        .prop_map(|(name, mut steps)| {
            steps.sort_by_key(|step| step.date);
            Line { name, steps }
        })
}

fn any_path() -> impl Strategy<Value = CohortPath> {
    let published = (
        any_date(),
        any_share(),
        "published: [0-9]{1,2} of [0-9]{1,3}|\\PC{0,40}",
    )
        .prop_map(|(date, share, label)| Published { date, share, label });
    let missing = (any_share(), any_share(), "\\PC{0,30}", "[a-z0-9% ]{0,40}").prop_map(
        |(if_none, if_all, if_none_label, if_all_label)| Missing {
            if_none,
            if_all,
            if_none_label,
            if_all_label,
        },
    );
    (
        any_date(),
        any_date(),
        any_line(),
        prop::option::of(any_line()),
        prop::collection::vec(published, 0..6),
        prop::option::of(missing),
    )
        .prop_map(
            |(from, until, cohort, others, published, missing)| CohortPath {
                id: "x".into(),
                title: "Any".into(),
                from,
                until,
                cohort,
                others,
                published,
                missing,
            },
        )
}

proptest! {
    #[test]
    fn labels_never_meet_nor_leave(path in any_path()) {
        assert_sound(&path_of_a_cohort(&path));
    }
}
