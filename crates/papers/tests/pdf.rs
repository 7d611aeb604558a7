//! A PDF, read back by its structure.

mod common;
mod pdf_ua;
#[path = "common/reading.rs"]
mod reading;

use lopdf::{Document, Object};
use papers::paper::{Block, Grid, Level, Marks, Paper, Picture, Status, clean};
use papers::pdf::pdf;
use proptest::prelude::*;
use reading::{Element, entry, structure, text};

fn read(paper: &Paper) -> (Document, Vec<Element>) {
    let bytes = pdf(paper).expect("a PDF");
    let document = Document::load_mem(&bytes).expect("a PDF");
    let elements = structure(&document);
    (document, elements)
}

fn all(elements: &[Element]) -> Vec<&Element> {
    elements.iter().flat_map(Element::all).collect()
}

/// Text with its runs of blanks as one: lines are broken at them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn it_is_marked_and_says_its_language_and_title() {
    let (document, _) = read(&common::full());
    let catalog = document.catalog().expect("a catalog");
    assert_eq!(entry(&document, catalog, "Lang").map(text).as_deref(), Some("en-GB"));
    let marks = entry(&document, catalog, "MarkInfo").and_then(|marks| marks.as_dict().ok()).expect("marks");
    assert_eq!(marks.get(b"Marked").and_then(Object::as_bool).ok(), Some(true));
    let view = entry(&document, catalog, "ViewerPreferences").and_then(|view| view.as_dict().ok()).expect("a view");
    assert_eq!(view.get(b"DisplayDocTitle").and_then(Object::as_bool).ok(), Some(true));
    let info = document.trailer.get(b"Info").expect("information");
    let info = reading::resolved(&document, info).as_dict().expect("a dictionary");
    assert_eq!(
        entry(&document, info, "Title").map(text).as_deref(),
        Some("Improvement plan 2025/26, St Anne’s & All Saints <Primary>")
    );
    let meta = entry(&document, catalog, "Metadata").and_then(|meta| meta.as_stream().ok()).expect("metadata");
    let meta = meta.decompressed_content().unwrap_or_else(|_| meta.content.clone());
    assert!(String::from_utf8_lossy(&meta).contains("pdfuaid:part"), "says that it is PDF/UA");
}

#[test]
fn it_is_read_in_order() {
    let (_, elements) = read(&common::full());
    let whole = plain(&elements.iter().map(Element::read).collect::<Vec<_>>().join(" "));
    let mut from = 0;
    for word in common::WORDS {
        from += whole[from..].find(word).unwrap_or_else(|| panic!("{word} in its place in {whole}"));
    }
    // What is only for the eye is not read.
    assert!(!whole.contains("Page 1 of"), "{whole}");
    assert_eq!(whole.matches("Version 3").count(), 1);
}

#[test]
fn headings_lists_tables_and_figures_say_what_they_are() {
    let (_, elements) = read(&common::full());
    let all = all(&elements);
    let of = |role: &str| all.iter().filter(|one| one.role == role).map(|one| plain(&one.read())).collect::<Vec<_>>();
    assert_eq!(of("H1"), ["Improvement plan 2025/26"]);
    assert_eq!(of("H2"), ["What we do well", "Priorities"]);
    assert_eq!(of("H3"), ["Middle leaders lead"]);
    assert_eq!(of("Lbl"), ["•", "•", "1.", "2.", "1."]);
    assert_eq!(of("LBody"), ["Reading talk", "Open mornings", "First", "Second", "Again first"]);
    let heads: Vec<(String, Option<&str>)> =
        all.iter().filter(|one| one.role == "TH").map(|one| (plain(&one.read()), one.scope.as_deref())).collect();
    let expected = [("Why", "Row"), ("By when", "Row"), ("Action", "Column"), ("Who", "Column"), ("Due", "Column")];
    assert_eq!(heads, expected.map(|(words, scope)| (words.to_owned(), Some(scope))));
    let figure = all.iter().find(|one| one.role == "Figure").expect("a figure");
    assert_eq!(figure.alt.as_deref(), Some("A blue bar beside the word Ab"));
    assert_eq!(plain(&figure.read()), "Our path");
    // Each row has a cell for every column, also where it is empty.
    let table = all.iter().filter(|one| one.role == "Table").nth(1).expect("a second table");
    for row in table.all().iter().filter(|one| one.role == "TR") {
        assert_eq!(row.children.len(), 3, "{row:?}");
    }
}

#[test]
fn bookmarks_lead_to_the_headings() {
    let (document, _) = read(&common::full());
    let catalog = document.catalog().expect("a catalog");
    let outline = entry(&document, catalog, "Outlines").and_then(|one| one.as_dict().ok()).expect("bookmarks");
    let mut titles = Vec::new();
    let mut todo = vec![entry(&document, outline, "First")];
    while let Some(Some(one)) = todo.pop() {
        let dict = one.as_dict().expect("a bookmark");
        titles.push(entry(&document, dict, "Title").map(text).expect("a title"));
        todo.push(entry(&document, dict, "Next"));
        todo.push(entry(&document, dict, "First"));
        while matches!(todo.last(), Some(None)) {
            todo.pop();
        }
    }
    assert_eq!(titles, ["Improvement plan 2025/26", "What we do well", "Priorities", "Middle leaders lead"]);
}

#[test]
fn a_long_table_goes_on_overleaf_with_its_head_and_is_read_once() {
    let rows: Vec<Vec<String>> =
        (1..=120).map(|row| vec![format!("Action {row} of the year"), "Sam".to_owned()]).collect();
    let long = vec!["word ".repeat(2000), "Sam".to_owned()];
    let grid = Grid {
        caption: "Actions".into(),
        head: vec!["What".into(), "Who".into()],
        rows: rows.into_iter().chain([long]).collect(),
        widths: vec![3, 1],
    };
    let mut paper = common::paper(vec![Block::Table(grid)]);
    paper.status = Status::Agreed;
    let (document, elements) = read(&paper);
    assert!(document.get_pages().len() > 3);
    let all = all(&elements);
    assert_eq!(all.iter().filter(|one| one.role == "TH").count(), 2, "the head is read once");
    assert_eq!(all.iter().filter(|one| one.role == "TR").count(), 122);
    let whole = plain(&elements.iter().map(Element::read).collect::<String>());
    assert_eq!(whole.matches("word").count(), 2000);
    assert_eq!(whole.matches("of the year").count(), 120);
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(pdf(&common::full()).expect("a PDF"), pdf(&common::full()).expect("a PDF"));
}

#[test]
fn what_is_no_picture_is_told_in_words() {
    let picture = Picture { svg: "<p>".into(), alt: "Nothing to be seen".into(), caption: String::new() };
    let (_, elements) = read(&common::paper(vec![Block::Picture(picture)]));
    assert!(all(&elements).iter().any(|one| one.role == "P" && one.read().contains("Nothing to be seen")));
}

/// What people here write: Latin letters with their accents, and the marks of text.
fn written() -> BoxedStrategy<String> {
    prop_oneof!["[<>()\\\\&\"'\\n\\t a-z]{0,60}", "[ -~]{0,40}", "[A-Za-z0-9é‘’–…£½ÀŵŷÿŁŞ ]{0,300}"].boxed()
}

fn any_paper(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Paper> {
    let block = prop_oneof![
        text().prop_map(|text| Block::Heading(Level::Section, text)),
        text().prop_map(Block::Paragraph),
        prop::collection::vec(text(), 0..4).prop_map(|items| Block::List(Marks::Numbers, items)),
        (text(), prop::collection::vec(text(), 0..4), prop::collection::vec(prop::collection::vec(text(), 0..5), 0..4))
            .prop_map(|(caption, head, rows)| Block::Table(Grid { caption, head, rows, widths: Vec::new() })),
        (text(), text()).prop_map(|(heading, text)| Block::CallOut(heading, text)),
        prop::collection::vec((text(), text()), 0..3).prop_map(Block::Facts),
        Just(Block::NewPage),
    ];
    (text(), text(), prop::collection::vec(block, 0..6)).prop_map(|(title, school, blocks)| Paper {
        title,
        school,
        ..common::paper(blocks)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_gives_a_pdf(paper in any_paper(|| prop_oneof![any::<String>(), "\\PC{0,40}", "[a-zé‘’–…学🏫א ]{0,300}"].boxed())) {
        prop_assert!(pdf(&paper).is_ok());
    }

    // Letters that the font lacks, mixed with text from right to left, can be read
    // as boxes: that is not promised here.
    #[test]
    fn any_text_survives(paper in any_paper(written)) {
        let (_, elements) = read(&paper);
        let whole = squeezed(&elements.iter().map(Element::read).collect::<String>());
        for block in &paper.blocks {
            let texts: Vec<&String> = match block {
                Block::Heading(_, text) | Block::Paragraph(text) => vec![text],
                Block::List(_, items) => items.iter().collect(),
                Block::CallOut(heading, text) => vec![heading, text],
                _ => Vec::new(),
            };
            for text in texts {
                prop_assert!(whole.contains(&squeezed(&clean(text))), "{:?} in {:?}", text, whole);
            }
        }
    }
}

/// Without blanks: words too long for a line are broken within.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
