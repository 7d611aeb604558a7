//! Connections that are lent.

use super::{gone, in_use};
use crate::StoreError;
use rusqlite::Connection;
use std::{
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// Connections that are lent, one to a caller at a time. One that comes back is
/// there for whoever asks first, also before those who wait: whoever was woken
/// has to be given a thread first, and meanwhile nobody would write.
#[derive(Debug, Clone)]
pub(crate) struct Pool(Arc<Home>);

#[derive(Debug)]
struct Home {
    state: Mutex<State>,
    /// One came back, or none comes any more.
    back: Notify,
    patience: Duration,
}

#[derive(Debug)]
struct State {
    idle: Vec<Connection>,
    lent: usize,
    closed: bool,
}

impl Home {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    pub(super) fn of(idle: Vec<Connection>, patience: Duration) -> Self {
        let state = Mutex::new(State { idle, lent: 0, closed: false });
        Self(Arc::new(Home { state, back: Notify::new(), patience }))
    }

    /// One that nobody else has until it is dropped.
    pub(crate) async fn lend(&self) -> Result<Lent, StoreError> {
        match self.take()? {
            Some(lent) => Ok(lent),
            None => tokio::time::timeout(self.0.patience, self.wait()).await.map_err(|_| in_use())?,
        }
    }

    async fn wait(&self) -> Result<Lent, StoreError> {
        loop {
            let mut back = pin!(self.0.back.notified());
            // Whatever comes back from here on is heard of.
            back.as_mut().enable();
            if let Some(lent) = self.take()? {
                return Ok(lent);
            }
            back.await;
        }
    }

    fn take(&self) -> Result<Option<Lent>, StoreError> {
        let mut state = self.0.state();
        if state.closed {
            return Err(gone());
        }
        let conn = state.idle.pop();
        state.lent += usize::from(conn.is_some());
        Ok(conn.map(|conn| Lent { conn: Some(conn), home: self.0.clone() }))
    }

    /// Closes all, once they have come back.
    pub(super) async fn close(&self) {
        let idle = {
            let mut state = self.0.state();
            state.closed = true;
            std::mem::take(&mut state.idle)
        };
        self.0.back.notify_waiters();
        // The last of a file moves its log into it.
        if tokio::task::spawn_blocking(move || drop(idle)).await.is_err() {
            tracing::warn!("the database was not closed in order");
        }
        loop {
            let mut back = pin!(self.0.back.notified());
            back.as_mut().enable();
            if self.0.state().lent == 0 {
                return;
            }
            back.await;
        }
    }
}

/// A connection that is lent. Dropped within a transaction, it undoes it.
pub(crate) struct Lent {
    /// Always there, until it goes back.
    pub(super) conn: Option<Connection>,
    home: Arc<Home>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "a transaction was not undone");
        }
        let mut state = self.home.state();
        if !state.closed {
            state.idle.push(conn);
            state.lent -= 1;
            drop(state);
            return self.home.back.notify_one();
        }
        drop(state);
        // Closed before it counts as back: whoever closes the database waits for that.
        drop(conn);
        self.home.state().lent -= 1;
        self.home.back.notify_waiters();
    }
}
