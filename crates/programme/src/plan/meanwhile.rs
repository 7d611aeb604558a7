//! Two people changed the same priority or action: what each did, field by field.
//! Texts of whole items have the like in `item::merge`.

use crate::{audit::AuditRow, item::FieldMerge};
use serde_json::{Map, Value as Json, json};

/// A part that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms and in the history.
    pub key: &'static str,
    /// Its name in a table.
    pub name: &'static str,
}

/// One part, as two people left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The part.
    pub field: Field,
    /// What it says now.
    pub theirs: String,
    /// What the writer wrote.
    pub mine: String,
    /// Who changed it.
    pub how: FieldMerge,
}

impl Differing {
    /// With what the writer goes on: what only the other changed is taken over,
    /// all else is as they wrote it.
    #[must_use]
    pub fn goes_on_with(&self) -> &str {
        match self.how {
            FieldMerge::OnlyTheirs => &self.theirs,
            FieldMerge::Same | FieldMerge::OnlyMine | FieldMerge::Both => &self.mine,
        }
    }
}

/// What happened while somebody was writing. Nothing of it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    /// Each part.
    pub fields: Vec<Differing>,
    /// Who changed it last.
    pub by: String,
    /// The version that it has now.
    pub revision: i64,
}

impl Meanwhile {
    /// The part with this name, as the writer goes on with it.
    #[must_use]
    pub fn goes_on_with(&self, key: &str) -> &str {
        self.fields.iter().find(|one| one.field.key == key).map_or("", Differing::goes_on_with)
    }

    /// The parts in which the two differ.
    pub fn differing(&self) -> impl Iterator<Item = &Differing> {
        self.fields.iter().filter(|one| one.theirs != one.mine)
    }
}

/// As the audit keeps a version.
pub(super) fn kept(fields: &[Field], texts: &[String], revision: i64) -> Json {
    let mut map: Map<String, Json> =
        fields.iter().zip(texts).map(|(field, text)| (field.key.to_owned(), text.as_str().into())).collect();
    map.insert("revision".to_owned(), json!(revision));
    Json::Object(map)
}

/// What happened between the version from which somebody began and now. Where the
/// history does not say how it was, every difference is theirs and mine.
pub(super) fn meanwhile(
    history: &[AuditRow],
    base: i64,
    fields: &[Field],
    theirs: &[String],
    mine: &[String],
    by: &str,
    revision: i64,
) -> Meanwhile {
    let began = history.iter().filter_map(|row| row.after.as_ref()).rfind(|after| after["revision"] == json!(base));
    let differing = fields.iter().zip(theirs).zip(mine).map(|((field, theirs), mine)| {
        let how = match began.and_then(|began| began[field.key].as_str()) {
            Some(began) => FieldMerge::of(began, theirs, mine),
            None if theirs == mine => FieldMerge::Same,
            None => FieldMerge::Both,
        };
        Differing { field: *field, theirs: theirs.clone(), mine: mine.clone(), how }
    });
    Meanwhile { fields: differing.collect(), by: by.to_owned(), revision }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] =
        &[Field { key: "a", name: "a" }, Field { key: "b", name: "b" }, Field { key: "c", name: "c" }];

    fn row(json: Json) -> AuditRow {
        AuditRow {
            id: 1,
            at: kernel::Timestamp::UNIX_EPOCH,
            who: String::new(),
            person: None,
            role: String::new(),
            what: String::new(),
            noun: String::new(),
            noun_id: String::new(),
            before: None,
            after: Some(json),
            why: None,
        }
    }

    fn texts(all: [&str; 3]) -> Vec<String> {
        all.map(str::to_owned).to_vec()
    }

    #[test]
    fn what_only_the_other_changed_is_taken_over_and_nothing_of_mine_is_lost() {
        let history = [row(kept(FIELDS, &texts(["1", "1", "1"]), 1)), row(kept(FIELDS, &texts(["2", "1", "2"]), 2))];
        let both = meanwhile(&history, 1, FIELDS, &texts(["2", "1", "2"]), &texts(["1", "3", "3"]), "Ben", 2);
        assert_eq!(
            both.fields.iter().map(|one| one.how).collect::<Vec<_>>(),
            [FieldMerge::OnlyTheirs, FieldMerge::OnlyMine, FieldMerge::Both]
        );
        assert_eq!(["a", "b", "c"].map(|key| both.goes_on_with(key)), ["2", "3", "3"]);
        assert_eq!(both.differing().count(), 3);
    }

    #[test]
    fn without_a_history_each_difference_is_shown() {
        let both = meanwhile(&[], 1, FIELDS, &texts(["2", "1", "2"]), &texts(["1", "1", "2"]), "Ben", 2);
        assert_eq!(both.differing().map(|one| one.field.key).collect::<Vec<_>>(), ["a"]);
        assert_eq!(both.goes_on_with("a"), "1");
    }
}
