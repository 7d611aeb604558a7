//! What a checker of PDF/UA asks of a file beyond what is read of it: everything
//! that is drawn is part of the structure or an ornament, fonts are in the file and
//! tell their letters, and elements stand where they may.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use papers::paper::{Block, Grid, Level, Paper};
use papers::pdf::pdf;

use super::common;
use super::reading::{Element, entry, resolved, structure};

/// Operators that leave something on the page.
const DRAWING: [&str; 17] =
    ["Tj", "TJ", "'", "\"", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "BI", "EI"];

/// A paper of several pages, with a table that goes on overleaf.
fn long() -> Paper {
    let rows = (1..=90).map(|row| vec![format!("Action {row}"), "Sam".to_owned()]).collect();
    let grid = Grid { caption: "Actions".into(), head: vec!["What".into(), "Who".into()], rows, widths: vec![3, 1] };
    let mut paper = common::full();
    paper.blocks.extend([
        Block::Heading(Level::Part, "The year".into()),
        Block::Table(grid),
        Block::Paragraph("words ".repeat(900)),
    ]);
    paper
}

fn both() -> [Document; 2] {
    [common::full(), long()].map(|paper| Document::load_mem(&pdf(&paper).expect("a PDF")).expect("a PDF"))
}

/// The numbers of a page's marked content; panics where something is drawn outside.
fn marks(document: &Document, page: ObjectId) -> Vec<i64> {
    let content = Content::decode(&document.get_page_content(page)).expect("content");
    let (mut open, mut numbers): (Vec<bool>, Vec<i64>) = (Vec::new(), Vec::new());
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let ornament = operation.operands[0].as_name().expect("a tag") == b"Artifact";
                let number = operation
                    .operands
                    .get(1)
                    .and_then(|object| object.as_dict().ok())
                    .and_then(|dict| dict.get(b"MCID").and_then(Object::as_i64).ok());
                assert!(!(ornament && open.contains(&true)), "an ornament stands in nothing that is read");
                numbers.extend(number);
                open.push(ornament || number.is_some());
            }
            "EMC" => drop(open.pop().expect("what ends has begun")),
            drawing if DRAWING.contains(&drawing) => {
                assert!(open.contains(&true), "{drawing} draws what is neither read nor an ornament");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "what begins on a page ends there");
    numbers
}

/// The marks to which an element and all below it point, page by page.
fn pointed(document: &Document, dict: &Dictionary, page: Option<ObjectId>, out: &mut Vec<(ObjectId, i64)>) {
    let of = |dict: &Dictionary| dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok());
    let page = of(dict).or(page);
    let kids = match entry(document, dict, "K") {
        Some(Object::Array(kids)) => kids.iter().collect(),
        Some(kid) => vec![kid],
        None => Vec::new(),
    };
    for kid in kids {
        match resolved(document, kid) {
            Object::Integer(number) => out.push((page.expect("a page"), *number)),
            Object::Dictionary(one) if one.has(b"MCID") => {
                let number = one.get(b"MCID").and_then(Object::as_i64).expect("a number");
                out.push((of(one).or(page).expect("a page"), number));
            }
            Object::Dictionary(one) => pointed(document, one, page, out),
            other => panic!("{other:?} in the structure"),
        }
    }
}

#[test]
fn what_is_drawn_is_read_once_or_is_an_ornament() {
    for document in both() {
        let mut drawn: Vec<(ObjectId, i64)> = Vec::new();
        for page in document.get_pages().into_values() {
            drawn.extend(marks(&document, page).into_iter().map(|number| (page, number)));
            let page = document.get_dictionary(page).expect("a page");
            assert!(page.has(b"StructParents"), "a page knows its place in the structure");
        }
        let root = entry(&document, document.catalog().expect("a catalog"), "StructTreeRoot").expect("a structure");
        let root = root.as_dict().expect("a dictionary");
        assert!(root.has(b"ParentTree"));
        let mut read = Vec::new();
        pointed(&document, root, None, &mut read);
        assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), read.len(), "nothing is read twice");
        drawn.sort_unstable();
        read.sort_unstable();
        assert_eq!(drawn, read, "what is marked is what the structure reads");
    }
}

#[test]
fn fonts_are_in_the_file_and_tell_their_letters() {
    for document in both() {
        let mut fonts: BTreeMap<Vec<u8>, &Dictionary> = BTreeMap::new();
        for page in document.get_pages().into_values() {
            fonts.extend(document.get_page_fonts(page).expect("fonts"));
        }
        assert!(!fonts.is_empty());
        for (name, font) in fonts {
            assert!(font.has(b"ToUnicode"), "{name:?} tells its letters");
            let below = entry(&document, font, "DescendantFonts").map(|all| all.as_array().expect("fonts"));
            let inner = below.map_or(font, |all| resolved(&document, &all[0]).as_dict().expect("a font"));
            let about =
                entry(&document, inner, "FontDescriptor").expect("a descriptor").as_dict().expect("a dictionary");
            assert!([b"FontFile2", b"FontFile3"].iter().any(|key| about.has(*key)), "{name:?} is in the file");
        }
    }
}

/// Where an element may stand: below one of these, or anywhere.
fn parents(role: &str) -> Option<&'static [&'static str]> {
    Some(match role {
        "LI" => &["L"],
        "Lbl" | "LBody" => &["LI"],
        "THead" | "TBody" | "TFoot" => &["Table"],
        "TR" => &["Table", "THead", "TBody", "TFoot"],
        "TH" | "TD" => &["TR"],
        _ => return None,
    })
}

fn check(element: &Element, parent: &str) {
    if let Some(allowed) = parents(&element.role) {
        assert!(allowed.contains(&parent), "{} stands in {parent}", element.role);
    }
    let only: &[&str] = match element.role.as_str() {
        "L" => &["LI", "Caption", "L"],
        "LI" => &["Lbl", "LBody"],
        "Table" => &["TR", "THead", "TBody", "TFoot", "Caption"],
        "TR" => &["TH", "TD"],
        _ => &[],
    };
    for child in &element.children {
        assert!(only.is_empty() || only.contains(&child.role.as_str()), "{} holds {}", element.role, child.role);
        check(child, &element.role);
    }
    if element.role == "Figure" {
        assert!(element.alt.as_deref().is_some_and(|alt| !alt.is_empty()), "a picture is told in words");
    }
}

#[test]
fn elements_stand_where_they_may_and_headings_skip_no_level() {
    for document in both() {
        let tops = structure(&document);
        tops.iter().for_each(|top| check(top, ""));
        let all: Vec<&Element> = tops.iter().flat_map(Element::all).collect();
        let levels: Vec<u32> =
            all.iter().filter_map(|one| one.role.strip_prefix('H').and_then(|level| level.parse().ok())).collect();
        assert_eq!((levels.first(), levels.iter().filter(|level| **level == 1).count()), (Some(&1), 1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}
