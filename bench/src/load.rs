//! Three files into SQLite: Aspire, pandas, polars and duckdb, in turns.

use crate::{Outcome, Plan, answers, child, data, numbers::median, python, table::Results};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const PEERS: [&str; 3] = ["pandas", "polars", "duckdb"];

/// What Aspire may need, megabytes.
const MEMORY: f64 = 150.0;

/// The runs of one program.
#[derive(Default)]
struct Runs {
    wall: Vec<f64>,
    own: Vec<f64>,
    cpu: Vec<f64>,
    peak: Vec<f64>,
}

/// Loads with all programs, compares their answers, then tells the times.
pub fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let python = python::environment(&plan.here.join(".venv"), &plan.here.join("requirements.txt"))?;
    let files = data::make(plan)?;
    let megabytes = |path: &Path| std::fs::metadata(path).map_or(0.0, |about| about.len() as f64 / 1e6);
    let mut ours = Runs::default();
    let mut theirs: Vec<Runs> = PEERS.iter().map(|_| Runs::default()).collect();
    let mut asked = 0;
    for run in 0..plan.runs {
        let database = fresh(plan, "aspire")?;
        aspire(plan, &files, &database, &mut ours)?;
        let answers = answers::of(plan, &python, "aspire", &database)?;
        for at in 0..PEERS.len() {
            // Each goes first once in a while, so that none always meets a warm or a busy machine.
            let at = (at + run) % PEERS.len();
            let database = fresh(plan, PEERS[at])?;
            peer(plan, &python, PEERS[at], &files, &database, &mut theirs[at])?;
            asked = answers::compare(&answers, &answers::of(plan, &python, "peer", &database)?, PEERS[at])?;
        }
    }
    results.paragraph(&format!(
        "Loading {} establishments of 139 columns ({:.0} MB), {:.1} MB of inspections and {:.1} MB of links into SQLite, \
         indexed. All four databases gave the same answers to {asked} questions after every run. Median of {} runs, \
         fastest and slowest in brackets.",
        data::SCHOOLS,
        megabytes(&files.schools),
        megabytes(&files.inspections),
        megabytes(&files.links),
        plan.runs
    ));
    let mut rows = vec![row("Aspire, ready to serve", &ours)];
    rows.extend(PEERS.iter().zip(&theirs).map(|(name, runs)| row(name, runs)));
    let head = ["Program", "Start to end, s", "Without starting, s", "Processor time, s", "Peak memory, MB"];
    results.table("Loading", &head, &rows);
    let fastest = theirs.iter().map(|runs| median(runs.own.clone())).fold(f64::INFINITY, f64::min);
    results.target(
        "loading, ready to serve, beside the fastest peer without its start",
        median(ours.own),
        fastest,
        "s",
    );
    let peak = ours.peak.iter().copied().fold(0.0, f64::max);
    results.target("peak memory of loading", peak, MEMORY, "MB");
    Ok(())
}

fn row(name: &str, runs: &Runs) -> Vec<String> {
    let spread = |values: &[f64], digits: usize| {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        format!("{:.digits$} ({least:.digits$} to {most:.digits$})", median(values.to_vec()))
    };
    vec![name.to_owned(), spread(&runs.wall, 2), spread(&runs.own, 2), spread(&runs.cpu, 2), spread(&runs.peak, 0)]
}

/// Imports the files and starts serving: until the register answers.
fn aspire(plan: &Plan, files: &data::Files, database: &Path, runs: &mut Runs) -> Outcome<()> {
    let address = format!("sqlite:{}", database.display());
    let mut import = Command::new(&plan.aspire);
    let import = child::run(import.args(["--database", &address, "import"]).args(files.all()))?;
    let mut serve = Command::new(&plan.aspire);
    let server = child::Server::start(serve.args(["--database", &address, "serve"]))?;
    let answer = crate::http::get(&server.address, "/api/v1/schools?q=100000").map_err(|error| error.to_string())?;
    if answer.status != 200 || !String::from_utf8_lossy(&answer.body).contains("\"urn\":100000") {
        return Err("Aspire serves, and does not find a school that it has just loaded".to_owned());
    }
    let whole = import.wall + server.ready;
    runs.wall.push(whole);
    // Its start is part of it: there is nothing to leave out.
    runs.own.push(whole);
    runs.cpu.push(import.cpu);
    runs.peak.push(import.peak.max(server.memory().1));
    Ok(())
}

fn peer(plan: &Plan, python: &Path, name: &str, files: &data::Files, database: &Path, runs: &mut Runs) -> Outcome<()> {
    let script = plan.here.join(format!("peers/load_{name}.py"));
    let spent = child::run(Command::new(python).arg(script).args(files.all()).arg(database))?;
    let told: serde_json::Value = serde_json::from_str(&spent.printed).map_err(|error| format!("{name}: {error}"))?;
    runs.wall.push(spent.wall);
    runs.own.push(told["seconds"].as_f64().ok_or_else(|| format!("{name} did not say how long it took"))?);
    runs.cpu.push(spent.cpu);
    runs.peak.push(spent.peak);
    Ok(())
}

/// A name for a database that is not there yet.
fn fresh(plan: &Plan, name: &str) -> Outcome<PathBuf> {
    let path = plan.out().join(format!("{name}.db"));
    for ending in ["", "-wal", "-shm"] {
        let mut old = path.clone().into_os_string();
        old.push(ending);
        match std::fs::remove_file(&old) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.to_string()),
            _ => {}
        }
    }
    Ok(path)
}
