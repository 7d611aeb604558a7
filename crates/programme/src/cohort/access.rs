//! Who may see and who may edit programmes and cohorts.
//!
//! A cohort is shown to anyone by the programme's choice, when its list was
//! published; otherwise to those who work for the programme, and its sums to
//! whoever pays. What a school says of itself is not here.

use super::model::{Cohort, Programme, ShownTo};
use crate::{
    Who,
    error::{Error, Result},
    rights::{
        Grant,
        Reach::{All, Own},
        Right,
    },
    who::{Actor, Role},
};
use store::Conn;

/// Making a programme. Whoever leads one may make another, and leads it.
pub const MAKE: Right = Right::write("programme.make", &[(Role::Administrator, All), (Role::ProgrammeLead, All)]);

/// Editing a programme, its cohorts and participations; inviting schools.
pub const EDIT: Right = Right::write("programme.edit", &[(Role::Administrator, All), (Role::ProgrammeLead, Own)]);

/// Seeing what waits for whom in a programme.
pub const SEE: Right = Right::read("programme.see", &[(Role::Administrator, All), (Role::ProgrammeLead, Own)]);

/// Seeing a cohort that is not shown to anyone.
pub const SEE_COHORT: Right = Right::read(
    "cohort.see",
    &[
        (Role::Administrator, All),
        (Role::ProgrammeLead, Own),
        (Role::Adviser, Own),
        (Role::Funder, Own),
        (Role::Evaluator, Own),
    ],
);

/// Pausing one's school's participation, going on with it, and leaving.
pub const LEAVE: Right = Right::write("participation.leave", &[(Role::Head, Own)]);

/// Seeing sums of what one pays for.
pub const FUND: Right = Right::read("funder.see", &[(Role::Funder, Own)]);

/// Leave to edit a programme, its cohorts and participations.
pub(super) struct MayEdit(pub(super) Grant);

/// Leave to note how a school takes part: whoever may edit the programme, the
/// school's head about their own school, an invitation that is accepted.
pub(super) struct MayNote(pub(super) Actor);

impl MayEdit {
    pub(super) fn note(&self) -> MayNote {
        MayNote(self.0.by.clone())
    }
}

pub(super) fn make(who: &Who) -> Result<MayEdit> {
    MAKE.everywhere(who).map(MayEdit)
}

pub(super) async fn edit(conn: &mut Conn, who: &Who, programme: i64) -> Result<MayEdit> {
    EDIT.over(conn, who, programme).await.map(MayEdit)
}

pub(super) async fn leave(conn: &mut Conn, who: &Who, school: i64) -> Result<MayNote> {
    LEAVE.over(conn, who, school).await.map(|grant| MayNote(grant.by))
}

/// Whoever invited had leave to edit the programme, and whoever accepts brings their school.
pub(super) fn by_invitation(by: &Actor) -> MayNote {
    MayNote(by.clone())
}

/// How much of a cohort somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All of it.
    Whole,
    /// Sums, where they are of enough schools.
    SumsOnly,
}

/// How much of a cohort `who` sees; not found where nothing, signed in or not,
/// so that nobody learns that it is there.
pub(super) async fn sight(conn: &mut Conn, who: &Who, cohort: &Cohort, programme: &Programme) -> Result<Sight> {
    if cohort.shown_to == ShownTo::Anyone {
        return Ok(Sight::Whole);
    }
    if SEE_COHORT.over(conn, who, cohort.programme_id).await.is_ok() {
        return Ok(Sight::Whole);
    }
    match programme.funder {
        Some(funder) if FUND.directly(who, funder) => Ok(Sight::SumsOnly),
        _ => Err(Error::NotFound),
    }
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
