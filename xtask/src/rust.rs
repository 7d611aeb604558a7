//! Formatting, lints and tests of the workspace.

use std::process::Command;

use crate::machine::at_root;
use crate::postgres;
use crate::report::{Outcome, Tally, run, run_tests};

pub(crate) fn format() -> Outcome {
    run(at_root("cargo").args(["fmt", "--all", "--check"]))
}

pub(crate) fn clippy() -> Outcome {
    run(at_root("cargo").args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

/// All tests, on SQLite and, where its address is given, on PostgreSQL too.
pub(crate) fn test(tally: &mut Tally, postgres: Option<&str>) -> Outcome {
    let mut command = at_root("cargo");
    if has_nextest() {
        command.args(["nextest", "run", "--no-tests=pass"]);
    } else {
        command.args(["test", "--no-fail-fast"]);
    }
    command.args(["--workspace", "--locked"]);
    match postgres {
        Some(url) => command.env(postgres::URL, url),
        None => command.env_remove(postgres::URL),
    };
    run_tests(&mut command, tally)
}

fn has_nextest() -> bool {
    Command::new("cargo")
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}
