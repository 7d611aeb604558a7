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
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// The log of an SQLite file.
#[derive(Debug, Clone)]
pub struct Durable(Arc<Log>);

#[derive(Debug)]
struct Log {
    path: PathBuf,
    turns: Mutex<Turns>,
    /// The disk was waited for once more.
    done: Notify,
}

#[derive(Debug, Default)]
struct Turns {
    /// How many have asked.
    asked: u64,
    /// How many of them are served.
    served: u64,
    /// A thread waits for the disk.
    at_work: bool,
    /// Why the disk failed. What it holds since nobody knows.
    broken: Option<String>,
}

impl Durable {
    pub(crate) fn of(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Self(Arc::new(Log { path: path.into(), turns: Mutex::default(), done: Notify::new() }))
    }

    /// Returns when what was committed before is on the disk. Those who come
    /// while the disk is waited for are served together by the next turn, and
    /// woken together.
    ///
    /// # Errors
    /// The disk failed, now or once before: then nothing more is acknowledged.
    pub(crate) async fn wait(&self) -> Result<(), StoreError> {
        let log = &self.0;
        let mine = {
            let mut turns = log.turns();
            turns.asked += 1;
            turns.asked
        };
        loop {
            let mut done = pin!(log.done.notified());
            // A turn that ends from here on is heard of.
            done.as_mut().enable();
            {
                let mut turns = log.turns();
                if turns.served >= mine {
                    return Ok(());
                }
                if let Some(why) = &turns.broken {
                    return Err(Error::other(format!("the disk failed: {why}; restart when it is mended")).into());
                }
                if !turns.at_work {
                    turns.at_work = true;
                    let log = log.clone();
                    // Not ours to end: whoever asked may be gone before the disk answers.
                    tokio::task::spawn_blocking(move || log.work());
                }
            }
            done.await;
        }
    }
}

impl Log {
    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the disk until all who asked are served.
    fn work(&self) {
        loop {
            let all = {
                let mut turns = self.turns();
                if turns.served == turns.asked || turns.broken.is_some() {
                    turns.at_work = false;
                    return;
                }
                turns.asked
            };
            let flushed = flush(&self.path);
            {
                let mut turns = self.turns();
                match flushed {
                    Ok(()) => turns.served = all,
                    Err(error) => turns.broken = Some(error.to_string()),
                }
            }
            self.done.notify_waiters();
        }
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
        assert_eq!(durable.0.turns().served, 101);
        // Who gives up while the disk is waited for holds up nobody.
        let given_up = tokio::spawn({
            let durable = durable.clone();
            async move { durable.wait().await }
        });
        tokio::task::yield_now().await;
        given_up.abort();
        durable.wait().await.unwrap();
        assert_eq!(durable.0.turns().served, 103);
        // A folder is nothing that can be written.
        let broken = Durable::of(&folder.path().join("b.db"));
        std::fs::create_dir(folder.path().join("b.db-wal")).unwrap();
        broken.wait().await.unwrap_err();
        std::fs::remove_dir(folder.path().join("b.db-wal")).unwrap();
        broken.wait().await.unwrap_err();
    }
}
