//! Erasing what is due, as a job that is done once a day.

use super::sweep;
use crate::World;
use jobs::{Doing, Failure, Job, Work};

/// The kind of the job.
pub const SWEEP: &str = "retention.sweep";

/// Erases what is due.
pub(crate) struct Sweep(pub(crate) World);

impl Work for Sweep {
    fn work<'a>(&'a self, _job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            match sweep(&self.0).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    tracing::error!(%error, "what is due could not be erased");
                    Err(Failure::Passing("something went wrong here; the log says what".to_owned()))
                }
            }
        })
    }
}
