use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn typical() -> Calendar {
    let text = include_str!("../../../../data/calendars/england-typical.json");
    let file: CalendarFile = serde_json::from_str(text).expect("the file has its form");
    file.check("england-typical.json").expect("the file is sound")
}

fn file(first: &str, last: &str, half_term: &str) -> CalendarFile {
    let text = format!(
        r#"{{"id": "x", "name": "X", "certainty": "typical", "source": "a test", "years": [{{"year": "2025/26",
        "terms": [{{"term": "autumn", "first": "{first}", "last": "{last}", "half_term": {half_term}}},
                  {{"term": "spring", "first": "2026-01-05", "last": "2026-03-27"}}],
        "closed": [{{"first": "2026-02-02", "what": "Snow"}}]}}]}}"#
    );
    serde_json::from_str(&text).expect("a file")
}

#[test]
fn the_typical_calendar_knows_its_years_and_is_of_no_authority() {
    let calendar = typical();
    let years: Vec<String> = calendar.years().map(|year| year.to_string()).collect();
    assert_eq!(years, ["2024/25", "2025/26", "2026/27", "2027/28"]);
    assert_eq!((calendar.authority.as_deref(), calendar.certainty), (None, Certainty::Typical));
    assert!(calendar.name.contains("typical") && calendar.name.contains("not of any authority"), "{}", calendar.name);
    for year in calendar.years() {
        let terms = calendar.terms(year);
        assert_eq!(
            terms.iter().map(|term| term.season).collect::<Vec<_>>(),
            [Season::Autumn, Season::Spring, Season::Summer]
        );
        assert!(terms.iter().all(|term| term.half_term.is_some()));
        // 190 days for children and five for staff.
        assert_eq!(terms.iter().map(|term| calendar.school_days(term)).sum::<usize>(), 195, "{year}");
        for term in terms {
            assert!(calendar.is_school_day(term.first) && calendar.is_school_day(term.last), "{}", term.name());
        }
    }
}

#[test]
fn a_day_has_its_term_and_half() {
    let calendar = typical();
    let autumn = calendar.term_on(date(2025, 9, 15)).unwrap();
    assert_eq!(
        (autumn.name().as_str(), autumn.first, autumn.last),
        ("Autumn 2025", date(2025, 9, 1), date(2025, 12, 19))
    );
    assert_eq!(calendar.half_term_on(date(2025, 10, 26)).unwrap().name(), "Autumn 2025, first half");
    assert_eq!(calendar.half_term_on(date(2025, 11, 3)).unwrap().name(), "Autumn 2025, second half");
    assert_eq!(calendar.half_term_on(date(2025, 10, 28)), None, "in the break");
    assert_eq!(calendar.term_on(date(2025, 12, 25)), None);
    assert_eq!(calendar.term_on_or_after(date(2025, 12, 25)).unwrap().name(), "Spring 2026");
    assert_eq!(calendar.term_on_or_after(date(2030, 1, 1)), None);
    assert!(calendar.terms(AcademicYear::starting(2040)).is_empty());
}

#[test]
fn a_closed_day_says_why() {
    let calendar = typical();
    let why = |y, m, d| calendar.why_closed(date(y, m, d));
    assert_eq!(why(2025, 9, 6), Some(Closed::Weekend));
    assert!(matches!(why(2025, 10, 28), Some(Closed::HalfTerm(term)) if term.season == Season::Autumn));
    assert_eq!(why(2025, 12, 29), Some(Closed::Holiday));
    assert_eq!(why(2026, 5, 4), Some(Closed::Closure("Early May bank holiday".into())));
    assert_eq!(why(2031, 3, 3), Some(Closed::NotKnown));
    assert_eq!(why(2026, 5, 5), None);
}

#[test]
fn dates_fall_on_school_days() {
    let calendar = typical();
    assert_eq!(calendar.next_school_day(date(2025, 12, 19)), Some(date(2026, 1, 5)));
    assert_eq!(calendar.previous_school_day(date(2026, 1, 5)), Some(date(2025, 12, 19)));
    assert_eq!(calendar.school_day_from(date(2026, 5, 2)), Some(date(2026, 5, 5)));
    assert_eq!(calendar.school_day_until(date(2026, 5, 4)), Some(date(2026, 5, 1)));
    assert_eq!(calendar.school_day_from(date(2026, 5, 5)), Some(date(2026, 5, 5)));
    assert_eq!(calendar.next_school_day(date(2090, 1, 1)), None);
    assert_eq!(calendar.school_day_from(date(1990, 1, 1)), Some(date(2024, 9, 2)));
    assert_eq!(calendar.previous_school_day(Date::MIN), None);
}

#[test]
fn a_school_has_its_own_dates() {
    let own = OwnDates {
        inset: vec![(date(2025, 9, 1), "Phonics together".into())],
        closed: vec![(Days { first: date(2026, 5, 7), last: date(2026, 5, 7) }, "Polling station".into())],
        open: vec![date(2026, 6, 13)],
        terms: vec![OwnTerm {
            year: AcademicYear::starting(2025),
            season: Season::Summer,
            first: date(2026, 4, 14),
            last: date(2026, 7, 10),
            half_term: None,
        }],
    };
    let school = typical().with(&own, "Ashdale’s own dates").unwrap();
    assert_eq!(school.why_closed(date(2025, 9, 1)), Some(Closed::Inset("Phonics together".into())));
    assert_eq!(school.next_school_day(date(2025, 8, 31)), Some(date(2025, 9, 2)));
    assert_eq!(school.why_closed(date(2026, 5, 7)), Some(Closed::Closure("Polling station".into())));
    assert!(school.is_school_day(date(2026, 6, 13)), "a Saturday on which it is open");
    assert_eq!(school.why_closed(date(2026, 7, 13)), Some(Closed::Holiday));
    assert_eq!(school.half_term_on(date(2026, 5, 27)).unwrap().half, Half::Whole);
    assert_eq!(school.terms(AcademicYear::starting(2025)).len(), 3);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let pause = r#"{"first": "2025-10-27", "last": "2025-10-31"}"#;
    let wrong = |first: &str, last: &str, half: &str| file(first, last, half).check("x.json").unwrap_err().to_string();
    assert!(file("2025-09-01", "2025-12-19", pause).check("x.json").is_ok());
    assert_eq!(
        wrong("1 September", "2025-12-19", pause),
        "x.json, 2025/26, autumn, first: ‘1 September’ is not a date such as 2025-09-01"
    );
    assert_eq!(
        wrong("2025-09-01", "2026-01-05", pause),
        "x.json, 2025/26, spring, first: ‘2026-01-05’ is not after the end of Autumn 2025, 2026-01-05"
    );
    assert_eq!(
        wrong("2025-11-01", "2025-12-19", pause),
        "x.json, 2025/26, autumn, half_term: ‘2025-10-27 to 2025-10-31’ is not inside the term, 2025-11-01 to 2025-12-19"
    );
    assert_eq!(
        wrong("2024-09-01", "2025-12-19", pause),
        "x.json, 2025/26, autumn, first: ‘2024-09-01’ is not in the academic year 2025/26"
    );
    let mut outside = file("2025-09-01", "2025-12-19", pause);
    outside.years[0].closed[0].first = "2025-12-25".into();
    assert_eq!(
        outside.check("x.json").unwrap_err().to_string(),
        "x.json, 2025/26, closed: ‘2025-12-25’ is not within a term of its year"
    );
    outside.years[0].year = "2025-26".into();
    assert!(outside.check("x.json").unwrap_err().to_string().contains("an academic year such as 2025/26"));
    let own = OwnDates { inset: vec![(date(2025, 12, 25), String::new())], ..OwnDates::default() };
    let error = typical().with(&own, "Ashdale’s own dates").unwrap_err();
    assert_eq!(error.to_string(), "Ashdale’s own dates, inset: ‘2025-12-25’ is not a weekday within a term");
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..1500).prop_map(|days| date(2024, 8, 1).saturating_add(jiff::Span::new().days(days)))
}

fn any_days() -> impl Strategy<Value = Days> {
    (any_day(), 0_i64..80)
        .prop_map(|(first, more)| Days { first, last: first.saturating_add(jiff::Span::new().days(more)) })
}

fn any_own() -> impl Strategy<Value = OwnDates> {
    let season = prop_oneof![Just(Season::Autumn), Just(Season::Spring), Just(Season::Summer)];
    let term = (2024_i16..2028, season, any_days(), prop::option::of(any_days())).prop_map(
        |(year, season, days, half_term)| {
            // Mostly near where such a term is, so that some of them are accepted.
            let typical = typical().terms(AcademicYear::starting(year))[season as usize];
            let close = days.first.day() > 8;
            let (first, last) = if close { (typical.first, typical.last) } else { (days.first, days.last) };
            let shifted = first.saturating_add(jiff::Span::new().days(i64::from(days.first.day() % 14)));
            OwnTerm { year: AcademicYear::starting(year), season, first: shifted, last, half_term }
        },
    );
    (
        prop::collection::vec(term, 0..3),
        prop::collection::vec(any_day(), 0..3),
        prop::collection::vec(any_days(), 0..2),
        prop::collection::vec(any_day(), 0..3),
    )
        .prop_map(|(terms, inset, closed, open)| OwnDates {
            inset: inset.into_iter().map(|day| (day, String::new())).collect(),
            closed: closed.into_iter().map(|days| (days, String::new())).collect(),
            open,
            terms,
        })
}

proptest! {
    #[test]
    fn terms_never_overlap_and_half_terms_lie_inside(own in any_own()) {
        if let Ok(calendar) = typical().with(&own, "x") {
            for pair in calendar.all_terms().windows(2) {
                prop_assert!(pair[0].last < pair[1].first, "{pair:?}");
            }
            for term in calendar.all_terms() {
                prop_assert!(term.first <= term.last);
                if let Some(pause) = term.half_term {
                    prop_assert!(term.first < pause.first && pause.first <= pause.last && pause.last < term.last);
                }
                let halves = term.halves();
                prop_assert_eq!(halves[0].days.first, term.first);
                prop_assert_eq!(halves[halves.len() - 1].days.last, term.last);
            }
        }
    }

    #[test]
    fn the_next_school_day_is_the_next(own in any_own(), from in any_day()) {
        let calendar = typical().with(&own, "x").unwrap_or_else(|_| typical());
        if let Some(next) = calendar.next_school_day(from) {
            prop_assert!(next > from && calendar.is_school_day(next));
            let mut between = from.tomorrow().unwrap();
            while between < next {
                prop_assert!(!calendar.is_school_day(between));
                between = between.tomorrow().unwrap();
            }
            prop_assert!(calendar.previous_school_day(next).is_none_or(|before| before <= from));
        }
        prop_assert_eq!(calendar.is_school_day(from), calendar.school_day_from(from) == Some(from));
    }

    #[test]
    fn any_text_for_a_date_is_an_error_and_never_a_panic(text in "\\PC{0,12}") {
        let mut wrong = file("2025-09-01", "2025-12-19", "null");
        wrong.years[0].terms[0].first = text;
        let _ = wrong.check("x.json");
    }
}
