//! Every change leaves a row here, in the same transaction.

mod store;

use crate::{Who, World};
use ::store::{StoreError, Tx};
use serde_json::Value as Json;

/// A change, as the audit keeps it.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What was done: ‘sign in’, ‘import’, ‘add to cohort’.
    pub what: &'a str,
    /// The noun: ‘participation’.
    pub noun: &'a str,
    /// Which one.
    pub id: String,
    /// How it was before, where it was.
    pub before: Option<Json>,
    /// How it is now, where it is.
    pub after: Option<Json>,
    /// Why, where a reason was given.
    pub why: Option<&'a str>,
}

/// Writes a change into the audit.
///
/// # Errors
/// The database said no.
pub async fn record(
    world: &World,
    tx: &mut Tx,
    who: &Who,
    entry: Entry<'_>,
) -> Result<(), StoreError> {
    store::insert(tx, world.id(), world.now(), who, entry).await
}
