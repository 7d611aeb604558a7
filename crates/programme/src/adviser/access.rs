//! Who may say who accompanies which school, and who reads it.

use crate::{
    Who, cohort,
    error::Result,
    rights::{
        Grant,
        Reach::{All, Own},
        Right,
    },
    who::{Actor, Caller, Role},
};
use store::Conn;

/// An adviser's own page of their schools.
pub const OWN: Right = Right::read("adviser.own", &[(Role::Adviser, Own)]);

/// Knowing who accompanies a school.
const SEE: Right = Right::read(
    "adviser.see",
    &[
        (Role::Administrator, All),
        (Role::ProgrammeLead, Own),
        (Role::Adviser, Own),
        (Role::Head, Own),
        (Role::Deputy, Own),
        (Role::StrandLead, Own),
        (Role::Governor, Own),
    ],
);

/// Leave to assign advisers in a programme, or to end that with a participation.
pub(super) struct MayAssign(pub(super) Actor);

pub(super) async fn assign(conn: &mut Conn, who: &Who, programme: i64) -> Result<MayAssign> {
    cohort::may_edit_programme(conn, who, programme).await.map(|grant| MayAssign(grant.by))
}

/// Whoever ended the participation, or the adviser’s role, had leave to.
pub(super) fn with_participation(by: &Actor) -> MayAssign {
    MayAssign(by.clone())
}

/// Leave to know who accompanies a school.
pub(super) struct MaySee(pub(super) i64);

pub(super) async fn see(conn: &mut Conn, who: &Who, school: i64) -> Result<MaySee> {
    SEE.over(conn, who, school).await.map(|_: Grant| MaySee(school))
}

/// Leave to read what is one's own as an adviser.
pub(super) struct MayReadOwn<'a>(pub(super) &'a Caller);

pub(super) fn own(who: &Who) -> Result<MayReadOwn<'_>> {
    OWN.somewhere(who)?;
    who.caller().map(MayReadOwn).ok_or(crate::Error::NotFound)
}
