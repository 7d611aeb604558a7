//! The measurements: builds Aspire and bench/ for release, and runs the latter.

use crate::machine::{at_root, root};
use crate::postgres::{self, Keeps};
use crate::report::{Outcome, run};

/// `arguments` go to the measuring program (see bench/README.md).
pub(crate) fn measure(arguments: &[&str]) -> Outcome {
    let people = arguments.first() == Some(&"people");
    // What an access decision adds to a page is measured by an example of the test kit.
    let what: &[&str] = if people { &["--workspace", "--bins", "--examples"] } else { &["-p", "aspire"] };
    run(at_root("cargo").args(["build", "--release", "--locked"]).args(what))?;
    let mut bench = at_root("cargo");
    bench.args(["run", "--release", "--locked", "--manifest-path"]).arg(root().join("bench/Cargo.toml")).arg("--");
    if arguments != ["build"] {
        bench.arg(root().join("target/release/aspire"));
    }
    // People are measured on both databases.
    let postgres = if people { Some(postgres::start_that(Keeps::Everything)?) } else { None };
    if let Some(postgres) = &postgres {
        bench.env("ASPIRE_BENCH_POSTGRES", postgres.url());
    }
    run(bench.args(arguments))
}
