//! What was committed to SQLite is on the disk before anybody is told.
//!
//! SQLite can wait for the disk itself at each commit (`synchronous=FULL`), but
//! then nobody else can write meanwhile, and a disk that takes four milliseconds
//! takes 250 changes a second at most. So it does not (`NORMAL`): a commit lies
//! in the log, whole and in order, the next can begin, and [`Durable::wait`]
//! makes the log durable for all that were committed before it.

use crate::StoreError;
use std::{
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tokio::sync::Mutex;

/// The log of an SQLite file.
#[derive(Debug, Clone)]
pub struct Durable(Arc<Log>);

#[derive(Debug)]
struct Log {
    path: PathBuf,
    /// How many have asked.
    asked: AtomicU64,
    /// How many of them are served; held while the disk is waited for.
    served: Mutex<u64>,
    /// The disk failed once. What it holds since nobody knows.
    broken: AtomicBool,
}

impl Durable {
    pub(crate) fn of(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Self(Arc::new(Log {
            path: path.into(),
            asked: AtomicU64::new(0),
            served: Mutex::new(0),
            broken: AtomicBool::new(false),
        }))
    }

    /// Returns when what was committed before is on the disk. Those who come
    /// while the disk is waited for are served together by the next turn.
    ///
    /// # Errors
    /// The disk failed, now or once before: then nothing more is acknowledged.
    pub(crate) async fn wait(&self) -> Result<(), StoreError> {
        let log = &self.0;
        let mine = log.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut served = log.served.lock().await;
        if *served >= mine {
            return Ok(());
        }
        if log.broken.load(Ordering::SeqCst) {
            return Err(Error::other("the disk failed before; restart when it is mended").into());
        }
        let all = log.asked.load(Ordering::SeqCst);
        let path = log.path.clone();
        let done = tokio::task::spawn_blocking(move || flush(&path)).await;
        if let Err(error) = done.unwrap_or_else(|error| Err(Error::other(error))) {
            log.broken.store(true, Ordering::SeqCst);
            return Err(error.into());
        }
        *served = all;
        Ok(())
    }
}

fn flush(path: &Path) -> std::io::Result<()> {
    match std::fs::OpenOptions::new().write(true).open(path) {
        Ok(log) => log.sync_data(),
        // Nothing was ever written.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn many_are_served_by_few_waits_and_a_failed_disk_serves_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let durable = Durable::of(&folder.path().join("a.db"));
        durable.wait().await.unwrap();
        std::fs::write(folder.path().join("a.db-wal"), "log").unwrap();
        let all: Vec<_> = (0..100)
            .map(|_| {
                let durable = durable.clone();
                tokio::spawn(async move { durable.wait().await })
            })
            .collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
        assert_eq!(*durable.0.served.lock().await, 101);
        // A folder is nothing that can be written.
        let broken = Durable::of(&folder.path().join("b.db"));
        std::fs::create_dir(folder.path().join("b.db-wal")).unwrap();
        broken.wait().await.unwrap_err();
        std::fs::remove_dir(folder.path().join("b.db-wal")).unwrap();
        broken.wait().await.unwrap_err();
    }
}
