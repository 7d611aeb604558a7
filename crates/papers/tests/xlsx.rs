//! Reading XLSX workbooks.

use kernel::table::Row;
use papers::{Table, TableError};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Notes").unwrap();
    sheet.write(0, 0, "Read me").unwrap();
    let sheet = book.add_worksheet().set_name("Schools").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let date = ExcelDateTime::from_ymd(2019, 9, 3).unwrap();
    sheet.write(1, 0, "URN").unwrap();
    sheet.write(1, 2, "Opened").unwrap();
    sheet.write(4, 0, 100_000).unwrap();
    sheet.write(4, 1, 13.7).unwrap();
    sheet.write_with_format(4, 2, &date, &day).unwrap();
    sheet.write(4, 3, true).unwrap();
    sheet.write(4, 4, "St Mary’s").unwrap();
    let hidden = book.add_worksheet().set_name("Hidden").unwrap();
    hidden.set_hidden(true);
    book.save_to_buffer().unwrap()
}

fn rows(table: &mut Table) -> Result<Vec<(u64, Vec<String>)>, TableError> {
    let (mut row, mut out) = (Row::default(), Vec::new());
    while table.next_row(&mut row)? {
        out.push((row.line(), row.iter().map(str::to_owned).collect()));
    }
    Ok(out)
}

#[test]
fn cells_are_as_a_person_types_them() {
    let mut table = Table::from_bytes("t.xlsx", workbook()).unwrap();
    assert_eq!(table.sheets(), ["Notes", "Schools"]);
    assert_eq!(table.sheet(), Some("Notes"));
    assert_eq!(rows(&mut table).unwrap(), [(1, vec!["Read me".to_owned()])]);
    table.choose_sheet("Schools").unwrap();
    let got = rows(&mut table).unwrap();
    assert_eq!(got[0], (2, ["URN", "", "Opened"].map(str::to_owned).to_vec()));
    let cells = ["100000", "13.7", "2019-09-03", "TRUE", "St Mary’s"];
    assert_eq!(got[1], (5, cells.map(str::to_owned).to_vec()));
    assert_eq!(table.bytes_read(), table.total_bytes());
    // Choosing again starts again.
    table.choose_sheet("Schools").unwrap();
    assert_eq!(rows(&mut table).unwrap().len(), 2);
    let error = table.choose_sheet("Nowhere").unwrap_err().to_string();
    assert_eq!(error, "there is no sheet ‘Nowhere’; the sheets are: Notes, Schools");
}

#[test]
fn archives_that_are_no_workbook_are_named() {
    let zipped = |name: &str, content: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let said = |bytes| match Table::from_bytes("x", bytes) {
        Ok(_) => panic!("taken for a workbook"),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        said(zipped("edubasealldata20260801.csv", b"URN")),
        "this is a ZIP archive, not a CSV or XLSX table: unpack it and give the file in it (edubasealldata20260801.csv)"
    );
    assert!(said(zipped("word/document.xml", b"")).contains("a Word document"));
    assert!(said(zipped("xl/workbook.xml", b"<nonsense")).contains("damaged"));
    assert!(said(b"PK\x03\x04 and nothing more".to_vec()).contains("damaged"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_damaged_workbook_is_an_error(at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        let mut bytes = workbook();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        if let Ok(mut table) = Table::from_bytes("t.xlsx", bytes) {
            let _ = rows(&mut table);
        }
    }
}
