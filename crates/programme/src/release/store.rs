//! SQL of releases and looks.

use super::{
    access::{MayManage, MayOversee},
    looks::Look,
    model::{NewRelease, Release},
};
use crate::{
    error::{Error, Result},
    item::ItemKind,
    who::{Held, Role},
};
use kernel::{Date, Timestamp};
use store::{Conn, Row, StoreError, Tx, statement};

statement!(
    INSERT,
    "INSERT INTO item_release (id, organisation_id, kind, item_id, to_role, to_organisation_id, to_organisation_name,
         to_person_id, to_person_name, until, granted_at, granted_by, withdrawn_at, withdrawn_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
);
statement!(
    OF_ORGANISATION,
    "SELECT id, kind, item_id, to_role, to_organisation_id, to_organisation_name, to_person_id, to_person_name, until,
         granted_at, granted_by, withdrawn_at, withdrawn_by
     FROM item_release WHERE organisation_id = $1 ORDER BY to_organisation_name, to_role, to_person_name, id"
);
statement!(
    HOLDING,
    "SELECT id, kind, item_id, to_role, to_organisation_id, to_organisation_name, to_person_id, to_person_name, until,
         granted_at, granted_by, withdrawn_at, withdrawn_by
     FROM item_release
     WHERE organisation_id = $1 AND kind = $2 AND (item_id IS NULL OR item_id = $3)
         AND withdrawn_at IS NULL AND (until IS NULL OR until >= $4)
     ORDER BY id"
);
statement!(
    HOLDING_TO,
    "SELECT item_release.id, item_release.kind, item_release.item_id, item_release.to_role,
         item_release.to_organisation_id, item_release.to_organisation_name, item_release.to_person_id,
         item_release.to_person_name, item_release.until, item_release.granted_at, item_release.granted_by,
         item_release.withdrawn_at, item_release.withdrawn_by, organisation.id, organisation.name
     FROM item_release JOIN organisation ON organisation.id = item_release.organisation_id
     WHERE item_release.to_organisation_id = $1 AND item_release.to_role = $2
         AND item_release.withdrawn_at IS NULL AND (item_release.until IS NULL OR item_release.until >= $3)
     ORDER BY organisation.name, item_release.id"
);
statement!(
    WITHDRAW,
    "UPDATE item_release SET withdrawn_at = $3, withdrawn_by = $4
     WHERE id = $1 AND organisation_id = $2 AND withdrawn_at IS NULL"
);
statement!(
    ENDED,
    "SELECT organisation_id, COUNT(*) FROM item_release WHERE withdrawn_at < $1 OR until < $2
     GROUP BY organisation_id ORDER BY organisation_id"
);
statement!(DROP_ENDED, "DELETE FROM item_release WHERE withdrawn_at < $1 OR until < $2");
statement!(
    INSERT_LOOK,
    "INSERT INTO look (id, at, organisation_id, kind, item_id, person_id, person_name, role)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    LOOKS,
    "SELECT id, at, kind, item_id, person_id, person_name, role FROM look
     WHERE organisation_id = $1 ORDER BY id DESC LIMIT $2"
);
statement!(
    ALL_LOOKS,
    "SELECT id, at, kind, item_id, person_id, person_name, role FROM look WHERE organisation_id = $1 ORDER BY id"
);
statement!(
    LOOKS_BY,
    "SELECT look.id, look.at, look.kind, look.item_id, look.person_id, look.person_name, look.role, organisation.name
     FROM look JOIN organisation ON organisation.id = look.organisation_id
     WHERE look.person_id = $1 ORDER BY look.id"
);
statement!(
    OLD_LOOKS,
    "SELECT organisation_id, COUNT(*) FROM look WHERE at < $1 GROUP BY organisation_id ORDER BY organisation_id"
);
statement!(DROP_LOOKS, "DELETE FROM look WHERE at < $1");

/// A release with the names of who may see it, as they are now.
pub(super) struct Named<'a> {
    pub(super) organisation: &'a str,
    pub(super) person: Option<&'a str>,
}

pub(super) async fn insert(
    tx: &mut Tx,
    leave: &MayManage,
    id: i64,
    new: &NewRelease,
    names: &Named<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let release = Release {
        id,
        kind: new.kind,
        item: new.item,
        role: new.to.role,
        to_organisation: Some(new.to.organisation),
        to_organisation_name: names.organisation.to_owned(),
        to_person: new.to.person,
        to_person_name: names.person.map(str::to_owned),
        until: new.until,
        granted_at: now,
        granted_by: leave.grant.by.name.clone(),
        withdrawn_at: None,
        withdrawn_by: None,
    };
    insert_as(tx, leave.organisation, &release).await
}

/// A release as it stands, from another installation.
pub(super) async fn insert_as(tx: &mut Tx, organisation: i64, release: &Release) -> Result<(), StoreError> {
    let values = vec![
        release.id.into(),
        organisation.into(),
        release.kind.key().into(),
        release.item.into(),
        release.role.key().into(),
        release.to_organisation.into(),
        release.to_organisation_name.as_str().into(),
        release.to_person.into(),
        release.to_person_name.clone().into(),
        release.until.into(),
        release.granted_at.into(),
        release.granted_by.as_str().into(),
        release.withdrawn_at.into(),
        release.withdrawn_by.clone().into(),
    ];
    tx.execute(INSERT, values).await.map(drop)
}

pub(super) async fn of_organisation(conn: &mut Conn, leave: &MayOversee) -> Result<Vec<Release>> {
    all_of(conn, leave.0).await
}

pub(super) async fn all_of(conn: &mut Conn, organisation: i64) -> Result<Vec<Release>> {
    conn.rows(OF_ORGANISATION, vec![organisation.into()]).await?.iter().map(release_in).collect()
}

/// Releases of an item that hold on a day.
pub(super) async fn holding(
    conn: &mut Conn,
    organisation: i64,
    kind: ItemKind,
    item: Option<i64>,
    today: Date,
) -> Result<Vec<Release>> {
    let values = vec![organisation.into(), kind.key().into(), item.into(), today.into()];
    conn.rows(HOLDING, values).await?.iter().map(release_in).collect()
}

/// Releases to whoever holds a role, that hold on a day; each with the id and
/// the name of the school whose thing it is.
pub(super) async fn holding_to(conn: &mut Conn, held: Held, today: Date) -> Result<Vec<(Release, i64, String)>> {
    let values = vec![held.organisation.into(), held.role.key().into(), today.into()];
    let rows = conn.rows(HOLDING_TO, values).await?;
    rows.iter().map(|row| Ok((release_in(row)?, row.int(13)?, row.text(14)?))).collect()
}

/// Withdraws a release; false where there is none or it was withdrawn before.
pub(super) async fn withdraw(
    tx: &mut Tx,
    organisation: i64,
    id: i64,
    now: Timestamp,
    by: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(WITHDRAW, vec![id.into(), organisation.into(), now.into(), by.into()]).await? > 0)
}

/// How many releases of which organisation ended before a moment and a day.
pub(super) async fn ended(conn: &mut Conn, before: Timestamp, day: Date) -> Result<Vec<(i64, i64)>, StoreError> {
    conn.rows(ENDED, vec![before.into(), day.into()]).await?.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

pub(super) async fn drop_ended(tx: &mut Tx, before: Timestamp, day: Date) -> Result<u64, StoreError> {
    tx.execute(DROP_ENDED, vec![before.into(), day.into()]).await
}

pub(super) async fn insert_look(tx: &mut Tx, organisation: i64, look: &Look) -> Result<(), StoreError> {
    let values = vec![
        look.id.into(),
        look.at.into(),
        organisation.into(),
        look.kind.key().into(),
        look.item.into(),
        look.person.into(),
        look.name.as_str().into(),
        look.role.key().into(),
    ];
    tx.execute(INSERT_LOOK, values).await.map(drop)
}

pub(super) async fn looks(conn: &mut Conn, leave: &MayOversee, most: i64) -> Result<Vec<Look>> {
    conn.rows(LOOKS, vec![leave.0.into(), most.into()]).await?.iter().map(look_in).collect()
}

pub(super) async fn all_looks(conn: &mut Conn, organisation: i64) -> Result<Vec<Look>> {
    conn.rows(ALL_LOOKS, vec![organisation.into()]).await?.iter().map(look_in).collect()
}

/// A person's own looks, each with the name of the school.
pub(super) async fn looks_by(conn: &mut Conn, person: i64) -> Result<Vec<(Look, String)>> {
    let rows = conn.rows(LOOKS_BY, vec![person.into()]).await?;
    rows.iter().map(|row| Ok((look_in(row)?, row.text(7)?))).collect()
}

/// How many looks at things of which organisation lie before a moment.
pub(super) async fn old_looks(conn: &mut Conn, before: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    conn.rows(OLD_LOOKS, vec![before.into()]).await?.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect()
}

pub(super) async fn drop_looks(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(DROP_LOOKS, vec![before.into()]).await
}

fn role_in(row: &Row, column: usize) -> Result<Role> {
    let key = row.str(column)?;
    Role::from_key(key).ok_or_else(|| Error::Unexpected(format!("the database holds a role ‘{key}’")))
}

fn look_in(row: &Row) -> Result<Look> {
    Ok(Look {
        id: row.int(0)?,
        at: row.moment(1)?,
        kind: ItemKind::stored(row.str(2)?)?,
        item: row.opt_int(3)?,
        person: row.opt_int(4)?,
        name: row.text(5)?,
        role: role_in(row, 6)?,
    })
}

fn release_in(row: &Row) -> Result<Release> {
    Ok(Release {
        id: row.int(0)?,
        kind: ItemKind::stored(row.str(1)?)?,
        item: row.opt_int(2)?,
        role: role_in(row, 3)?,
        to_organisation: row.opt_int(4)?,
        to_organisation_name: row.text(5)?,
        to_person: row.opt_int(6)?,
        to_person_name: row.opt_text(7)?,
        until: row.opt_date(8)?,
        granted_at: row.moment(9)?,
        granted_by: row.text(10)?,
        withdrawn_at: row.opt_int(11)?.map(|_| row.moment(11)).transpose()?,
        withdrawn_by: row.opt_text(12)?,
    })
}
