//! Imports that run while somebody watches.

use super::{
    access, import,
    model::{ImportOrder, ImportRun, Outcome, RunState},
    store,
};
use crate::{
    Who, World,
    error::{Error, Result},
};
use tempfile::TempPath;

/// Starts an import of a file that was given to us; the run's id. `kept`, the
/// copy of the file, goes away when the run has ended.
///
/// # Errors
/// Without leave, or the database.
pub async fn start(world: &World, who: &Who, order: ImportOrder, kept: TempPath) -> Result<i64> {
    let leave = access::import(who)?;
    let bytes = std::fs::metadata(&order.path).map_or(0, |file| file.len());
    let id = world.id();
    let mut tx = world.db.begin().await?;
    store::insert_run(&mut tx, &leave, id, &order.file_name, bytes, world.now(), &leave.0.by.name).await?;
    tx.commit().await?;
    let (world, who) = (world.clone(), who.clone());
    tokio::spawn(async move {
        let watched = |done, total| world.shelf.set_progress(id, Some((done, total)));
        let (state, outcome) = match import(&world, &who, &order, &watched).await {
            Ok(report) if report.refused() => (RunState::Refused, Outcome::Report(Box::new(report))),
            Ok(report) => (RunState::Done, Outcome::Report(Box::new(report))),
            Err(Error::BadFile { why, .. }) => (RunState::Refused, Outcome::Refused(why)),
            Err(error) => {
                tracing::error!(%error, "an import failed");
                (RunState::Refused, Outcome::Refused("something went wrong here; nothing was changed".to_owned()))
            }
        };
        if let Err(error) = finish(&world, &who, id, state, &outcome).await {
            tracing::error!(%error, "the end of an import could not be noted");
        }
        world.shelf.set_progress(id, None);
        drop(kept);
    });
    Ok(id)
}

async fn finish(world: &World, who: &Who, id: i64, state: RunState, outcome: &Outcome) -> Result<()> {
    let leave = access::import(who)?;
    let mut tx = world.db.begin().await?;
    store::finish_run(&mut tx, &leave, id, state, outcome, world.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The last hundred imports, the latest first.
///
/// # Errors
/// The database.
pub async fn runs(world: &World) -> Result<Vec<ImportRun>> {
    let mut conn = world.db.read().await?;
    store::runs(&mut conn).await
}

/// One import, with how far it is.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn run(world: &World, id: i64) -> Result<ImportRun> {
    let mut conn = world.db.read().await?;
    let mut run = store::run(&mut conn, id).await?.ok_or(Error::NotFound)?;
    if let Some((done, total)) = world.shelf.progress(id) {
        run.bytes_done = i64::try_from(done).unwrap_or(i64::MAX);
        run.bytes_total = i64::try_from(total).unwrap_or(i64::MAX);
    }
    Ok(run)
}

/// Marks imports that an earlier process did not end; call it once at start,
/// where this is the only node. What they had done was not committed.
///
/// # Errors
/// The database.
pub async fn end_interrupted(world: &World) -> Result<u64> {
    let mut tx = world.db.begin().await?;
    let ended = store::end_interrupted(&mut tx, world.now()).await?;
    tx.commit().await?;
    Ok(ended)
}
