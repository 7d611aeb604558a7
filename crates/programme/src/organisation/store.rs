//! SQL of organisations.

use super::{
    access::MayMake,
    model::{Kind, NewOrganisation, Organisation},
};
use crate::error::{Error, Result};
use kernel::{Timestamp, Urn};
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO organisation (id, kind, name, urn, group_id, created_at, revision) VALUES ($1, $2, $3, $4, $5, $6, 1)"
);
statement!(BY_ID, "SELECT id, kind, name, urn, group_id FROM organisation WHERE id = $1");
statement!(BY_URN, "SELECT id, kind, name, urn, group_id FROM organisation WHERE urn = $1");
statement!(RENAME, "UPDATE organisation SET name = $2, revision = revision + 1 WHERE id = $1");
statement!(OF_KIND, "SELECT id, kind, name, urn, group_id FROM organisation WHERE kind = $1 ORDER BY name, id");

pub(super) async fn insert(
    tx: &mut Tx,
    _leave: &MayMake,
    id: i64,
    new: &NewOrganisation,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values =
        vec![id.into(), new.kind.key().into(), new.name.as_str().into(), new.urn.into(), new.group.into(), now.into()];
    tx.execute(INSERT, values).await.map(drop)
}

/// Gives an organisation another name: a programme's, which was edited.
pub(super) async fn rename(tx: &mut Tx, id: i64, name: &str) -> Result<(), StoreError> {
    tx.execute(RENAME, vec![id.into(), name.into()]).await.map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: i64) -> Result<Option<Organisation>> {
    conn.row(BY_ID, vec![id.into()]).await?.as_ref().map(organisation_in).transpose()
}

pub(super) async fn by_urn(conn: &mut Conn, urn: Urn) -> Result<Option<Organisation>> {
    conn.row(BY_URN, vec![urn.into()]).await?.as_ref().map(organisation_in).transpose()
}

pub(super) async fn of_kind(conn: &mut Conn, _leave: &MayMake, kind: Kind) -> Result<Vec<Organisation>> {
    conn.rows(OF_KIND, vec![kind.key().into()]).await?.iter().map(organisation_in).collect()
}

fn organisation_in(row: &Row) -> Result<Organisation> {
    organisation_at(row, 0)
}

/// As [`BY_ID`] has it, from this column on.
pub(super) fn organisation_at(row: &Row, first: usize) -> Result<Organisation> {
    let kind = row.str(first + 1)?;
    Ok(Organisation {
        id: row.int(first)?,
        kind: Kind::from_key(kind)
            .ok_or_else(|| Error::Unexpected(format!("the database holds an organisation of kind ‘{kind}’")))?,
        name: row.text(first + 2)?,
        urn: row.opt_int(first + 3)?.map(|_| row.urn(first + 3)).transpose()?,
        group: row.opt_int(first + 4)?,
    })
}
