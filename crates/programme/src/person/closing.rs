//! Accounts close when nobody needs them any more.

use super::{access, limits, store};
use crate::{
    World,
    audit::{self, Entry},
    digest,
    error::Result,
};
use ::store::Tx;
use jiff::{SignedDuration, Span};
use jobs::{Doing, Failure, Job, Work};

/// The kind of the job.
pub const CLOSE: &str = "person.close";

/// Days after the last role ended until an account closes.
pub const DAYS: i64 = 90;

/// Closes the accounts of those whose last role ended 90 days ago, and of those
/// who were made then and never held one; how many. What they did stays in the
/// records, with their name; nothing opens the account any more, and its address
/// may be used anew.
///
/// # Errors
/// The database; accounts closed before stay closed.
pub async fn close_idle(world: &World) -> Result<usize> {
    let leave = access::close_by_the_clock();
    let now = world.now();
    let before = now - SignedDuration::from_hours(24 * DAYS);
    let day = world.clock.today().saturating_sub(Span::new().days(DAYS));
    let mut conn = world.db.read().await?;
    let idle = store::people::idle(&mut conn, before, day).await?;
    drop(conn);
    for person in &idle {
        let mut tx = world.db.begin().await?;
        close(world, &mut tx, &leave, *person).await?;
        tx.commit().await?;
    }
    let mut tx = world.db.begin().await?;
    limits::forget_old(world, &mut tx).await?;
    tx.commit().await?;
    Ok(idle.len())
}

/// Closes one account.
pub(super) async fn close(world: &World, tx: &mut Tx, leave: &access::MayClose, person: i64) -> Result<()> {
    let now = world.now();
    store::people::close(tx, leave, person, now).await?;
    store::sessions::end_others(tx, person, 0).await?;
    store::half::end_of(tx, person, now).await?;
    store::people::end_links(tx, person, now).await?;
    store::apps::end(tx, person).await?;
    store::apps::end_codes(tx, person).await?;
    store::passkeys::end_all(tx, person).await?;
    store::tokens::end_all(tx, person).await?;
    store::feeds::end(tx, person).await?;
    digest::forget(tx, person).await?;
    Ok(audit::record(world, tx, &leave.0, Entry::of("close an account", "person", person)).await?)
}

/// Closes accounts, once a day.
pub(crate) struct Close(pub(crate) World);

impl Work for Close {
    fn work<'a>(&'a self, _job: &'a Job) -> Doing<'a, Result<(), Failure>> {
        Box::pin(async move {
            match close_idle(&self.0).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    tracing::error!(%error, "accounts could not be closed");
                    Err(Failure::Passing("something went wrong here; the log says what".to_owned()))
                }
            }
        })
    }
}
