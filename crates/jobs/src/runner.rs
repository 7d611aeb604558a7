//! Whoever works off the queue.

use crate::{Failure, Policy, Work};
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use kernel::{Chance, Clock, Timestamp};
use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{
    Db, Ids, StoreError,
    queue::{self, Job, NewJob, Worker},
};
use tokio::{task::JoinSet, time::sleep};

/// How many jobs a worker does at once.
pub const AT_ONCE: usize = 4;

/// Between two looks into the queue.
const LOOK: Duration = Duration::from_secs(1);

/// Between two looks while the database does not answer.
const TROUBLE: Duration = Duration::from_secs(5);

/// How long a look and a goodbye may take after we were asked to stop: somebody
/// else may hold the database for long.
const HURRY: Duration = Duration::from_secs(2);

/// How long what was taken may go on after we were asked to stop.
const GRACE: Duration = Duration::from_secs(30);

/// Between two signs of life.
const BEAT: SignedDuration = SignedDuration::from_secs(30);

/// A worker that was silent for so long is gone.
const GONE: SignedDuration = SignedDuration::from_hours(24);

struct Kind {
    name: &'static str,
    policy: Policy,
    work: Arc<dyn Work>,
}

/// Takes jobs of the kinds it knows and does them. Cheap to clone.
#[derive(Clone)]
pub struct Runner(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    ids: Arc<Ids>,
    name: String,
    started_at: Timestamp,
    kinds: Vec<Kind>,
    every: Vec<(&'static str, SignedDuration)>,
    beaten: Mutex<Option<Timestamp>>,
}

/// What a runner will do, while it is being put together.
pub struct Builder(Inner);

impl Builder {
    /// Does jobs of this kind. Names are small letters and dots.
    #[must_use]
    pub fn does(mut self, name: &'static str, policy: Policy, work: Arc<dyn Work>) -> Self {
        debug_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.'), "{name}");
        self.0.kinds.push(Kind { name, policy, work });
        self
    }

    /// Makes a job of this kind once in each period, whichever node comes first.
    #[must_use]
    pub fn every(mut self, kind: &'static str, period: SignedDuration) -> Self {
        self.0.every.push((kind, period));
        self
    }

    /// The runner.
    #[must_use]
    pub fn build(self) -> Runner {
        Runner(Arc::new(self.0))
    }
}

impl Runner {
    /// A runner with a name of its own that does nothing yet.
    #[must_use]
    pub fn builder(db: Db, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, ids: Arc<Ids>) -> Builder {
        let mut bytes = [0_u8; 8];
        chance.fill(&mut bytes);
        let name = format!("worker-{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        let started_at = clock.now();
        let (kinds, every, beaten) = (Vec::new(), Vec::new(), Mutex::new(None));
        Builder(Inner { db, clock, chance, ids, name, started_at, kinds, every, beaten })
    }

    /// Works until `stop` is done; what was taken by then is brought to its
    /// end, unless that takes longer than half a minute.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut running = JoinSet::new();
        loop {
            let looked = {
                let look = self.look(&mut running);
                tokio::pin!(look);
                tokio::select! {
                    looked = &mut look => looked,
                    () = &mut stop => {
                        // What it is about to take is not to be left lying.
                        let _ = tokio::time::timeout(HURRY, look).await;
                        break;
                    }
                }
            };
            let pause = match looked {
                Ok(_) => LOOK,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read");
                    TROUBLE
                }
            };
            tokio::select! {
                () = &mut stop => break,
                Some(_) = running.join_next() => {}
                () = sleep(pause) => {}
            }
        }
        let ended = tokio::time::timeout(GRACE, async { while running.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            // Their leases run out, and others take them.
            tracing::warn!(jobs = running.len(), "stopped before all jobs had come to their end");
        }
        match tokio::time::timeout(HURRY, self.leave()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a worker could not say that it leaves"),
            Err(_) => tracing::warn!("a worker left without a word, since the database is busy"),
        }
    }

    /// Does everything that is due now, and what becomes due by it; how many
    /// jobs it took.
    ///
    /// # Errors
    /// The database said no.
    pub async fn until_idle(&self) -> Result<usize, StoreError> {
        let mut running = JoinSet::new();
        let mut taken = 0;
        loop {
            taken += self.look(&mut running).await?;
            if running.join_next().await.is_none() {
                return Ok(taken);
            }
        }
    }

    /// Says that it is there, makes recurring jobs, and takes what is due; how
    /// many jobs it took.
    async fn look(&self, running: &mut JoinSet<()>) -> Result<usize, StoreError> {
        let now = self.0.clock.now();
        self.beat(now).await?;
        self.make_recurring(now).await?;
        // Ended tasks count until they are joined.
        while running.try_join_next().is_some() {}
        let free = AT_ONCE.saturating_sub(running.len());
        if free == 0 {
            return Ok(0);
        }
        let due = {
            let mut conn = self.0.db.read().await?;
            queue::due(&mut conn, &self.0.does(), free, now).await?
        };
        let mut taken = 0;
        for (id, name) in due {
            let Some(at) = self.0.kinds.iter().position(|kind| kind.name == name) else { continue };
            let mut tx = self.0.db.begin().await?;
            let until = now + self.0.kinds[at].policy.lease;
            let job = queue::take(&mut tx, id, &self.0.name, until, now).await?;
            tx.commit().await?;
            if let Some(job) = job {
                let runner = self.clone();
                running.spawn(async move { runner.carry_out(&runner.0.kinds[at], job).await });
                taken += 1;
            }
        }
        Ok(taken)
    }

    /// Does one job and says how it went.
    async fn carry_out(&self, kind: &Kind, job: Job) {
        let outcome = if job.attempts > kind.policy.tries {
            // It was taken as often as it may be, and never came to an end.
            Err(Failure::Final(job.last_error.clone().unwrap_or_else(|| "each worker that tried stopped".to_owned())))
        } else {
            tokio::select! {
                done = AssertUnwindSafe(kind.work.work(&job)).catch_unwind() => done.unwrap_or_else(|_| {
                    Err(Failure::Passing("a fault in Aspire stopped it; the log says more".to_owned()))
                }),
                () = self.hold(&job, kind.policy.lease) => {
                    tracing::warn!(job = job.id, kind = kind.name, "a lease was lost");
                    return;
                }
            }
        };
        let mut pause = Duration::from_secs(1);
        // The database may be busy for a while: what was done should not be done again for that.
        for _ in 0..6 {
            match self.settle(kind, &job, &outcome).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(job = job.id, kind = kind.name, %error, "a job's end could not be noted"),
            }
            sleep(pause).await;
            pause *= 2;
        }
    }

    /// Says again and again that we are at it; returns when we no longer are.
    async fn hold(&self, job: &Job, lease: SignedDuration) {
        loop {
            sleep(lease.unsigned_abs() / 3).await;
            let renewed = async {
                let mut tx = self.0.db.begin().await?;
                let ours = queue::renew(&mut tx, job, self.0.clock.now() + lease).await?;
                tx.commit().await?;
                Ok::<bool, StoreError>(ours)
            };
            match renewed.await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(job = job.id, %error, "a lease could not be renewed"),
            }
        }
    }

    async fn settle(&self, kind: &Kind, job: &Job, outcome: &Result<(), Failure>) -> Result<(), StoreError> {
        let now = self.0.clock.now();
        let mut tx = self.0.db.begin().await?;
        match outcome {
            Ok(()) => queue::done(&mut tx, job, now).await?,
            Err(Failure::Passing(why)) if job.attempts < kind.policy.tries => {
                let pause = kind.policy.pause(job.attempts, self.0.chance.as_ref());
                queue::retry(&mut tx, job, now + pause, why).await?;
                tracing::info!(job = job.id, kind = kind.name, attempt = job.attempts, "a job will be tried again");
            }
            Err(Failure::Passing(why) | Failure::Final(why)) => {
                if queue::fail(&mut tx, job, why, now).await? {
                    kind.work.gave_up(&mut tx, job, why).await?;
                }
                tracing::warn!(job = job.id, kind = kind.name, attempt = job.attempts, "a job failed");
            }
        }
        tx.commit().await
    }

    async fn make_recurring(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.0.every.is_empty() {
            return Ok(());
        }
        let planned = {
            let mut conn = self.0.db.read().await?;
            queue::planned(&mut conn).await?
        };
        for (kind, period) in &self.0.every {
            let next = planned.iter().find(|(planned, ..)| planned == kind).map(|(_, next_at, _)| *next_at);
            if next.is_some_and(|next| next > now) {
                continue;
            }
            let mut tx = self.0.db.begin().await?;
            queue::plan(&mut tx, kind, now).await?;
            if queue::move_on(&mut tx, kind, now, now + *period).await? {
                let id = self.0.ids.next(now);
                let job = NewJob { id, kind, payload: "{}", key: Some("recurring"), run_at: now };
                queue::insert(&mut tx, job, now).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn beat(&self, now: Timestamp) -> Result<(), StoreError> {
        let last = *self.0.beaten.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| now.duration_since(last) < BEAT) {
            return Ok(());
        }
        let name = self.0.name.clone();
        let worker = Worker { name, does: self.0.does(), started_at: self.0.started_at, seen_at: now };
        let mut tx = self.0.db.begin().await?;
        queue::beat(&mut tx, &worker).await?;
        tx.commit().await?;
        *self.0.beaten.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        Ok(())
    }

    async fn leave(&self) -> Result<(), StoreError> {
        let mut tx = self.0.db.begin().await?;
        queue::leave(&mut tx, &self.0.name, self.0.clock.now() - GONE).await?;
        tx.commit().await
    }
}

impl Inner {
    /// The kinds, each between bars.
    fn does(&self) -> String {
        self.kinds.iter().fold("|".to_owned(), |text, kind| text + kind.name + "|")
    }
}
