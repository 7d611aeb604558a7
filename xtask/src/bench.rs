//! The measurements: builds Aspire and bench/ for release, and runs the latter.

use crate::machine::{at_root, root};
use crate::postgres::{self, Keeps};
use crate::report::{Outcome, run};

/// `arguments` go to the measuring program (see bench/README.md).
pub(crate) fn measure(arguments: &[&str]) -> Outcome {
    run(at_root("cargo").args(["build", "--release", "--locked", "-p", "aspire"]))?;
    let mut bench = at_root("cargo");
    bench.args(["run", "--release", "--locked", "--manifest-path"]).arg(root().join("bench/Cargo.toml")).arg("--");
    if arguments != ["build"] {
        bench.arg(root().join("target/release/aspire"));
    }
    // People are measured on both databases.
    let postgres = match arguments.first() {
        Some(&"people") => Some(postgres::start_that(Keeps::Everything)?),
        _ => None,
    };
    if let Some(postgres) = &postgres {
        bench.env("ASPIRE_BENCH_POSTGRES", postgres.url());
    }
    run(bench.args(arguments))
}
