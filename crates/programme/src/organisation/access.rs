//! Who may make organisations, and who may know of one.

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

/// Making organisations.
pub const MAKE: Right = Right::write("organisation.make", &[(Role::Administrator, All), (Role::ProgrammeLead, All)]);

/// Seeing all that are here, and entering groups, supporters and funders.
pub const LIST: Right = Right::write("organisation.list", &[(Role::Administrator, All)]);

/// Knowing that an organisation is here, and its name.
pub const SEE: Right = Right::read(
    "organisation.see",
    &[
        (Role::Administrator, All),
        (Role::ProgrammeLead, Own),
        (Role::Adviser, Own),
        (Role::Head, Own),
        (Role::Deputy, Own),
        (Role::StrandLead, Own),
        (Role::TeamLeader, Own),
        (Role::Teacher, Own),
        (Role::Governor, Own),
        (Role::PeerReviewer, Own),
        (Role::Funder, Own),
        (Role::Evaluator, Own),
    ],
);

/// Leave to make an organisation.
pub(super) struct MayMake(pub(super) Grant);

pub(super) fn make(who: &Who) -> Result<MayMake> {
    MAKE.everywhere(who).map(MayMake)
}

/// Leave to know of an organisation.
pub(super) struct MaySee(pub(super) i64);

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    SEE.over(conn, who, organisation).await.map(|_| MaySee(organisation))
}
