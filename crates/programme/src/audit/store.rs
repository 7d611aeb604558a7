//! SQL of the audit.

use super::{AuditRow, Entry, access::MayRead};
use crate::{
    error::{Error, Result},
    who::Actor,
};
use kernel::Timestamp;
use serde_json::Value as Json;
use store::{Conn, Row, StoreError, Tx, Value, catalogue::Sql, statement};

statement!(
    INSERT,
    "INSERT INTO audit (id, at, who, role, what, noun, noun_id, before_json, after_json, why, person_id,
         organisation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
);
statement!(
    PAGE,
    "SELECT id, at, who, person_id, role, what, noun, noun_id, before_json, after_json, why FROM audit
     WHERE organisation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
);
statement!(
    OF,
    "SELECT id, at, who, person_id, role, what, noun, noun_id, before_json, after_json, why FROM audit
     WHERE noun = $1 AND noun_id = $2 ORDER BY id"
);
statement!(
    ALL_OF,
    "SELECT id, at, who, person_id, role, what, noun, noun_id, before_json, after_json, why FROM audit
     WHERE organisation_id = $1 ORDER BY id"
);
statement!(
    BY_PERSON,
    "SELECT id, at, who, person_id, role, what, noun, noun_id, before_json, after_json, why FROM audit
     WHERE person_id = $1 OR (noun = 'person' AND noun_id = $2) ORDER BY id"
);
statement!(BLANK, "UPDATE audit SET before_json = NULL, after_json = $2, why = NULL WHERE id = $1");
statement!(
    FORGET_SIGN_INS,
    "DELETE FROM audit WHERE noun = 'person' AND at < $1
         AND what IN ('sign in', 'sign out', 'try a wrong password', 'try a wrong code')"
);

pub(super) async fn insert(tx: &mut Tx, id: i64, at: Timestamp, by: Actor, entry: Entry<'_>) -> Result<(), StoreError> {
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
    tx.later(INSERT, values).await
}

pub(super) async fn page(conn: &mut Conn, leave: &MayRead, before: i64, most: i64) -> Result<Vec<AuditRow>> {
    rows(conn, PAGE, vec![leave.0.into(), before.into(), most.into()]).await
}

pub(super) async fn of(conn: &mut Conn, noun: &str, id: &str) -> Result<Vec<AuditRow>> {
    rows(conn, OF, vec![noun.into(), id.into()]).await
}

pub(super) async fn all_of(conn: &mut Conn, organisation: i64) -> Result<Vec<AuditRow>> {
    rows(conn, ALL_OF, vec![organisation.into()]).await
}

pub(super) async fn by_person(conn: &mut Conn, person: i64) -> Result<Vec<AuditRow>> {
    rows(conn, BY_PERSON, vec![person.into(), person.to_string().into()]).await
}

pub(super) async fn blank(conn: &mut Conn, id: i64, after: &Json) -> Result<(), StoreError> {
    conn.execute(BLANK, vec![id.into(), after.to_string().into()]).await.map(drop)
}

pub(super) async fn forget_sign_ins(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    conn.execute(FORGET_SIGN_INS, vec![before.into()]).await
}

pub(super) async fn took_over(conn: &mut Conn, organisation: i64, row: &AuditRow) -> Result<(), StoreError> {
    let values = vec![
        row.id.into(),
        row.at.into(),
        row.who.as_str().into(),
        row.role.as_str().into(),
        row.what.as_str().into(),
        row.noun.as_str().into(),
        row.noun_id.as_str().into(),
        row.before.as_ref().map(Json::to_string).into(),
        row.after.as_ref().map(Json::to_string).into(),
        row.why.clone().into(),
        row.person.into(),
        organisation.into(),
    ];
    conn.execute(INSERT, values).await.map(drop)
}

async fn rows(conn: &mut Conn, sql: &Sql, values: Vec<Value>) -> Result<Vec<AuditRow>> {
    conn.rows(sql, values)
        .await?
        .iter()
        .map(|row| {
            Ok(AuditRow {
                id: row.int(0)?,
                at: row.moment(1)?,
                who: row.text(2)?,
                person: row.opt_int(3)?,
                role: row.text(4)?,
                what: row.text(5)?,
                noun: row.text(6)?,
                noun_id: row.text(7)?,
                before: json(row, 8)?,
                after: json(row, 9)?,
                why: row.opt_text(10)?,
            })
        })
        .collect()
}

fn json(row: &Row, column: usize) -> Result<Option<Json>> {
    let text = row.opt_text(column)?;
    let json = text.map(|text| serde_json::from_str(&text)).transpose();
    json.map_err(|error| Error::Unexpected(format!("a row of the audit cannot be read: {error}")))
}
