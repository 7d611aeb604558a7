//! People who are signed in, at the size of five hundred schools, on both
//! databases, with the same pages in Django beside them.

mod aspire;
mod ninety;
mod peer;
mod site;
mod tour;
mod writes;

use crate::{Outcome, Plan, child, python, table::Results};
use std::{path::PathBuf, process::Command};
use tour::Step;

/// Connections that never rest.
const PEOPLE: usize = 200;
/// How many of them are of people who lead the programme.
const LEADS: usize = 4;
/// Seconds before answers count.
const WARM_UP: u64 = 3;

/// Where the tools are.
pub struct Tools {
    /// A Python with Django.
    python: PathBuf,
    /// A PostgreSQL that xtask started; without it SQLite alone is measured.
    postgres: Option<String>,
    /// A folder for databases.
    folder: PathBuf,
}

impl Tools {
    /// Runs seed.py; what it printed.
    fn seed(&self, plan: &Plan, arguments: &[&str]) -> Outcome<String> {
        let script = plan.here.join("people/seed.py");
        Ok(child::run(Command::new(&self.python).arg(script).args(arguments))?.printed)
    }

    /// A fresh database of this name on PostgreSQL.
    fn database(&self, plan: &Plan, server: &str, name: &str) -> Outcome<String> {
        self.seed(plan, &["--make", server, name])?;
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        Ok(format!("{base}/{name}"))
    }
}

/// Measures everything about people.
pub fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let folder = plan.out().join("people");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let python = python::environment(&folder.join("venv"), &plan.here.join("django/requirements.txt"))?;
    let postgres = std::env::var("ASPIRE_BENCH_POSTGRES").ok();
    let tools = Tools { python, postgres, folder };
    let seeded = aspire::seeded(plan, &tools, results)?;
    let mut databases = vec![None];
    databases.extend(tools.postgres.clone().map(Some));
    for server in databases {
        let name = if server.is_some() { "PostgreSQL" } else { "SQLite" };
        let ours = aspire::measure(plan, &tools, &seeded, server.as_deref(), results)?;
        let theirs = peer::measure(plan, &tools, server.as_deref(), results)?;
        results.at_least(&format!("requests a second beside Django’s, {name}"), ours / theirs, 8.0, "times");
    }
    Ok(())
}

/// A tour as tables: all reading and all writing, and each page.
fn told(results: &mut Results, title: &str, went: &tour::Went, memory: &str) {
    let figure = |value: f64| format!("{value:.1}");
    let row = |name: &str, which: &dyn Fn(Step) -> bool| {
        let rate = went.count(which) as f64 / went.seconds;
        let within = |share: f64| figure(went.within(share, which));
        vec![name.to_owned(), figure(rate), within(0.5), within(0.95), within(0.99), within(1.0)]
    };
    let mut rows = vec![
        row("all", &|_| true),
        row("reading", &|step| step != Step::Save),
        row("writing", &|step| step == Step::Save),
    ];
    rows.extend(Step::ALL.iter().map(|step| row(step.words(), &|one| one == *step)));
    let head = ["Asked for", "Answers a second", "p50, ms", "p95, ms", "p99, ms", "Slowest, ms"];
    results.table(title, &head, &rows);
    let errors = went.errors.len();
    results.paragraph(&format!(
        "{errors} errors; {} changes acknowledged; {memory}; load average {}.",
        went.saved,
        crate::machine::load()
    ));
    for why in went.errors.iter().take(3) {
        results.paragraph(&format!("Error: {why}"));
    }
}
