//! Aspire's figures, measured: see README.md beside this folder.
//!
//! `cargo xtask bench` builds Aspire and this program and runs it.

mod answers;
mod build;
mod child;
mod crowd;
mod data;
mod http;
mod link;
mod load;
mod machine;
mod numbers;
mod people;
mod python;
mod queries;
mod serve;
mod table;

use machine::Machine;
use std::{path::PathBuf, process::ExitCode};
use table::Results;

const USAGE: &str = "\
aspire-bench ASPIRE [load|serve] [--runs N] [--seconds N]
aspire-bench ASPIRE people [--seconds N]
aspire-bench build

ASPIRE is the program to measure. Without a word behind it, loading and serving
are both measured; people are measured by themselves. --runs: how often each program loads (5); --seconds: how long
each kind of page is asked for (10).";

/// What anything here gives back; an error says in a sentence what is wrong.
type Outcome<T> = Result<T, String>;

/// Where we are and what was asked for.
struct Plan {
    /// The folder bench/.
    here: PathBuf,
    /// The program to measure.
    aspire: PathBuf,
    runs: usize,
    seconds: u64,
}

impl Plan {
    /// A folder for what a run writes; git knows nothing of it.
    fn out(&self) -> PathBuf {
        self.here.join("out")
    }

    /// The repository's root.
    fn root(&self) -> PathBuf {
        self.here.join("..")
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome<()> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut plan = Plan { here, aspire: PathBuf::new(), runs: 5, seconds: 10 };
    let mut words = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || rest.next().and_then(|text| text.parse().ok()).filter(|n| (1..=60).contains(n));
        match argument.as_str() {
            "--runs" => plan.runs = number().ok_or(USAGE)? as usize,
            "--seconds" => plan.seconds = number().ok_or(USAGE)?,
            word => words.push(word),
        }
    }
    std::fs::create_dir_all(plan.out()).map_err(|error| error.to_string())?;
    let mut results = Results::new(&Machine::look());
    let which = match words.as_slice() {
        ["build"] => {
            build::measure(&plan, &mut results)?;
            return results.close(&plan.out().join("build.md"));
        }
        [aspire, "people"] => {
            plan.aspire = std::fs::canonicalize(aspire).map_err(|error| format!("{aspire}: {error}"))?;
            people::measure(&plan, &mut results)?;
            return results.close(&plan.out().join("people.md"));
        }
        [aspire] => (aspire, true, true),
        [aspire, "load"] => (aspire, true, false),
        [aspire, "serve"] => (aspire, false, true),
        _ => return Err(USAGE.to_owned()),
    };
    let (aspire, loads, serves) = which;
    plan.aspire = std::fs::canonicalize(aspire).map_err(|error| format!("{aspire}: {error}"))?;
    if loads {
        load::measure(&plan, &mut results)?;
    }
    if serves {
        serve::measure(&plan, &mut results)?;
    }
    results.close(&plan.out().join("results.md"))
}
