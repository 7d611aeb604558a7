use kernel::Date;
use proptest::prelude::*;

use super::*;
use crate::check::assert_sound;

fn day(text: &str) -> Date {
    text.parse().expect("a test's date")
}

fn eras() -> Vec<Era> {
    let era = |name: &str, from, until, words: &[&str]| Era {
        name: name.to_owned(),
        from: day(from),
        until: Some(day(until)),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    vec![
        era(
            "Grades, with satisfactory",
            "2005-09-01",
            "2012-08-31",
            &["Outstanding", "Good", "Satisfactory", "Inadequate"],
        ),
        era(
            "Grades, with requires improvement",
            "2012-09-01",
            "2024-09-01",
            &["Outstanding", "Good", "Requires improvement", "Inadequate"],
        ),
        era("No overall grade", "2024-09-02", "2025-11-09", &[]),
    ]
}

fn graded(date: &str, word: &str, level: u8, as_name: Option<&str>) -> Event {
    Event {
        date: day(date),
        kind: Kind::Graded {
            word: word.to_owned(),
            level: Some(level),
        },
        as_name: as_name.map(str::to_owned),
    }
}

fn timeline(events: Vec<Event>) -> Timeline {
    Timeline {
        id: "t".into(),
        title: "What inspectors said of St Anne's".into(),
        from: None,
        today: day("2026-11-24"),
        eras: eras(),
        events,
        cards: Vec::new(),
        joined: None,
    }
}

fn full() -> Timeline {
    let mut timeline = timeline(vec![
        graded("2015-05-14", "Requires improvement", 3, None),
        graded("2010-06-22", "Satisfactory", 3, Some("Hill & Dale Infants")),
        Event {
            date: day("2023-02-01"),
            kind: Kind::Ungraded {
                outcome: "Remains good".into(),
            },
            as_name: None,
        },
        graded("2018-06-01", "Good", 2, None),
        Event {
            date: day("2024-11-01"),
            kind: Kind::Suspended,
            as_name: None,
        },
    ]);
    timeline.cards = vec![ReportCard {
        date: day("2026-03-10"),
        counts: vec![
            CardCount {
                label: "Strong standard".into(),
                areas: 0,
            },
            CardCount {
                label: "Expected standard".into(),
                areas: 6,
            },
        ],
        notes: vec!["Safeguarding: met".into()],
        as_name: None,
    }];
    timeline.joined = Some((day("2013-05-01"), "joined the pilot".into()));
    timeline
}

#[test]
fn the_timeline_of_a_school_with_a_past() {
    let chart = timeline_of_a_school(&full());
    assert_sound(&chart);
    insta::assert_snapshot!("full_wide", chart.wide.replace("><", ">\n<"));
    insta::assert_snapshot!("full_narrow", chart.narrow.replace("><", ">\n<"));
    insta::assert_snapshot!("full_table", chart.table.to_csv().replace("\r\n", "\n"));
}

#[test]
fn every_grade_of_a_busy_school_keeps_its_word() {
    let dates = [
        "2012-12-01",
        "2014-01-10",
        "2015-05-01",
        "2016-11-01",
        "2019-02-01",
    ];
    let events = dates
        .iter()
        .map(|date| graded(date, "Requires improvement", 3, None))
        .collect();
    let chart = timeline_of_a_school(&timeline(events));
    assert_sound(&chart);
    for picture in [&chart.wide, &chart.narrow] {
        let words = picture.matches(">Requires improvement</text>").count();
        let broken = picture.matches(">improvement</text>").count();
        assert_eq!(words + broken, dates.len(), "{picture}");
    }
}

#[test]
fn report_cards_stand_on_no_scale() {
    let mut timeline = full();
    timeline.events.clear();
    let chart = timeline_of_a_school(&timeline);
    assert_sound(&chart);
    assert!(!chart.wide.contains("chart-inspection"));
    assert!(chart.wide.contains("6 Expected standard"));
    assert!(!chart.wide.contains("0 Strong"));
}

#[test]
fn a_school_without_inspections_is_a_picture_too() {
    let mut empty = timeline(Vec::new());
    assert_sound(&timeline_of_a_school(&empty));
    empty.eras.clear();
    assert_sound(&timeline_of_a_school(&empty));
}

fn any_date() -> impl Strategy<Value = Date> {
    (2000_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"))
}

fn any_event() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![
        6 => ("Good|Requires improvement|Outstanding|\\PC{0,30}", prop::option::of(0_u8..9))
            .prop_map(|(word, level)| Kind::Graded { word, level }),
        2 => "Remains good|\\PC{0,40}".prop_map(|outcome| Kind::Ungraded { outcome }),
        1 => Just(Kind::Suspended),
    ];
    (any_date(), kind, prop::option::of("[A-Z][a-z' &]{0,60}")).prop_map(|(date, kind, as_name)| {
        Event {
            date,
            kind,
            as_name,
        }
    })
}

proptest! {
    #[test]
    fn labels_never_meet_nor_leave(
        events in prop::collection::vec(any_event(), 0..14),
        from in prop::option::of(any_date()),
        today in any_date(),
        joined in prop::option::of((any_date(), "\\PC{0,40}")),
        label in "\\PC{0,60}",
        cards in 0_usize..4,
        with_eras in any::<bool>(),
    ) {
        let mut timeline = timeline(events);
        timeline.from = from;
        timeline.today = today;
        timeline.joined = joined;
        if !with_eras {
            timeline.eras.clear();
        }
        timeline.cards = vec![
            ReportCard {
                date: today,
                counts: vec![CardCount { label, areas: 3 }],
                notes: Vec::new(),
                as_name: None,
            };
            cards
        ];
        assert_sound(&timeline_of_a_school(&timeline));
    }
}
