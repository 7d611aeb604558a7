//! A writer's draft.

use super::{
    access::{self, MayWrite},
    store,
};
use crate::{
    Who, World,
    draft::{self, Of},
    error::Result,
    item::{ItemKind, Texts},
};
use kernel::Timestamp;

/// The draft of whoever has this leave; the command line has none.
pub(super) fn of(leave: &MayWrite) -> Option<Of> {
    let person = leave.grant.by.person?;
    Some(Of { person, organisation: leave.school.id, kind: ItemKind::SelfView, item: 0 })
}

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct Keep {
    /// Whose page it is.
    pub organisation: i64,
    /// What was typed.
    pub texts: Texts,
    /// The revision from which they began.
    pub base: i64,
}

/// Keeps what somebody has typed so far, without saving it; when that was.
///
/// # Errors
/// [`crate::Error::Invalid`] for a text that is too long,
/// [`crate::Error::NotFound`] for whoever may not write.
pub async fn keep_draft(world: &World, who: &Who, keep: Keep) -> Result<Timestamp> {
    let mut tx = world.db.begin().await?;
    let leave = access::write(&mut tx, who, keep.organisation).await?;
    keep.texts.checked()?;
    let now = world.now();
    if let Some(of) = of(&leave) {
        // A script that is late sends what was saved a moment ago.
        let saved = store::find(&mut tx, keep.organisation).await?;
        if saved.is_some_and(|saved| saved.texts == keep.texts) {
            draft::drop_one(&mut tx, of).await?;
        } else {
            draft::keep(&mut tx, of, &keep.texts, keep.base, now).await?;
        }
    }
    tx.commit().await?;
    Ok(now)
}

/// Puts the caller's draft away.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not write.
pub async fn put_away(world: &World, who: &Who, organisation: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::write(&mut tx, who, organisation).await?;
    if let Some(of) = of(&leave) {
        draft::drop_one(&mut tx, of).await?;
    }
    tx.commit().await?;
    Ok(())
}
