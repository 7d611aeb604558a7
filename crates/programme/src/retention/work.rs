//! Erasing what is due, as a job that is done once a day; then the database counts what
//! is left.

use super::sweep;
use crate::{World, error::Error};
use jobs::{Doing, Failure, Job, Work};

/// The kind of the job.
pub const SWEEP: &str = "retention.sweep";

/// Erases what is due, and lets the database count.
pub(crate) struct Sweep(pub(crate) World);

impl Work for Sweep {
    fn work<'a>(&'a self, _job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            let swept = async {
                sweep(&self.0).await?;
                self.0.db.tidy().await?;
                Ok::<_, Error>(())
            };
            swept.await.map_err(|error| {
                tracing::error!(%error, "what is due could not be erased, or the tables not be counted");
                Failure::Passing("something went wrong here; the log says what".to_owned())
            })
        })
    }
}
