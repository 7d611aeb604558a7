//! A Word document, read back as what it is: a zip of XML.

mod common;

use std::io::{Cursor, Read};

use papers::docx::docx;
use papers::paper::{Block, Grid, Level, Marks, Paper, clean};
use proptest::prelude::*;
use roxmltree::{Document, Node};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A part of the document as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((W, name))
}

/// The words of a paragraph, line breaks included.
fn words(paragraph: Node<'_, '_>) -> String {
    let text = |node: Node<'_, '_>| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default().to_owned(),
        "br" => "\n".to_owned(),
        _ => String::new(),
    };
    paragraph.descendants().map(text).collect()
}

fn paragraphs(xml: &Document<'_>) -> Vec<(String, String)> {
    let style = |node: Node<'_, '_>| {
        node.descendants()
            .find(|node| node.has_tag_name((W, "pStyle")))
            .and_then(|style| attribute(style, "val").map(str::to_owned))
    };
    let of = |node: Node<'_, '_>| (style(node).unwrap_or_default(), words(node));
    xml.descendants().filter(|node| node.has_tag_name((W, "p"))).map(of).collect()
}

#[test]
fn everything_stands_in_order_under_its_style() {
    let bytes = docx(&common::full()).expect("a document");
    let text = part(&bytes, "word/document.xml");
    let xml = Document::parse(&text).expect("XML");
    let all = paragraphs(&xml);
    let styled = |style: &str| all.iter().filter(|one| one.0 == style).map(|one| one.1.as_str()).collect::<Vec<_>>();
    assert_eq!(styled("Title"), ["Improvement plan 2025/26"]);
    assert_eq!(styled("Subtitle"), ["St Anne’s & All Saints <Primary>"]);
    assert_eq!(styled("Standing"), ["Version 3, draft, 24 November 2025"]);
    assert_eq!(styled("SeenBy"), ["Who may see this: governors, leaders and our adviser"]);
    assert_eq!(styled("Heading1"), ["What we do well", "Priorities"]);
    assert_eq!(styled("Heading2"), ["Middle leaders lead"]);
    assert_eq!(styled("ListParagraph"), ["Reading talk", "Open mornings", "First", "Second", "Again first"]);
    assert_eq!(styled("TableHead"), ["Why", "By when", "Action", "Who", "Due"]);
    let whole = all.iter().map(|one| one.1.as_str()).collect::<Vec<_>>().join("\n");
    let mut from = 0;
    for word in common::WORDS {
        from += whole[from..].find(word).unwrap_or_else(|| panic!("{word} in its place in {whole}"));
    }
}

#[test]
fn it_says_its_language_title_heads_and_what_pictures_show() {
    let bytes = docx(&common::full()).expect("a document");
    assert!(part(&bytes, "word/styles.xml").contains(r#"<w:lang w:val="en-GB""#));
    let core = part(&bytes, "docProps/core.xml");
    let core = Document::parse(&core).expect("XML");
    let of = |name: &str| core.descendants().find(|node| node.tag_name().name() == name).and_then(|node| node.text());
    assert_eq!(of("title"), Some("Improvement plan 2025/26, St Anne’s & All Saints <Primary>"));
    assert_eq!((of("language"), of("contentStatus")), (Some("en-GB"), Some("Draft")));
    let text = part(&bytes, "word/document.xml");
    let xml = Document::parse(&text).expect("XML");
    assert_eq!(xml.descendants().filter(|node| node.has_tag_name((W, "tblHeader"))).count(), 1);
    // Each row of a table has a cell for every column.
    for table in xml.descendants().filter(|node| node.has_tag_name((W, "tbl"))) {
        let columns = table.descendants().filter(|node| node.has_tag_name((W, "gridCol"))).count();
        for row in table.children().filter(|node| node.has_tag_name((W, "tr"))) {
            assert_eq!(row.children().filter(|node| node.has_tag_name((W, "tc"))).count(), columns);
        }
    }
    assert!(text.contains(r#"descr="A blue bar beside the word Ab""#));
    let rels = part(&bytes, "word/_rels/document.xml.rels");
    for id in
        text.match_indices("r:embed=\"").map(|(at, key)| text[at + key.len()..].split('"').next().unwrap_or_default())
    {
        assert!(rels.contains(&format!("Id=\"{id}\"")), "{id}");
    }
    // A footer counts its pages.
    assert!(part(&bytes, "word/footer1.xml").contains(" NUMPAGES "));
}

#[test]
fn each_numbered_list_begins_at_one() {
    let bytes = docx(&common::full()).expect("a document");
    let text = part(&bytes, "word/document.xml");
    let ids: Vec<&str> = text
        .match_indices("<w:numId w:val=\"")
        .map(|(at, key)| text[at + key.len()..].split('"').next().unwrap_or_default())
        .collect();
    assert_eq!(ids, ["1", "1", "2", "2", "3"]);
    let numbering = part(&bytes, "word/numbering.xml");
    for id in ["1", "2", "3"] {
        assert!(numbering.contains(&format!(r#"<w:num w:numId="{id}">"#)));
    }
    assert_eq!(numbering.matches("startOverride").count(), 2);
}

#[test]
fn every_style_that_is_used_is_there_and_every_part_is_xml() {
    let bytes = docx(&common::full()).expect("a document");
    let styles = part(&bytes, "word/styles.xml");
    let text = part(&bytes, "word/document.xml");
    let xml = Document::parse(&text).expect("XML");
    for (style, _) in paragraphs(&xml) {
        assert!(style.is_empty() || styles.contains(&format!(r#"w:styleId="{style}""#)), "{style}");
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    let first = zip.by_index(0).expect("a part").name().expect("a name").into_owned();
    assert_eq!(first, "[Content_Types].xml");
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let types = part(&bytes, "[Content_Types].xml");
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = part(&bytes, name);
        assert!(Document::parse(&text).is_ok(), "{name}");
        let known = name == "[Content_Types].xml" || name.ends_with(".rels") || types.contains(&format!("\"/{name}\""));
        assert!(known, "{name} has a type");
    }
    assert_eq!(bytes, docx(&common::full()).expect("a document"), "the same again");
}

fn any_paper() -> impl Strategy<Value = Paper> {
    let text = || prop_oneof![any::<String>(), "[<>&\"'=+@\\-\\n\\t a-z]{0,40}", "\\PC{0,30}"];
    let block = prop_oneof![
        text().prop_map(|text| Block::Heading(Level::Section, text)),
        text().prop_map(Block::Paragraph),
        prop::collection::vec(text(), 0..4).prop_map(|items| Block::List(Marks::Numbers, items)),
        (text(), prop::collection::vec(text(), 0..4), prop::collection::vec(prop::collection::vec(text(), 0..5), 0..4))
            .prop_map(|(caption, head, rows)| Block::Table(Grid { caption, head, rows, widths: Vec::new() })),
        (text(), text()).prop_map(|(heading, text)| Block::CallOut(heading, text)),
        prop::collection::vec((text(), text()), 0..3).prop_map(Block::Facts),
    ];
    (text(), text(), prop::collection::vec(block, 0..8)).prop_map(|(title, school, blocks)| Paper {
        title,
        school,
        ..common::paper(blocks)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_text_survives(paper in any_paper()) {
        let bytes = docx(&paper).expect("a document");
        let text = part(&bytes, "word/document.xml");
        let xml = Document::parse(&text).expect("XML");
        let all: Vec<String> = paragraphs(&xml).into_iter().map(|one| one.1).collect();
        for block in &paper.blocks {
            match block {
                Block::Paragraph(text) => prop_assert!(all.contains(&clean(text)), "{text:?} in {all:?}"),
                Block::List(_, items) => prop_assert!(items.iter().all(|item| all.contains(&clean(item)))),
                Block::Table(grid) => {
                    let shown = grid.rows.iter().flat_map(|row| row.iter().take(grid.head.len()));
                    prop_assert!(shown.into_iter().all(|cell| all.contains(&clean(cell))));
                }
                _ => {}
            }
        }
        for name in ["docProps/core.xml", "word/footer1.xml"] {
            prop_assert!(Document::parse(&part(&bytes, name)).is_ok());
        }
    }
}
