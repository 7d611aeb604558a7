//! A school's own strategies as they are taken along and erased.

use super::{actions::Own, store};
use crate::error::Result;
use ::store::{Conn, Tx};

/// All of a school, the first first.
pub(crate) async fn all_of(conn: &mut Conn, organisation: i64) -> Result<Vec<Own>> {
    let mut all = store::of_school(conn, organisation).await?;
    all.sort_by_key(|one| one.id);
    Ok(all)
}

/// One that came with its school from another installation.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, one: &Own) -> Result<()> {
    Ok(store::put(tx, organisation, one).await?)
}

/// Erases all of a school, when its plan is due by a rule of retention.
pub(crate) async fn erase_all(tx: &mut Tx, organisation: i64) -> Result<u64> {
    Ok(store::erase(tx, organisation).await?)
}
