//! What one can do with the queue.

use super::{
    access::{self, MayDecide},
    model::{Queue, Recurring},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    mail,
};
use ::store::Tx;
use jiff::SignedDuration;
use jobs::Job;
use serde_json::json;

/// How many jobs of each state are shown.
const MOST_SHOWN: i64 = 100;

/// A worker that was silent for longer is not counted on: it speaks twice a minute.
const SILENT: SignedDuration = SignedDuration::from_mins(2);

/// The queue at this moment.
///
/// # Errors
/// Without leave, or the database.
pub async fn queue(world: &World, who: &Who) -> Result<Queue> {
    access::see(who)?;
    let now = world.now();
    let mut conn = world.db.snapshot().await?;
    let mut workers = jobs::workers(&mut conn).await?;
    workers.retain(|worker| now.duration_since(worker.seen_at) <= SILENT);
    let planned = jobs::planned(&mut conn).await?;
    let waiting = jobs::waiting(&mut conn, now, MOST_SHOWN).await?;
    let running = jobs::held(&mut conn, now, MOST_SHOWN).await?;
    let failed = jobs::failed(&mut conn, MOST_SHOWN).await?;
    let shown: Vec<&Job> = waiting.iter().chain(&running).chain(&failed).collect();
    let about = mail::about(&mut conn, &shown).await?;
    let counts = jobs::counts(&mut conn, now).await?;
    let recurring = planned.into_iter().map(|(kind, next_at, made_at)| Recurring { kind, next_at, made_at }).collect();
    Ok(Queue { now, counts, waiting, running, failed, about, recurring, workers })
}

/// Lets a job that failed, or that waits for its next try, be tried at once.
///
/// # Errors
/// Without leave; [`Error::NotFound`] where there is none; [`Error::Changed`]
/// where a worker is at it; or the database.
pub async fn try_again(world: &World, who: &Who, id: i64) -> Result<()> {
    let leave = access::decide(who)?;
    let mut tx = world.db.begin().await?;
    let job = jobs::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if !jobs::try_again(&mut tx, id, world.now()).await? {
        return Err(Error::Changed);
    }
    note(world, &mut tx, &leave, "try a job again", &job).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a job out of the queue; what it should have done is not done.
///
/// # Errors
/// As [`try_again`].
pub async fn give_up(world: &World, who: &Who, id: i64) -> Result<()> {
    let leave = access::decide(who)?;
    let mut tx = world.db.begin().await?;
    let job = jobs::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if !jobs::give_up(&mut tx, id, world.now()).await? {
        return Err(Error::Changed);
    }
    if job.kind == mail::SEND {
        mail::given_up(world, &mut tx, &job.payload).await?;
    }
    note(world, &mut tx, &leave, "give a job up", &job).await?;
    tx.commit().await?;
    Ok(())
}

async fn note(world: &World, tx: &mut Tx, leave: &MayDecide, what: &str, job: &Job) -> Result<()> {
    let before = json!({
        "kind": job.kind, "payload": job.payload, "failed": job.failed, "attempts": job.attempts,
        "last_error": job.last_error,
    });
    let entry = Entry::of(what, "job", job.id).before(before);
    Ok(audit::record(world, tx, &leave.0.by, entry).await?)
}
