//! Management information before report cards.

use super::*;

#[test]
fn management_information_of_2017() {
    let file = good(fixture!("mi-2017-12.csv"), "ofsted-2015-2019");
    let [latest, previous] = file.inspections(123_166)[..] else {
        panic!("two inspections")
    };
    assert_eq!(
        (latest.start, latest.end),
        (date(2013, 11, 19), Some(date(2013, 11, 20)))
    );
    assert_eq!(latest.published, Some(date(2013, 12, 11)));
    assert_eq!(
        (latest.overall, latest.number.as_deref()),
        (Some(2), Some("ITS426502"))
    );
    assert_eq!(latest.type_words.as_deref(), Some("S5 Inspection"));
    assert_eq!(
        codes(latest),
        [
            ("achievement", Some(2)),
            ("teaching", Some(2)),
            ("leadership", Some(2)),
            ("behaviour", None),
            ("early_years", None),
            ("sixth_form", None),
        ]
    );
    assert!(!latest.back_reference && previous.back_reference);
    assert_eq!(
        (previous.start, previous.overall),
        (date(2011, 11, 2), Some(3))
    );
    assert_eq!(previous.framework.key(), "S5_2009");
    let school = file.school(123_166);
    let fact = |field| {
        school
            .facts
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, fact)| fact)
    };
    assert_eq!(
        fact(SchoolField::Postcode).unwrap().text(),
        Some("OX14 1HB")
    );
    assert_eq!(fact(SchoolField::Pupils).unwrap().whole(), Some(405));
    assert_eq!(fact(SchoolField::LaCode).unwrap().whole(), Some(931));
    assert!(school.facts.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn an_inspection_before_the_school_opened_was_its_predecessor_s() {
    let file = good(fixture!("mi-2017-12.csv"), "ofsted-2015-2019");
    for sheet in file.inspections(142_350) {
        assert_eq!(sheet.urn_at_inspection.get(), 123_095);
    }
    let own = file.inspections(139_532)[0];
    assert_eq!(
        (own.urn_at_inspection.get(), own.carried_by),
        (139_532, None)
    );
    assert_eq!(own.category, Some(Category::SeriousWeaknesses));
    assert_eq!(
        file.inspections(141_111).len(),
        0,
        "never inspected: facts only"
    );
    assert_eq!(file.school(141_111).facts.len(), 9);
}

#[test]
fn codes_eight_and_nine_are_kept_as_they_stand() {
    let file = good(fixture!("mi-2017-12.csv"), "ofsted-2015-2019");
    let sheet = file.inspections(123_098)[0];
    let early = sheet
        .judgements
        .iter()
        .find(|j| j.area == "early_years")
        .unwrap();
    assert_eq!((early.code, early.raw.as_str()), (None, "8"));
    let notice = file.inspections(122_999)[1];
    assert_eq!(notice.category, Some(Category::NoticeToImprove));
}

#[test]
fn the_event_file_of_2005_to_2015_knows_last_days_only() {
    let file = good(fixture!("2005-2015.csv"), "ofsted-2005-2015");
    let graded = file.inspections(990_001);
    assert_eq!(
        (graded[0].start, graded[0].dated_by),
        (date(2013, 6, 20), DatedBy::End)
    );
    assert_eq!(graded[0].overall, Some(2));
    assert_eq!(codes(graded[1])[0], ("outcomes", Some(3)));
    let visit = file.inspections(990_004)[0];
    assert_eq!(
        (visit.kind, visit.overall),
        (InspectionKind::Monitoring, None)
    );
    let cleaned = fixture!("2005-2015.csv")
        .replace("How well do pupils achieve?", "how_well_do_pupils_achieve")
        .replace("Inspection end date", "inspection_end_date")
        .replace("Overall effectiveness", "overall_effectiveness");
    assert_eq!(
        good(&cleaned, "ofsted-2005-2015")
            .inspections(990_001)
            .len(),
        2
    );
}

#[test]
fn latest_inspections_with_section_8() {
    let file = good(fixture!("latest-2019.csv"), "ofsted-latest-2019-2024");
    let [latest, previous, visit] = file.inspections(990_002)[..] else {
        panic!("three inspections")
    };
    assert_eq!((latest.overall, latest.safeguarding), (Some(2), Some(true)));
    assert_eq!(latest.urn_at_inspection.get(), 990_002);
    assert!(previous.back_reference);
    assert_eq!(previous.urn_at_inspection.get(), 990_003, "deemed");
    assert_eq!(visit.kind, InspectionKind::Ungraded);
    assert_eq!(visit.outcome.as_deref(), Some("School remains Good"));
    assert_eq!((visit.overall, visit.start), (None, date(2023, 3, 14)));
    assert_eq!(file.carried(), [(990_002, 990_003)]);
    assert_eq!(file.inspections(990_001).len(), 0);
}

#[test]
fn a_visit_that_converted_stands_as_the_graded_inspection_only() {
    let text =
        fixture!("latest-2019.csv").replace(",No,School remains Good", ",Yes,School remains Good");
    let sheets = read(&text).inspections(990_002).len();
    assert_eq!(sheets, 2);
}

#[test]
fn latest_inspections_with_the_names_of_2024_below_two_lines_of_title() {
    let file = good(fixture!("latest-2024.csv"), "ofsted-latest-2019-2024");
    let [latest, _, visit] = file.inspections(990_002)[..] else {
        panic!("three inspections")
    };
    assert_eq!(
        (latest.overall, latest.framework.key()),
        (None, "EIF_2024_no_OE")
    );
    assert_eq!(codes(latest)[0], ("quality_of_education", Some(3)));
    assert_eq!(visit.outcome.as_deref(), Some("Some aspects not as strong"));
    assert_eq!(
        (visit.kind, visit.overall),
        (InspectionKind::Ungraded, None)
    );
}

#[test]
fn an_overall_grade_after_september_2024_is_refused() {
    let text = fixture!("latest-2024.csv").replace("Not judged", "3");
    let error = only_error(&text);
    assert!(
        error.contains("column ‘Overall effectiveness’: ‘3’"),
        "{error}"
    );
}

#[test]
fn all_inspections_of_the_year_by_kind() {
    let file = good(fixture!("inyear-2024.csv"), "ofsted-inyear-2019-2025");
    let kind = |urn| file.inspections(urn)[0].kind;
    assert_eq!(kind(990_001), InspectionKind::Graded);
    assert_eq!(kind(990_002), InspectionKind::Ungraded);
    assert_eq!(kind(990_004), InspectionKind::Monitoring);
    let visit = file.inspections(990_002)[0];
    assert_eq!((visit.overall, visit.judgements.len()), (None, 0));
}
