use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn urn() -> Urn {
    Urn::new(118_291).unwrap()
}

fn sheet(start: Date) -> InspectionSheet {
    InspectionSheet::graded(urn(), start, FrameworkId::in_force(start).unwrap())
}

fn origin(source: u32, year: i16) -> Origin {
    Origin {
        source: SourceId(source),
        as_of: date(year, 1, 1),
        rank: 0,
    }
}

fn judgement(area: &str, code: Option<u8>, raw: &str) -> Judgement {
    Judgement {
        area: area.to_owned(),
        code,
        raw: raw.to_owned(),
        dated: None,
    }
}

#[test]
fn a_newer_file_changes_and_keeps_what_only_the_older_knew() {
    let mut old = sheet(date(2013, 6, 19));
    old.overall = Some(3);
    old.number = Some("ITS413100".to_owned());
    old.judgements = vec![
        judgement("leadership", Some(2), "2"),
        judgement("early_years", Some(1), "1"),
    ];
    let mut new = sheet(date(2013, 6, 19));
    new.overall = Some(2);
    new.judgements = vec![
        judgement("early_years", None, "9"),
        judgement("leadership", Some(3), "3"),
    ];
    let (first, change) = merge(None, &old, origin(1, 2015));
    assert_eq!(change, Change::New);
    let (merged, change) = merge(Some(&first), &new, origin(2, 2018));
    assert_eq!(change, Change::Changed);
    assert_eq!(merged.overall, Some(2));
    assert_eq!(merged.number.as_deref(), Some("ITS413100"));
    assert_eq!(
        (merged.code("leadership"), merged.code("early_years")),
        (Some(3), Some(1))
    );
    assert_eq!(merged.source_of(Field::Overall), Some(SourceId(2)));
    assert_eq!(merged.source_of(Field::Number), Some(SourceId(1)));
    assert_eq!(merged.source_of(Field::Category), None);
    assert_eq!(merged.source_of_area("early_years"), Some(SourceId(1)));
    let (again, change) = merge(Some(&merged), &old, origin(1, 2015));
    assert_eq!((again, change), (merged, Change::Unchanged));
}

#[test]
fn a_third_file_that_says_the_same_only_confirms() {
    let mut said = sheet(date(2013, 6, 19));
    said.overall = Some(2);
    let (first, _) = merge(None, &said, origin(1, 2015));
    let (second, change) = merge(Some(&first), &said, origin(2, 2014));
    assert_eq!(change, Change::Confirmed);
    assert_eq!(second.said_by.len(), 2);
    assert_eq!(
        merge(Some(&second), &said, origin(2, 2014)).1,
        Change::Unchanged
    );
}

#[test]
fn a_file_s_own_row_goes_before_a_back_reference_whatever_the_day() {
    let mut own = sheet(date(2013, 6, 19));
    own.overall = Some(3);
    let mut passing = sheet(date(2013, 6, 19));
    passing.back_reference = true;
    passing.overall = Some(2);
    passing.published = Some(date(2013, 7, 1));
    let (known, _) = merge(None, &own, origin(1, 2015));
    let (merged, _) = merge(Some(&known), &passing, origin(2, 2018));
    assert_eq!(merged.overall, Some(3));
    assert_eq!(merged.published, Some(date(2013, 7, 1)));
    let ranked = Origin {
        rank: 1,
        ..origin(3, 2010)
    };
    let mut better = sheet(date(2013, 6, 19));
    better.overall = Some(1);
    assert_eq!(merge(Some(&merged), &better, ranked).0.overall, Some(1));
}

#[test]
fn a_grade_that_a_monitoring_visit_changed_stands_beside_the_first() {
    let mut card = sheet(date(2026, 1, 13));
    card.judgements = vec![judgement("leadership", Some(2), "Needs attention")];
    let (known, _) = merge(None, &card, origin(1, 2026));
    card.judgements[0].code = Some(3);
    card.judgements[0].dated = Some(date(2026, 6, 2));
    let (merged, _) = merge(Some(&known), &card, origin(2, 2027));
    assert_eq!(merged.judgements.len(), 2);
    assert_eq!(merged.code("leadership"), Some(3));
    let in_may = merged.as_it_stood(date(2026, 5, 1));
    assert_eq!(in_may.code("leadership"), Some(2));
    assert_eq!(in_may.source_of_area("leadership"), Some(SourceId(1)));
    assert!(
        merged
            .words()
            .starts_with("No overall grade; areas: expected standard 1,"),
        "{}",
        merged.words()
    );
    assert_eq!(
        merged.as_it_stood(date(2026, 6, 2)).code("leadership"),
        Some(3)
    );
}

#[test]
fn a_last_day_finds_the_inspection_that_started_shortly_before() {
    let first = |day| Inspection::new(&sheet(date(2014, 3, day)), origin(1, 2015));
    let mut last = sheet(date(2014, 3, 20));
    last.dated_by = DatedBy::End;
    last.overall = Some(2);
    assert!(same_event(&first(20), &last));
    assert!(same_event(&first(10), &last));
    assert!(!same_event(&first(9), &last), "eleven days are too many");
    assert!(!same_event(&first(21), &last), "none ends before it starts");
    let by_last_day = Inspection::new(&last, origin(2, 2015));
    assert!(same_event(&by_last_day, &sheet(date(2014, 3, 19))));
    assert!(!same_event(&by_last_day, &sheet(date(2014, 3, 21))));
    let mut visit = last.clone();
    visit.kind = InspectionKind::Monitoring;
    assert!(!same_event(&first(19), &visit), "another kind of visit");

    let several = [first(10), first(19), first(20)];
    assert_eq!(find_event(&several, &last), Some(2), "the nearest");
    assert_eq!(find_event(&several[..1], &sheet(date(2014, 3, 11))), None);

    // Whichever is read first, the first day becomes the date.
    let (one, _) = merge(Some(&first(19)), &last, origin(2, 2015));
    let (other, change) = merge(
        Some(&by_last_day),
        &sheet(date(2014, 3, 19)),
        origin(1, 2015),
    );
    assert_eq!(change, Change::Changed);
    for merged in [one, other] {
        assert_eq!(
            (merged.start, merged.dated_by),
            (date(2014, 3, 19), DatedBy::Start)
        );
        assert_eq!(
            (merged.end, merged.overall),
            (Some(date(2014, 3, 20)), Some(2))
        );
    }
}

#[test]
fn an_inspection_in_words() {
    let mut said = sheet(date(2013, 6, 19));
    said.overall = Some(2);
    let words = |sheet: &InspectionSheet| Inspection::new(sheet, origin(1, 2026)).words();
    assert_eq!(
        words(&said),
        "Good, 19 June 2013, under the September 2012 framework"
    );
    said.overall = Some(4);
    said.category = Some(Category::SpecialMeasures);
    assert_eq!(
        words(&said),
        "Inadequate, 19 June 2013, under the September 2012 framework (special measures)"
    );
    let mut card = sheet(date(2026, 1, 13));
    card.judgements = vec![
        judgement("inclusion", Some(4), "Strong standard"),
        judgement("leadership", Some(3), "Expected standard"),
        judgement("achievement", Some(3), "Expected standard"),
    ];
    assert_eq!(
        words(&card),
        "No overall grade; areas: strong standard 1, expected standard 2, 13 January 2026, under the November 2025 framework"
    );
    card.standing = Standing::Suspended;
    assert!(words(&card).starts_with("Suspended, no grades until the return visit"));
    let mut visit = sheet(date(2025, 1, 14));
    visit.kind = InspectionKind::Ungraded;
    visit.outcome = Some("Standards maintained".to_owned());
    assert_eq!(
        words(&visit),
        "Ungraded inspection, 14 January 2025, under the September 2024 framework: ‘Standards maintained’ (not a grade)"
    );
}

#[test]
fn an_ungraded_outcome_is_never_called_a_grade() {
    let framework = FrameworkId::from_key("EIF_2024_no_OE").unwrap().get();
    for outcome in [
        "Standards maintained",
        "Improved significantly",
        "some aspects not as strong",
        "School remains Good (Concerns) - S5 Next",
        "Leaders are taking effective action",
    ] {
        let words = outcome_words(framework, outcome);
        assert!(words.contains("is not a grade"), "{words}");
    }
}

#[test]
fn the_latest_graded_inspection_has_a_grade_and_is_not_later_than_the_day() {
    let graded = |day: Date, overall| {
        let mut said = sheet(day);
        said.overall = overall;
        Inspection::new(&said, origin(1, 2026))
    };
    let mut visit = graded(date(2014, 1, 1), Some(1));
    visit.kind = InspectionKind::Ungraded;
    let all = [
        graded(date(2009, 1, 1), Some(3)),
        visit,
        graded(date(2013, 1, 1), Some(2)),
        graded(date(2015, 1, 1), None),
        graded(date(2016, 1, 1), Some(1)),
    ];
    let on = |day| latest_graded(&all, day).and_then(|inspection| inspection.overall);
    assert_eq!(on(date(2015, 6, 1)), Some(2));
    assert_eq!(on(date(2012, 12, 31)), Some(3));
    assert_eq!(on(date(2016, 1, 1)), Some(1));
    assert_eq!(on(date(2008, 1, 1)), None);
}

fn any_sheet() -> impl Strategy<Value = (InspectionSheet, Origin)> {
    let grade = prop::option::of(1..=4_u8);
    let area = prop::option::of((prop::option::of(1..=4_u8), "[89]"));
    let date_if = prop::option::of(1..=5_i8);
    (
        grade,
        area,
        date_if,
        any::<bool>(),
        1..5_u32,
        2015..2018_i16,
    )
        .prop_map(|(overall, area, day, back_reference, source, year)| {
            let mut said = sheet(date(2014, 3, 19));
            said.overall = overall;
            said.back_reference = back_reference;
            said.published = day.map(|day| date(2014, 4, day));
            said.judgements = area
                .map(|(code, raw)| judgement("leadership", code, &raw))
                .into_iter()
                .collect();
            said.carried_by = Urn::new(140_000 + source);
            (said, origin(source, year + source as i16))
        })
}

proptest! {
    #[test]
    fn the_order_of_files_does_not_matter(sheets in prop::collection::vec(any_sheet(), 1..6)) {
        // One sheet a source and day: within one file the first row stands.
        let mut sheets = sheets;
        sheets.sort_by_key(|(said, origin)| (origin.source, origin.as_of, said.back_reference));
        sheets.dedup_by_key(|(said, origin)| (origin.source, origin.as_of, said.back_reference));
        let all = |sheets: &[(InspectionSheet, Origin)]| {
            let mut known = None;
            for (said, origin) in sheets {
                known = Some(merge(known.as_ref(), said, *origin).0);
            }
            known.unwrap()
        };
        let one = all(&sheets);
        sheets.reverse();
        let other = all(&sheets);
        prop_assert_eq!(&one.judgements, &other.judgements);
        prop_assert_eq!(
            (one.overall, one.published, &one.carried_by),
            (other.overall, other.published, &other.carried_by)
        );
        prop_assert_eq!(one.source_of(Field::Overall), other.source_of(Field::Overall));
        // Reading all again changes nothing, and the database's text holds it all.
        for (said, origin) in &sheets {
            prop_assert_eq!(merge(Some(&one), said, *origin).1, Change::Unchanged);
        }
        let back = Inspection::from_detail(one.key(), &one.to_detail()).unwrap();
        prop_assert_eq!(back, one);
    }
}

#[test]
fn seventy_seven_thousand_are_merged_and_stored_quickly() {
    let mut said = sheet(date(2013, 6, 19));
    said.overall = Some(2);
    said.judgements = ["achievement", "teaching", "behaviour", "leadership"]
        .map(|area| judgement(area, Some(2), "2"))
        .to_vec();
    let (known, _) = merge(None, &said, origin(1, 2015));
    let mut length = 0;
    for _ in 0..77_000 {
        let (merged, _) = merge(Some(&known), &said, origin(2, 2016));
        length = merged.to_detail().len();
    }
    assert!(length < 400, "{length}");
}

#[test]
fn a_broken_detail_is_an_error() {
    let key = Inspection::new(&sheet(date(2013, 6, 19)), origin(1, 2015)).key();
    for broken in ["", "{}", "[]", r#"{"f":"S5_1999"}"#] {
        assert!(Inspection::from_detail(key, broken).is_err(), "{broken}");
    }
    // Places that point nowhere are nobody's word.
    let odd = r#"{"f":"S5_2012b","o":2,"y":[200,200,200],"j":[["leadership",2,null,null,77]]}"#;
    let odd = Inspection::from_detail(key, odd).unwrap();
    assert_eq!(odd.source_of(Field::Overall), None);
    assert_eq!(odd.source_of_area("leadership"), None);
    let _ = merge(Some(&odd), &sheet(date(2013, 6, 19)), origin(1, 2015));
}
