//! The queue: what is to be done soon, again and again until it succeeded.
//!
//! - [`enqueue`] asks for a job in the caller's transaction: the job is there
//!   exactly when the change is that wants it.
//! - A [`Runner`] takes jobs under a lease, does them, several at once, and
//!   says how it went. A worker that dies says nothing; when its lease runs
//!   out, another takes the job.
//! - What fails for the moment is tried again, later each time
//!   ([`Policy::pause`]); what fails for good, or too often, stays as failed
//!   until somebody looks at it.
//! - A recurring job ([`Runner::every`]) is made once, however many nodes there are.
//!
//! A job is done at least once: a worker can die between doing and saying so.
//! So a job has to bear being done twice. Leases compare the clocks of nodes;
//! these have to agree to well within a lease.

mod policy;
mod runner;

pub use policy::Policy;
pub use runner::{AT_ONCE, Builder, Runner};
pub use store::queue::{Counts, Job, NewJob, Planned, Worker, counts, failed, find, held, planned, waiting, workers};

use kernel::Timestamp;
use std::pin::Pin;
use store::{StoreError, Tx, queue};

/// Something that is being done.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Does the jobs of one kind.
pub trait Work: Send + Sync {
    /// Does a job. It has to bear being done twice.
    fn work<'a>(&'a self, job: &'a Job) -> Doing<'a, Result<(), Failure>>;

    /// Notes, in the transaction that marks the job as failed, that it will not
    /// be tried again by itself.
    fn gave_up<'a>(&'a self, tx: &'a mut Tx, job: &'a Job, why: &'a str) -> Doing<'a, Result<(), StoreError>> {
        let _ = (tx, job, why);
        Box::pin(async { Ok(()) })
    }
}

/// Why a job was not done, as a sentence for whoever keeps this Aspire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It may succeed later.
    Passing(String),
    /// It never will.
    Final(String),
}

/// Asks for a job, in the caller's transaction; the id of the job that stands
/// for it. Where one of the same kind and key waits already, nothing is added;
/// where it is being done, it is done once more afterwards; where it failed, it
/// is tried afresh.
///
/// # Errors
/// The database said no.
pub async fn enqueue(tx: &mut Tx, new: NewJob<'_>, now: Timestamp) -> Result<i64, StoreError> {
    queue::insert(tx, new, now).await
}

/// Lets a job be tried afresh at once; false where a worker is at it or it is gone.
///
/// # Errors
/// The database said no.
pub async fn try_again(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    queue::revive(tx, id, now).await
}

/// Takes a job out of the queue; false where a worker is at it or it is gone.
///
/// # Errors
/// The database said no.
pub async fn give_up(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    queue::remove(tx, id, now).await
}
