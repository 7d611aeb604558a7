//! Who may see and who may edit programmes and cohorts.
//!
//! Names, joining dates and public facts of participants are shown to anyone:
//! the programme's own choice for a cohort whose list was published. What a
//! school says of itself is not here.

use crate::{
    Who,
    error::Result,
    rights::{
        Grant,
        Reach::{All, Own},
        Right,
    },
    who::Role,
};
use store::Conn;

/// Making a programme. Whoever leads one may make another, and leads it.
pub const MAKE: Right = Right::write("programme.make", &[(Role::Administrator, All), (Role::ProgrammeLead, All)]);

/// Editing a programme, its cohorts and participations.
pub const EDIT: Right = Right::write("programme.edit", &[(Role::Administrator, All), (Role::ProgrammeLead, Own)]);

/// Leave to edit a programme, its cohorts and participations.
pub(super) struct MayEdit(pub(super) Grant);

pub(super) fn make(who: &Who) -> Result<MayEdit> {
    MAKE.everywhere(who).map(MayEdit)
}

pub(super) async fn edit(conn: &mut Conn, who: &Who, programme: i64) -> Result<MayEdit> {
    EDIT.over(conn, who, programme).await.map(MayEdit)
}

/// True where somebody may make a programme; for a page that offers it.
#[must_use]
pub fn may_make(who: &Who) -> bool {
    make(who).is_ok()
}

/// True where somebody may edit this programme; for a page that offers it.
#[must_use]
pub fn may_edit(who: &Who, programme: i64) -> bool {
    EDIT.directly(who, programme)
}
