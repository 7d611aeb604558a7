//! Who sees and adds a school's own strategies. The library is for everybody.

use crate::{
    Who,
    error::Result,
    organisation::{self, Organisation},
    rights::{Grant, Reach::Own, Right},
    who::Role,
};
use store::Conn;

/// Seeing a school's own strategies.
pub const SEE: Right = Right::read("strategy.see", &[(Role::Head, Own), (Role::Deputy, Own), (Role::StrandLead, Own)]);

/// Adding one.
pub const ADD: Right = Right::write("strategy.add", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Leave to see a school's own strategies.
pub(super) struct MaySee(pub(super) Organisation);

pub(super) async fn see(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MaySee> {
    SEE.over(conn, who, organisation).await?;
    organisation::school(conn, who, organisation).await.map(MaySee)
}

/// Leave to add one.
pub(super) struct MayAdd {
    pub(super) school: Organisation,
    pub(super) grant: Grant,
}

pub(super) async fn add(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayAdd> {
    let grant = ADD.over(conn, who, organisation).await?;
    Ok(MayAdd { school: organisation::school(conn, who, organisation).await?, grant })
}
