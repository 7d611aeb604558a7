//! A history leads to the present, and a merge loses nobody's text.

use super::*;
use crate::audit::AuditRow;
use proptest::prelude::*;
use serde_json::Value as Json;

const KIND: ItemKind = ItemKind::SelfView;

fn texts(of: &[&str]) -> Texts {
    let keys: Vec<&str> = KIND.fields().iter().map(|field| field.key).collect();
    Texts::from(KIND, |key| keys.iter().position(|one| *one == key).map_or("", |at| of[at]).to_owned())
}

fn any_texts() -> impl Strategy<Value = Texts> {
    // Few words, so that the same text comes up again and again.
    let text =
        prop_oneof![Just(""), Just("we sing"), Just("we sing well"), Just("maths\nand phonics"), Just("é ü – ’")];
    prop::collection::vec(text, 4).prop_map(|of| texts(&of))
}

fn row(id: i64, before: Json, after: Json) -> AuditRow {
    AuditRow {
        id,
        at: kernel::Timestamp::UNIX_EPOCH,
        who: "Asha".to_owned(),
        person: None,
        role: "head".to_owned(),
        what: "write".to_owned(),
        noun: KIND.key().to_owned(),
        noun_id: "1".to_owned(),
        before: Some(before),
        after: Some(after),
        why: None,
    }
}

fn rows_of(versions: &[Texts]) -> Vec<AuditRow> {
    let mut now = Texts::empty(KIND);
    let mut rows = Vec::new();
    for (number, version) in (1..).zip(versions) {
        let (before, after) = change(&now, version, number);
        rows.push(row(number * 10, before, after));
        now = version.clone();
    }
    rows
}

proptest! {
    #[test]
    fn a_history_replays_to_the_present(versions in prop::collection::vec(any_texts(), 0..8)) {
        let rows = rows_of(&versions);
        let present = versions.last().cloned().unwrap_or_else(|| Texts::empty(KIND));
        prop_assert_eq!(replay(KIND, rows.iter().filter_map(|row| row.after.as_ref())), present);
        // Each version on the way is what was written then, and what came before it is what was there.
        let told = revisions(KIND, &rows);
        prop_assert_eq!(told.iter().map(|one| one.texts.clone().unwrap()).collect::<Vec<_>>(), versions.clone());
        for (row, was) in rows.iter().zip(std::iter::once(&Texts::empty(KIND)).chain(&versions)) {
            for (key, text) in row.before.as_ref().unwrap()["texts"].as_object().unwrap() {
                prop_assert_eq!(text.as_str().unwrap(), was.of(key));
            }
        }
    }

    #[test]
    fn a_merge_loses_no_text(base in any_texts(), theirs in any_texts(), mine in any_texts(), third in any_texts(),
            picks in prop::collection::vec(0..3_usize, 4)) {
        let pick = |key: &str| {
            let at = KIND.fields().iter().position(|field| field.key == key)?;
            Some([Pick::Theirs, Pick::Mine, Pick::Third][picks[at]])
        };
        let who = (2, "Ben".to_owned(), kernel::Timestamp::UNIX_EPOCH);
        let Some(both) = meanwhile(base.clone(), theirs.clone(), mine.clone(), who) else {
            prop_assert_eq!(theirs, mine);
            return Ok(());
        };
        // All three are shown, whatever happened.
        prop_assert_eq!((&both.base, &both.theirs, &both.mine), (&base, &theirs, &mine));
        let merged = resolve(KIND, &theirs, &mine, pick, |key| third.of(key).to_owned()).unwrap();
        for (field, what) in both.fields() {
            let key = field.key;
            let chosen = match pick(key).unwrap() {
                _ if what == FieldMerge::Same && theirs.of(key) == mine.of(key) => mine.of(key),
                Pick::Theirs => theirs.of(key),
                Pick::Mine => mine.of(key),
                Pick::Third => third.of(key),
            };
            prop_assert_eq!(merged.of(key), chosen, "{}", key);
            // Where both wrote something different, nobody is told that nothing happened.
            if theirs.of(key) != mine.of(key) {
                prop_assert_ne!(what, FieldMerge::Same);
            }
        }
        // Where texts differ and nothing was chosen, nothing is decided.
        prop_assert!(resolve(KIND, &theirs, &mine, |_| None, |_| String::new()).is_err());
    }

    #[test]
    fn a_comparison_holds_every_word_of_both(old in any_texts(), new in any_texts()) {
        for one in compare(&old, &new) {
            let side = |gone: bool| -> String {
                one.pieces.iter().filter_map(|piece| match piece {
                    Piece::Same(text) => Some(text.as_str()),
                    Piece::Gone(text) => gone.then_some(text.as_str()),
                    Piece::New(text) => (!gone).then_some(text.as_str()),
                }).collect()
            };
            prop_assert_eq!(side(true), old.of(one.field.key));
            prop_assert_eq!(side(false), new.of(one.field.key));
            prop_assert_eq!(one.same(), old.of(one.field.key) == new.of(one.field.key));
        }
    }
}

#[test]
fn what_was_erased_is_not_in_the_history_and_what_came_after_is() {
    let mut rows = rows_of(&[texts(&["a", "", "", ""]), texts(&["b", "c", "", ""])]);
    for row in &mut rows {
        row.before = None;
        let number = row.after.as_ref().unwrap()["revision"].clone();
        row.after = Some(serde_json::json!({"erased": true, "revision": number}));
    }
    let mut erased = row(30, Json::Null, serde_json::json!({"revision": 3, "erased": ["strengths"]}));
    erased.what = ERASE.to_owned();
    rows.push(erased);
    let (before, after) = change(&Texts::empty(KIND), &texts(&["d", "", "", ""]), 4);
    rows.push(row(40, before, after));
    let told = revisions(KIND, &rows);
    let said: Vec<Option<&str>> =
        told.iter().map(|one| one.texts.as_ref().map(|texts| texts.of("strengths"))).collect();
    assert_eq!(said, [None, None, Some(""), Some("d")]);
}

#[test]
fn words_that_came_and_went_are_told_apart() {
    let (old, new) = (texts(&["we read every day", "", "", ""]), texts(&["we read twice a day", "", "", ""]));
    let first = &compare(&old, &new)[0];
    let gone: Vec<&str> =
        first.pieces.iter().filter_map(|p| if let Piece::Gone(t) = p { Some(t.trim()) } else { None }).collect();
    let came: Vec<&str> =
        first.pieces.iter().filter_map(|p| if let Piece::New(t) = p { Some(t.trim()) } else { None }).collect();
    assert_eq!((gone, came), (vec!["every"], vec!["twice a"]));
}
