//! A paper as a workbook, read back by another library.

mod common;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use papers::paper::{Block, Grid, clean};
use papers::xlsx_out;
use proptest::prelude::*;

fn made() -> jiff::Timestamp {
    "2025-11-24T09:00:00Z".parse().expect("a moment")
}

fn book(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

#[test]
fn words_stand_on_the_first_sheet_and_each_table_on_its_own() {
    let mut paper = common::full();
    let table = paper.blocks.iter().find(|block| matches!(block, Block::Table(_))).cloned().expect("a table");
    paper.blocks.push(table);
    let mut book = book(xlsx_out::paper(&paper, made()).expect("a workbook"));
    assert_eq!(book.sheet_names(), ["Paper", "Actions this term", "Actions this term 2"]);
    let words = book.worksheet_range("Paper").expect("the sheet");
    let said: Vec<String> = words.rows().map(|row| row[1].to_string()).collect();
    assert!(said.contains(&"Version 3, draft, 24 November 2025".to_owned()), "{said:?}");
    let cell = |name: &str, book: &mut Xlsx<Cursor<Vec<u8>>>| {
        book.worksheet_range(name).expect("the sheet").rows().flatten().map(ToString::to_string).collect::<Vec<_>>()
    };
    let whole = [cell("Paper", &mut book), cell("Actions this term", &mut book)].concat().join("\n");
    assert!(common::WORDS.iter().all(|word| whole.contains(word)), "{whole}");
    let actions = book.worksheet_range("Actions this term").expect("the sheet");
    assert_eq!(actions.get_value((1, 0)), Some(&Data::String("=SUM(A1) is a text".into())));
    assert_eq!(actions.get_value((1, 1)), Some(&Data::String("Zoë O’Neill".into())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_text_becomes_a_formula(
        caption in "\\PC{0,40}",
        cells in prop::collection::vec("[=+@\\-\t]?[A-Z0-9()\"=+|!' ]{0,20}|\\PC{0,20}|https?://[a-z]{0,9}", 1..12),
    ) {
        let rows = cells.iter().map(|cell| vec![cell.clone()]).collect();
        let grid = Grid { caption: caption.clone(), head: vec!["=HEAD()".into()], rows, widths: Vec::new() };
        let paper = common::paper(vec![Block::Table(grid.clone()), Block::Paragraph(caption), Block::Table(grid)]);
        let bytes = xlsx_out::paper(&paper, made()).expect("a workbook");
        let mut book = book(bytes);
        let names = book.sheet_names();
        prop_assert_eq!(names.len(), 3);
        for name in &names {
            let formulas = book.worksheet_formula(name).expect("the sheet");
            prop_assert!(formulas.rows().flatten().all(String::is_empty), "{name}");
        }
        let sheet = book.worksheet_range(&names[1]).expect("the sheet");
        for (row, cell) in (1..).zip(&cells) {
            let found = sheet.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
            prop_assert_eq!(found, clean(cell));
        }
    }
}
