//! A Python with what is measured beside Aspire.

use crate::{Outcome, child};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// A Python of its own in `folder` with what `wanted` lists, made where it is
/// not there or not what is asked for.
pub fn environment(folder: &Path, wanted: &Path) -> Outcome<PathBuf> {
    let (python, kept) = (folder.join("bin/python"), folder.join("requirements.txt"));
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    if python.exists() && read(&kept) == read(wanted) {
        return Ok(python);
    }
    println!("making {} with the peers", folder.display());
    let said =
        |error: String| format!("{error}\nThe peers need Python 3.11 or newer with venv (Debian: python3-venv).");
    child::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder)).map_err(said)?;
    child::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(wanted))?;
    std::fs::copy(wanted, &kept).map_err(|error| error.to_string())?;
    Ok(python)
}
