//! SQL of limits.

use kernel::Timestamp;
use store::{StoreError, Tx, statement};

statement!(
    TAKE,
    "INSERT INTO rate (what, subject_sha256, begins, taken) VALUES ($1, $2, $3, 1)
     ON CONFLICT (what, subject_sha256, begins) DO UPDATE SET taken = rate.taken + 1"
);
statement!(TAKEN, "SELECT taken FROM rate WHERE what = $1 AND subject_sha256 = $2 AND begins = $3");
statement!(
    GIVE_BACK,
    "UPDATE rate SET taken = taken - 1 WHERE what = $1 AND subject_sha256 = $2 AND begins = $3 AND taken > 0"
);
statement!(FORGET, "DELETE FROM rate WHERE what = $1 AND subject_sha256 = $2");
statement!(FORGET_OLD, "DELETE FROM rate WHERE begins <= $1");

/// Counts one more in a window, and says how many that makes. The row is held
/// until the transaction ends, so that no two nodes count the same.
pub(in super::super) async fn take(
    tx: &mut Tx,
    what: &str,
    subject_sha256: &str,
    begins: Timestamp,
) -> Result<i64, StoreError> {
    let values = || vec![what.into(), subject_sha256.into(), begins.into()];
    tx.execute(TAKE, values()).await?;
    tx.row(TAKEN, values()).await?.map_or(Ok(0), |row| row.int(0))
}

/// Takes back what was counted, because it was right.
pub(in super::super) async fn give_back(
    tx: &mut Tx,
    what: &str,
    subject_sha256: &str,
    begins: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(GIVE_BACK, vec![what.into(), subject_sha256.into(), begins.into()]).await.map(drop)
}

pub(in super::super) async fn forget(tx: &mut Tx, what: &str, subject_sha256: &str) -> Result<(), StoreError> {
    tx.execute(FORGET, vec![what.into(), subject_sha256.into()]).await.map(drop)
}

pub(in super::super) async fn forget_old(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_OLD, vec![before.into()]).await
}
