//! Formatting, lints and tests of the workspace.

use std::process::Command;

use crate::machine::at_root;
use crate::report::{Outcome, Tally, run, run_tests};
use crate::{oidc, postgres, smtp};

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

/// The variables that tell tests of services beside them.
const SERVICES: [&str; 4] = [postgres::URL, oidc::URL, smtp::ADDRESS, smtp::FOLDER];

/// All tests, on SQLite and with the services whose addresses are given.
pub(crate) fn test(tally: &mut Tally, services: &[(&str, String)]) -> Outcome {
    let mut command = at_root("cargo");
    if has_nextest() {
        command.args(["nextest", "run", "--no-tests=pass"]);
    } else {
        command.args(["test", "--no-fail-fast"]);
    }
    command.args(["--workspace", "--locked"]);
    for service in SERVICES {
        command.env_remove(service);
    }
    command.envs(services.iter().map(|(name, address)| (*name, address.as_str())));
    run_tests(&mut command, tally)
}

fn has_nextest() -> bool {
    Command::new("cargo").args(["nextest", "--version"]).output().is_ok_and(|output| output.status.success())
}
