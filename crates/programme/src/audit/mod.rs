//! Every change leaves a row here, in the same transaction.

mod access;
mod history;
mod store;
mod words;

pub use access::READ;
pub use history::{AuditRow, Page, of_organisation};
pub(crate) use history::{all_of_organisation, blank, by_person, forget_sign_ins, of, took_over};
pub use words::{deed, role_words};

use crate::{World, who::Actor};
use ::store::{StoreError, Tx};
use serde_json::Value as Json;

/// The id of a thing, as the audit keeps it: most are numbers.
#[derive(Debug)]
pub struct Id(String);

impl From<i64> for Id {
    fn from(id: i64) -> Self {
        Self(id.to_string())
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// A change, as the audit keeps it.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What was done: ‘sign in’, ‘import’, ‘add to cohort’.
    pub what: &'a str,
    /// The noun: ‘participation’.
    pub noun: &'a str,
    /// Which one.
    pub id: String,
    /// The organisation whose record it is, which may read it.
    pub organisation: Option<i64>,
    /// How it was before, where it was.
    pub before: Option<Json>,
    /// How it is now, where it is.
    pub after: Option<Json>,
    /// Why, where a reason was given.
    pub why: Option<&'a str>,
}

impl<'a> Entry<'a> {
    /// That `what` was done to the `noun` with this id.
    #[must_use]
    pub fn of(what: &'a str, noun: &'a str, id: impl Into<Id>) -> Self {
        Self { what, noun, id: id.into().0, organisation: None, before: None, after: None, why: None }
    }

    /// In the record of this organisation.
    #[must_use]
    pub fn within(self, organisation: i64) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// How it was before.
    #[must_use]
    pub fn before(self, before: Json) -> Self {
        Self { before: Some(before), ..self }
    }

    /// How it is now.
    #[must_use]
    pub fn after(self, after: Json) -> Self {
        Self { after: Some(after), ..self }
    }

    /// Why.
    #[must_use]
    pub fn why(self, why: &'a str) -> Self {
        Self { why: Some(why), ..self }
    }
}

/// Writes a change into the audit.
///
/// # Errors
/// The database said no.
pub async fn record(world: &World, tx: &mut Tx, by: impl Into<Actor>, entry: Entry<'_>) -> Result<(), StoreError> {
    store::insert(tx, world.id(), world.now(), by.into(), entry).await
}
