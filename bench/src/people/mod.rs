//! People who are signed in, at the size of five hundred schools, on both
//! databases, with the same pages in Django beside them.

mod aspire;
mod ninety;
mod peer;
mod site;
mod tour;
mod writes;

use crate::{
    Outcome, Plan,
    child::{self, Server},
    python,
    table::Results,
};
use site::{Person, Site};
use std::{path::PathBuf, process::Command, time::Duration};
use tour::{Step, Tour};

/// Connections that never rest.
const PEOPLE: usize = 200;
/// How many of them are of people who lead the programme.
const LEADS: usize = 4;
/// Seconds before answers count.
const WARM_UP: u64 = 3;

/// How often ours and the peer are measured in turns.
const TURNS: usize = 3;

/// A server that runs, and who visits it.
struct Visited {
    server: Server,
    site: Site,
    people: Vec<Person>,
}

impl Visited {
    fn tour(&self, plan: &Plan, rest: Duration) -> Outcome<tour::Went> {
        let (site, people) = (self.site.clone(), self.people.clone());
        tour::go(Tour { site, people, leads: LEADS, rest, seconds: (WARM_UP, plan.seconds) })
    }

    /// Answers a second to people who never rest.
    fn rate(&self, plan: &Plan) -> Outcome<f64> {
        Ok(self.tour(plan, Duration::ZERO)?.rate())
    }
}

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
        in_turns(plan, name, [&ours, &theirs], results)?;
        ours.server.stop()?;
        theirs.server.stop()?;
    }
    Ok(())
}

/// A machine that is slower for a minute would favour whoever was measured in another.
fn in_turns(plan: &Plan, name: &str, both: [&Visited; 2], results: &mut Results) -> Outcome<()> {
    let mut rates = [Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        for (rates, one) in rates.iter_mut().zip(both) {
            rates.push(one.rate(plan)?);
        }
    }
    let said = |rates: &[f64]| rates.iter().map(|rate| format!("{rate:.0}")).collect::<Vec<_>>().join(", ");
    results.paragraph(&format!(
        "In turns, answers a second to {PEOPLE} people who never rest, {name}: Aspire {}; Django, as it was fastest, {}.",
        said(&rates[0]),
        said(&rates[1])
    ));
    let [ours, theirs] = rates.map(middle);
    results.at_least(&format!("requests a second beside Django’s, {name}"), ours / theirs, 8.0, "times");
    Ok(())
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
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
