//! The inspection frameworks since 2005, as data.
//!
//! Each version is a file in `data/frameworks`. To add one: its file, and its
//! line in `registry.rs`; or, without building, give its text to
//! [`Frameworks::with`] and the result to [`Frameworks::install`] at the start
//! of the process. Outcomes of different versions are never translated into
//! one another (design rule 7): an area's key means something only together
//! with its framework.

mod parse;
mod registry;
#[cfg(test)]
mod tests;

pub use registry::{FrameworkError, Frameworks};

use crate::inspection::Category;
use kernel::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A framework version. An index into the list of known frameworks, so that it
/// is small and copies; its short name (`S5_2012b`) is in its file. The index
/// holds only within one process: store the [`key`](Self::key).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameworkId(pub(crate) u8);

impl FrameworkId {
    /// The framework itself.
    #[must_use]
    pub fn get(self) -> &'static Framework {
        // An id is made only from a position in this list, which never shrinks.
        &Framework::all()[usize::from(self.0)]
    }

    /// Its short name, under which it is stored and exported: ‘S5_2012b’.
    #[must_use]
    pub fn key(self) -> &'static str {
        &self.get().id
    }

    /// The framework with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::find(|framework| framework.id == key)
    }

    /// The framework in force on `date`; `None` before September 2005.
    #[must_use]
    pub fn in_force(date: Date) -> Option<Self> {
        Self::find(|framework| framework.covers(date))
    }

    /// All of them, oldest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Framework::all().len()).filter_map(|at| u8::try_from(at).ok().map(Self))
    }

    fn find(is_it: impl Fn(&Framework) -> bool) -> Option<Self> {
        let at = Framework::all().iter().position(is_it)?;
        u8::try_from(at).ok().map(Self)
    }
}

impl Serialize for FrameworkId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for FrameworkId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_key(&key)
            .ok_or_else(|| serde::de::Error::custom(format!("there is no framework ‘{key}’")))
    }
}

/// An inspection framework version.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Short name: ‘S5_2012b’.
    pub id: String,
    /// Title: ‘Common inspection framework’.
    pub name: String,
    /// As a sentence calls it: ‘the September 2012 framework’.
    pub called: String,
    /// First day in force.
    pub from: Date,
    /// Last day in force, `None` while it is.
    pub to: Option<Date>,
    /// Ofsted's publication numbers.
    pub reference: Option<String>,
    /// What the overall judgement is called; `None` where none is made.
    pub overall: Option<String>,
    /// The scale, best first.
    pub scale: Vec<ScalePoint>,
    /// The judgement areas, in the order of the framework.
    pub areas: Vec<Area>,
    /// Categories of concern, gravest first.
    pub categories: Vec<CategoryWords>,
    /// How safeguarding is said, where it is judged on its own.
    pub safeguarding: Option<Safeguarding>,
    /// Outcomes of short and ungraded inspections. None is a grade.
    pub ungraded_outcomes: Vec<UngradedOutcome>,
    /// Changes within the version.
    pub revisions: Vec<Revision>,
    /// How sure each part of the file is, part by part.
    pub certainty: Vec<(String, String)>,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

/// A point of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScalePoint {
    /// The code in files and in the database. For report cards it is ours; their files hold words.
    pub code: u8,
    /// Ofsted's word: ‘Requires improvement’.
    pub label: String,
    /// Other writings of the word in files.
    pub aliases: Vec<String>,
}

/// A judgement area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Short name within its framework: ‘leadership’.
    pub key: String,
    /// Ofsted's title.
    pub label: String,
    /// Columns of files that hold it, beside the title and the key.
    pub aliases: Vec<String>,
    /// Judged only where the school has it (early years, sixth form) or only in some files.
    pub where_applicable: bool,
    /// The key of the area of which it is a part.
    pub within: Option<String>,
    /// First day on which it was judged, where later than the framework.
    pub from: Option<Date>,
    /// Last day on which it was judged, where earlier than the framework.
    pub until: Option<Date>,
}

/// A category of concern as a framework words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryWords {
    /// Which.
    pub category: Category,
    /// In Ofsted's words: ‘requires special measures’.
    pub words: String,
}

/// How a framework says whether safeguarding is effective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safeguarding {
    /// What it is called.
    pub label: String,
    /// Cells that say yes.
    pub met: Vec<String>,
    /// Cells that say no.
    pub not_met: Vec<String>,
}

/// An outcome of a short or ungraded inspection. Never a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UngradedOutcome {
    /// In the file's words: ‘Standards maintained’.
    pub text: String,
    /// What it means.
    pub means: String,
    /// What follows.
    pub next: String,
}

/// A change within a framework version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// First day.
    pub effective: Date,
    /// What changed.
    pub what: String,
}

impl Framework {
    /// All known frameworks, oldest first.
    #[must_use]
    pub fn all() -> &'static [Framework] {
        &registry::KNOWN.get_or_init(Frameworks::built_in).list
    }

    /// The framework with this short name.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Framework> {
        FrameworkId::from_key(id).map(FrameworkId::get)
    }

    /// The framework in force on `date`; `None` before September 2005.
    #[must_use]
    pub fn in_force(date: Date) -> Option<&'static Framework> {
        FrameworkId::in_force(date).map(FrameworkId::get)
    }

    /// True where `date` lies within it.
    #[must_use]
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }

    /// Ofsted's word for a code: 3 is ‘Satisfactory’ to August 2012 and
    /// ‘Requires improvement’ after. `None` for a code outside the scale.
    #[must_use]
    pub fn label(&self, code: u8) -> Option<&str> {
        self.point(code).map(|point| point.label.as_str())
    }

    /// The place of a code within the scale, 1 for the best. Codes themselves
    /// run up in one framework and down in another.
    #[must_use]
    pub fn rank(&self, code: u8) -> Option<u8> {
        let at = self.scale.iter().position(|point| point.code == code)?;
        u8::try_from(at + 1).ok()
    }

    /// The code for Ofsted's word or one of its other writings: 4 for ‘Strong
    /// standard’ and for ‘strong’ in report cards. A number is no word.
    #[must_use]
    pub fn code(&self, cell: &str) -> Option<u8> {
        let cell = fold(cell);
        self.scale
            .iter()
            .find(|point| {
                fold(&point.label) == cell || point.aliases.iter().any(|alias| fold(alias) == cell)
            })
            .map(|point| point.code)
    }

    /// The number of the area with this key: its place in [`Self::areas`].
    #[must_use]
    pub fn area_number(&self, key: &str) -> Option<u8> {
        let at = self.areas.iter().position(|area| area.key == key)?;
        u8::try_from(at).ok()
    }

    /// The area with this key.
    #[must_use]
    pub fn area(&self, key: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.key == key)
    }

    /// What the area with this key is called; the key itself where it is unknown.
    #[must_use]
    pub fn area_label<'a>(&'a self, key: &'a str) -> &'a str {
        self.area(key).map_or(key, |area| area.label.as_str())
    }

    /// The area that a file's column holds, by title, key or alias. ‘Previous’
    /// and ‘Latest OEIF’ before it and ‘(where applicable)’ or ‘ - date of
    /// grade’ after it are passed over.
    #[must_use]
    pub fn area_by_column(&self, column: &str) -> Option<&Area> {
        let wanted = bare(column);
        self.areas.iter().find(|area| {
            bare(&area.label) == wanted
                || fold(&area.key) == wanted
                || area.aliases.iter().any(|alias| bare(alias) == wanted)
        })
    }

    /// Ofsted's words for a category under this framework; the general words
    /// where it has none of its own.
    #[must_use]
    pub fn category_words(&self, category: Category) -> &str {
        self.categories
            .iter()
            .find(|known| known.category == category)
            .map_or(category.words(), |known| known.words.as_str())
    }

    /// What is known of an ungraded outcome with this text.
    #[must_use]
    pub fn ungraded_outcome(&self, text: &str) -> Option<&UngradedOutcome> {
        let wanted = fold(text);
        self.ungraded_outcomes
            .iter()
            .find(|outcome| fold(&outcome.text) == wanted)
    }

    fn point(&self, code: u8) -> Option<&ScalePoint> {
        self.scale.iter().find(|point| point.code == code)
    }
}

/// For comparison: without case and doubled blanks.
fn fold(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// A column's name without what files put round an area's name.
fn bare(column: &str) -> String {
    let mut name = fold(column);
    for before in ["previous ", "latest oeif "] {
        if let Some(rest) = name.strip_prefix(before) {
            name = rest.to_owned();
        }
    }
    for after in [" - date of grade", " (where applicable)"] {
        if let Some(rest) = name.strip_suffix(after) {
            name = rest.to_owned();
        }
    }
    name
}
