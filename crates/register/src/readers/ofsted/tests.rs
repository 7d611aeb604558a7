use crate::frameworks::FrameworkId;
use crate::inspection::{Category, DatedBy, InspectionKind, InspectionSheet, Standing};
use crate::lineage::LinkKind;
use crate::readers::{About, Record, Taken, detect};
use crate::school::{SchoolField, SchoolSheet};
use jiff::civil::date;
use kernel::Urn;
use kernel::table::{BadCell, Row};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/ofsted/", $name))
    };
}

/// Enough of CSV for the fixtures: quotes, but no line end within them.
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => cells.last_mut().unwrap().push(letter),
            }
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        rows.push(Row::of(index as u64 + 1, &cells));
    }
    rows
}

struct File {
    layout: &'static str,
    records: Vec<Record>,
    bad: Vec<BadCell>,
    left_out: Vec<&'static str>,
}

fn read(text: &str) -> File {
    let rows = rows(text);
    let detected = detect(&rows).unwrap();
    assert!(detected.unknown.is_empty(), "{:?}", detected.unknown);
    let about = About {
        as_of: date(2026, 8, 31),
        year: None,
    };
    let mut reader = detected.layout.open(&detected.columns, &about);
    let (mut records, mut bad, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows[detected.header_at + 1..] {
        let before = records.len();
        match reader.read(row, &mut records) {
            Ok(Taken::Read) => assert!(records.len() > before),
            Ok(Taken::LeftOut(why)) => left_out.push(why),
            Err(error) => {
                assert_eq!(records.len(), before, "nothing of a bad row is added");
                bad.push(error);
            }
        }
    }
    File {
        layout: detected.layout.id(),
        records,
        bad,
        left_out,
    }
}

/// The whole file without an error.
fn good(text: &str, layout: &str) -> File {
    let file = read(text);
    assert_eq!(file.bad, []);
    assert_eq!(file.left_out, Vec::<&str>::new());
    assert_eq!(file.layout, layout);
    file
}

/// The only bad cell, with its place.
fn only_error(text: &str) -> String {
    let file = read(text);
    assert_eq!(file.bad.len(), 1, "{:?}", file.bad);
    file.bad[0].to_string()
}

impl File {
    fn inspections(&self, urn: u32) -> Vec<&InspectionSheet> {
        let mut found = Vec::new();
        for record in &self.records {
            if let Record::Inspection(sheet) = record
                && sheet.carried_by.unwrap_or(sheet.urn_at_inspection).get() == urn
            {
                found.push(sheet);
            }
        }
        found
    }

    /// Who carries whose inspection.
    fn carried(&self) -> Vec<(u32, u32)> {
        let of = |record: &Record| match record {
            Record::Link(link) => {
                assert_eq!(link.kind, LinkKind::Carried);
                Some((link.urn.get(), link.other.get()))
            }
            _ => None,
        };
        self.records.iter().filter_map(of).collect()
    }

    fn school(&self, urn: u32) -> &SchoolSheet {
        let wanted = |record: &&Record| matches!(record, Record::School(s) if s.urn.get() == urn);
        match self.records.iter().find(wanted) {
            Some(Record::School(sheet)) => sheet,
            _ => panic!("no facts about {urn}"),
        }
    }
}

fn codes(sheet: &InspectionSheet) -> Vec<(&str, Option<u8>)> {
    let judgements = sheet.judgements.iter();
    judgements.map(|j| (j.area.as_str(), j.code)).collect()
}

#[test]
fn the_history_of_graded_inspections() {
    let file = good(fixture!("history.csv"), "inspection-history");
    let headcorn = file.inspections(118_291);
    let seen: Vec<(String, &str, Option<u8>)> = headcorn
        .iter()
        .map(|sheet| {
            (
                sheet.start.to_string(),
                sheet.framework.key(),
                sheet.overall,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("2006-09-27".to_owned(), "S5_2005", Some(3)),
            ("2010-02-02".to_owned(), "S5_2009", Some(3)),
            ("2013-06-19".to_owned(), "S5_2012b", Some(2)),
            ("2022-05-04".to_owned(), "EIF_2019", Some(3)),
            ("2024-12-10".to_owned(), "EIF_2024_no_OE", None),
        ]
    );
    assert_eq!(codes(headcorn[2]), [("leadership", Some(2))]);
    assert_eq!(
        codes(headcorn[4]),
        [
            ("quality_of_education", Some(2)),
            ("behaviour", Some(2)),
            ("personal_development", Some(2)),
            ("leadership", Some(2)),
            ("early_years", Some(2)),
        ]
    );
    let carried = file.inspections(142_350)[0];
    assert_eq!(carried.urn_at_inspection.get(), 123_095);
    assert_eq!(carried.carried_by, Urn::new(142_350));
}

#[test]
fn an_inspection_of_one_of_several_predecessors_links_them_all() {
    let file = good(fixture!("history.csv"), "inspection-history");
    assert_eq!(
        file.carried(),
        [(106_076, 106_070), (106_076, 106_078), (142_350, 123_095)]
    );
    assert_eq!(
        file.inspections(106_076)[0].urn_at_inspection.get(),
        106_070
    );
}

#[test]
fn report_cards_with_short_codes() {
    let file = good(fixture!("report-cards.csv"), "report-cards");
    let card = file.inspections(100_025)[0];
    assert_eq!(
        card.framework,
        FrameworkId::from_key("EIF_2025_report_card").unwrap()
    );
    assert_eq!(
        (card.overall, card.safeguarding, card.category),
        (None, Some(true), None)
    );
    assert_eq!(card.judgements.len(), 7, "no sixth form");
    assert!(codes(card).contains(&("attendance_and_behaviour", Some(3))));
    assert_eq!(card.judgements[0].raw, "strong");
    let measures = file.inspections(106_293)[0];
    assert_eq!(measures.category, Some(Category::SpecialMeasures));
    assert_eq!(
        (measures.safeguarding, measures.standing),
        (Some(false), Standing::Published)
    );
}

#[test]
fn words_of_the_draft_scale_are_refused() {
    for draft in ["secure", "developing", "attention needed", "3"] {
        let text = fixture!("report-cards.csv").replacen(",strong,", &format!(",{draft},"), 1);
        let error = only_error(&text);
        assert!(
            error.contains(draft) && error.contains("row 2, column ‘inclusion’"),
            "{error}"
        );
        assert!(error.contains("‘Expected standard’"), "{error}");
    }
}

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

#[test]
fn report_cards_of_the_year() {
    let file = good(fixture!("d1-2026.csv"), "ofsted-2025-inyear");
    let card = file.inspections(990_001)[0];
    assert_eq!(card.judgements.len(), 7);
    assert!(codes(card).contains(&("personal_development", Some(5))));
    assert!(codes(card).contains(&("achievement", Some(2))));
    let waits = file.inspections(990_002)[0];
    assert_eq!(
        (waits.standing, waits.kind),
        (Standing::Suspended, InspectionKind::Graded)
    );
    assert_eq!(
        file.inspections(990_004)[0].kind,
        InspectionKind::Monitoring
    );
    let concern = file.inspections(990_005)[0];
    assert_eq!(
        concern.category,
        Some(Category::RequiresSignificantImprovement)
    );
}

#[test]
fn latest_report_cards_hold_a_date_for_each_area() {
    let file = good(fixture!("d2-2026.csv"), "ofsted-2025-latest");
    let [card, before, visit] = file.inspections(990_001)[..] else {
        panic!("three inspections")
    };
    let dated = |area| {
        let judgement = card.judgements.iter().find(|j| j.area == area).unwrap();
        (judgement.code, judgement.dated)
    };
    assert_eq!(dated("achievement"), (Some(3), Some(date(2026, 6, 2))));
    assert_eq!(
        dated("inclusion"),
        (Some(4), None),
        "the inspection’s own day"
    );
    assert_eq!(
        (before.overall, before.framework.key()),
        (Some(2), "CIF_2015")
    );
    assert_eq!(before.urn_at_inspection.get(), 990_000);
    assert_eq!(visit.kind, InspectionKind::Ungraded);
    let other = file.inspections(990_002)[0];
    assert_eq!(
        (other.framework.key(), other.safeguarding),
        ("EIF_2024_no_OE", Some(true))
    );
}

#[test]
fn a_cell_that_cannot_be_used_is_told_with_its_place() {
    let history = |from: &str, to: &str| only_error(&fixture!("history.csv").replacen(from, to, 1));
    let error = history("2005-09-21", "21 September");
    assert_eq!(
        error,
        "row 2, column ‘inspection_start’: ‘21 September’ is not a date such as 31/08/2026"
    );
    assert!(history("100000,100000", "10000,100000").contains("a URN, six digits"));
    assert!(history(",2,Good", ",5,Good").contains("a grade under the September 2005 framework"));
    let concern = fixture!("report-cards.csv").replacen(",RSI,", ",RXI,", 1);
    assert!(only_error(&concern).contains("a category of concern"));
    let met = fixture!("report-cards.csv").replacen(",met,", ",perhaps,", 1);
    assert!(only_error(&met).contains("Met or Not met"));
    let whose = fixture!("latest-2019.csv").replace("990003", "NULL");
    assert!(only_error(&whose).contains("the URN that was inspected"));
}

#[test]
fn notes_and_blank_lines_are_left_out() {
    let text = format!("{}\n,,,\nSource: Ofsted\n", fixture!("history.csv"));
    let file = read(&text);
    assert_eq!(file.bad, []);
    assert_eq!(
        file.left_out,
        ["a blank line", "a blank line", "a note, not a school"]
    );
    let old = "urn,urn_at_inspection,inspection_start,overall_grade\n100000,100000,2004-01-01,2\n";
    assert_eq!(read(old).left_out, ["no inspection since September 2005"]);
}
