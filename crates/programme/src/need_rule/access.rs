//! Who may see a rule's schools and who may decide beside it. The rule and its
//! schools are public facts; a decision is the programme's.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::Role,
};

/// Deciding beside a rule: a decision is about the public record's schools, in no one programme.
pub const DECIDE: Right = Right::write("need-rule.decide", &[(Role::Administrator, All), (Role::ProgrammeLead, All)]);

/// Leave to decide beside a rule.
pub(super) struct MayDecide(pub(super) Grant);

pub(super) fn decide(who: &Who) -> Result<MayDecide> {
    DECIDE.everywhere(who).map(MayDecide)
}

/// True where [`decide`] would give leave; for a page that offers it.
#[must_use]
pub fn may_decide(who: &Who) -> bool {
    decide(who).is_ok()
}
