//! The style sheet and script: built, and compared with what is committed.

use std::path::Path;
use std::process::Command;

use crate::machine::root;
use crate::report::{Outcome, run};
use crate::supervised::fresh_dir;

/// Builds assets/dist anew.
pub(crate) fn build() -> Outcome {
    build_into(&root().join("assets/dist"))
}

/// Builds elsewhere and compares byte by byte.
pub(crate) fn compare() -> Outcome {
    let fresh = fresh_dir("assets")?;
    let outcome = build_into(&fresh).and_then(|()| same(&root().join("assets/dist"), &fresh));
    let _ = std::fs::remove_dir_all(&fresh);
    outcome
}

fn build_into(dist: &Path) -> Outcome {
    let assets = root().join("assets");
    install_packages(&assets)?;
    run(Command::new("node")
        .arg("build.mjs")
        .env("ASPIRE_DIST", dist)
        .current_dir(assets))
}

/// `npm ci` in `dir`, without running any package's own scripts.
pub(crate) fn install_packages(dir: &Path) -> Outcome {
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .args(["--loglevel=error"])
        .current_dir(dir))
}

fn same(committed: &Path, fresh: &Path) -> Outcome {
    let (names, fresh_names) = (names(committed)?, names(fresh)?);
    if names != fresh_names {
        return Err(format!(
            "assets/dist holds {names:?}, a fresh build {fresh_names:?}"
        ));
    }
    for name in names {
        let read = |dir: &Path| std::fs::read(dir.join(&name)).map_err(|e| e.to_string());
        if read(committed)? != read(fresh)? {
            return Err(format!(
                "assets/dist/{name} is not what its source gives; run: cargo xtask assets"
            ));
        }
    }
    Ok(())
}

fn names(dir: &Path) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .map_err(|error| format!("{}: {error}", dir.display()))?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}
