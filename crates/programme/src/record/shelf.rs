//! The register in memory: read once from the database, read again when an
//! import has changed it, on every node.

use super::store;
use crate::{World, error::Result};
use ::store::Conn;
use register::public_record::PublicRecord;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

/// How long the register in memory is trusted before the database is asked
/// whether another node has imported, microseconds.
const TRUSTED: i64 = 1_000_000;

/// Where the register stands in memory, and how far running imports are.
#[derive(Default)]
pub struct Shelf {
    record: RwLock<Option<Arc<PublicRecord>>>,
    asked_at: AtomicI64,
    loading: tokio::sync::Mutex<()>,
    progress: Mutex<HashMap<i64, (u64, u64)>>,
}

impl Shelf {
    /// The next reader asks the database at once.
    pub(super) fn stale(&self) {
        self.asked_at.store(0, Ordering::Relaxed);
    }

    fn held(&self) -> Option<Arc<PublicRecord>> {
        self.record.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Bytes done and in all of an import that runs on this node.
    pub(super) fn progress(&self, run: i64) -> Option<(u64, u64)> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).get(&run).copied()
    }

    pub(super) fn set_progress(&self, run: i64, progress: Option<(u64, u64)>) {
        let mut all = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Some(progress) => all.insert(run, progress),
            None => all.remove(&run),
        };
    }
}

impl World {
    /// The public record as it stands. Asks the database at most once a second
    /// whether it has changed.
    ///
    /// # Errors
    /// The database.
    pub async fn record(&self) -> Result<Arc<PublicRecord>> {
        let now = self.now().as_microsecond();
        let asked = self.shelf.asked_at.load(Ordering::Relaxed);
        if let Some(held) = self.shelf.held()
            && asked != 0
            && now.saturating_sub(asked) < TRUSTED
        {
            return Ok(held);
        }
        // One reader looks; the others go on with what is there, if anything is.
        let _loading = match self.shelf.held() {
            None => self.shelf.loading.lock().await,
            Some(held) if asked != 0 => match self.shelf.loading.try_lock() {
                Ok(guard) => guard,
                Err(_) => return Ok(held),
            },
            Some(_) => self.shelf.loading.lock().await,
        };
        let mut conn = self.db.snapshot().await?;
        let version = store::version(&mut conn).await?;
        if let Some(held) = self.shelf.held()
            && held.version == version
        {
            self.shelf.asked_at.store(now, Ordering::Relaxed);
            return Ok(held);
        }
        let record = Arc::new(self.read_record(version, conn).await?);
        *self.shelf.record.write().unwrap_or_else(PoisonError::into_inner) = Some(record.clone());
        self.shelf.asked_at.store(now, Ordering::Relaxed);
        Ok(record)
    }

    /// Reads the record by two connections, each of which sees this version of it.
    async fn read_record(&self, mut version: i64, mut one: Conn) -> Result<PublicRecord> {
        loop {
            let mut other = self.db.snapshot().await?;
            let seen = store::version(&mut other).await?;
            if seen == version {
                return store::public_record(version, one, other).await;
            }
            // An import ended between the two.
            (version, one) = (seen, other);
        }
    }
}
