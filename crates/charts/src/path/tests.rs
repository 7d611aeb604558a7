use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

fn term(name: &str, first: &str, last: &str) -> PathTerm {
    PathTerm { name: name.into(), first: day(first), last: day(last) }
}

fn mark(date: &str, words: &str) -> PathMark {
    PathMark { date: day(date), words: words.into() }
}

fn review(date: &str, name: &str, rag: Option<Rag>) -> PathReview {
    PathReview { date: day(date), name: name.into(), rag }
}

/// The path of the sketch.
fn ashdale() -> SchoolPath {
    SchoolPath {
        id: "path".into(),
        title: "Our path since September 2025".into(),
        today: day("2026-11-24"),
        terms: vec![
            term("Autumn 2025", "2025-09-01", "2025-12-19"),
            term("Spring 2026", "2026-01-05", "2026-03-27"),
            term("Summer 2026", "2026-04-13", "2026-07-20"),
            term("Autumn 2026", "2026-09-01", "2026-12-18"),
        ],
        record: vec![mark("2025-09-08", "joined; graded areas below good since June 2025")],
        together: vec![
            mark("2025-09-16", "Network Day"),
            mark("2025-11-12", "Diagnosis agreed"),
            mark("2026-02-24", "Network Day"),
            mark("2026-05-12", "Peer review by Oakmere"),
            mark("2026-10-06", "Network Day"),
        ],
        priorities: vec![
            PathPriority {
                name: "Talk in every lesson".into(),
                opened: day("2025-11-20"),
                closed: Some((day("2026-07-20"), "met".into())),
                latest: Some(Rag::Green),
            },
            PathPriority {
                name: "Middle leaders lead".into(),
                opened: day("2025-11-20"),
                closed: None,
                latest: Some(Rag::Amber),
            },
            PathPriority {
                name: "Attendance of our youngest".into(),
                opened: day("2026-01-05"),
                closed: None,
                latest: None,
            },
        ],
        reviews: vec![
            review("2025-12-12", "Autumn review", Some(Rag::Amber)),
            review("2026-03-20", "Spring review", Some(Rag::Amber)),
            review("2026-07-10", "Summer review", Some(Rag::Green)),
            review("2026-12-11", "Autumn review", None),
        ],
    }
}

#[test]
fn the_path_of_the_sketch() {
    let chart = path_of_a_school(&ashdale());
    assert_sound(&chart);
    insta::assert_snapshot!("ashdale_wide", chart.wide.replace("><", ">\n<"));
    insta::assert_snapshot!("ashdale_narrow", chart.narrow.replace("><", ">\n<"));
    insta::assert_snapshot!("ashdale_table", chart.table.to_csv().replace("\r\n", "\n"));
}

#[test]
fn a_letter_never_stands_without_its_word() {
    let chart = path_of_a_school(&ashdale());
    for picture in [&chart.wide, &chart.narrow] {
        for words in
            ["Middle leaders lead (amber)", "closed: met", "Autumn review", ">A</text>", ">G</text>", ">today<"]
        {
            assert!(picture.contains(words), "{words} in {picture}");
        }
        assert!(picture.contains(r#"stroke-dasharray="3 2""#), "the review to come is dashed");
    }
    assert!(chart.table.rows.iter().any(|row| row[1] == "Autumn review" && row[4] == "to come"));
    assert!(chart.table.rows.iter().any(|row| row[1] == "Attendance of our youngest" && row[3] == "open"));
}

#[test]
fn a_school_that_has_just_joined_has_a_path_too() {
    let mut young = ashdale();
    young.today = day("2025-09-09");
    young.together.clear();
    young.priorities.clear();
    young.reviews.clear();
    let chart = path_of_a_school(&young);
    assert_sound(&chart);
    assert!(chart.wide.contains("None chosen yet"));
    young.terms.clear();
    assert_sound(&path_of_a_school(&young));
}

fn any_path() -> impl Strategy<Value = SchoolPath> {
    let date = || (2025_i16..2028, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"));
    let words = || "[A-Z][a-z ]{0,40}|\\PC{0,30}";
    let rag = || prop_oneof![Just(None), Just(Some(Rag::Red)), Just(Some(Rag::Amber)), Just(Some(Rag::Green))];
    let marks =
        move || prop::collection::vec((date(), words()).prop_map(|(date, words)| PathMark { date, words }), 0..9);
    let priority = (words(), date(), prop::option::of((date(), words())), rag())
        .prop_map(|(name, opened, closed, latest)| PathPriority { name, opened, closed, latest });
    let review = (date(), words(), rag()).prop_map(|(date, name, rag)| PathReview { date, name, rag });
    // Terms follow one another, some of them very short.
    let terms = prop::collection::vec((words(), 1_i64..130, 0_i64..40), 0..8).prop_map(|terms| {
        let mut at = day("2025-09-01");
        let later = |from: Date, days: i64| from.saturating_add(jiff::Span::new().days(days));
        terms
            .into_iter()
            .map(|(name, long, gap)| {
                let (first, last) = (at, later(at, long));
                at = later(last, gap + 1);
                PathTerm { name, first, last }
            })
            .collect::<Vec<_>>()
    });
    (date(), terms, marks(), marks(), prop::collection::vec(priority, 0..6), prop::collection::vec(review, 0..6))
        .prop_map(|(today, terms, record, together, priorities, reviews)| SchoolPath {
            id: "x".into(),
            title: "Any".into(),
            today,
            terms,
            record,
            together,
            priorities,
            reviews,
        })
}

proptest! {
    #[test]
    fn labels_never_meet_nor_leave(path in any_path()) {
        assert_sound(&path_of_a_school(&path));
    }
}
