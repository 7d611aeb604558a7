//! Who may see the outbox, and try whether letters go out.
//!
//! Writing a letter needs no leave of its own: it is part of an action that
//! asked for one.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::Role,
};

/// Seeing to whom letters went, and how it went.
pub const SEE: Right = Right::read("letter.see", &[(Role::Administrator, All)]);

/// Sending a letter that only says that it arrived.
pub const TRY: Right = Right::write("letter.try", &[(Role::Administrator, All)]);

/// Leave to see to whom letters went.
pub(super) struct MaySee(());

pub(super) fn see(who: &Who) -> Result<MaySee> {
    SEE.everywhere(who).map(|_| MaySee(()))
}

/// Leave to send a trial letter.
pub(super) struct MayTry(pub(super) Grant);

pub(super) fn try_mail(who: &Who) -> Result<MayTry> {
    TRY.everywhere(who).map(MayTry)
}
