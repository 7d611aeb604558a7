//! How large a database is, and which.

use crate::{Conn, StoreError, dialect};

/// Bytes that the database takes on its disk, without its journal.
///
/// # Errors
/// The database said no.
pub async fn bytes(conn: &mut Conn) -> Result<u64, StoreError> {
    let rows = conn.rows_of(dialect::bytes(conn.kind()), Vec::new()).await?;
    let bytes = rows.first().map_or(Ok(0), |row| row.int(0))?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

/// The database's version in its own words: ‘SQLite 3.50.2’, ‘PostgreSQL 15.18 …’.
///
/// # Errors
/// The database said no.
pub async fn version(conn: &mut Conn) -> Result<String, StoreError> {
    let rows = conn.rows_of(dialect::version(conn.kind()), Vec::new()).await?;
    rows.first().map_or(Ok(String::new()), |row| row.text(0))
}
