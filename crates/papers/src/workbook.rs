//! Rows of an XLSX workbook, sheet by sheet.
//!
//! The chosen sheet is read through once into plain text with the place of each
//! cell that holds something; rows are then made from that. Blank cells cost
//! nothing, whatever size the sheet declares.

use crate::table::{Input, LARGEST_UNPACKED, LONGEST_ROW, MOST_CELLS, TableError};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use kernel::table::Row;
use std::fmt::Write;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A workbook and the sheet of it that is being read.
pub(crate) struct Workbook {
    book: Xlsx<Box<dyn Input>>,
    sheets: Vec<String>,
    chosen: usize,
    packed: Option<Packed>,
    /// Which of the packed rows comes next.
    next: usize,
}

/// What a sheet holds.
#[derive(Default)]
struct Packed {
    text: String,
    /// Column (0 for the first) and end in `text` of each cell.
    cells: Vec<(u32, usize)>,
    /// Row number (1 for the first) and end in `cells` of each row.
    rows: Vec<(u64, usize)>,
}

impl Workbook {
    /// Opens a ZIP archive that ought to be a workbook.
    pub(crate) fn open(mut input: Box<dyn Input>) -> Result<Self, TableError> {
        input = check_archive(input)?;
        input.seek(SeekFrom::Start(0))?;
        let book = guarded(move || Xlsx::new(input).map_err(damaged))?;
        let visible = |wanted: &dyn Fn(SheetVisible) -> bool| -> Vec<String> {
            book.sheets_metadata()
                .iter()
                .filter(|sheet| sheet.typ == SheetType::WorkSheet && wanted(sheet.visible))
                .map(|sheet| sheet.name.clone())
                .collect()
        };
        let mut sheets = visible(&|visible| visible == SheetVisible::Visible);
        if sheets.is_empty() {
            sheets = visible(&|_| true);
        }
        if sheets.is_empty() {
            return Err(TableError::Damaged("it has no worksheet".to_owned()));
        }
        Ok(Self { book, sheets, chosen: 0, packed: None, next: 0 })
    }

    pub(crate) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(crate) fn sheet(&self) -> &str {
        self.sheets.get(self.chosen).map_or("", String::as_str)
    }

    pub(crate) fn choose(&mut self, name: &str) -> Result<(), TableError> {
        match self.sheets.iter().position(|sheet| sheet == name) {
            Some(at) => {
                if at != self.chosen {
                    self.packed = None;
                }
                (self.chosen, self.next) = (at, 0);
                Ok(())
            }
            None => Err(TableError::NoSuchSheet { given: name.to_owned(), known: self.sheets.join(", ") }),
        }
    }

    pub(crate) fn next_row(&mut self, row: &mut Row) -> Result<bool, TableError> {
        if self.packed.is_none() {
            let name = self.sheet().to_owned();
            let book = &mut self.book;
            self.packed = Some(guarded(|| pack(book, &name))?);
        }
        let Some(packed) = &self.packed else {
            return Ok(false);
        };
        let Some((number, last)) = packed.rows.get(self.next) else {
            return Ok(false);
        };
        let before = self.next.checked_sub(1).and_then(|at| packed.rows.get(at));
        let first = before.map_or(0, |(_, end)| *end);
        let mut start = first.checked_sub(1).and_then(|at| packed.cells.get(at)).map_or(0, |(_, end)| *end);
        row.restart(*number);
        for (column, end) in packed.cells.get(first..*last).unwrap_or(&[]) {
            while row.len() < *column as usize {
                row.push("");
            }
            row.push(packed.text.get(start..*end).unwrap_or(""));
            start = *end;
        }
        self.next += 1;
        Ok(true)
    }

    /// How much of the sheet was given out, 0 to 1.
    pub(crate) fn share_read(&self) -> f64 {
        match &self.packed {
            Some(packed) if !packed.rows.is_empty() => self.next as f64 / packed.rows.len() as f64,
            Some(_) => 1.0,
            None => 0.0,
        }
    }
}

fn pack(book: &mut Xlsx<Box<dyn Input>>, sheet: &str) -> Result<Packed, TableError> {
    let mut packed = Packed::default();
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let start = packed.text.len();
        write_value(cell.get_value(), &mut packed.text);
        if packed.text.len() == start {
            continue;
        }
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        if packed.text.len() - start > LONGEST_ROW {
            return Err(TableError::Damaged(format!("a cell in row {number} is too long")));
        }
        if column as usize >= MOST_CELLS {
            return Err(TableError::TooManyCells { line: number });
        }
        if packed.text.len() as u64 > LARGEST_UNPACKED {
            return Err(TableError::TooLarge);
        }
        let end = packed.text.len();
        match packed.rows.last_mut() {
            Some((last, upto)) if *last == number => {
                if packed.cells.last().is_some_and(|(before, _)| *before >= column) {
                    return Err(out_of_order(number));
                }
                packed.cells.push((column, end));
                *upto = packed.cells.len();
            }
            Some((last, _)) if *last > number => return Err(out_of_order(number)),
            _ => {
                packed.cells.push((column, end));
                packed.rows.push((number, packed.cells.len()));
            }
        }
    }
    Ok(packed)
}

fn out_of_order(row: u64) -> TableError {
    TableError::Damaged(format!("the cells of row {row} are out of order"))
}

/// A cell as a person would type it: dates as ISO text, whole numbers without ‘.0’.
fn write_value(value: &DataRef<'_>, out: &mut String) {
    // Writing to a String cannot fail, so its results are dropped.
    let _ = match value {
        DataRef::Empty => Ok(()),
        DataRef::SharedString(text) => out.write_str(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.write_str(text),
        DataRef::Int(number) => write!(out, "{number}"),
        DataRef::Float(number) => write_number(*number, out),
        DataRef::Bool(yes) => out.write_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(date) => write_date(date, out),
        DataRef::Error(error) => write!(out, "{error}"),
    };
}

/// A spreadsheet shows 15 digits and stores 17, so that 13.7 is stored as
/// 13.699999999999999; the 15 are what its author saw.
fn write_number(number: f64, out: &mut String) -> std::fmt::Result {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if shown.abs() >= 1e16 { write!(out, "{shown:e}") } else { write!(out, "{shown}") }
}

fn write_date(date: &ExcelDateTime, out: &mut String) -> std::fmt::Result {
    if date.is_duration() {
        return write_number(date.as_f64(), out);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    write!(out, "{year:04}-{month:02}-{day:02}")?;
    if (hour, minute, second) == (0, 0, 0) {
        return Ok(());
    }
    write!(out, "T{hour:02}:{minute:02}:{second:02}")
}

/// Refuses archives that are no XLSX, and such as unpack to more than the
/// memory should hold. The sizes in an archive's directory can lie, so the
/// parts are unpacked and counted.
fn check_archive(input: Box<dyn Input>) -> Result<Box<dyn Input>, TableError> {
    let mut archive = zip::ZipArchive::new(input)
        .map_err(|error| TableError::Damaged(format!("its archive cannot be read: {error}")))?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if !has("xl/workbook.xml") && !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(no_workbook(&names));
    }
    let mut left = LARGEST_UNPACKED + 1;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|error| TableError::Damaged(format!("a part cannot be unpacked: {error}")))?;
        let unpacked = std::io::copy(&mut part.take(left), &mut std::io::sink())
            .map_err(|error| TableError::Damaged(format!("a part cannot be unpacked: {error}")))?;
        left = left.saturating_sub(unpacked);
        if left == 0 {
            return Err(TableError::TooLarge);
        }
    }
    Ok(archive.into_inner())
}

fn no_workbook(names: &[String]) -> TableError {
    let starts = |start: &str| names.iter().any(|name| name.starts_with(start));
    let (what, advice) = if starts("xl/workbook.bin") {
        ("an XLSB workbook", "save it as XLSX or CSV".to_owned())
    } else if starts("word/") {
        ("a Word document", "give the table itself as CSV or XLSX".to_owned())
    } else if starts("ppt/") {
        ("a presentation", "give the table itself as CSV or XLSX".to_owned())
    } else if starts("content.xml") {
        ("an OpenDocument file", "save it as XLSX or CSV".to_owned())
    } else {
        let inside: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
        let inside: String = inside.join(", ").chars().take(200).collect();
        ("a ZIP archive", format!("unpack it and give the file in it ({inside})"))
    };
    TableError::NotATable { what, advice }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn damaged(error: calamine::XlsxError) -> TableError {
    let words: String = error.to_string().chars().take(200).collect();
    TableError::Damaged(words)
}

/// Runs the workbook library so that a damaged file which it did not foresee
/// is an error like others: an upload must never bring an import down.
fn guarded<T>(work: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(TableError::Damaged("its parts do not fit together".to_owned())))
}
