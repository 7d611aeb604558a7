//! A paper as a tagged PDF (PDF/UA-1): read aloud in order, with its language,
//! title, bookmarks, heads of tables and words for pictures.
//!
//! [`layout`] says what stands where and how it is read; this writes it down.

mod layout;
mod pages;
mod structure;

use std::io;
use std::sync::LazyLock;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg::Tree;

use self::pages::{Bookmark, Drawn, HEIGHT, Look, Shade, WIDTH};
use crate::fonts::{BOLD, Face, REGULAR};
use crate::paper::{Block, Paper, line};
use crate::picture::tree;

/// The language of papers.
const LANGUAGE: &str = "en-GB";

static FONTS: LazyLock<Option<(Font, Font)>> =
    LazyLock::new(|| Some((Font::new(REGULAR.into(), 0)?, Font::new(BOLD.into(), 0)?)));

/// A paper as a PDF; the same paper gives the same bytes.
///
/// # Errors
/// Where the paper cannot be written as PDF/UA-1. Any text can; a picture may hold
/// what cannot.
pub fn pdf(paper: &Paper) -> io::Result<Vec<u8>> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let trees = trees(paper);
    let pages = layout::layout(paper, &sizes(&trees));
    let fonts = FONTS.as_ref().ok_or_else(|| wrong("the font of papers cannot be read"))?;
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| wrong(&format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut leaves: Vec<Option<Identifier>> = vec![None; pages.leaves];
    let mut places: Vec<usize> = vec![0; pages.leaves];
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| wrong("a page has no size"))?;
    for (number, drawn) in pages.pages.iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for one in drawn {
            if let Some((leaf, id)) = draw(&mut surface, one, fonts, &trees) {
                leaves[leaf] = Some(id);
                places[leaf] = number;
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(structure::tree(&pages, &leaves, LANGUAGE));
    document.set_outline(outline(&pages.bookmarks));
    document.set_metadata(metadata(paper));
    document.finish().map_err(|error| wrong(&format!("{error:?}")))
}

/// On how many pages a paper stands as a PDF.
#[must_use]
pub fn pages(paper: &Paper) -> usize {
    layout::layout(paper, &sizes(&trees(paper))).pages.len()
}

/// The pictures of a paper, in order; none where one is no picture.
fn trees(paper: &Paper) -> Vec<Option<Tree>> {
    let pictures = paper.blocks.iter().filter_map(|block| match block {
        Block::Picture(picture) => Some(tree(&picture.svg)),
        _ => None,
    });
    pictures.collect()
}

fn sizes(trees: &[Option<Tree>]) -> Vec<Option<(f32, f32)>> {
    trees.iter().map(|tree| tree.as_ref().map(|tree| (tree.size().width(), tree.size().height()))).collect()
}

/// Draws one thing; gives its leaf and what the structure knows it by.
fn draw(
    surface: &mut Surface<'_>,
    one: &Drawn,
    fonts: &(Font, Font),
    trees: &[Option<Tree>],
) -> Option<(usize, Identifier)> {
    match one {
        Drawn::Text { leaf, x, y, look, text } => {
            let shown = look.face.shown(text);
            // What the font has no sign for, and what is set in another order than
            // it is written, is still read as it is.
            let actual = (shown != *text || !text.chars().all(stays_put)).then_some(text.as_str());
            let tag = match leaf {
                Some(_) => ContentTag::Span(SpanTag::empty().with_actual_text(actual)),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
            };
            let id = surface.start_tagged(tag);
            write(surface, (*x, *y), *look, &shown, fonts);
            surface.end_tagged();
            leaf.map(|leaf| (leaf, id))
        }
        Drawn::Fill { x, y, w, h, shade } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::default()));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *w, *h) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill(*shade)));
                surface.draw_path(&path);
            }
            surface.end_tagged();
            None
        }
        Drawn::Picture { leaf, x, y, w, h, picture } => {
            let id = surface.start_tagged(ContentTag::Other);
            if let (Some(Some(tree)), Some(size)) = (trees.get(*picture), Size::from_wh(*w, *h)) {
                surface.push_transform(&Transform::from_translate(*x, *y));
                // Words of a picture are drawn as lines: its alternative is read.
                surface.draw_svg(tree, size, SvgSettings { embed_text: false, ..SvgSettings::default() });
                surface.pop();
            }
            surface.end_tagged();
            Some((*leaf, id))
        }
    }
}

/// Whether a sign stands where it is written: Latin, Greek and Cyrillic letters,
/// punctuation and symbols do. Signs that combine with others, and those of scripts
/// that run from right to left, may not.
fn stays_put(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{370}'..='\u{52f}' | '\u{2000}'..='\u{2bff}')
}

fn write(surface: &mut Surface<'_>, (x, y): (f32, f32), look: Look, text: &str, fonts: &(Font, Font)) {
    let font = match look.face {
        Face::Regular => &fonts.0,
        Face::Bold => &fonts.1,
    };
    surface.set_fill(Some(fill(look.shade)));
    surface.draw_text(Point::from_xy(x, y), font.clone(), look.size, text, false, TextDirection::Auto);
}

fn fill(shade: Shade) -> Fill {
    let (red, green, blue) = shade.rgb();
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// Bookmarks below those of a higher level.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = bookmarks;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|one| one.level > first.level).count();
        outline.push_child(node(first, &after[..below]));
        rest = &after[below..];
    }
    outline
}

fn node(one: &Bookmark, below: &[Bookmark]) -> OutlineNode {
    let mut node =
        OutlineNode::new(one.text.clone(), XyzDestination::new(one.page, Point::from_xy(0.0, (one.y - 12.0).max(0.0))));
    let mut rest = below;
    while let Some((first, after)) = rest.split_first() {
        let deeper = after.iter().take_while(|next| next.level > first.level).count();
        node.push_child(self::node(first, &after[..deeper]));
        rest = &after[deeper..];
    }
    node
}

fn metadata(paper: &Paper) -> Metadata {
    let year = u16::try_from(paper.date.year()).unwrap_or(1900);
    let (month, day) = (paper.date.month().unsigned_abs(), paper.date.day().unsigned_abs());
    Metadata::new()
        .title(line(&format!("{}, {}", paper.title, paper.school)))
        .authors(vec![line(&paper.school)])
        .description(line(&format!("{}. {}", paper.standing(), paper.seen_by_line())))
        .language(LANGUAGE.to_owned())
        .creator("Aspire".to_owned())
        .creation_date(DateTime::new(year).month(month).day(day).hour(0).minute(0).second(0))
}
