//! Who may see and who may change the public record.
//!
//! Reading needs no leave: these are published facts about schools, and the
//! pages that show them are public by choice. Importing does.

use crate::{
    Who,
    error::{Error, Result},
};

/// Leave to import.
pub(super) struct MayImport(());

pub(super) fn import(who: &Who) -> Result<MayImport> {
    match who {
        Who::Anyone => Err(Error::SignInFirst),
        who if who.keeps_the_installation() => Ok(MayImport(())),
        _ => Err(Error::NotFound),
    }
}

/// True where [`import`] would give leave; for a page that offers it.
#[must_use]
pub fn may_import(who: &Who) -> bool {
    import(who).is_ok()
}
