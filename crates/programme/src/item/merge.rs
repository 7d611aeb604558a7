//! Two people changed the same item: what each did, field by field, and what
//! becomes of it. Nobody's text is dropped unless somebody chose so.

use super::model::{Field, ItemKind, Texts};
use crate::error::{Error, FieldError, Result};
use kernel::Timestamp;

/// What happened to one field while somebody was writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldMerge {
    /// Neither changed it, or both wrote the same.
    Same,
    /// Only the writer did.
    OnlyMine,
    /// Only the other did.
    OnlyTheirs,
    /// Both did, differently.
    Both,
}

impl FieldMerge {
    /// What happened between `base` and the two texts.
    #[must_use]
    pub fn of(base: &str, theirs: &str, mine: &str) -> Self {
        match (base == theirs, base == mine) {
            _ if theirs == mine => Self::Same,
            (true, _) => Self::OnlyMine,
            (_, true) => Self::OnlyTheirs,
            (false, false) => Self::Both,
        }
    }
}

/// An item that somebody else changed while the writer was writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    /// What the writer began from.
    pub base: Texts,
    /// What it says now.
    pub theirs: Texts,
    /// What the writer wrote.
    pub mine: Texts,
    /// The revision that it has now.
    pub revision: i64,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Meanwhile {
    /// The fields, each with what happened to it.
    pub fn fields(&self) -> impl Iterator<Item = (&'static Field, FieldMerge)> {
        self.mine
            .fields()
            .map(|(field, mine)| (field, FieldMerge::of(self.base.of(field.key), self.theirs.of(field.key), mine)))
    }
}

/// What the writer chose for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// What the other wrote.
    Theirs,
    /// What they wrote themselves.
    Mine,
    /// A third text.
    Third,
}

impl Pick {
    /// Its name in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Theirs => "theirs",
            Self::Mine => "mine",
            Self::Third => "third",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Theirs, Self::Mine, Self::Third].into_iter().find(|pick| pick.key() == key)
    }
}

/// The three texts; nothing where the writer's change fits onto what it says
/// now, because both come to the same.
#[must_use]
pub fn meanwhile(
    base: Texts,
    theirs: Texts,
    mine: Texts,
    (revision, by, at): (i64, String, Timestamp),
) -> Option<Meanwhile> {
    (theirs != mine).then_some(Meanwhile { base, theirs, mine, revision, by, at })
}

/// The texts that the writer chose, field by field.
///
/// # Errors
/// [`Error::Invalid`] for a field that differs and for which nothing was chosen.
pub fn resolve(
    kind: ItemKind,
    theirs: &Texts,
    mine: &Texts,
    pick: impl Fn(&str) -> Option<Pick>,
    third: impl Fn(&str) -> String,
) -> Result<Texts> {
    let mut texts = Texts::empty(kind);
    let mut wrong = Vec::new();
    for (field, mine) in mine.fields() {
        let theirs = theirs.of(field.key);
        match pick(field.key) {
            _ if theirs == mine => texts.set(field.key, mine),
            Some(Pick::Theirs) => texts.set(field.key, theirs),
            Some(Pick::Mine) => texts.set(field.key, mine),
            Some(Pick::Third) => texts.set(field.key, &third(field.key)),
            None => wrong.push(FieldError::new(field.key, format!("Choose which text to keep for ‘{}’", field.name))),
        }
    }
    if wrong.is_empty() { Ok(texts) } else { Err(Error::Invalid(wrong)) }
}
