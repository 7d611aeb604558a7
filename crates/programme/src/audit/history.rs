//! Reading what was done.

use super::{access, store};
use crate::{Who, World, error::Result};
use ::store::{Conn, StoreError, Tx};
use kernel::Timestamp;
use serde_json::Value as Json;

/// A change that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Its id; later ones are larger.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// The person, where it was one.
    pub person: Option<i64>,
    /// In which role.
    pub role: String,
    /// What was done.
    pub what: String,
    /// The noun.
    pub noun: String,
    /// Which one.
    pub noun_id: String,
    /// How it was before.
    pub before: Option<Json>,
    /// How it was afterwards.
    pub after: Option<Json>,
    /// Why.
    pub why: Option<String>,
}

/// A page of changes, the latest first.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The changes.
    pub rows: Vec<AuditRow>,
    /// Where the next, older page begins; none where this is the last.
    pub older: Option<i64>,
}

/// Changes on one page.
const PAGE: i64 = 50;

/// What was done in the record of an organisation, the latest first: from the
/// latest, or what came before the change with the id `before`.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not, or the database.
pub async fn of_organisation(world: &World, who: &Who, organisation: i64, before: Option<i64>) -> Result<Page> {
    let mut conn = world.db.read().await?;
    let leave = access::read(&mut conn, who, organisation).await?;
    let mut rows = store::page(&mut conn, &leave, before.unwrap_or(i64::MAX), PAGE + 1).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or_default();
    if more {
        rows.pop();
    }
    let older = rows.last().filter(|_| more).map(|row| row.id);
    Ok(Page { rows, older })
}

/// All that was done to one thing, the first first; whoever asks has leave to
/// read that thing.
pub(crate) async fn of(conn: &mut Conn, noun: &str, id: i64) -> Result<Vec<AuditRow>> {
    store::of(conn, noun, &id.to_string()).await
}

/// All that was done in the record of an organisation, the first first; for its export.
pub(crate) async fn all_of_organisation(conn: &mut Conn, organisation: i64) -> Result<Vec<AuditRow>> {
    store::all_of(conn, organisation).await
}

/// All that a person did, or that was done to their account, the first first;
/// for that person.
pub(crate) async fn by_person(conn: &mut Conn, person: i64) -> Result<Vec<AuditRow>> {
    store::by_person(conn, person).await
}

/// Takes the texts out of all that was done to one thing: what it was before,
/// what it was afterwards, and why. That something was done, by whom and when,
/// stays, and so does the number of the version.
pub(crate) async fn blank(tx: &mut Tx, noun: &str, id: i64) -> Result<u64> {
    let rows = store::of(tx, noun, &id.to_string()).await?;
    let mut blanked = 0;
    for row in &rows {
        if row.after.as_ref().is_some_and(|after| !after["erased"].is_null()) {
            continue;
        }
        let revision = row.after.as_ref().map_or(Json::Null, |after| after["revision"].clone());
        store::blank(tx, row.id, &serde_json::json!({"erased": true, "revision": revision})).await?;
        blanked += 1;
    }
    Ok(blanked)
}

/// Deletes the rows that say who signed in before a moment: the one kind of row
/// that does not stay, because it tells of people and not of the record.
pub(crate) async fn forget_sign_ins(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    store::forget_sign_ins(tx, before).await
}

/// A row that was written in another installation, as it was written there.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, row: &AuditRow) -> Result<(), StoreError> {
    store::took_over(tx, organisation, row).await
}
