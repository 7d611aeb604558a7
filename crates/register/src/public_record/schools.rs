//! A school in memory.

use kernel::{Date, LaEstab, Urn};

/// A word that many schools share (an authority, a phase), kept once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub(super) u16);

/// Shared words.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    pub(super) words: Vec<Box<str>>,
    by_word: std::collections::HashMap<Box<str>, u16>,
}

impl Symbols {
    pub(super) fn of(&mut self, word: &str) -> Symbol {
        if let Some(known) = self.by_word.get(word) {
            return Symbol(*known);
        }
        // 65,535 different authorities, phases and towns are more than England
        // has; beyond them the last word stands in rather than a wrong one.
        let next = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        if next == u16::MAX {
            return Symbol(0);
        }
        self.words.push(word.into());
        self.by_word.insert(word.into(), next);
        Symbol(next)
    }
}

/// A school as the database keeps it, on its way into memory.
#[derive(Debug, Clone, Default)]
pub struct SchoolIn {
    /// URN.
    pub urn: u32,
    /// Name.
    pub name: String,
    /// Names that it had before.
    pub former: Vec<String>,
    /// Status as published, lower case; empty where nobody says.
    pub status: String,
    /// Phase as published; empty where nobody says.
    pub phase: String,
    /// Type as published.
    pub kind: String,
    /// Local authority's name.
    pub authority: String,
    /// LAESTAB.
    pub laestab: Option<LaEstab>,
    /// Town.
    pub town: String,
    /// Postcode.
    pub postcode: String,
    /// Opened.
    pub opened: Option<Date>,
    /// Closed.
    pub closed: Option<Date>,
    /// Latitude and longitude, degrees (WGS84).
    pub place: Option<(f64, f64)>,
}

/// A school in memory.
#[derive(Debug)]
pub struct School {
    /// URN.
    pub urn: Urn,
    /// Name.
    pub name: Box<str>,
    pub(super) former: Box<[Box<str>]>,
    pub(super) status: Symbol,
    pub(super) phase: Symbol,
    pub(super) kind: Symbol,
    pub(super) authority: Symbol,
    pub(super) town: Symbol,
    /// LAESTAB.
    pub laestab: Option<LaEstab>,
    /// Postcode.
    pub postcode: Box<str>,
    /// Opened, where known or told by its links.
    pub opened: Option<Date>,
    /// Closed, where known.
    pub closed: Option<Date>,
    /// Latitude and longitude, degrees (WGS84).
    pub place: Option<(f32, f32)>,
}

/// Schools on their way into the record, each made small as it comes.
#[derive(Debug)]
pub struct Schools {
    pub(super) list: Vec<School>,
    pub(super) symbols: Symbols,
}

impl Default for Schools {
    fn default() -> Self {
        let mut symbols = Symbols::default();
        // The first symbol says nothing.
        symbols.of("");
        Self { list: Vec::new(), symbols }
    }
}

impl Schools {
    /// Adds a school; what is no URN is none.
    pub fn add(&mut self, school: SchoolIn) {
        let Some(urn) = Urn::new(school.urn) else { return };
        let symbols = &mut self.symbols;
        self.list.push(School {
            urn,
            name: school.name.into(),
            former: school.former.into_iter().map(Into::into).collect(),
            status: symbols.of(&school.status),
            phase: symbols.of(&school.phase),
            kind: symbols.of(&school.kind),
            authority: symbols.of(&school.authority),
            town: symbols.of(&school.town),
            laestab: school.laestab,
            postcode: school.postcode.into(),
            opened: school.opened,
            closed: school.closed,
            place: school.place.map(|(lat, lng)| (lat as f32, lng as f32)),
        });
    }
}
