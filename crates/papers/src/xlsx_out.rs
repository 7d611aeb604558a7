//! Sheets as a workbook of Excel.

use crate::paper::Paper;
use crate::sheet::{Cell, Sheet, moment};
use kernel::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::io;

/// Widest column, characters; longer text wraps.
const WIDEST: usize = 60;

/// A workbook of these sheets, titled `title`; `made_at` is its date, so that
/// the same sheets give the same bytes. A day is a day and a number a number;
/// text stays text, also where it begins like a formula.
///
/// # Errors
/// More rows than a sheet takes, or a name that stands twice.
pub fn workbook(sheets: &[Sheet], title: &str, made_at: Timestamp) -> io::Result<Vec<u8>> {
    write(sheets, title, made_at).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
}

/// A paper as a workbook: what it is and says on the first sheet, each table on a
/// sheet of its own after it. Text is text, whatever it begins with.
///
/// # Errors
/// A table with more rows than a sheet takes.
pub fn paper(paper: &Paper, made_at: Timestamp) -> io::Result<Vec<u8>> {
    workbook(&crate::paper_sheets::sheets(paper), &paper.title, made_at)
}

fn write(sheets: &[Sheet], title: &str, made_at: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(made_at.as_second())?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    for sheet in sheets {
        let out = book.add_worksheet();
        out.set_name(sheet.name())?;
        fill(out, sheet)?;
    }
    book.save_to_buffer()
}

fn fill(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let mut widths: Vec<usize> = sheet.head().iter().map(|name| name.chars().count()).collect();
    for (column, name) in (0..).zip(sheet.head()) {
        out.write_string_with_format(0, column, name, &bold)?;
    }
    for (row, cells) in (1..).zip(sheet.rows()) {
        for (column, cell) in (0_u16..).zip(cells) {
            let wide = match cell {
                Cell::Empty => 0,
                Cell::Text(words) => {
                    // A cell takes this many characters, and no more.
                    let words: String = words.chars().take(32_767).collect();
                    out.write_string_with_format(row, column, &words, &text)?;
                    words.lines().map(|line| line.chars().count()).max().unwrap_or(0)
                }
                Cell::Number(number) => {
                    out.write_number_with_format(row, column, *number, &text)?;
                    10
                }
                Cell::Date(date) => {
                    let year = u16::try_from(date.year()).unwrap_or(1900);
                    let (month, of_month) = (date.month().unsigned_abs(), date.day().unsigned_abs());
                    out.write_datetime_with_format(row, column, ExcelDateTime::from_ymd(year, month, of_month)?, &day)?;
                    11
                }
                Cell::Moment(at) => {
                    out.write_string_with_format(row, column, moment(*at), &text)?;
                    19
                }
            };
            if let Some(width) = widths.get_mut(usize::from(column)) {
                *width = wide.max(*width);
            }
        }
    }
    for (column, width) in (0..).zip(widths) {
        out.set_column_width(column, width.clamp(6, WIDEST) as f64 + 2.0)?;
    }
    out.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sheet::csv, table::Table};
    use kernel::table::Row;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("People: all", ["Name", "Since", "Votes"]);
        sheet.row([Cell::text("=1+1"), Cell::Date(jiff::civil::date(2026, 9, 1)), Cell::Number(3.0)]);
        sheet.row([Cell::text("Zoë\nO’Neill"), Cell::Empty, Cell::Empty]);
        sheet
    }

    #[test]
    fn a_workbook_is_read_back_by_the_reader() {
        let made = "2026-11-24T09:00:00Z".parse().unwrap();
        let bytes = workbook(&[sheet()], "Invented: Ashdale", made).unwrap();
        assert_eq!(bytes, workbook(&[sheet()], "Invented: Ashdale", made).unwrap(), "the same again");
        let mut table = Table::from_bytes("a.xlsx", bytes).unwrap();
        let (mut row, mut rows) = (Row::default(), Vec::new());
        while table.next_row(&mut row).unwrap() {
            rows.push(row.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        assert_eq!(table.sheets(), ["People all"]);
        assert_eq!(rows[0], ["Name", "Since", "Votes"]);
        assert_eq!(rows[1], ["=1+1", "2026-09-01", "3"]);
        assert_eq!(rows[2][0], "Zoë\nO’Neill");
    }

    #[test]
    fn the_same_sheet_as_csv() {
        let text = String::from_utf8(csv(&sheet()).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}Name,Since,Votes\r\n'=1+1,2026-09-01,3\r\n\"Zoë\nO’Neill\",,\r\n");
    }
}
