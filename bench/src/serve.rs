//! The server with the full register: the cohort's page, finding a school, memory.

use crate::{
    Outcome, Plan,
    child::Server,
    crowd::{self, Asking, Went},
    data, http,
    numbers::{median, percentile},
    queries,
    table::Results,
};
use std::{path::Path, process::Command, time::Instant};

/// The page of the cohort beside all schools of the nation that met its rule.
const COHORT: &str = "/cohorts/naht-aspire-pilot";

/// What a visitor may have to wait for a page at most, milliseconds.
const WAIT: f64 = 50.0;
/// What the server may hold, megabytes.
const MEMORY: f64 = 100.0;
const CONNECTIONS: usize = 200;
/// Seconds before answers count.
const WARM_UP: u64 = 2;

/// Ways of asking: name, path, what a whole answer ends with, whether compressed.
const WAYS: [(&str, &str, &str, bool); 3] = [
    ("page", "/schools?q=", "</html>", false),
    ("page, gzip", "/schools?q=", "</html>", true),
    ("API", "/api/v1/schools?q=", "\"source\":", false),
];

/// Measures the demo's full register, served.
pub fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let folder = plan.out().join("demo");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut demo = Command::new(&plan.aspire);
    let demo = Server::start(demo.arg("demo").arg("--data-dir").arg(&folder))?;
    let loaded = demo.ready;
    drop(demo);
    let database = folder.join("aspire-demo.db");
    results.paragraph(&format!("The demo loaded its 16 files and answered after {loaded:.1} s."));
    cohort(plan, &database, results)?;
    find(plan, &database, results)
}

fn start(plan: &Plan, database: &Path) -> Outcome<Server> {
    let address = format!("sqlite:{}", database.display());
    Server::start(Command::new(&plan.aspire).args(["--database", &address, "serve"]))
}

/// The cohort's page: the first thing that a server is asked, and afterwards.
fn cohort(plan: &Plan, database: &Path, results: &mut Results) -> Outcome<()> {
    let (mut first, mut ready, mut later, mut length) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..plan.runs {
        let server = start(plan, database)?;
        ready.push(server.ready * 1000.0);
        for visit in 0..41 {
            let asked = Instant::now();
            let answer = http::get(&server.address, COHORT).map_err(|error| error.to_string())?;
            let took = asked.elapsed().as_secs_f64() * 1000.0;
            let page = String::from_utf8_lossy(&answer.body);
            if answer.status != 200 || !page.contains("<svg") || !page.contains("</html>") {
                return Err(format!("{COHORT} is not the cohort’s page (status {})", answer.status));
            }
            length = answer.body.len();
            if visit == 0 { first.push(took) } else { later.push(took) }
        }
    }
    later.sort_by(f64::total_cmp);
    let slowest = first.iter().copied().fold(0.0, f64::max);
    let figure = |value: f64| format!("{value:.1}");
    results.table(
        &format!("The cohort’s page ({COHORT}, {} KB), one visitor, milliseconds", length / 1000),
        &["Server ready after", "First visit, median", "First visit, slowest", "Later visits, median", "Later, p99"],
        &[vec![
            figure(median(ready)),
            figure(median(first)),
            figure(slowest),
            figure(percentile(&later, 0.5)),
            figure(percentile(&later, 0.99)),
        ]],
    );
    results.target("the slowest first visit to the cohort’s page", slowest, WAIT, "ms");
    Ok(())
}

/// Finding a school, by many at once.
fn find(plan: &Plan, database: &Path, results: &mut Results) -> Outcome<()> {
    let schools = data::names(plan)?;
    let server = start(plan, database)?;
    let known = right(&server, &schools)?;
    let asked = queries::mixed(&schools, 2013, 20_000);
    let (at_first, _) = server.memory();
    let mut rows = Vec::new();
    let (mut slowest, mut errors) = (0.0_f64, 0);
    for (name, path, holds, gzip) in WAYS {
        let went = crowd::ask(Asking {
            address: server.address.clone(),
            targets: asked.iter().map(|query| format!("{path}{query}")).collect(),
            holds,
            gzip,
            connections: CONNECTIONS,
            seconds: (WARM_UP, plan.seconds),
        })?;
        slowest = slowest.max(went.within(0.99));
        errors += went.errors.len();
        rows.push(row(name, &went, server.memory()));
        for why in went.errors.iter().take(3) {
            results.paragraph(&format!("Error: {why}"));
        }
    }
    results.paragraph(&format!(
        "Finding a school among {} with {CONNECTIONS} connections that never rest, the asking program on the same \
         cores: {}. {known} schools were found by name, the page and the API agreeing, before any time counted. The \
         server held {at_first:.0} MB before the first question.",
        schools.len(),
        queries::WORDS
    ));
    let head = [
        "Asked for",
        "Answers a second",
        "p50, ms",
        "p95, ms",
        "p99, ms",
        "Slowest, ms",
        "Errors",
        "MB a second",
        "Memory, MB",
        "Most, MB",
    ];
    results.table("Find a school", &head, &rows);
    results.target("p99 of finding a school, slowest way of asking", slowest, WAIT, "ms");
    results.target("memory of the server, at most", server.memory().1, MEMORY, "MB");
    if errors > 0 { Err(format!("{errors} questions were not answered")) } else { Ok(()) }
}

fn row(name: &str, went: &Went, (now, most): (f64, f64)) -> Vec<String> {
    let figure = |value: f64| format!("{value:.1}");
    vec![
        name.to_owned(),
        format!("{:.0}", went.took.len() as f64 / went.seconds),
        figure(went.within(0.5)),
        figure(went.within(0.95)),
        figure(went.within(0.99)),
        figure(went.within(1.0)),
        went.errors.len().to_string(),
        figure(went.bytes as f64 / 1e6 / went.seconds),
        format!("{now:.0}"),
        format!("{most:.0}"),
    ]
}

/// Asks for schools by name: the page and the API must both know them, and count alike.
fn right(server: &Server, schools: &[queries::Known]) -> Outcome<usize> {
    let step = schools.len() / 100;
    let some: Vec<&queries::Known> = schools.iter().step_by(step.max(1)).collect();
    for school in &some {
        let query = queries::encoded(&school.name);
        let ask = |path: &str| {
            let answer = http::get(&server.address, &format!("{path}{query}")).map_err(|error| error.to_string())?;
            Ok::<_, String>(String::from_utf8_lossy(&answer.body).into_owned())
        };
        let (page, api) = (ask("/schools?q=")?, ask("/api/v1/schools?limit=100&q=")?);
        let api: serde_json::Value = serde_json::from_str(&api).map_err(|error| format!("{}: {error}", school.name))?;
        let found = api["schools"].as_array().ok_or("the API lists no schools")?;
        let urn: u64 = school.urn.parse().map_err(|_| format!("‘{}’ is no URN", school.urn))?;
        let total = api["total"].as_u64().unwrap_or(0);
        if total <= 100 && !found.iter().any(|one| one["urn"] == urn) {
            return Err(format!("the API does not find {} by its name ‘{}’", school.urn, school.name));
        }
        let links = found.iter().take(20).filter(|one| page.contains(&format!("\"/schools/{}\"", one["urn"]))).count();
        if links != found.len().min(20) {
            return Err(format!("the page and the API do not show the same schools for ‘{}’", school.name));
        }
    }
    Ok(some.len())
}
