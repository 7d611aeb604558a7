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
        include_str!(concat!("../../../../tests/fixtures/ofsted/", $name))
    };
}

mod before_2025;

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

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(40))]

    /// Whatever stands in the cells, a reader answers.
    #[test]
    fn no_cell_makes_a_reader_panic(
        cells in proptest::collection::vec("\\PC{0,12}|[0-9|/-]{0,12}|NULL|100000|2013-06-19|[1-9]|Yes|No", 0..90),
    ) {
        let row = Row::of(7, &cells.iter().map(String::as_str).collect::<Vec<_>>());
        for layout in crate::readers::LAYOUTS {
            let names: Vec<&str> = layout.columns().iter().map(|column| column.names[0]).collect();
            let columns = crate::readers::Columns::find(layout.columns(), &Row::of(1, &names));
            let about = About { as_of: date(2026, 8, 31), year: None };
            let mut out = Vec::new();
            let answer = layout.open(&columns, &about).read(&row, &mut out);
            proptest::prop_assert!(answer.is_ok() || out.is_empty());
        }
    }
}
