//! Who may see who does what, and who may change it. A school manages its own
//! people; a programme's lead the programme's.

use crate::{
    Who,
    error::Result,
    organisation::Kind,
    rights::{
        Grant,
        Reach::{All, Own},
        Right,
    },
    who::Role,
};
use store::Conn;

/// Seeing who holds which role.
pub const SEE: Right = Right::read(
    "role.see",
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
    ],
);

/// Giving and ending roles in a school, without asking the programme. In a
/// group, a supporter, a funder and the installation, the administrators do.
pub const MANAGE: Right =
    Right::write("role.manage", &[(Role::Administrator, All), (Role::Head, Own), (Role::Deputy, Own)]);

/// Giving and ending roles in a programme.
pub const MANAGE_PROGRAMME: Right =
    Right::write("role.manage-programme", &[(Role::Administrator, All), (Role::ProgrammeLead, Own)]);

/// Leave to see the people of an organisation.
pub(super) struct MaySee {
    pub(super) organisation: i64,
    pub(super) whom: Whom,
}

/// Whom somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// Everybody.
    All,
    /// Those who lead the school: what a programme is told of who is there.
    Leaders,
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    let grant = SEE.over(conn, who, organisation).await?;
    // These two hold their role in a programme, never in a school.
    let outside = matches!(grant.role, Some(Role::ProgrammeLead | Role::Adviser));
    let whom = match outside && !SEE.directly(who, organisation) {
        true => Whom::Leaders,
        false => Whom::All,
    };
    Ok(MaySee { organisation, whom })
}

impl MaySee {
    /// Whoever decided about an organisation's people may see them.
    pub(super) fn all(leave: &MayManage) -> Self {
        Self { organisation: leave.organisation, whom: Whom::All }
    }
}

/// Leave to give and end roles in an organisation.
pub(super) struct MayManage {
    pub(super) organisation: i64,
    pub(super) grant: Grant,
}

pub(super) async fn manage(conn: &mut Conn, who: &Who, organisation: i64, kind: Kind) -> Result<MayManage> {
    let right = if kind == Kind::Programme { &MANAGE_PROGRAMME } else { &MANAGE };
    Ok(MayManage { organisation, grant: right.over(conn, who, organisation).await? })
}
