//! Who from outside the school looked at what.

use super::{access, see::Seen, store};
use crate::{Who, World, error::Result, item::ItemKind, who::Role};
use ::store::{Conn, Tx};
use kernel::Timestamp;

/// That somebody from outside looked at something of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// At what kind of thing.
    pub kind: ItemKind,
    /// At which one, where there are several.
    pub item: Option<i64>,
    /// The person, where they are known here.
    pub person: Option<i64>,
    /// Their name then.
    pub name: String,
    /// In which role they looked.
    pub role: Role,
}

/// The latest this many are shown; all of them are in the school's export.
const MOST: i64 = 200;

/// Who from outside looked at what a school owns, the latest first.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not, or the database.
pub async fn looks(world: &World, who: &Who, organisation: i64) -> Result<Vec<Look>> {
    let mut conn = world.db.read().await?;
    let leave = access::oversee(&mut conn, who, organisation).await?;
    store::looks(&mut conn, &leave, MOST).await
}

/// Notes a look, where it is from outside; in the transaction that read the item.
pub(crate) async fn looked(
    world: &World,
    tx: &mut Tx,
    seen: &Seen,
    organisation: i64,
    kind: ItemKind,
    item: Option<i64>,
) -> Result<()> {
    let Some(role) = Role::from_key(seen.by.role).filter(|_| seen.from_outside) else {
        return Ok(());
    };
    let look =
        Look { id: world.id(), at: world.now(), kind, item, person: seen.by.person, name: seen.by.name.clone(), role };
    Ok(store::insert_look(tx, organisation, &look).await?)
}

/// All looks at what an organisation owns, the first first; for its export.
pub(crate) async fn all_looks(conn: &mut Conn, organisation: i64) -> Result<Vec<Look>> {
    store::all_looks(conn, organisation).await
}

/// A person's own looks, each with the school's name; for themselves.
pub(crate) async fn looks_by(conn: &mut Conn, person: i64) -> Result<Vec<(Look, String)>> {
    store::looks_by(conn, person).await
}

/// A look that came with a school from another installation.
pub(crate) async fn took_over_look(tx: &mut Tx, organisation: i64, look: &Look) -> Result<()> {
    Ok(store::insert_look(tx, organisation, look).await?)
}

/// Deletes looks before a moment; how many of which organisation.
pub(crate) async fn drop_looks(tx: &mut Tx, before: Timestamp) -> Result<Vec<(i64, i64)>> {
    let counted = store::old_looks(tx, before).await?;
    store::drop_looks(tx, before).await?;
    Ok(counted)
}
