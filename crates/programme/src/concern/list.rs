//! A programme's escalation list: what is done, one step after the other, when a
//! school falls out of touch. Aspire comes with one; a lead changes their own.

use super::{
    access::{self, MayList},
    model::By,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, Programme},
    error::{Error, FieldError, Result},
    plan::tidy,
};
use ::store::Conn;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::OnceLock;

const FILE: &str = include_str!("../../../../data/escalation/engagement.v1.json");

/// Most steps of a list.
pub const MOST: usize = 10;

/// The fewest and the most school days that a school alone reads a step.
pub const ALONE: std::ops::RangeInclusive<i64> = 3..=20;

const DAYS: std::ops::RangeInclusive<i64> = 1..=60;

/// The names of the fields of a step in a form, by its place.
const FIELDS: [[&str; 3]; MOST + 1] = [
    ["name-1", "what-1", "days-1"],
    ["name-2", "what-2", "days-2"],
    ["name-3", "what-3", "days-3"],
    ["name-4", "what-4", "days-4"],
    ["name-5", "what-5", "days-5"],
    ["name-6", "what-6", "days-6"],
    ["name-7", "what-7", "days-7"],
    ["name-8", "what-8", "days-8"],
    ["name-9", "what-9", "days-9"],
    ["name-10", "what-10", "days-10"],
    ["name-11", "what-11", "days-11"],
];

/// A step of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// What it is called.
    pub name: String,
    /// What is done, as the school reads it.
    pub what: String,
    /// Who takes it.
    pub by: By,
    /// After so many school days the next may be taken; 0 where what was typed is
    /// no number.
    pub days: i64,
}

/// An escalation list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// So many school days the school alone reads a step.
    pub alone_days: i64,
    /// The steps, in their order.
    pub steps: Vec<Planned>,
    /// Its version; 0: it is the one that comes with Aspire.
    #[serde(skip)]
    pub revision: i64,
}

/// The list that comes with Aspire.
#[must_use]
pub fn shipped() -> &'static List {
    static ONE: OnceLock<List> = OnceLock::new();
    ONE.get_or_init(|| {
        serde_json::from_str(FILE).unwrap_or_else(|error| {
            tracing::error!("data/escalation: {error}");
            List { alone_days: 5, steps: Vec::new(), revision: 0 }
        })
    })
}

/// A programme's list, for whoever leads it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn list(world: &World, who: &Who, slug: &str) -> Result<(Programme, List)> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut conn = world.db.read().await?;
    let list = of(&mut conn, programme.id).await?;
    Ok((programme, list))
}

/// A programme's list, for what has leave to tell it.
pub(super) async fn of(conn: &mut Conn, programme: i64) -> Result<List> {
    Ok(store::list(conn, programme).await?.unwrap_or_else(|| shipped().clone()))
}

/// Changes a programme's list. Steps already taken keep their words. A step
/// without a name and without words is left out.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::Changed`] where
/// somebody else was faster; [`Error::NotFound`] for whoever may not.
pub async fn set_list(world: &World, who: &Who, slug: &str, new: &List) -> Result<()> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut tx = world.db.begin().await?;
    let leave = access::list(&mut tx, who, programme.id).await?;
    let old = of(&mut tx, programme.id).await?;
    if old.revision != new.revision {
        return Err(Error::Changed);
    }
    let new = checked(new)?;
    write(world, &mut tx, &leave, &new).await?;
    let entry = Entry::of("change the escalation list", "escalation_list", programme.id).within(programme.id);
    let entry = entry.before(json!(old)).after(json!(new));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn write(world: &World, tx: &mut ::store::Tx, leave: &MayList, new: &List) -> Result<()> {
    let done = store::write_list(tx, leave, new, world.now()).await?;
    if done { Ok(()) } else { Err(Error::Changed) }
}

fn checked(new: &List) -> Result<List> {
    let mut wrong = Vec::new();
    if !ALONE.contains(&new.alone_days) {
        let words = format!("Enter from {} to {} school days", ALONE.start(), ALONE.end());
        wrong.push(FieldError::new("alone", words));
    }
    let mut steps = Vec::new();
    for (one, [name, what, days]) in new.steps.iter().zip(FIELDS) {
        let one = Planned { name: tidy(&one.name), what: tidy(&one.what), ..one.clone() };
        if one.name.is_empty() && one.what.is_empty() {
            continue;
        }
        if one.name.is_empty() || one.name.chars().count() > 100 {
            wrong.push(FieldError::new(name, "Say in at most 100 characters what this step is called"));
        }
        if one.what.is_empty() || one.what.chars().count() > 600 {
            wrong.push(FieldError::new(what, "Say in at most 600 characters what is done, as the school will read it"));
        }
        if !DAYS.contains(&one.days) {
            let words = format!("Enter from {} to {} school days", DAYS.start(), DAYS.end());
            wrong.push(FieldError::new(days, words));
        }
        steps.push(one);
    }
    match steps.len() {
        0 if wrong.is_empty() => wrong.push(FieldError::new(FIELDS[0][0], "Keep at least one step")),
        many if many > MOST => wrong.push(FieldError::new(FIELDS[MOST][0], "Ten steps are the most")),
        _ => {}
    }
    if wrong.is_empty() {
        Ok(List { alone_days: new.alone_days, steps, revision: new.revision + 1 })
    } else {
        Err(Error::Invalid(wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_comes_with_aspire_keeps_its_own_rules() {
        let list = shipped();
        assert_eq!((list.steps.len(), list.alone_days, list.revision), (5, 5, 0));
        assert_eq!(checked(list).unwrap().steps, list.steps);
        let words = serde_json::to_string(list).unwrap().to_lowercase();
        for word in ["pupil", "child", "teaching", "inadequate", "fail"] {
            assert!(!words.contains(word), "it is about taking part: {word}");
        }
    }

    #[test]
    fn a_list_has_a_step_and_leaves_the_school_time() {
        let fields = |list: List| match checked(&list) {
            Err(Error::Invalid(wrong)) => wrong.into_iter().map(|one| one.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let empty = Planned { name: String::new(), what: " ".to_owned(), by: By::Adviser, days: 0 };
        assert_eq!(fields(List { alone_days: 2, steps: vec![empty.clone()], revision: 0 }), ["alone"]);
        assert_eq!(fields(List { alone_days: 5, steps: vec![empty.clone()], revision: 0 }), ["name-1"]);
        let half = Planned { name: "A talk".to_owned(), ..empty };
        assert_eq!(fields(List { alone_days: 5, steps: vec![half], revision: 0 }), ["what-1", "days-1"]);
    }
}
