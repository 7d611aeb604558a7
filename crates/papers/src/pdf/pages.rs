//! What stands where: pages with what is drawn on them, and the structure by
//! which they are read aloud. Knows no PDF.

use crate::fonts::Face;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
/// The margins.
pub(super) const LEFT: f32 = 57.0;
pub(super) const RIGHT: f32 = WIDTH - 57.0;
pub(super) const TOP: f32 = 57.0;
pub(super) const BOTTOM: f32 = HEIGHT - 68.0;

/// A grey or a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    Black,
    Grey,
    Rule,
    Panel,
    Blue,
}

impl Shade {
    /// Red, green, blue.
    pub(super) fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Black => (0x0b, 0x0c, 0x0c),
            Self::Grey => (0x50, 0x5a, 0x5f),
            Self::Rule => (0xb1, 0xb4, 0xb6),
            Self::Panel => (0xf3, 0xf2, 0xf1),
            Self::Blue => (0x1d, 0x70, 0xb8),
        }
    }
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) shade: Shade,
}

impl Look {
    pub(super) const fn plain(size: f32) -> Self {
        Self { face: Face::Regular, size, shade: Shade::Black }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self { face: Face::Bold, size, shade: Shade::Black }
    }

    pub(super) const fn grey(self) -> Self {
        Self { shade: Shade::Grey, ..self }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f32 {
        self.size * 1.38
    }
}

/// Something read aloud: a line of text or a picture. Numbered through the paper.
pub(super) type Leaf = usize;

/// Something drawn. What has no leaf is only for the eye.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drawn {
    Text { leaf: Option<Leaf>, x: f32, y: f32, look: Look, text: String },
    Fill { x: f32, y: f32, w: f32, h: f32, shade: Shade },
    Picture { leaf: Leaf, x: f32, y: f32, w: f32, h: f32, picture: usize },
}

/// A node of the structure.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Heading { level: u16, text: String, leaves: Vec<Leaf> },
    Paragraph(Vec<Leaf>),
    List { numbered: bool, items: Vec<(Leaf, Vec<Leaf>)> },
    Table(Table),
    Figure { alt: String, leaf: Leaf, caption: Vec<Leaf> },
}

/// A table: every cell with its lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    pub(super) caption: Vec<Leaf>,
    pub(super) summary: String,
    pub(super) head: Vec<Vec<Leaf>>,
    pub(super) rows: Vec<Vec<Vec<Leaf>>>,
    /// The first cell of a row names the row.
    pub(super) rows_are_named: bool,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bookmark {
    pub(super) level: u16,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// Pages as they grow.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) pages: Vec<Vec<Drawn>>,
    pub(super) nodes: Vec<Node>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) leaves: usize,
    /// Where the next thing begins on the last page.
    pub(super) y: f32,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self { pages: vec![Vec::new()], y: TOP, ..Self::default() }
    }

    pub(super) fn draw(&mut self, drawn: Drawn) {
        if let Some(page) = self.pages.last_mut() {
            page.push(drawn);
        }
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// A new page unless `height` still fits on this one. True where there is one.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let breaks = self.y + height > BOTTOM && self.y > TOP;
        if breaks {
            self.new_page();
        }
        breaks
    }

    pub(super) fn space(&mut self, height: f32) {
        // At the top of a page no space is wanted.
        if self.y > TOP {
            self.y += height;
        }
    }

    pub(super) fn leaf(&mut self) -> Leaf {
        self.leaves += 1;
        self.leaves - 1
    }

    /// A line of text at `x`, its top at `y`; gives its leaf.
    pub(super) fn text(&mut self, x: f32, top: f32, look: Look, text: &str) -> Leaf {
        let leaf = self.leaf();
        let y = top + look.size * 1.05;
        self.draw(Drawn::Text { leaf: Some(leaf), x, y, look, text: text.to_owned() });
        leaf
    }

    /// Lines one below the other from where we are, over as many pages as they
    /// need; `bar` draws a bar at their left.
    pub(super) fn lines(&mut self, lines: &[String], x: f32, look: Look, bar: bool) -> Vec<Leaf> {
        let mut leaves = Vec::with_capacity(lines.len());
        for line in lines {
            self.need(look.leading());
            if bar {
                self.draw(Drawn::Fill { x: LEFT, y: self.y, w: 4.0, h: look.leading(), shade: Shade::Blue });
            }
            // An empty line takes its room and is not read.
            if !line.trim().is_empty() {
                leaves.push(self.text(x, self.y, look, line));
            }
            self.y += look.leading();
        }
        leaves
    }
}
