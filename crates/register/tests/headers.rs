//! How a layout is found: by the names in the header, wherever it stands.

mod common;
#[path = "common/through.rs"]
mod through;

use common::{read, rows};
use kernel::table::Row;
use register::readers::{About, DetectError, LAYOUTS, Record, detect, detect_as};
use register::school::SchoolField;
use through::through;

fn names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for (_, taken, records) in through(bytes.to_vec()).unwrap() {
        taken.unwrap();
        for record in records {
            if let Record::School(sheet) = record {
                let name = sheet.facts.iter().find(|(field, _)| *field == SchoolField::Name);
                names.extend(name.and_then(|(_, fact)| fact.text()).map(str::to_owned));
            }
        }
    }
    names
}

const PLAIN: &str = "urn,name,local_authority_name,phase_of_education,gender,status\n\
    100000,The Aldgate School – à,City of London,Primary,Mixed,Open\n";

#[test]
fn the_same_table_in_many_dresses() {
    let expected = ["The Aldgate School – à"];
    assert_eq!(names(PLAIN.as_bytes()), expected);
    assert_eq!(names(format!("\u{feff}{PLAIN}").as_bytes()), expected);
    assert_eq!(names(PLAIN.replace(',', ";").as_bytes()), expected);
    assert_eq!(names(PLAIN.replace('\n', "\r\n").as_bytes()), expected);
    let titled = format!("Schools in England,,,\n\n\"As at, 17 June\"\n{PLAIN}");
    assert_eq!(names(titled.as_bytes()), expected);
    let shouted = PLAIN.replace("urn,name", " URN ,NAME").replace("local_", "LOCAL_");
    assert_eq!(names(shouted.as_bytes()), expected);
    assert_eq!(names(&windows_1252(PLAIN)), expected);
}

/// The few characters used here, as the register's files write them.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '–' => 0x96,
            'à' => 0xE0,
            c => u8::try_from(c).unwrap(),
        })
        .collect()
}

#[test]
fn doubled_blanks_in_a_header_do_not_matter() {
    let text = "URN,KS2  Pupils,Reading Progress, Reading   Score,Overall Meet Std,Academic Year\n\
        100000,28,2.7,106,89%,2016\n";
    let said = through(text.as_bytes().to_vec()).unwrap();
    assert!(matches!(&said[0].2[..], [Record::Results(sheet)] if sheet.measures.len() == 4));
}

#[test]
fn a_bad_cell_is_named_as_the_file_names_it() {
    let text = "Title\nURN,LinkURN,LinkName,LinkType,LINKESTABLISHEDDATE\n\
        100006,134643,A,Successor,31/02/2020\n10000,134643,A,Successor,\n";
    let said = through(text.as_bytes().to_vec()).unwrap();
    let words: Vec<String> = said.iter().map(|(_, taken, _)| taken.clone().unwrap_err().to_string()).collect();
    assert_eq!(
        words,
        [
            "row 3, column ‘LINKESTABLISHEDDATE’: ‘31/02/2020’ is not a date such as 31/08/2026",
            "row 4, column ‘URN’: ‘10000’ is not a URN, six digits such as 118291",
        ]
    );
    assert!(said.iter().all(|(_, _, records)| records.is_empty()));
}

#[test]
fn a_row_with_too_many_cells_is_bad_and_trailing_commas_are_not() {
    let text = format!("{PLAIN}100001,City, of London,London,Primary,Mixed,Open\n100002,A,B,Primary,Mixed,Open,,\n");
    let said = through(text.into_bytes()).unwrap();
    let bad = said[1].1.clone().unwrap_err();
    assert_eq!((bad.row, bad.column.as_str()), (3, "7 (after the last column)"));
    assert!(said[2].1.is_ok());
}

#[test]
fn an_unknown_header_says_what_the_nearest_lacks() {
    let header = [Row::of(1, &["urn", "name", "local_authority_name", "status"])];
    let Err(DetectError::Unknown { nearest, missing, .. }) = detect(&header) else {
        panic!("a header without a phase was taken for complete");
    };
    assert_eq!(nearest, "GIAS, reduced extract of June 2024");
    assert_eq!(missing, "phase_of_education");
    assert!(detect(&[]).is_err());
    assert!(matches!(detect_as(&header, "nothing"), Err(DetectError::NoSuchLayout { .. })));
}

#[test]
fn every_layout_is_found_by_its_own_header_and_has_a_name_of_its_own() {
    let mut ids: Vec<&str> = LAYOUTS.iter().map(|layout| layout.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), LAYOUTS.len());
    for layout in LAYOUTS {
        let names: Vec<&str> = layout.columns().iter().map(|column| column.names[0]).collect();
        let header = Row::of(1, &names);
        let found = detect(std::slice::from_ref(&header))
            .unwrap_or_else(|error| panic!("{} is not found by its own header: {error}", layout.id()));
        assert_eq!(found.layout.id(), layout.id());
        assert!(found.unknown.is_empty());
    }
}

#[test]
fn results_take_their_year_from_the_import_where_the_file_is_silent() {
    let text = "LA,ESTAB,URN,PERCTOT\n201,3614,100000,2.6\n";
    let rows = rows(text.as_bytes().to_vec()).unwrap();
    let found = detect(&rows).unwrap();
    let period = |year| {
        let about = About { year, ..common::about() };
        let mut out = Vec::new();
        let mut reader = found.layout.open(&found.columns, &about);
        reader.read(&rows[1], &mut out).unwrap();
        match out.pop() {
            Some(Record::Results(sheet)) => sheet.period,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(period(None), "undated");
    assert_eq!(period(Some(kernel::AcademicYear::ending(2019))), "2018/19");
    assert_eq!(read(&found, &rows).len(), 1);
}
