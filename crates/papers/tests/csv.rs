//! Reading CSV: what the government's files and people's spreadsheets do.

use kernel::table::Row;
use papers::csv_out::CsvOut;
use papers::{Table, TableError};
use proptest::prelude::*;

/// Line and cells of each row.
fn rows(bytes: impl Into<Vec<u8>>) -> Vec<(u64, Vec<String>)> {
    try_rows(bytes).unwrap()
}

fn try_rows(bytes: impl Into<Vec<u8>>) -> Result<Vec<(u64, Vec<String>)>, TableError> {
    let mut table = Table::from_bytes("t.csv", bytes.into())?;
    let (mut row, mut out) = (Row::default(), Vec::new());
    while table.next_row(&mut row)? {
        out.push((row.line(), row.iter().map(str::to_owned).collect()));
    }
    Ok(out)
}

fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn a_row_stands_at_the_line_where_it_starts() {
    let expected = [row(1, &["Title"]), row(3, &["a", "b"]), row(4, &["1", "two\nlines"]), row(6, &["3", "4"])];
    let text = "Title\n\na,b\n1,\"two\nlines\"\n3,4\n";
    assert_eq!(rows(text), expected);
    let windows = text.replace('\n', "\r\n");
    let lines: Vec<u64> = rows(windows).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 3, 4, 6]);
    let mac = "a,b\r1,2\r\r3,4";
    assert_eq!(rows(mac), [row(1, &["a", "b"]), row(2, &["1", "2"]), row(4, &["3", "4"])]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    assert_eq!(rows("\u{feff}URN,Name\n1,é"), [row(1, &["URN", "Name"]), row(2, &["1", "é"])]);
}

#[test]
fn bytes_that_are_no_utf8_are_windows_1252() {
    // Both in one file: each row is taken by itself.
    let mut bytes = b"URN,Name\n1,Thomas \xE0 Becket \x96 School\n".to_vec();
    bytes.extend("2,à –\n".as_bytes());
    // Put together these two cells look like one é.
    bytes.extend(b"\xC3,\xA9\n");
    let got = rows(bytes);
    assert_eq!(got[1].1[1], "Thomas à Becket – School");
    assert_eq!(got[2].1[1], "à –");
    assert_eq!(got[3].1, ["Ã", "©"]);
}

#[test]
fn utf16_with_a_mark_is_read() {
    for big in [false, true] {
        let mut bytes = if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] };
        for unit in "URN\tName\r\n1\té😀".encode_utf16() {
            bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        assert_eq!(rows(bytes), [row(1, &["URN", "Name"]), row(2, &["1", "é😀"])]);
    }
}

#[test]
fn semicolons_separate_where_they_are_steady() {
    assert_eq!(rows("URN;FSM;Note\n1;1,5;a\n2;2,5;b\n")[1], row(2, &["1", "1,5", "a"]));
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let said = |bytes: &[u8]| try_rows(bytes).unwrap_err().to_string();
    assert_eq!(said(b""), "the file is empty");
    assert!(said(b"%PDF-1.4").starts_with("this is a PDF, not a CSV or XLSX table"));
    assert_eq!(
        said(b"URN,Name\n1,a\0b\n"),
        "line 2 holds a zero byte, so this is not a text file: save the table as ‘CSV UTF-8’ or as XLSX"
    );
    assert_eq!(
        said(b"URN,Name\n1,\"never closed\n2,b\n"),
        "the row that starts at line 2 does not end: a quotation mark is probably not closed"
    );
    let mut long = b"URN,Name\n1,\"".to_vec();
    long.extend("x\n".repeat(1000).as_bytes());
    assert!(said(&long).contains("starts at line 2"));
    assert!(said(",".repeat(20_000).as_bytes()).contains("16384 cells"));
}

#[test]
fn progress_ends_at_the_file_s_size() {
    let mut table = Table::from_bytes("t.csv", b"a,b\n1,2\n".to_vec()).unwrap();
    assert_eq!((table.name(), table.total_bytes(), table.bytes_read()), ("t.csv", 8, 0));
    let mut row = Row::default();
    while table.next_row(&mut row).unwrap() {}
    assert_eq!(table.bytes_read(), 8);
    assert!(table.sheets().is_empty() && table.sheet().is_none());
    assert!(table.choose_sheet("a").is_err());
}

#[test]
fn a_file_longer_than_a_chunk_keeps_its_lines() {
    let mut text = String::from("n,words\n");
    for n in 0..60_000 {
        text.push_str(&format!("{n},\"é {n}\nmore\"\r\n"));
    }
    let got = rows(text);
    assert_eq!(got.len(), 60_001);
    for (index, (line, cells)) in got.iter().enumerate().skip(1) {
        let n = index - 1;
        assert_eq!(*line, 2 + 2 * n as u64);
        assert_eq!(cells[1], format!("é {n}\nmore"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_rows_or_an_error(bytes: Vec<u8>) {
        let _ = try_rows(bytes);
    }

    #[test]
    fn what_is_written_is_read_back(
        table in prop::collection::vec(prop::collection::vec("[a-zé0-9 ,;\"'\t\n.]{0,12}", 3), 1..8)
    ) {
        let mut out = CsvOut::for_spreadsheets(Vec::new()).unwrap();
        out.row(["first", "second", "third"]).unwrap();
        for cells in &table {
            out.row(cells).unwrap();
        }
        let got = rows(out.finish().unwrap());
        prop_assert_eq!(got.len(), table.len() + 1);
        for (cells, (_, read)) in table.iter().zip(got.iter().skip(1)) {
            let guarded: Vec<String> = cells
                .iter()
                .map(|cell| if cell.starts_with('\t') { format!("'{cell}") } else { cell.clone() })
                .collect();
            prop_assert_eq!(&guarded, read);
        }
    }
}
