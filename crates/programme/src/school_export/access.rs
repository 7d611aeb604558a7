//! Who may take a school's whole record along, and who may bring one.

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

/// Taking a copy of a school's whole record. No token for reading does it.
pub const EXPORT: Right = Right::write("school.export", &[(Role::Head, Own)]);

/// Bringing a school from another installation.
pub const IMPORT: Right = Right::write("school.import", &[(Role::Administrator, All)]);

/// Leave to take a copy.
pub(super) struct MayExport(pub(super) Grant);

pub(super) async fn export(conn: &mut Conn, who: &Who, organisation: i64) -> Result<MayExport> {
    EXPORT.over(conn, who, organisation).await.map(MayExport)
}

/// Leave to bring one.
pub(super) struct MayImport(pub(super) Grant);

pub(super) fn import(who: &Who) -> Result<MayImport> {
    IMPORT.everywhere(who).map(MayImport)
}
