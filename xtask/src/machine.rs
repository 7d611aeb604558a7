//! Where things are on this machine, and installing what is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::report::{Outcome, run};
use crate::supervised::User;

/// The repository's root: the folder above this crate's.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    here.as_deref().and_then(Path::parent).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// A command that runs at the root.
pub(crate) fn at_root(program: &str) -> Command {
    let mut command = unaware(program);
    command.current_dir(root());
    command
}

/// A command that is not told what cargo told us about this crate: a cargo would take it for a
/// change, and build several libraries and all that stands on them anew.
pub(crate) fn unaware(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let told =
            name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if told {
            command.env_remove(name);
        }
    }
    command
}

/// The program on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// Installs Debian packages; `wanted` says for what, where it cannot.
pub(crate) fn install(packages: &[&str], wanted: &str) -> Outcome {
    let names = packages.join(" ");
    if !is_root() || on_path("apt-get").is_none() {
        return Err(format!("{wanted} is missing; install it (on Debian: apt-get install {names})"));
    }
    println!("installing {names}");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}

/// Whether we are root.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// The first of these users that the machine knows.
pub(crate) fn user(names: &[&str]) -> Option<User> {
    let known = std::fs::read_to_string("/etc/passwd").ok()?;
    names.iter().find_map(|name| {
        let line = known.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(User { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    })
}
