//! `aspire backup` and `aspire restore`.

use crate::{
    say::{self, Why},
    world,
};
use kernel::{Clock as _, SystemClock, words::figures};
use std::{
    fs::{self, File},
    io,
    path::Path,
};
use store::Db;

/// Writes a backup. The file appears under its name only when it is whole.
pub(crate) async fn backup(database: &str, file: &Path) -> Result<(), Why> {
    if file.exists() {
        return Err(format!("{} exists already; a backup is never written over another", file.display()).into());
    }
    let world = world::open(database).await?;
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = Path::new(&unfinished);
    let out = store::private::create_new(unfinished)?;
    let written = async {
        let rows = store::backup::backup(&world.db, &out, world.now()).await?;
        out.sync_all()?;
        fs::rename(unfinished, file)?;
        Ok::<u64, Why>(rows)
    }
    .await;
    if written.is_err() {
        let _ = fs::remove_file(unfinished);
    }
    let rows = written?;
    say::line(&format!("{} rows written to {}", figures(rows), file.display()));
    Ok(())
}

/// Restores a backup into an empty database.
pub(crate) async fn restore(database: &str, file: &Path) -> Result<(), Why> {
    let backup = File::open(file).map_err(|error: io::Error| format!("{}: {error}", file.display()))?;
    let db = Db::open(database).await?;
    let rows = store::backup::restore(&db, backup, SystemClock.now()).await?;
    db.close().await;
    say::line(&format!("{} rows restored from {}", figures(rows), file.display()));
    Ok(())
}
