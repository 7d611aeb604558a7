//! Who may note that they were in touch with a school, and who reads it.

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

/// Noting that one was in touch with a school.
pub const RECORD: Right = Right::write("contact.record", &[(Role::ProgrammeLead, Own), (Role::Adviser, Own)]);

/// Reading when that was.
const SEE: Right = Right::read(
    "contact.see",
    &[
        (Role::Administrator, All),
        (Role::ProgrammeLead, Own),
        (Role::Adviser, Own),
        (Role::Head, Own),
        (Role::Deputy, Own),
    ],
);

/// Leave to note that one was in touch with a school.
pub(super) struct MayRecord {
    pub(super) school: i64,
    pub(super) grant: Grant,
}

pub(super) async fn record(conn: &mut Conn, who: &Who, school: i64) -> Result<MayRecord> {
    Ok(MayRecord { school, grant: RECORD.over(conn, who, school).await? })
}

/// Leave to read when one was in touch with a school.
pub(super) struct MaySee(pub(super) i64);

pub(super) async fn see(conn: &mut Conn, who: &Who, school: i64) -> Result<MaySee> {
    SEE.over(conn, who, school).await.map(|_| MaySee(school))
}
