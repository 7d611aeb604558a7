//! SQL of how the installation is.

use super::access::MaySee;
use kernel::Timestamp;
use store::{Conn, StoreError, statement};

statement!(
    COUNTS,
    "SELECT (SELECT COUNT(*) FROM person WHERE closed_at IS NULL),
         (SELECT COUNT(*) FROM session WHERE expires_at > $1),
         (SELECT COUNT(*) FROM organisation WHERE kind <> 'installation'),
         (SELECT COUNT(*) FROM audit),
         (SELECT MAX(imported_at) FROM source)"
);

/// What is in the database.
pub(super) struct Counted {
    pub(super) people: u64,
    pub(super) sessions: u64,
    pub(super) organisations: u64,
    pub(super) changes: u64,
    pub(super) last_import: Option<Timestamp>,
}

pub(super) async fn counts(conn: &mut Conn, _leave: &MaySee, now: Timestamp) -> Result<Counted, StoreError> {
    let row = conn.row(COUNTS, vec![now.into()]).await?;
    let Some(row) = row else {
        return Ok(Counted { people: 0, sessions: 0, organisations: 0, changes: 0, last_import: None });
    };
    let many = |column: usize| row.int(column).map(|number| u64::try_from(number).unwrap_or_default());
    Ok(Counted {
        people: many(0)?,
        sessions: many(1)?,
        organisations: many(2)?,
        changes: many(3)?,
        last_import: row.opt_moment(4)?,
    })
}
