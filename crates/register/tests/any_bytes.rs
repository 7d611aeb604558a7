//! Whatever stands in a file, the readers answer with records or a bad cell.

mod common;
#[path = "common/through.rs"]
mod through;

use common::{read, rows};
use kernel::table::Row;
use papers::csv_out::CsvOut;
use proptest::prelude::*;
use register::readers::{LAYOUTS, detect_as};
use through::through;

/// Cells as files hold them, at their edges, and as nobody foresaw them.
fn cell() -> impl Strategy<Value = String> {
    let known = [
        "",
        " ",
        "100000",
        "999999",
        "999999.0",
        "-1",
        "0",
        "1",
        "2",
        "5",
        "9",
        "3.7",
        "93%",
        "SUPP",
        "NULL",
        "c",
        "-",
        "NA",
        "Open",
        "Primary",
        "31/08/2026",
        "31/02/2020",
        "2016-08-31",
        "20190903",
        "3 September 2019",
        "00/00/0000",
        "9999999999999999999999",
        "-9223372036854775808",
        "1e999",
        "NaN",
        "%",
        ",",
        "ÿ",
        "\u{feff}",
        "\u{a0}",
        "Yes",
        "No",
        "Met",
        "Strong standard",
        "SM",
        "10012345",
        "ITS447121",
        "Predecessor - merged",
        "-9999-01-01",
        "2147483648",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,10}",
        1 => "[0-9/ .:TZ-]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes(bytes: Vec<u8>) {
        let _ = through(bytes);
    }

    #[test]
    fn any_text(text in "([\\PC,;\t\"\n]{0,8}[,;\t\n]){0,40}") {
        let _ = through(text.into_bytes());
    }

    #[test]
    fn any_cells_below_a_valid_header(
        which in any::<prop::sample::Index>(),
        table in prop::collection::vec(prop::collection::vec(cell(), 0..160), 1..5),
        a_urn_first: bool,
    ) {
        let layout = LAYOUTS[which.index(LAYOUTS.len())];
        let mut out = CsvOut::new(Vec::new());
        out.row(layout.columns().iter().map(|column| column.names[0])).unwrap();
        for cells in &table {
            // Rows that name a school get further than those that do not.
            let known = layout.columns().iter().zip(cells).map(|(column, cell)| {
                let urn = a_urn_first && column.names[0].to_lowercase().ends_with("urn");
                if urn { "100000" } else { cell.as_str() }
            });
            out.row(known).unwrap();
        }
        let rows = rows(out.finish().unwrap()).unwrap();
        let found = detect_as(&rows, layout.id()).unwrap();
        for (_, taken, records) in read(&found, &rows) {
            if taken.is_err() {
                prop_assert!(records.is_empty(), "a bad row said something");
            }
        }
    }

    #[test]
    fn any_header(cells in prop::collection::vec("\\PC{0,20}", 0..40)) {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let _ = register::readers::detect(&[Row::of(1, &cells)]);
    }
}
