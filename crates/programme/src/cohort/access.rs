//! Who may see and who may edit programmes and cohorts.
//!
//! Names, joining dates and public facts of participants are shown to anyone:
//! the programme's own choice for a cohort whose list was published. What a
//! school says of itself is not here.

use crate::{
    Who,
    error::{Error, Result},
};

/// Leave to edit programmes, cohorts and participations.
pub(super) struct MayEdit(());

pub(super) fn edit(who: &Who) -> Result<MayEdit> {
    match who {
        Who::Anyone => Err(Error::SignInFirst),
        who if who.keeps_the_installation() => Ok(MayEdit(())),
        _ => Err(Error::NotFound),
    }
}

/// True where [`edit`] would give leave; for a page that offers it.
#[must_use]
pub fn may_edit(who: &Who) -> bool {
    edit(who).is_ok()
}
