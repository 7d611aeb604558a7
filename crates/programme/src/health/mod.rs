//! How this installation is: versions, storage, what it holds.

mod access;
mod store;

pub use access::SEE;

use crate::{Who, World, error::Result, job, mail};
use ::store::{Kind, migrate, queue::Counts, size};
use kernel::Timestamp;

/// How this installation is, at one moment.
#[derive(Debug, Clone)]
pub struct Health {
    /// When it was looked at.
    pub now: Timestamp,
    /// The program's version.
    pub program: &'static str,
    /// The schema's version, in the database and as the program knows it.
    pub schema: (i64, i64),
    /// The database's version, in its own words.
    pub database: String,
    /// What database it is.
    pub kind: Kind,
    /// Bytes that the database takes.
    pub bytes: u64,
    /// Schools in the public record.
    pub schools: usize,
    /// Inspections in the public record.
    pub inspections: usize,
    /// Accounts that are open.
    pub people: u64,
    /// Sessions that stand.
    pub sessions: u64,
    /// Schools, programmes and other organisations that work here.
    pub organisations: u64,
    /// Rows of the audit.
    pub changes: u64,
    /// The last import that brought something, where there was one.
    pub last_import: Option<Timestamp>,
    /// Jobs by state.
    pub jobs: Counts,
    /// Workers that have spoken lately.
    pub workers: usize,
    /// Letters that wait, and that failed.
    pub letters: (u64, u64),
    /// A mail server is set up.
    pub mail: bool,
}

/// How this installation is.
///
/// # Errors
/// Without leave, or the database.
pub async fn health(world: &World, who: &Who) -> Result<Health> {
    let leave = access::see(who)?;
    let record = world.record().await?;
    let queue = job::queue(world, who).await?;
    let outbox = mail::outbox(world, who).await?;
    let mut conn = world.db.read().await?;
    let counts = store::counts(&mut conn, &leave, world.now()).await?;
    Ok(Health {
        now: world.now(),
        program: env!("CARGO_PKG_VERSION"),
        schema: (migrate::version(&mut conn).await?, migrate::newest()),
        database: size::version(&mut conn).await?,
        kind: world.db.kind(),
        bytes: size::bytes(&mut conn).await?,
        schools: record.len(),
        inspections: record.inspections(),
        people: counts.people,
        sessions: counts.sessions,
        organisations: counts.organisations,
        changes: counts.changes,
        last_import: counts.last_import,
        jobs: queue.counts,
        workers: queue.workers.len(),
        letters: (outbox.waits, outbox.failed),
        mail: mail::is_set_up(world),
    })
}
