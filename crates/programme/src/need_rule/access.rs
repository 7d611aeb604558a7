//! Who may see a rule's schools and who may decide beside it. The rule and its
//! schools are public facts; a decision is the programme's.

use crate::{
    Who,
    error::{Error, Result},
};

/// Leave to decide beside a rule.
pub(super) struct MayDecide(());

pub(super) fn decide(who: &Who) -> Result<MayDecide> {
    match who {
        Who::Anyone => Err(Error::SignInFirst),
        who if who.keeps_the_installation() => Ok(MayDecide(())),
        _ => Err(Error::NotFound),
    }
}

/// True where [`decide`] would give leave; for a page that offers it.
#[must_use]
pub fn may_decide(who: &Who) -> bool {
    decide(who).is_ok()
}
