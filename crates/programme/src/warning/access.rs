//! Who reads early warnings, and from when.

use crate::{
    Who,
    error::Result,
    organisation::{self, Organisation},
    rights::{Reach::Own, Right},
    who::Role,
};
use store::Conn;

/// Reading early warnings: the school at once, its adviser and its programme two
/// weeks later.
pub const SEE: Right = Right::read(
    "warning.see",
    &[(Role::Head, Own), (Role::Deputy, Own), (Role::Adviser, Own), (Role::ProgrammeLead, Own)],
);

/// Leave to read early warnings.
pub(super) struct MaySee {
    pub(super) school: Organisation,
    /// They lead the school.
    pub(super) leads: bool,
}

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    let grant = SEE.over(conn, who, organisation).await?;
    let school = organisation::school(conn, who, organisation).await?;
    Ok(MaySee { school, leads: matches!(grant.role, Some(Role::Head | Role::Deputy)) })
}
