//! What one can do with organisations.

use super::{
    access::{self, MayMake},
    model::{Kind, NewOrganisation, Organisation},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use ::store::{Conn, Row, StoreError, Tx};
use kernel::Urn;
use serde_json::json;

/// Makes an organisation.
///
/// # Errors
/// [`Error::Invalid`] where a field does not fit or the school is here already.
pub async fn create(world: &World, who: &Who, new: NewOrganisation) -> Result<i64> {
    let leave = access::make(who)?;
    let mut tx = world.db.begin().await?;
    let id = insert(world, &mut tx, &leave, world.id(), new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes an organisation within a caller's transaction, whose leave is theirs:
/// a programme that is made, a school that is invited.
pub(crate) async fn created(world: &World, tx: &mut Tx, who: &Who, id: i64, new: NewOrganisation) -> Result<i64> {
    let leave = access::make(who)?;
    insert(world, tx, &leave, id, new).await
}

async fn insert(world: &World, tx: &mut Tx, leave: &MayMake, id: i64, new: NewOrganisation) -> Result<i64> {
    let new = new.checked()?;
    match store::insert(tx, leave, id, &new, world.now()).await {
        Err(StoreError::Conflict(_)) => return Err(Error::field("urn", "This school is here already")),
        done => done?,
    }
    let after = json!({"kind": new.kind.key(), "name": new.name, "urn": new.urn});
    let entry = Entry::of("make an organisation", "organisation", id).within(id).after(after);
    audit::record(world, tx, &leave.0.by, entry).await?;
    Ok(id)
}

/// Makes an organisation for the demo, at the command line.
///
/// # Errors
/// As [`create`].
pub async fn seed(world: &World, kind: Kind, name: &str) -> Result<i64> {
    create(world, &Who::Console, NewOrganisation { kind, name: name.to_owned(), urn: None, group: None }).await
}

/// An organisation that the caller may know of.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn organisation(world: &World, who: &Who, id: i64) -> Result<Organisation> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, id).await?;
    found(&mut conn, who, leave.0).await
}

/// All organisations of a kind, by name, for whoever makes them.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn of_kind(world: &World, who: &Who, kind: Kind) -> Result<Vec<Organisation>> {
    let leave = access::make(who)?;
    let mut conn = world.db.read().await?;
    store::of_kind(&mut conn, &leave, kind).await
}

/// The organisation of a school of the register, where it is a member.
///
/// # Errors
/// The database.
pub async fn of_urn(conn: &mut Conn, urn: Urn) -> Result<Option<Organisation>> {
    store::by_urn(conn, urn).await
}

/// Gives a programme's organisation the programme's new name, within the
/// transaction and the audit row of that.
pub(crate) async fn renamed(tx: &mut Tx, id: i64, name: &str) -> Result<(), StoreError> {
    store::rename(tx, id, name).await
}

/// An organisation, for another noun that decides itself who may know of it; what the
/// caller's session knows of it is not asked again.
pub(crate) async fn found(conn: &mut Conn, who: &Who, id: i64) -> Result<Organisation> {
    match who.caller().and_then(|caller| caller.known.organisation(id)) {
        Some(known) => Ok(known.clone()),
        None => find(conn, id).await,
    }
}

/// As [`found`], of a school.
pub(crate) async fn school(conn: &mut Conn, who: &Who, id: i64) -> Result<Organisation> {
    let found = found(conn, who, id).await?;
    if found.kind == Kind::School { Ok(found) } else { Err(Error::NotFound) }
}

/// An organisation in five columns of a row of another noun, which reads it with what
/// is its own; nothing where they are null.
pub(crate) fn known_in(row: &Row, first: usize) -> Result<Option<Organisation>> {
    row.opt_int(first)?.map(|_| store::organisation_at(row, first)).transpose()
}

/// An organisation, for another noun that decides itself who may know of it.
pub(crate) async fn find(conn: &mut Conn, id: i64) -> Result<Organisation> {
    store::find(conn, id).await?.ok_or(Error::NotFound)
}
