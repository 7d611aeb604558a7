//! SQL of schools' own strategies.

use super::{access::MayAdd, actions::Own};
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO strategy (id, organisation_id, name, takes, watch, replaces, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    OF_SCHOOL,
    "SELECT id, name, takes, watch, replaces, added_at, added_by FROM strategy WHERE organisation_id = $1
     ORDER BY name, id"
);
statement!(ERASE, "DELETE FROM strategy WHERE organisation_id = $1");

pub(super) async fn insert(tx: &mut Tx, leave: &MayAdd, one: &Own) -> Result<(), StoreError> {
    put(tx, leave.school.id, one).await
}

pub(super) async fn put(tx: &mut Tx, organisation: i64, one: &Own) -> Result<(), StoreError> {
    let values = vec![
        one.id.into(),
        organisation.into(),
        one.name.as_str().into(),
        one.takes.as_str().into(),
        one.watch.as_str().into(),
        one.replaces.as_str().into(),
        one.added_at.into(),
        one.added_by.as_str().into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(super) async fn of_school(conn: &mut Conn, organisation: i64) -> Result<Vec<Own>, StoreError> {
    conn.rows(OF_SCHOOL, vec![organisation.into()]).await?.iter().map(own_in).collect()
}

pub(super) async fn erase(tx: &mut Tx, organisation: i64) -> Result<u64, StoreError> {
    tx.execute(ERASE, vec![organisation.into()]).await
}

fn own_in(row: &Row) -> Result<Own, StoreError> {
    Ok(Own {
        id: row.int(0)?,
        name: row.text(1)?,
        takes: row.text(2)?,
        watch: row.text(3)?,
        replaces: row.text(4)?,
        added_at: row.moment(5)?,
        added_by: row.text(6)?,
    })
}
