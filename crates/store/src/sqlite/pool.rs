//! Connections that are lent.

use super::{gone, in_use};
use crate::StoreError;
use rusqlite::Connection;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that are lent, one to a caller at a time, in the order in which
/// callers asked.
#[derive(Debug, Clone)]
pub(crate) struct Pool(Arc<Home>);

#[derive(Debug)]
struct Home {
    /// One for each that is idle.
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    patience: Duration,
}

impl Home {
    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    pub(super) fn of(idle: Vec<Connection>, patience: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(idle.len()));
        Self(Arc::new(Home { permits, idle: Mutex::new(idle), patience }))
    }

    /// One that nobody else has until it is dropped.
    pub(crate) async fn lend(&self) -> Result<Lent, StoreError> {
        let turn = self.0.permits.clone().acquire_owned();
        let permit = tokio::time::timeout(self.0.patience, turn).await.map_err(|_| in_use())?.map_err(|_| gone())?;
        let conn = self.0.idle().pop().ok_or_else(gone)?;
        Ok(Lent { conn: Some(conn), home: self.0.clone(), _permit: permit })
    }

    /// Closes all of them, once they have come back.
    pub(super) async fn close(&self, all: u32) {
        // Where they are closed already there is nothing to wait for.
        let Ok(_all) = self.0.permits.acquire_many(all).await else { return };
        self.0.permits.close();
        let idle = std::mem::take(&mut *self.0.idle());
        // The last of a file moves its log into it.
        if tokio::task::spawn_blocking(move || drop(idle)).await.is_err() {
            tracing::warn!("the database was not closed in order");
        }
    }
}

/// A connection that is lent. Dropped within a transaction, it undoes it.
pub(crate) struct Lent {
    /// Always there, until it goes back.
    pub(super) conn: Option<Connection>,
    home: Arc<Home>,
    /// Given back after the connection is.
    _permit: OwnedSemaphorePermit,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "a transaction was not undone");
        }
        self.home.idle().push(conn);
    }
}
