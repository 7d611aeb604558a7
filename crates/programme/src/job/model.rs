//! The queue as a page shows it.

use jobs::{Counts, Job, Worker};
use kernel::Timestamp;
use std::collections::HashMap;

/// Everything about the queue at one moment.
#[derive(Debug, Clone)]
pub struct Queue {
    /// The moment.
    pub now: Timestamp,
    /// How many wait, run and failed.
    pub counts: Counts,
    /// The first of those that wait, the next first.
    pub waiting: Vec<Job>,
    /// Those that a worker is at.
    pub running: Vec<Job>,
    /// The latest of those that failed.
    pub failed: Vec<Job>,
    /// What a job is about, by its id, where there is more to say than its kind.
    pub about: HashMap<i64, String>,
    /// What is done again and again.
    pub recurring: Vec<Recurring>,
    /// Workers that were heard of lately.
    pub workers: Vec<Worker>,
}

/// Something that is done again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// The kind of job.
    pub kind: String,
    /// When it is made next.
    pub next_at: Timestamp,
    /// When it was made last.
    pub made_at: Option<Timestamp>,
}

impl Queue {
    /// Whether a worker that lives does jobs of this kind.
    #[must_use]
    pub fn somebody_does(&self, kind: &str) -> bool {
        self.workers.iter().any(|worker| worker.does.contains(&format!("|{kind}|")))
    }
}
