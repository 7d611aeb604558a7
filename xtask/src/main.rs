//! The project's own commands.
//!
//! `cargo xtask test` is everything a change has to pass, and all that
//! continuous integration runs. Needs nothing beyond a Rust toolchain, node, python3
//! and, on a machine without PostgreSQL, Chromium or LibreOffice, root to install them (Debian).

mod assets;
mod bench;
mod browser;
mod docs;
mod machine;
mod oidc;
mod postgres;
mod report;
mod rust;
mod server;
mod services;
mod smtp;
mod supervised;

use std::process::ExitCode;

use report::Report;
use services::Services;

const USAGE: &str = "\
cargo xtask test [--quick]      everything; --quick leaves out PostgreSQL, other services and the browser
cargo xtask assets              build assets/dist anew
cargo xtask e2e                 the browser tests alone
cargo xtask bench [ARGUMENTS]   measure, beside others (see bench/README.md)
cargo xtask soak                kill servers under a load of writing, a thousand times on each database
cargo xtask postgres -- CMD …   run CMD with services of its own: PostgreSQL (ASPIRE_TEST_POSTGRES),
                                an OpenID Connect provider and a mail server";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["test"] => test(false),
        ["test", "--quick"] => test(true),
        ["assets"] => one("assets", |_| assets::build()),
        ["e2e"] => one("browser tests", |tally| browser::test(tally, true)),
        ["bench", rest @ ..] => one("measurements", |_| bench::measure(rest)),
        ["soak"] => soak(),
        ["postgres", "--", command, rest @ ..] => with_postgres(command, rest),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Runs every step, also after one has failed, so that one run tells all.
fn test(quick: bool) -> ExitCode {
    let mut report = Report::default();
    report.step("format", |_| rust::format());
    report.step("documents", |_| docs::check());
    report.step("assets/dist is what its sources give", |_| assets::compare());
    report.step("clippy", |_| rust::clippy());
    if quick {
        report.step("tests, SQLite", |tally| rust::test(tally, &[]));
    } else {
        report.step("tests, SQLite and PostgreSQL", |tally| {
            let services = Services::start()?;
            rust::test(tally, &services.variables())
        });
        report.step("tests in a browser", |tally| browser::test(tally, false));
    }
    report.close()
}

fn one(name: &str, step: impl FnOnce(&mut report::Tally) -> report::Outcome) -> ExitCode {
    let mut report = Report::default();
    report.step(name, step);
    report.close()
}

/// As the tests of killed servers, ten times as often.
fn soak() -> ExitCode {
    one("a thousand kills on each database", |tally| {
        let postgres = postgres::start()?;
        let mut command = machine::at_root("cargo");
        command.args(["test", "--release", "--locked", "-p", "aspire", "--test", "killed", "--", "--nocapture"]);
        report::run_tests(command.env(postgres::URL, postgres.url()).env("ASPIRE_KILLS", "1000"), tally)
    })
}

fn with_postgres(command: &str, rest: &[&str]) -> ExitCode {
    let run = || -> Result<bool, String> {
        let services = Services::start()?;
        let mut command = machine::unaware(command);
        let status = command.args(rest).envs(services.variables()).status().map_err(|e| e.to_string())?;
        Ok(status.success())
    };
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
