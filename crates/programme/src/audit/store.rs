//! SQL of the audit.

use super::Entry;
use crate::who::Actor;
use kernel::Timestamp;
use store::{Conn, StoreError, statement};

statement!(
    INSERT,
    "INSERT INTO audit (id, at, who, role, what, noun, noun_id, before_json, after_json, why, person_id,
         organisation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
);

pub(super) async fn insert(
    conn: &mut Conn,
    id: i64,
    at: Timestamp,
    by: Actor,
    entry: Entry<'_>,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        at.into(),
        by.name.into(),
        by.role.into(),
        entry.what.into(),
        entry.noun.into(),
        entry.id.into(),
        entry.before.map(|json| json.to_string()).into(),
        entry.after.map(|json| json.to_string()).into(),
        entry.why.into(),
        by.person.into(),
        entry.organisation.into(),
    ];
    conn.execute(INSERT, values).await.map(drop)
}
