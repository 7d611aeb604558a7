//! `aspire export` and `aspire import-school`.

use crate::{
    say::{self, Why},
    world,
};
use programme::{Who, school_export};
use std::{fs, io::Write as _, path::Path};

/// Writes a school's whole record to a file, which must not exist yet.
pub(crate) async fn export(database: &str, school: i64, file: &Path) -> Result<(), Why> {
    let refused = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut out = store::private::create_new(file).map_err(refused)?;
    let written = async {
        let world = world::open(database).await?;
        let parcel = school_export::export(&world, &Who::Console, school).await;
        world.db.close().await;
        let parcel = parcel.map_err(|error| match error {
            programme::Error::NotFound => format!("there is no school with the id {school}"),
            other => other.to_string(),
        })?;
        out.write_all(&parcel.bytes).map_err(refused)?;
        out.sync_all()?;
        Ok::<(), Why>(())
    }
    .await;
    if written.is_err() {
        let _ = fs::remove_file(file);
    }
    written?;
    say::line(&format!("The school’s record is in {}. It holds names and addresses.", file.display()));
    Ok(())
}

/// Brings a school from another installation: all of it or nothing.
pub(crate) async fn import(database: &str, file: &Path) -> Result<(), Why> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let world = world::open(database).await?;
    let done = school_export::import(&world, &Who::Console, &name, bytes).await;
    world.db.close().await;
    let done = done?;
    say::line(&format!("‘{}’ is here, with the id {}.", done.name, done.organisation));
    if done.known > 0 {
        say::line(&format!("People who had an account here already: {}.", done.known));
    }
    if !done.to_invite.is_empty() {
        say::line("These people have no password here yet; invite them, or let them use ‘forgotten password’:");
        for (name, email) in &done.to_invite {
            say::line(&format!("  {name}, {email}"));
        }
    }
    Ok(())
}
