use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn views(text: &str, counts: &[u64], unsure: u64, agreed: Option<usize>) -> StatementViews {
    StatementViews { text: text.into(), counts: counts.to_vec(), unsure, agreed }
}

fn strand() -> Spread {
    Spread {
        id: "leadership".into(),
        title: "How eleven of us see Leadership".into(),
        scale: ["Not yet", "In places", "Mostly", "Everywhere"].map(str::to_owned).to_vec(),
        unsure: "I can’t say".into(),
        statements: vec![
            views("Middle leaders have the time, the say and the support to lead their part.", &[3, 4, 3, 1], 0, None),
            views("We finish what we start.", &[0, 2, 6, 2], 1, Some(2)),
            views("Everybody can say what we are trying to improve this year, and why.", &[0, 1, 0, 0], 1, None),
        ],
        fewest: 3,
    }
}

#[test]
fn a_strand_as_small_multiples() {
    let chart = spread_of_views(&strand());
    assert_sound(&chart);
    insta::assert_snapshot!("strand_wide", chart.wide.replace("><", ">\n<"));
    insta::assert_snapshot!("strand_narrow", chart.narrow.replace("><", ">\n<"));
    insta::assert_snapshot!("strand_table", chart.table.to_csv().replace("\r\n", "\n"));
}

#[test]
fn each_view_is_a_dot_and_nothing_is_averaged() {
    let chart = spread_of_views(&strand());
    for picture in [&chart.wide, &chart.narrow] {
        // 11 and 10 filled, one open; the third statement has too few.
        assert_eq!(picture.matches("<circle").count(), 22);
        assert_eq!(picture.matches(r##"fill="#ffffff" stroke="#1d70b8""##).count(), 1);
        assert!(picture.contains(">agreed<") && picture.contains("Fewer than three views: not shown"));
        assert!(!picture.contains("average") && !picture.contains("mean"));
    }
    assert_eq!(chart.table.rows[2][1..6], ["not shown"; 5].map(str::to_owned));
}

#[test]
fn many_people_are_bars_with_their_numbers() {
    let mut many = strand();
    many.statements[0].counts = vec![12, 40, 31, 7];
    let chart = spread_of_views(&many);
    assert_sound(&chart);
    for picture in [&chart.wide, &chart.narrow] {
        assert!(!picture.contains("<circle") && picture.contains(">40</text>"));
    }
}

#[test]
fn nothing_yet_says_so() {
    let mut empty = strand();
    empty.statements = vec![views("We finish what we start.", &[], 0, None)];
    let chart = spread_of_views(&empty);
    assert_sound(&chart);
    assert!(chart.wide.contains("no views yet") && chart.table.rows[0][1] == "0");
    empty.statements.clear();
    assert!(spread_of_views(&empty).narrow.contains("No views yet"));
}

fn any_spread() -> impl Strategy<Value = Spread> {
    let statement = (
        "[A-Z][a-z ]{0,120}|\\PC{0,60}",
        prop::collection::vec(0_u64..30, 0..7),
        0_u64..200,
        prop::option::of(0_usize..8),
    )
        .prop_map(|(text, counts, unsure, agreed)| StatementViews { text, counts, unsure, agreed });
    (
        prop::collection::vec("[A-Z][a-z ]{0,14}|\\PC{0,20}", 0..7),
        "\\PC{0,20}",
        prop::collection::vec(statement, 0..6),
        0_u64..5,
    )
        .prop_map(|(scale, unsure, statements, fewest)| Spread {
            id: "x".into(),
            title: "Any".into(),
            scale,
            unsure,
            statements,
            fewest,
        })
}

proptest! {
    #[test]
    fn labels_never_meet_nor_leave(spread in any_spread()) {
        assert_sound(&spread_of_views(&spread));
    }
}
