//! Who may see and who may change the public record.
//!
//! Reading needs no leave: these are published facts about schools, and the
//! pages that show them are public by choice. Importing does.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::Role,
};

/// Importing files into the public record.
pub const IMPORT: Right = Right::write("record.import", &[(Role::Administrator, All)]);

/// Leave to import.
pub(super) struct MayImport(pub(super) Grant);

pub(super) fn import(who: &Who) -> Result<MayImport> {
    IMPORT.everywhere(who).map(MayImport)
}

/// True where [`import`] would give leave; for a page that offers it.
#[must_use]
pub fn may_import(who: &Who) -> bool {
    import(who).is_ok()
}
