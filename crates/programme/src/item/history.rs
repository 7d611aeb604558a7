//! An item's history, read from the audit: each row holds what changed, and the
//! rows one after the other lead to what the item says now.

use super::model::{ItemKind, Texts};
use crate::audit::AuditRow;
use kernel::Timestamp;
use serde_json::{Map, Value as Json, json};
use similar::{ChangeTag, TextDiff};

/// A version of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was made.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// In which role.
    pub role: String,
    /// What was done: ‘write’, ‘restore a version’, ‘erase’.
    pub what: String,
    /// Why, where a reason was given.
    pub why: Option<String>,
    /// What it said then; nothing for a version whose texts were erased.
    pub texts: Option<Texts>,
    /// The fields that changed, by their names in a sentence.
    pub changed: Vec<&'static str>,
}

/// What a change leaves in the audit: before and after, with the fields that changed.
pub(crate) fn change(before: &Texts, after: &Texts, revision: i64) -> (Json, Json) {
    let (mut old, mut new) = (Map::new(), Map::new());
    for (field, text) in after.fields().filter(|(field, text)| before.of(field.key) != *text) {
        old.insert(field.key.to_owned(), before.of(field.key).into());
        new.insert(field.key.to_owned(), text.into());
    }
    (json!({"revision": revision - 1, "texts": old}), json!({"revision": revision, "texts": new}))
}

/// The versions of an item from its audit rows, the first first.
pub(crate) fn revisions(kind: ItemKind, rows: &[AuditRow]) -> Vec<Revision> {
    let mut rows: Vec<(i64, &AuditRow)> =
        rows.iter().filter_map(|row| Some((row.after.as_ref()?["revision"].as_i64()?, row))).collect();
    rows.sort_by_key(|(number, row)| (*number, row.id));
    let mut now = Some(Texts::empty(kind));
    rows.into_iter()
        .map(|(number, row)| {
            let after = row.after.as_ref().unwrap_or(&Json::Null);
            let changed = after["texts"].as_object();
            match changed {
                // Whatever it was before, an erased item says nothing now.
                _ if row.what == ERASE => now = Some(Texts::empty(kind)),
                None => now = None,
                Some(texts) => {
                    if let Some(now) = &mut now {
                        apply(now, texts);
                    }
                }
            }
            let fields = kind.fields().iter().filter(|field| changed.is_some_and(|new| new.contains_key(field.key)));
            Revision {
                number,
                at: row.at,
                by: row.who.clone(),
                role: row.role.clone(),
                what: row.what.clone(),
                why: row.why.clone(),
                texts: now.clone(),
                changed: fields.map(|field| field.name).collect(),
            }
        })
        .collect()
}

/// What an erasure is called in the audit.
pub(crate) const ERASE: &str = "erase";

fn apply(texts: &mut Texts, changed: &Map<String, Json>) {
    for (key, text) in changed {
        texts.set(key, text.as_str().unwrap_or_default());
    }
}

/// What an item says after these changes, one after the other: for each the
/// fields with their new texts.
#[must_use]
pub fn replay<'a>(kind: ItemKind, changes: impl IntoIterator<Item = &'a Json>) -> Texts {
    let mut texts = Texts::empty(kind);
    for change in changes {
        if let Some(changed) = change["texts"].as_object() {
            apply(&mut texts, changed);
        }
    }
    texts
}

/// A run of words that both versions have, or only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// In the older one only.
    Gone(String),
    /// In the newer one only.
    New(String),
}

/// Two versions of a field beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The field.
    pub field: &'static super::Field,
    /// Its words, in their order.
    pub pieces: Vec<Piece>,
}

impl Comparison {
    /// True where the two say the same.
    #[must_use]
    pub fn same(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Same(_)))
    }
}

/// Compares two versions of an item, field by field and word by word.
#[must_use]
pub fn compare(older: &Texts, newer: &Texts) -> Vec<Comparison> {
    newer.fields().map(|(field, new)| Comparison { field, pieces: pieces(older.of(field.key), new) }).collect()
}

fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let word = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(text)))
            | (ChangeTag::Delete, Some(Piece::Gone(text)))
            | (ChangeTag::Insert, Some(Piece::New(text))) => text.push_str(word),
            (ChangeTag::Equal, _) => pieces.push(Piece::Same(word.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Gone(word.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::New(word.to_owned())),
        }
    }
    pieces
}
