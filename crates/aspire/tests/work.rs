//! The worker as people run it: inside a server, or as a process of its own.

use kernel::{Clock as _, SystemChance, SystemClock};
use programme::{
    Who, World,
    job::{self, Queue},
};
use std::{
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};
use store::{Db, migrate};

/// A program that does not outlive its test.
struct Running(Child);

impl Running {
    fn start(database: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aspire"));
        command.args(["--database", database]).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ASPIRE_")) {
            command.env_remove(name);
        }
        Self(command.spawn().expect("it starts"))
    }

    /// Asks it to stop, as an init system does; whether it ended well.
    fn stop(mut self) -> bool {
        // It hears signals a moment after it has begun.
        std::thread::sleep(Duration::from_millis(300));
        let asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        assert!(asked.expect("kill").success());
        self.0.wait().expect("it ends").success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn world(address: &str) -> World {
    let db = Db::open(address).await.unwrap();
    migrate::migrate(&db, SystemClock.now()).await.unwrap();
    World::new(db, Arc::new(SystemClock), Arc::new(SystemChance), Arc::new(outside::Http::default()))
}

/// The queue once it is as wanted; waits a while for that.
async fn queue(world: &World, wanted: impl Fn(&Queue) -> bool) -> Queue {
    for _ in 0..600 {
        let queue = job::queue(world, &Who::Console).await.unwrap();
        if wanted(&queue) {
            return queue;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the queue never was as wanted: {:?}", job::queue(world, &Who::Console).await.unwrap());
}

/// What recurs was asked for and has been done.
fn tidied(queue: &Queue) -> bool {
    queue.recurring.iter().any(|one| one.made_at.is_some()) && queue.counts == Default::default()
}

#[tokio::test]
async fn a_worker_of_its_own_works_and_says_goodbye() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("aspire.db").display());
    let world = world(&address).await;
    let worker = Running::start(&address, &["work"]);
    let at_work = queue(&world, |queue| tidied(queue) && queue.workers.len() == 1).await;
    assert!(at_work.somebody_does("mail.tidy"));
    assert!(!at_work.somebody_does("mail.send"), "letters wait for a mail server");
    assert!(worker.stop());
    queue(&world, |queue| queue.workers.is_empty()).await;
}

#[tokio::test]
async fn a_server_has_a_worker_inside_unless_it_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("aspire.db").display());
    let world = world(&address).await;
    let serving = ["serve", "--listen", "127.0.0.1:0"];
    let without = Running::start(&address, &[&serving[..], &["--no-worker"]].concat());
    let with = Running::start(&address, &serving);
    queue(&world, |queue| tidied(queue) && queue.workers.len() == 1).await;
    assert!(with.stop());
    queue(&world, |queue| queue.workers.is_empty()).await;
    assert!(without.stop());
}
