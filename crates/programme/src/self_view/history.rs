//! How a school's own words came about.

use super::{access, store};
use crate::{
    Who, World, audit,
    error::Result,
    item::{ItemKind, Revision, Texts, revisions},
    organisation::Organisation,
};
use ::store::Conn;

/// All versions.
#[derive(Debug, Clone)]
pub struct History {
    /// The school.
    pub school: Organisation,
    /// Its versions, the first first.
    pub revisions: Vec<Revision>,
    /// The newest one's number; 0 where there is none.
    pub revision: i64,
}

/// All versions of a school's own words.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not, or the database.
pub async fn history(world: &World, who: &Who, organisation: i64) -> Result<History> {
    let mut conn = world.db.read().await?;
    let leave = access::history(&mut conn, who, organisation).await?;
    let revision = store::find(&mut conn, organisation).await?.map_or(0, |view| view.revision);
    Ok(History { school: leave.0, revisions: of_school(&mut conn, organisation).await?, revision })
}

/// What a version said, for whoever brings two changes together; empty for a
/// number that was never given and for a version that was erased.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not write, or the database.
pub async fn version(world: &World, who: &Who, organisation: i64, number: i64) -> Result<Texts> {
    let mut conn = world.db.read().await?;
    access::write(&mut conn, who, organisation).await?;
    let all = of_school(&mut conn, organisation).await?;
    Ok(said(&all, number))
}

pub(super) fn said(revisions: &[Revision], number: i64) -> Texts {
    let found = revisions.iter().find(|one| one.number == number).and_then(|one| one.texts.clone());
    found.unwrap_or_else(|| Texts::empty(ItemKind::SelfView))
}

pub(super) async fn of_school(conn: &mut Conn, organisation: i64) -> Result<Vec<Revision>> {
    let rows = audit::of(conn, ItemKind::SelfView.key(), organisation).await?;
    Ok(revisions(ItemKind::SelfView, &rows))
}
