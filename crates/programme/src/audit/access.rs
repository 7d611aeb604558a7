//! Who may read what was done.

use crate::{
    Who,
    error::Result,
    rights::{Reach::Own, Right},
    who::Role,
};
use store::Conn;

/// Reading what was done in a school's record: who, in which role, what and why.
pub const READ: Right = Right::read("audit.read", &[(Role::Head, Own), (Role::Deputy, Own)]);

/// Leave to read what was done in the record of an organisation.
pub(super) struct MayRead(pub(super) i64);

pub(super) async fn read(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayRead> {
    READ.over(conn, who, organisation).await.map(|_| MayRead(organisation))
}
