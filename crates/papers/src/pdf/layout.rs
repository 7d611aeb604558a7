//! A paper on its pages.

use super::pages::{BOTTOM, Bookmark, Drawn, HEIGHT, LEFT, Look, Node, Pages, RIGHT, Shade, TOP, Table, WIDTH};
use crate::fonts::wrap;
use crate::paper::{Block, Grid, Level, Marks, Paper, Picture, Status, clean, line};

const BODY: Look = Look::plain(10.5);
const SMALL: Look = Look::plain(9.5);
const SMALL_BOLD: Look = Look::bold(9.5);
/// What stands between a cell's edge and its words.
const PAD: f32 = 4.0;

/// The size of a picture, or none where it is none: it is told by its alternative.
pub(super) type Sizes<'a> = &'a [Option<(f32, f32)>];

/// A paper on its pages; `sizes` are those of its pictures, in order.
pub(super) fn layout(paper: &Paper, sizes: Sizes<'_>) -> Pages {
    let mut pages = Pages::new();
    title(&mut pages, paper);
    let mut pictures = (0..).zip(sizes);
    for block in &paper.blocks {
        match block {
            Block::Heading(level, text) => heading(&mut pages, *level, text),
            Block::Paragraph(text) => paragraph(&mut pages, text),
            Block::List(marks, items) => list(&mut pages, *marks, items),
            Block::Table(grid) => table(&mut pages, grid),
            Block::Facts(facts) => key_facts(&mut pages, facts),
            Block::CallOut(heading, text) => call_out(&mut pages, heading, text),
            Block::Picture(picture) => match pictures.next() {
                Some((number, Some(size))) => figure(&mut pages, picture, number, *size),
                _ => paragraph(&mut pages, &picture.alt),
            },
            Block::NewPage => pages.new_page(),
        }
    }
    margins(&mut pages, paper);
    pages
}

/// School, title, version and who may see it, above a rule.
fn title(pages: &mut Pages, paper: &Paper) {
    let room = RIGHT - LEFT;
    let words = |pages: &mut Pages, text: &str, look: Look| {
        let lines = wrap(&line(text), look.face, look.size, room);
        pages.lines(&lines, LEFT, look, false)
    };
    let school = words(pages, &paper.school, Look::plain(13.0).grey());
    pages.nodes.push(Node::Paragraph(school));
    pages.y += 2.0;
    // Whatever it is, it has a title.
    let title = if line(&paper.title).trim().is_empty() { "Paper" } else { &paper.title };
    bookmark(pages, 1, title);
    let leaves = words(pages, title, Look::bold(23.0));
    pages.nodes.push(Node::Heading { level: 1, text: line(title), leaves });
    pages.y += 6.0;
    for text in [paper.standing(), paper.seen_by_line()] {
        let leaves = words(pages, &text, BODY);
        pages.nodes.push(Node::Paragraph(leaves));
    }
    pages.y += 8.0;
    rule(pages, 1.0);
    pages.y += 14.0;
}

fn rule(pages: &mut Pages, height: f32) {
    pages.draw(Drawn::Fill { x: LEFT, y: pages.y, w: RIGHT - LEFT, h: height, shade: Shade::Rule });
}

fn bookmark(pages: &mut Pages, level: u16, text: &str) {
    let (page, y) = (pages.pages.len() - 1, pages.y);
    pages.bookmarks.push(Bookmark { level, text: line(text), page, y });
}

fn heading(pages: &mut Pages, level: Level, text: &str) {
    let (number, look, before) = match level {
        Level::Part => (2, Look::bold(15.5), 20.0),
        Level::Section => (3, Look::bold(12.5), 13.0),
    };
    // A heading without words is none.
    if line(text).trim().is_empty() {
        return;
    }
    let lines = wrap(&line(text), look.face, look.size, RIGHT - LEFT);
    // A heading does not stand alone at the end of a page.
    let mut high = look.leading() * 2.0 + before + BODY.leading() * 3.0;
    if lines.len() > 2 {
        high += look.leading();
    }
    if !pages.need(high) {
        pages.space(before);
    }
    bookmark(pages, number, text);
    let leaves = pages.lines(&lines, LEFT, look, false);
    pages.nodes.push(Node::Heading { level: number, text: line(text), leaves });
    pages.y += 5.0;
}

fn paragraph(pages: &mut Pages, text: &str) {
    let lines = wrap(&clean(text), BODY.face, BODY.size, RIGHT - LEFT);
    let leaves = pages.lines(&lines, LEFT, BODY, false);
    if !leaves.is_empty() {
        pages.nodes.push(Node::Paragraph(leaves));
    }
    pages.y += 7.0;
}

fn list(pages: &mut Pages, marks: Marks, items: &[String]) {
    const INDENT: f32 = 20.0;
    let mut out = Vec::with_capacity(items.len());
    for (number, item) in (1..).zip(items) {
        let mark = match marks {
            Marks::Dots => "•".to_owned(),
            Marks::Numbers => format!("{number}."),
        };
        let lines = wrap(&clean(item), BODY.face, BODY.size, RIGHT - LEFT - INDENT);
        pages.need(BODY.leading());
        let label = pages.text(LEFT, pages.y, BODY, &mark);
        let body = pages.lines(&lines, LEFT + INDENT, BODY, false);
        out.push((label, body));
        pages.y += 3.0;
    }
    if !out.is_empty() {
        pages.nodes.push(Node::List { numbered: marks == Marks::Numbers, items: out });
    }
    pages.y += 5.0;
}

fn call_out(pages: &mut Pages, heading: &str, text: &str) {
    const INDENT: f32 = 14.0;
    let look = Look::bold(BODY.size);
    let head = wrap(&line(heading), look.face, look.size, RIGHT - LEFT - INDENT);
    let body = wrap(&clean(text), BODY.face, BODY.size, RIGHT - LEFT - INDENT);
    pages.space(5.0);
    pages.need(BODY.leading() * 3.0);
    for (lines, look) in [(head, look), (body, BODY)] {
        let leaves = pages.lines(&lines, LEFT + INDENT, look, true);
        if !leaves.is_empty() {
            pages.nodes.push(Node::Paragraph(leaves));
        }
    }
    pages.y += 12.0;
}

fn caption(pages: &mut Pages, text: &str, look: Look) -> Vec<usize> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let lines = wrap(&line(text), look.face, look.size, RIGHT - LEFT);
    pages.lines(&lines, LEFT, look, false)
}

fn table(pages: &mut Pages, grid: &Grid) {
    pages.space(6.0);
    pages.need(BODY.leading() * 5.0);
    let caption = caption(pages, &grid.caption, Look::bold(BODY.size));
    pages.y += 3.0;
    if grid.head.is_empty() {
        pages.nodes.push(Node::Paragraph(caption));
        return;
    }
    let mut columns = Vec::new();
    let mut x = LEFT;
    for share in grid.shares() {
        let w = share * (RIGHT - LEFT);
        columns.push((x, w));
        x += w;
    }
    let fit = |cells: &mut dyn Iterator<Item = &str>, look: Look| -> Vec<Vec<String>> {
        let wrapped =
            |(cell, (_, w)): (&str, &(f32, f32))| wrap(&clean(cell), look.face, look.size, (w - 2.0 * PAD).max(8.0));
        cells.zip(&columns).map(wrapped).collect()
    };
    let head = fit(&mut grid.head.iter().map(String::as_str), SMALL_BOLD);
    let mut out = Table { caption, summary: line(&grid.caption), ..Table::default() };
    out.head = row(pages, &columns, &head, SMALL_BOLD, None);
    for cells in &grid.rows {
        let cells = fit(&mut grid.cells(cells), SMALL);
        out.rows.push(row(pages, &columns, &cells, SMALL, Some(&head)));
    }
    pages.nodes.push(Node::Table(out));
    pages.y += 12.0;
}

/// A row: short ones stay together, long ones go on overleaf. A body row (one with
/// a `head`) has the head above it again on a new page, for the eye only; a head
/// row is shaded.
fn row(
    pages: &mut Pages,
    columns: &[(f32, f32)],
    cells: &[Vec<String>],
    look: Look,
    head: Option<&[Vec<String>]>,
) -> Vec<Vec<usize>> {
    let most = cells.iter().map(Vec::len).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let high = most as f32 * look.leading() + 2.0 * PAD;
    if pages.need(high.min((BOTTOM - TOP) / 3.0))
        && let Some(head) = head
    {
        head_again(pages, columns, head);
    }
    let shaded = |pages: &mut Pages, height: f32| {
        if head.is_none() {
            pages.draw(Drawn::Fill { x: LEFT, y: pages.y, w: RIGHT - LEFT, h: height, shade: Shade::Panel });
        }
    };
    let mut leaves: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    shaded(pages, PAD);
    pages.y += PAD;
    for index in 0..most {
        if pages.need(look.leading() + PAD)
            && let Some(head) = head
        {
            head_again(pages, columns, head);
            pages.y += PAD;
        }
        shaded(pages, look.leading() + if index + 1 == most { PAD } else { 0.0 });
        for ((cell, (x, _)), leaves) in cells.iter().zip(columns).zip(&mut leaves) {
            if let Some(words) = cell.get(index).filter(|words| !words.trim().is_empty()) {
                leaves.push(pages.text(x + PAD, pages.y, look, words));
            }
        }
        pages.y += look.leading();
    }
    never_empty(pages, columns, look, &mut leaves);
    pages.y += PAD;
    rule(pages, 0.5);
    leaves
}

/// An empty cell holds a blank: a cell with nothing in it would be left out of the
/// structure, and its row be short of one.
fn never_empty(pages: &mut Pages, columns: &[(f32, f32)], look: Look, leaves: &mut [Vec<usize>]) {
    let top = pages.y - look.leading();
    for ((x, _), cell) in columns.iter().zip(leaves) {
        if cell.is_empty() {
            cell.push(pages.text(x + PAD, top, look, " "));
        }
    }
}

/// The head of a table once more, not to be read aloud; not where it would fill the
/// page.
fn head_again(pages: &mut Pages, columns: &[(f32, f32)], head: &[Vec<String>]) {
    let look = SMALL_BOLD;
    let most = head.iter().map(Vec::len).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let high = most as f32 * look.leading() + 2.0 * PAD;
    if high > (BOTTOM - TOP) / 4.0 {
        return;
    }
    pages.draw(Drawn::Fill { x: LEFT, y: pages.y, w: RIGHT - LEFT, h: high, shade: Shade::Panel });
    let mut y = pages.y + PAD + look.size * 1.05;
    for index in 0..most {
        for (cell, (x, _)) in head.iter().zip(columns) {
            if let Some(words) = cell.get(index) {
                pages.draw(Drawn::Text { leaf: None, x: x + PAD, y, look, text: words.clone() });
            }
        }
        y += look.leading();
    }
    pages.y += high;
    rule(pages, 0.5);
}

/// Names and what holds, as a table whose rows are named.
fn key_facts(pages: &mut Pages, facts: &[(String, String)]) {
    if facts.is_empty() {
        return;
    }
    let name = (RIGHT - LEFT) * 0.28;
    let columns = [(LEFT, name), (LEFT + name, RIGHT - LEFT - name)];
    let mut out = Table { rows_are_named: true, summary: "Key facts".to_owned(), ..Table::default() };
    rule(pages, 0.5);
    for (name, value) in facts {
        // A name is a little heavier than what it names, so each has its own look.
        let names = wrap(&clean(name), SMALL_BOLD.face, SMALL_BOLD.size, columns[0].1 - 2.0 * PAD);
        let values = wrap(&clean(value), SMALL.face, SMALL.size, columns[1].1 - 2.0 * PAD);
        out.rows.push(fact(pages, columns, &names, &values));
    }
    pages.nodes.push(Node::Table(out));
    pages.y += 12.0;
}

fn fact(pages: &mut Pages, columns: [(f32, f32); 2], names: &[String], values: &[String]) -> Vec<Vec<usize>> {
    let most = names.len().max(values.len());
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let high = most as f32 * SMALL.leading() + 2.0 * PAD;
    pages.need(high.min((BOTTOM - TOP) / 3.0));
    pages.y += PAD;
    let mut leaves = vec![Vec::new(), Vec::new()];
    for index in 0..most {
        pages.need(SMALL.leading() + PAD);
        for (column, (lines, look)) in [(names, SMALL_BOLD), (values, SMALL)].into_iter().enumerate() {
            if let Some(words) = lines.get(index).filter(|words| !words.trim().is_empty()) {
                leaves[column].push(pages.text(columns[column].0 + PAD, pages.y, look, words));
            }
        }
        pages.y += SMALL.leading();
    }
    never_empty(pages, &columns, SMALL, &mut leaves);
    pages.y += PAD;
    rule(pages, 0.5);
    leaves
}

fn figure(pages: &mut Pages, picture: &Picture, number: usize, (w, h): (f32, f32)) {
    let scale = ((RIGHT - LEFT) / w).min((BOTTOM - TOP - 60.0) / h);
    let (w, h) = (w * scale, h * scale);
    pages.space(4.0);
    pages.need(h + 24.0);
    let leaf = pages.leaf();
    pages.draw(Drawn::Picture { leaf, x: LEFT, y: pages.y, w, h, picture: number });
    pages.y += h + 5.0;
    let caption = caption(pages, &picture.caption, SMALL.grey());
    pages.nodes.push(Node::Figure { alt: line(&picture.alt), leaf, caption });
    pages.y += 9.0;
}

/// At the foot of each page whose, what and which version, and the page of how
/// many; a draft says so at the head. For the eye only: it was read at the
/// beginning.
fn margins(pages: &mut Pages, paper: &Paper) {
    let look = Look::plain(8.0).grey();
    let all = pages.pages.len();
    let words = line(&format!("{} · {} · {}", paper.school, paper.title, paper.standing()));
    for (number, page) in (1..).zip(&mut pages.pages) {
        let count = format!("Page {number} of {all}");
        let width = look.face.width(&count, look.size);
        let mut left = wrap(&words, look.face, look.size, RIGHT - LEFT - width - 20.0).into_iter();
        let mut text = left.next().unwrap_or_default();
        if left.next().is_some() {
            text.push('…');
        }
        let y = HEIGHT - 36.0;
        page.push(Drawn::Fill { x: LEFT, y: y - 15.0, w: RIGHT - LEFT, h: 0.5, shade: Shade::Rule });
        page.push(Drawn::Text { leaf: None, x: LEFT, y, look, text });
        page.push(Drawn::Text { leaf: None, x: RIGHT - width, y, look, text: count });
        if paper.status == Status::Draft {
            let look = Look::bold(10.0).grey();
            let x = WIDTH - LEFT - look.face.width("Draft", look.size);
            page.push(Drawn::Text { leaf: None, x, y: 38.0, look, text: "Draft".to_owned() });
        }
    }
}
