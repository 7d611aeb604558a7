//! The queue on both databases: nothing asked for is lost, nothing is held twice.

use jiff::SignedDuration;
use jobs::{Doing, Failure, Job, NewJob, Policy, Runner, Work};
use kernel::SeededChance;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use store::{Db, StoreError, Tx, queue};
use testkit::{House, on_both};

/// Does jobs as a test tells it, and counts.
#[derive(Default)]
struct Told {
    done: Mutex<HashMap<i64, usize>>,
    at_it: Mutex<Vec<i64>>,
    twice: AtomicBool,
    gave_up: Mutex<Vec<String>>,
    answers: Mutex<Vec<Failure>>,
    takes: Duration,
    dropped: AtomicUsize,
    panics: AtomicBool,
}

struct Guard<'a>(&'a Told, i64);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.at_it.lock().unwrap().retain(|id| *id != self.1);
        self.0.dropped.fetch_add(1, SeqCst);
    }
}

impl Work for Told {
    fn work<'a>(&'a self, job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            {
                let mut at_it = self.at_it.lock().unwrap();
                if at_it.contains(&job.id) {
                    self.twice.store(true, SeqCst);
                }
                at_it.push(job.id);
            }
            let _guard = Guard(self, job.id);
            tokio::time::sleep(self.takes).await;
            assert!(!self.panics.swap(false, SeqCst), "a fault, as this test wants it");
            if let Some(failure) = self.answers.lock().unwrap().pop() {
                return Err(failure);
            }
            *self.done.lock().unwrap().entry(job.id).or_default() += 1;
            Ok(())
        })
    }

    fn gave_up<'a>(&'a self, _tx: &'a mut Tx, _job: &'a Job, why: &'a str) -> Doing<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.gave_up.lock().unwrap().push(why.to_owned());
            Ok(())
        })
    }
}

const KIND: &str = "test.told";

fn runner_on(db: Db, house: &House, told: &Arc<Told>, policy: Policy, seed: u64) -> Runner {
    Runner::builder(db, house.clock.clone(), Arc::new(SeededChance::of(seed)), house.world.ids.clone())
        .does(KIND, policy, told.clone())
        .build()
}

fn runner(house: &House, told: &Arc<Told>) -> Runner {
    runner_on(house.world.db.clone(), house, told, Policy::BRISK, 1)
}

async fn ask(house: &House, key: Option<&str>) -> i64 {
    let now = house.world.now();
    let mut tx = house.world.db.begin().await.unwrap();
    let new = NewJob { id: house.world.id(), kind: KIND, payload: "{}", key, run_at: now };
    let id = jobs::enqueue(&mut tx, new, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn find(house: &House, id: i64) -> Option<Job> {
    let mut conn = house.world.db.read().await.unwrap();
    jobs::find(&mut conn, id).await.unwrap()
}

/// Takes a job as a worker does, and says nothing more.
async fn taken_by_one_who_dies(house: &House, id: i64) -> Job {
    let now = house.world.now();
    let mut tx = house.world.db.begin().await.unwrap();
    let job = queue::take(&mut tx, id, "one who dies", now + Policy::BRISK.lease, now).await.unwrap();
    tx.commit().await.unwrap();
    job.expect("the job waits")
}

async fn a_job_is_there_exactly_when_its_change_is(house: House) {
    let now = house.world.now();
    let mut tx = house.world.db.begin().await.unwrap();
    let new = NewJob { id: house.world.id(), kind: KIND, payload: "{}", key: None, run_at: now };
    let id = jobs::enqueue(&mut tx, new, now).await.unwrap();
    drop(tx);
    assert_eq!(find(&house, id).await, None);
    let told = Arc::new(Told::default());
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 0);
    let id = ask(&house, None).await;
    assert!(find(&house, id).await.is_some());
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 1);
    assert_eq!(find(&house, id).await, None, "what is done is gone");
    assert_eq!(*told.done.lock().unwrap(), HashMap::from([(id, 1)]));
}

async fn two_nodes_never_hold_one_job(house: House) {
    let told = Arc::new(Told { takes: Duration::from_millis(5), ..Told::default() });
    let mut ids = Vec::new();
    for _ in 0..60 {
        ids.push(ask(&house, None).await);
    }
    let mut nodes = Vec::new();
    for seed in 0..4 {
        let db = Db::open(&house.address).await.unwrap();
        let runner = runner_on(db, &house, &told, Policy::BRISK, seed);
        nodes.push(tokio::spawn(async move { runner.until_idle().await.unwrap() }));
    }
    let mut taken = 0;
    for node in nodes {
        taken += node.await.unwrap();
    }
    assert_eq!(taken, 60);
    assert!(!told.twice.load(SeqCst), "nobody was at a job of another");
    let done = told.done.lock().unwrap();
    assert!(ids.iter().all(|id| done.get(id) == Some(&1)), "{done:?}");
}

async fn a_dead_worker_s_job_is_taken_over(house: House) {
    let told = Arc::new(Told::default());
    let id = ask(&house, None).await;
    let dead = taken_by_one_who_dies(&house, id).await;
    house.wait(Policy::BRISK.lease - SignedDuration::from_secs(1));
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 0, "its lease has not run out");
    house.wait(SignedDuration::from_secs(2));
    let other = taken_by_one_who_dies(&house, id).await;
    assert_eq!((other.attempts, other.lease), (2, 2));
    // The first was only slow, and comes back to say something.
    let mut tx = house.world.db.begin().await.unwrap();
    let now = house.world.now();
    queue::done(&mut tx, &dead, now).await.unwrap();
    assert!(!queue::fail(&mut tx, &dead, "too late", now).await.unwrap());
    assert!(!queue::renew(&mut tx, &dead, now + SignedDuration::from_hours(1)).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(find(&house, id).await, Some(other), "it has nothing more to say");
    house.wait(Policy::BRISK.lease);
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 1);
    assert_eq!(told.done.lock().unwrap()[&id], 1);
}

async fn a_job_that_kills_its_workers_fails_in_the_end(house: House) {
    let told = Arc::new(Told::default());
    let id = ask(&house, None).await;
    for _ in 0..Policy::BRISK.tries {
        taken_by_one_who_dies(&house, id).await;
        house.wait(Policy::BRISK.lease);
    }
    runner(&house, &told).until_idle().await.unwrap();
    let job = find(&house, id).await.unwrap();
    assert!(job.failed && job.last_error.unwrap().contains("stopped"));
    assert!(told.done.lock().unwrap().is_empty());
    assert_eq!(told.gave_up.lock().unwrap().len(), 1);
}

async fn what_fails_is_tried_again_later_and_later_and_fails_in_the_end(house: House) {
    let told = Arc::new(Told::default());
    let passing = Failure::Passing("the server is busy".to_owned());
    *told.answers.lock().unwrap() = vec![passing; 10];
    let id = ask(&house, None).await;
    let runner = runner(&house, &told);
    let mut pauses = Vec::new();
    for attempt in 1..Policy::BRISK.tries {
        assert_eq!(runner.until_idle().await.unwrap(), 1);
        assert_eq!(runner.until_idle().await.unwrap(), 0, "not before its time");
        let job = find(&house, id).await.unwrap();
        assert_eq!((job.failed, job.attempts, job.last_error.as_deref()), (false, attempt, Some("the server is busy")));
        assert_eq!(job.leased_until, None);
        let pause = job.run_at.duration_since(house.world.now());
        house.wait(pause);
        pauses.push(pause);
    }
    assert!(pauses.windows(2).all(|two| two[0] < two[1]), "{pauses:?}");
    runner.until_idle().await.unwrap();
    let job = find(&house, id).await.unwrap();
    assert!(job.failed && job.failed_at == Some(house.world.now()));
    assert_eq!(*told.gave_up.lock().unwrap(), ["the server is busy"]);
    house.wait(SignedDuration::from_hours(100));
    assert_eq!(runner.until_idle().await.unwrap(), 0, "it waits for somebody to look");

    told.answers.lock().unwrap().clear();
    let mut tx = house.world.db.begin().await.unwrap();
    assert!(jobs::try_again(&mut tx, id, house.world.now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(runner.until_idle().await.unwrap(), 1);
    assert_eq!(find(&house, id).await, None);
}

async fn a_final_failure_is_not_tried_again_and_a_fault_is(house: House) {
    let told = Arc::new(Told::default());
    told.answers.lock().unwrap().push(Failure::Final("there is no such thing".to_owned()));
    let runner = runner(&house, &told);
    let id = ask(&house, None).await;
    runner.until_idle().await.unwrap();
    let job = find(&house, id).await.unwrap();
    assert!(job.failed && job.attempts == 1);
    told.panics.store(true, SeqCst);
    let id = ask(&house, None).await;
    runner.until_idle().await.unwrap();
    let job = find(&house, id).await.unwrap();
    assert!(!job.failed && job.last_error.unwrap().contains("a fault in Aspire"));
    house.wait(SignedDuration::from_mins(1));
    runner.until_idle().await.unwrap();
    assert_eq!(told.done.lock().unwrap()[&id], 1);
}

async fn of_one_key_there_is_one_job(house: House) {
    let told = Arc::new(Told::default());
    let first = ask(&house, Some("a")).await;
    assert_eq!(ask(&house, Some("a")).await, first, "it waits already");
    assert_ne!(ask(&house, Some("b")).await, first);
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 2);

    // Asked for while it runs: done once more, for what it read may be old.
    let id = ask(&house, Some("a")).await;
    let running = taken_by_one_who_dies(&house, id).await;
    assert_eq!(ask(&house, Some("a")).await, id);
    let mut tx = house.world.db.begin().await.unwrap();
    queue::done(&mut tx, &running, house.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 1);
    assert_eq!(find(&house, id).await, None);

    // Asked for after it failed: tried afresh.
    told.answers.lock().unwrap().push(Failure::Final("no".to_owned()));
    let id = ask(&house, Some("a")).await;
    runner(&house, &told).until_idle().await.unwrap();
    assert!(find(&house, id).await.unwrap().failed);
    assert_eq!(ask(&house, Some("a")).await, id);
    assert_eq!(runner(&house, &told).until_idle().await.unwrap(), 1);
    assert_eq!(find(&house, id).await, None);
}

async fn a_recurring_job_is_made_once_however_many_nodes_there_are(house: House) {
    let told = Arc::new(Told::default());
    let day = SignedDuration::from_hours(24);
    let mut nodes = Vec::new();
    for seed in 0..4 {
        let db = Db::open(&house.address).await.unwrap();
        let builder =
            Runner::builder(db, house.clock.clone(), Arc::new(SeededChance::of(seed)), house.world.ids.clone());
        nodes.push(builder.does(KIND, Policy::BRISK, told.clone()).every(KIND, day).build());
    }
    for days in 1..=3 {
        let together: Vec<_> =
            nodes.iter().cloned().map(|node| tokio::spawn(async move { node.until_idle().await.unwrap() })).collect();
        for one in together {
            one.await.unwrap();
        }
        assert_eq!(told.done.lock().unwrap().len(), days, "one a day");
        house.wait(day);
    }
}

async fn a_worker_that_is_asked_to_stop_finishes_what_it_took(house: House) {
    let told = Arc::new(Told { takes: Duration::from_millis(300), ..Told::default() });
    let id = ask(&house, None).await;
    let runner = runner(&house, &told);
    let begun = async {
        while told.at_it.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let mut conn = house.world.db.read().await.unwrap();
        assert_eq!(jobs::workers(&mut conn).await.unwrap().len(), 1);
        drop(conn);
    };
    runner.run(begun).await;
    assert_eq!(told.done.lock().unwrap()[&id], 1);
    assert_eq!(find(&house, id).await, None);
    let later = ask(&house, None).await;
    assert!(find(&house, later).await.is_some());
    let mut conn = house.world.db.read().await.unwrap();
    assert!(jobs::workers(&mut conn).await.unwrap().is_empty(), "it said that it leaves");
}

async fn a_worker_stops_even_while_somebody_else_holds_the_database(house: House) {
    let told = Arc::new(Told::default());
    let held = house.world.db.begin().await.unwrap();
    let asked = tokio::time::sleep(Duration::from_millis(50));
    let runner = runner(&house, &told);
    let stopped = tokio::time::timeout(Duration::from_secs(20), runner.run(asked)).await;
    assert!(stopped.is_ok(), "as an import holds it, for minutes");
    drop(held);
}

async fn a_long_job_is_held_until_its_lease_is_lost(house: House) {
    let told = Arc::new(Told { takes: Duration::from_secs(60), ..Told::default() });
    let lease = SignedDuration::from_millis(150);
    let runner = runner_on(house.world.db.clone(), &house, &told, Policy { lease, ..Policy::BRISK }, 1);
    let id = ask(&house, None).await;
    let working = tokio::spawn(async move { runner.until_idle().await.unwrap() });
    let until = async |what: &str, holds: &dyn Fn(&Job) -> bool| {
        for _ in 0..1_000 {
            if find(&house, id).await.is_some_and(|job| holds(&job)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{what} never came");
    };
    until("the lease", &|job| job.leased_until.is_some()).await;
    // The clock stands until we move it; its lease is renewed by it.
    house.wait(lease / 2);
    let renewed = house.world.now() + lease;
    until("the renewal", &|job| job.leased_until == Some(renewed)).await;
    assert_eq!(told.dropped.load(SeqCst), 0);
    // It sleeps through the end of its lease, and another takes the job.
    loop {
        house.wait(lease * 2);
        let now = house.world.now();
        let mut tx = house.world.db.begin().await.unwrap();
        let taken = queue::take(&mut tx, id, "another", now + SignedDuration::from_hours(1), now).await.unwrap();
        tx.commit().await.unwrap();
        if taken.is_some() {
            break;
        }
    }
    tokio::time::timeout(Duration::from_secs(10), working).await.expect("it lets go").unwrap();
    assert_eq!(told.dropped.load(SeqCst), 1);
    assert_eq!(find(&house, id).await.unwrap().leased_by.as_deref(), Some("another"));
}

on_both! {
    a_job_is_there_exactly_when_its_change_is
    two_nodes_never_hold_one_job
    a_dead_worker_s_job_is_taken_over
    a_job_that_kills_its_workers_fails_in_the_end
    what_fails_is_tried_again_later_and_later_and_fails_in_the_end
    a_final_failure_is_not_tried_again_and_a_fault_is
    of_one_key_there_is_one_job
    a_recurring_job_is_made_once_however_many_nodes_there_are
    a_worker_that_is_asked_to_stop_finishes_what_it_took
    a_worker_stops_even_while_somebody_else_holds_the_database
    a_long_job_is_held_until_its_lease_is_lost
}
