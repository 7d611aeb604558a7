//! Who may release, and who may see what is released.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::Own, Right},
    who::Role,
};
use store::Conn;

/// Releasing what a school owns, withdrawing it, and seeing who looked.
pub const MANAGE: Right = Right::write("release.manage", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// As [`MANAGE`], for who reads with a token that may only read.
const OVERSEE: Right = Right::read("release.oversee", MANAGE.roles);

/// Seeing what a school owns: its head, its deputies and its strand leads see
/// all of it. Everybody else, the programme and their own colleagues among
/// them, sees what the school released to them, and nothing more.
pub const SEE_ITEMS: Right = Right::read(
    "item.see",
    &[
        (Role::Head, Own),
        (Role::Deputy, Own),
        (Role::StrandLead, Own),
        (Role::ProgrammeLead, Own),
        (Role::Adviser, Own),
        (Role::TeamLeader, Own),
        (Role::Teacher, Own),
        (Role::Governor, Own),
        (Role::PeerReviewer, Own),
        (Role::Evaluator, Own),
    ],
);

/// Those of [`SEE_ITEMS`] who need no release.
pub(super) const STAFF: Right =
    Right::read("item.see-unreleased", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Leave to release what an organisation owns.
pub(super) struct MayManage {
    pub(super) organisation: i64,
    pub(super) grant: Grant,
}

pub(super) async fn manage(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayManage> {
    Ok(MayManage { organisation, grant: MANAGE.over(conn, who, organisation).await? })
}

/// Leave to see an organisation's releases and who looked.
pub(super) struct MayOversee(pub(super) i64);

pub(super) async fn oversee(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayOversee> {
    OVERSEE.over(conn, who, organisation).await.map(|_| MayOversee(organisation))
}
