//! SQL of drafts.

use super::{Draft, Of};
use crate::{
    error::{Error, Result},
    item::{ItemKind, Texts},
};
use kernel::Timestamp;
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    KEEP,
    "INSERT INTO draft (person_id, organisation_id, kind, item_id, texts_json, base_revision, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (person_id, organisation_id, kind, item_id) DO UPDATE SET
         texts_json = excluded.texts_json, base_revision = excluded.base_revision, saved_at = excluded.saved_at"
);
statement!(
    FIND,
    "SELECT organisation_id, kind, texts_json, base_revision, saved_at FROM draft
     WHERE person_id = $1 AND organisation_id = $2 AND kind = $3 AND item_id = $4"
);
statement!(
    OF_PERSON,
    "SELECT organisation_id, kind, texts_json, base_revision, saved_at FROM draft
     WHERE person_id = $1 ORDER BY organisation_id, kind, item_id"
);
statement!(DROP_ONE, "DELETE FROM draft WHERE person_id = $1 AND organisation_id = $2 AND kind = $3 AND item_id = $4");
statement!(DROP_ALL_OF, "DELETE FROM draft WHERE organisation_id = $1 AND kind = $2 AND item_id = $3");
statement!(DROP_BEFORE, "DELETE FROM draft WHERE saved_at < $1");

pub(super) async fn keep(tx: &mut Tx, of: Of, texts: &Texts, base: i64, now: Timestamp) -> Result<(), StoreError> {
    let mut values = key(of);
    values.extend([texts.json().to_string().into(), base.into(), now.into()]);
    tx.execute(KEEP, values).await.map(drop)
}

pub(super) async fn find(conn: &mut Conn, of: Of) -> Result<Option<Draft>> {
    conn.row(FIND, key(of)).await?.as_ref().map(draft_in).transpose()
}

pub(super) async fn of_person(conn: &mut Conn, person: i64) -> Result<Vec<Draft>> {
    conn.rows(OF_PERSON, vec![person.into()]).await?.iter().map(draft_in).collect()
}

pub(super) async fn drop_one(tx: &mut Tx, of: Of) -> Result<(), StoreError> {
    tx.later(DROP_ONE, key(of)).await
}

pub(super) async fn drop_all_of(tx: &mut Tx, organisation: i64, kind: ItemKind, item: i64) -> Result<u64, StoreError> {
    tx.execute(DROP_ALL_OF, vec![organisation.into(), kind.key().into(), item.into()]).await
}

pub(super) async fn drop_before(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(DROP_BEFORE, vec![before.into()]).await
}

fn key(of: Of) -> Vec<store::Value> {
    vec![of.person.into(), of.organisation.into(), of.kind.key().into(), of.item.into()]
}

fn draft_in(row: &Row) -> Result<Draft> {
    let kind = ItemKind::stored(row.str(1)?)?;
    let json = serde_json::from_str(row.str(2)?)
        .map_err(|error| Error::Unexpected(format!("a draft cannot be read: {error}")))?;
    Ok(Draft {
        organisation: row.int(0)?,
        kind,
        texts: Texts::from_json(kind, &json),
        base: row.int(3)?,
        saved_at: row.moment(4)?,
    })
}
