//! What somebody has typed and not saved yet: theirs alone, one for each item.
//! It goes when the item is saved, when they put it away, and 90 days after they
//! last typed.
//!
//! A draft is no part of a school's record, so it leaves no row in the audit:
//! each pause in typing would leave one. Who may keep one is decided by the noun
//! whose item it is, before it calls this.

mod store;

use crate::{
    error::Result,
    item::{ItemKind, Texts},
};
use ::store::{Conn, Tx};
use kernel::Timestamp;

/// The item that a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Of {
    /// Whose draft.
    pub(crate) person: i64,
    /// In whose record.
    pub(crate) organisation: i64,
    /// What kind of item.
    pub(crate) kind: ItemKind,
    /// Which one; 0 where an organisation has one of the kind.
    pub(crate) item: i64,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// In whose record.
    pub organisation: i64,
    /// What kind of item.
    pub kind: ItemKind,
    /// What was typed.
    pub texts: Texts,
    /// The revision from which they began.
    pub base: i64,
    /// When they last typed.
    pub saved_at: Timestamp,
}

/// Keeps what was typed in place of what was kept before.
pub(crate) async fn keep(tx: &mut Tx, of: Of, texts: &Texts, base: i64, now: Timestamp) -> Result<()> {
    Ok(store::keep(tx, of, texts, base, now).await?)
}

/// The draft of an item, if there is one.
pub(crate) async fn find(conn: &mut Conn, of: Of) -> Result<Option<Draft>> {
    store::find(conn, of).await
}

/// All of a person; for themselves.
pub(crate) async fn of_person(conn: &mut Conn, person: i64) -> Result<Vec<Draft>> {
    store::of_person(conn, person).await
}

/// Puts one away.
pub(crate) async fn drop_one(tx: &mut Tx, of: Of) -> Result<()> {
    Ok(store::drop_one(tx, of).await?)
}

/// Puts everybody's drafts of an item away, because the item was erased.
pub(crate) async fn drop_all_of(tx: &mut Tx, organisation: i64, kind: ItemKind, item: i64) -> Result<u64> {
    Ok(store::drop_all_of(tx, organisation, kind, item).await?)
}

/// Puts away what was last typed before a moment.
pub(crate) async fn drop_before(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    Ok(store::drop_before(tx, before).await?)
}
