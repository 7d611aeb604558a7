//! The real world around the actions.

use crate::say::Why;
use kernel::{Clock as _, SystemChance, SystemClock};
use programme::World;
use std::sync::Arc;
use store::{Db, migrate};

/// Opens the database, moves its schema forward, and puts the world around it.
pub(crate) async fn open(database: &str) -> Result<World, Why> {
    let db = Db::open(database).await?;
    migrate::migrate(&db, SystemClock.now()).await?;
    Ok(World::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemChance),
        Arc::new(outside::Http::default()),
    ))
}
