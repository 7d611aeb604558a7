//! What one can do with strategies.

use super::{
    access,
    library::{Sheet, Strategy, library},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::Organisation,
};
use ::store::Conn;
use kernel::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Most characters of a text of a sheet.
const LONGEST: usize = 1_000;

/// A strategy of a school's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Own {
    /// Its id; in a file, its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What it takes.
    pub takes: String,
    /// What to watch.
    pub watch: String,
    /// What it can replace.
    pub replaces: String,
    /// When it was added.
    #[schemars(with = "String")]
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: String,
}

impl Own {
    /// As a plan names it.
    #[must_use]
    pub fn key(&self) -> String {
        local_key(self.id)
    }
}

/// What a school's own strategy begins with where a plan names it.
const LOCAL: &str = "local:";

/// The number of a school's own strategy, where a plan names one.
pub(crate) fn local(key: &str) -> Option<i64> {
    key.strip_prefix(LOCAL)?.parse().ok()
}

/// As a plan names a school's own strategy with this number.
pub(crate) fn local_key(id: i64) -> String {
    format!("{LOCAL}{id}")
}

/// A strategy to be added.
#[derive(Debug, Clone, Default)]
pub struct NewStrategy {
    /// What it is called.
    pub name: String,
    /// What it takes.
    pub takes: String,
    /// What to watch.
    pub watch: String,
    /// What it can replace; may be empty.
    pub replaces: String,
}

/// Adds a strategy of a school's own; its id.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn add(world: &World, who: &Who, organisation: i64, new: NewStrategy) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::add(&mut tx, who, organisation).await?;
    let one = Own {
        id: world.id(),
        name: new.name.trim().to_owned(),
        takes: new.takes.trim().to_owned(),
        watch: new.watch.trim().to_owned(),
        replaces: new.replaces.trim().to_owned(),
        added_at: world.now(),
        added_by: leave.grant.by.name.clone(),
    };
    let mut wrong = Vec::new();
    if one.name.is_empty() || one.name.chars().count() > 150 {
        wrong.push(FieldError::new("name", "Enter what you call it, in at most 150 characters"));
    }
    if one.takes.is_empty() {
        wrong.push(FieldError::new("takes", "Say what it takes"));
    }
    for (field, text) in [("takes", &one.takes), ("watch", &one.watch), ("replaces", &one.replaces)] {
        if text.chars().count() > LONGEST {
            wrong.push(FieldError::new(field, "Shorten this to 1,000 characters"));
        }
    }
    let known = store::of_school(&mut tx, organisation).await?;
    if known.iter().any(|other| other.name.to_lowercase() == one.name.to_lowercase()) {
        wrong.push(FieldError::new("name", "You have one of this name already"));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    store::insert(&mut tx, &leave, &one).await?;
    let after = json!({"name": one.name, "takes": one.takes, "watch": one.watch, "replaces": one.replaces});
    let entry = Entry::of("add a strategy", "strategy", one.id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// A school's own strategies, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn own(world: &World, who: &Who, organisation: i64) -> Result<(Organisation, Vec<Own>)> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation).await?;
    let all = store::of_school(&mut conn, organisation).await?;
    Ok((leave.0, all))
}

/// What a plan means by a strategy's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// One of the library.
    Library(&'static Strategy),
    /// One of the school's own.
    Own(Own),
}

impl Chosen {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Library(one) => &one.name,
            Self::Own(one) => &one.name,
        }
    }

    /// Its sheet.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        match self {
            Self::Library(one) => one.sheet.clone(),
            Self::Own(one) => {
                Sheet { takes: one.takes.clone(), watch: one.watch.clone(), replaces: one.replaces.clone() }
            }
        }
    }
}

/// What a plan means by a strategy's name, of these of the school's own.
#[must_use]
pub fn chosen(key: &str, own: &[Own]) -> Option<Chosen> {
    match library().find(key) {
        Some(one) => Some(Chosen::Library(one)),
        None => own.iter().find(|one| one.key() == key).cloned().map(Chosen::Own),
    }
}

/// Whether a plan of a school may name this strategy.
pub(crate) async fn exists(conn: &mut Conn, organisation: i64, key: &str) -> Result<bool> {
    Ok(chosen(key, &store::of_school(conn, organisation).await?).is_some())
}

/// A school's own strategies, for another noun that has leave to see its plan.
pub(crate) async fn names(conn: &mut Conn, organisation: i64) -> Result<Vec<Own>> {
    Ok(store::of_school(conn, organisation).await?)
}
