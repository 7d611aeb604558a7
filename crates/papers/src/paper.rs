//! A paper: what a school hands to somebody, whatever its form. The same paper
//! goes out as Word ([`crate::docx`]), tagged PDF ([`crate::pdf`]) and Excel
//! ([`crate::xlsx_out::paper`]).

use kernel::Date;
use kernel::words::long_date;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is: ‘Improvement plan 2025/26’.
    pub title: String,
    /// Whose: ‘Ashdale Primary School’.
    pub school: String,
    /// Which version: ‘3’.
    pub version: String,
    /// Of which day.
    pub date: Date,
    /// Draft or agreed.
    pub status: Status,
    /// Who may see it, in words: ‘Governors, leaders and the adviser’.
    pub seen_by: String,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// How far a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Still being worked on; said at the top of every page.
    Draft,
    /// Agreed by those whose it is.
    Agreed,
    /// As things stand; it goes on changing as the work does.
    Current,
    /// Nothing of it changes any more.
    Final,
    /// Agreed, and later replaced by another version.
    Replaced,
}

impl Status {
    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Agreed => "Agreed",
            Self::Current => "As things stand",
            Self::Final => "Final",
            Self::Replaced => "Replaced by a later version",
        }
    }
}

/// How deep a heading is; the title is above all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A part of the paper.
    Part,
    /// A section of a part.
    Section,
}

/// How a list is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// A dot before each.
    Dots,
    /// 1, 2, 3 …
    Numbers,
}

/// A table of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What it shows; above it.
    pub caption: String,
    /// The columns' names, repeated on every page.
    pub head: Vec<String>,
    /// The rows; a row too short is filled up, one too long is cut.
    pub rows: Vec<Vec<String>>,
    /// How wide each column is in relation to the others; all alike where it is
    /// empty.
    pub widths: Vec<u16>,
}

impl Grid {
    /// The cells of a row, as many as there are columns.
    pub(crate) fn cells<'a>(&'a self, row: &'a [String]) -> impl Iterator<Item = &'a str> {
        (0..self.head.len()).map(|column| row.get(column).map_or("", String::as_str))
    }

    /// Each column's share of the width; they add up to 1.
    pub(crate) fn shares(&self) -> Vec<f32> {
        let columns = self.head.len();
        let widths: Vec<f32> =
            (0..columns).map(|column| f32::from(self.widths.get(column).copied().unwrap_or(1).max(1))).collect();
        let all: f32 = widths.iter().sum();
        widths.into_iter().map(|width| width / all.max(1.0)).collect()
    }
}

/// A picture, drawn as SVG without anything from outside itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The `<svg>` element.
    pub svg: String,
    /// What it shows, for those who hear it.
    pub alt: String,
    /// What stands below it.
    pub caption: String,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; a bookmark of the PDF.
    Heading(Level, String),
    /// A paragraph. A line break in it is kept.
    Paragraph(String),
    /// A list.
    List(Marks, Vec<String>),
    /// A table.
    Table(Grid),
    /// Names and what holds: ‘Head: Sam Okafor’.
    Facts(Vec<(String, String)>),
    /// What must not be missed: a heading and a sentence or two.
    CallOut(String, String),
    /// A picture.
    Picture(Picture),
    /// What follows begins on a new page.
    NewPage,
}

impl Paper {
    /// ‘Version 3, agreed, 24 November 2026’.
    #[must_use]
    pub fn standing(&self) -> String {
        let status = self.status.word();
        let status = status
            .chars()
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(status.chars().skip(1)).collect());
        format!("Version {}, {status}, {}", self.version, long_date(self.date))
    }

    /// ‘Who may see this: governors’.
    #[must_use]
    pub fn seen_by_line(&self) -> String {
        format!("Who may see this: {}", self.seen_by)
    }
}

/// `text` without what no paper can hold: control characters and what XML 1.0
/// forbids. Line breaks stay, a tab becomes a blank.
#[must_use]
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
            '\r' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() => None,
            '\u{fffe}' | '\u{ffff}' => None,
            c => Some(c),
        })
        .collect()
}

/// As [`clean`], on one line.
pub(crate) fn line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_paper_can_hold_goes_and_the_rest_stays() {
        assert_eq!(clean("a\u{0}b\tc\r\nd\re\u{1b}[1mf\u{ffff}"), "ab c\nd\ne[1mf");
        assert_eq!(line("St Anne’s\n<R&C> é 学校 🏫"), "St Anne’s <R&C> é 学校 🏫");
    }

    #[test]
    fn columns_share_the_width() {
        let grid = Grid { head: ["a", "b", "c"].map(str::to_owned).to_vec(), widths: vec![2, 0], ..Grid::default() };
        assert_eq!(grid.shares(), [0.5, 0.25, 0.25]);
        assert_eq!(grid.cells(&["x".to_owned()]).collect::<Vec<_>>(), ["x", "", ""]);
    }
}
