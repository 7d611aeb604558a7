//! Each reader on a few rows of its file: what is said of every row.

mod common;

use common::{read, rows};
use register::readers::{Record, Taken, detect};
use register::results::ResultSheet;
use register::school::{Fact, SchoolSheet};
use std::fmt::Write;

/// What the fixture says, a line a fact.
fn said(file: &str) -> String {
    let path = format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows = rows(std::fs::read(path).unwrap()).unwrap();
    let found = detect(&rows[..rows.len().min(20)]).unwrap();
    let mut out = format!("layout {}\n", found.layout.id());
    if !found.unknown.is_empty() {
        writeln!(out, "unknown columns: {}", found.unknown.join(", ")).unwrap();
    }
    for (line, taken, records) in read(&found, &rows) {
        match taken {
            Ok(Taken::Read) => {}
            Ok(Taken::LeftOut(why)) => writeln!(out, "row {line} left out: {why}").unwrap(),
            Err(bad) => writeln!(out, "bad: {bad}").unwrap(),
        }
        for record in records {
            write_record(line, &record, &mut out);
        }
    }
    out
}

fn write_record(line: u64, record: &Record, out: &mut String) {
    match record {
        Record::School(SchoolSheet { urn, facts }) => {
            writeln!(out, "row {line} school {urn}").unwrap();
            for (field, fact) in facts {
                writeln!(out, "  {} = {}", field.key(), fact_words(fact)).unwrap();
            }
        }
        Record::Results(ResultSheet { urn, dataset, period, measures }) => {
            writeln!(out, "row {line} {} {period} of {urn}", dataset.key()).unwrap();
            for (name, fact) in measures {
                writeln!(out, "  {name} = {}", fact_words(fact)).unwrap();
            }
        }
        Record::Link(link) => {
            let day = link.established.map_or("undated".to_owned(), |day| day.to_string());
            let (urn, other, kind) = (link.urn, link.other, link.kind);
            writeln!(out, "row {line} link {urn} → {other} {kind:?} {day}").unwrap();
        }
        Record::Inspection(_) => writeln!(out, "row {line} inspection").unwrap(),
    }
}

fn fact_words(fact: &Fact) -> String {
    match fact {
        Fact::Whole(number) => number.to_string(),
        Fact::Decimal(number) => format!("{number:?}"),
        Fact::Text(text) => format!("‘{text}’"),
        Fact::State { state, marker } => format!("{} ({marker})", state.words()),
    }
}

macro_rules! fixtures {
    ($($name:ident $file:literal;)*) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), said($file));
            }
        )*
    };
}

fixtures! {
    gias_all "gias-all.csv";
    gias_2023 "gias-2023.csv";
    gias_min "gias-min.csv";
    gias_open_2026 "gias-open-2026.csv";
    gias_characteristics "gias-characteristics.csv";
    gias_links "gias-links.csv";
    schools_2020 "schools-2020.csv";
    spine "spine.csv";
    ks2_levels "ks2-levels.csv";
    ks2_scaled "ks2-scaled.csv";
    ks2_scaled_copy "ks2-scaled-copy.csv";
    ks2_scaled_copy_2018 "ks2-scaled-copy-2018.csv";
    census "census.csv";
    absence "absence.csv";
    rise "rise.csv";
}

#[test]
fn the_spine_says_the_same_as_workbook_and_as_csv() {
    assert_eq!(said("spine.xlsx"), said("spine.csv"));
}

#[test]
fn no_head_teacher_is_kept() {
    let said = said("gias-all.csv");
    for personal in ["Invented", "Person", "Headteacher", "02000000000"] {
        assert!(!said.contains(personal), "{personal}");
    }
}
