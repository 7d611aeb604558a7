//! Who may look at the queue and decide on what failed.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::Role,
};

/// Looking at the queue.
pub const SEE: Right = Right::read("job.see", &[(Role::Administrator, All)]);

/// Trying a job again, or giving it up.
pub const DECIDE: Right = Right::write("job.decide", &[(Role::Administrator, All)]);

/// Leave to look at the queue.
pub(super) struct MaySee(());

pub(super) fn see(who: &Who) -> Result<MaySee> {
    SEE.everywhere(who).map(|_| MaySee(()))
}

/// Leave to decide on a job.
pub(super) struct MayDecide(pub(super) Grant);

pub(super) fn decide(who: &Who) -> Result<MayDecide> {
    DECIDE.everywhere(who).map(MayDecide)
}

/// True where [`see`] would give leave; for a page that offers it.
#[must_use]
pub fn may_see(who: &Who) -> bool {
    see(who).is_ok()
}
