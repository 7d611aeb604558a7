//! The same five pages in Django, on the same kind of database.

use super::{
    LEADS, PEOPLE, Tools, Visited,
    site::{Person, Site, text},
    told,
};
use crate::{
    Outcome, Plan,
    child::{self, Server},
    table::Results,
};
use serde_json::Value;
use std::{process::Command, time::Duration};

/// Ways of serving that are tried; the fastest is the one that counts: workers and threads of each.
const WAYS: [(&str, &str); 3] = [("2", "4"), ("3", "2"), ("4", "1")];

/// Measures Django on SQLite, or on this PostgreSQL; as it was fastest it runs on, to be
/// measured beside others.
pub fn measure(plan: &Plan, tools: &Tools, server: Option<&str>, results: &mut Results) -> Outcome<Visited> {
    let name = if server.is_some() { "PostgreSQL" } else { "SQLite" };
    let address = match server {
        Some(server) => tools.database(plan, server, "peer_bench")?,
        None => {
            let file = tools.folder.join("peer.db");
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
            format!("sqlite:{}", file.display())
        }
    };
    let here = plan.here.join("django");
    let mut seed = Command::new(&tools.python);
    let printed = child::run(seed.arg("seed.py").current_dir(&here).env("PEER_DATABASE", &address))?.printed;
    let carried: Value = serde_json::from_str(&printed).map_err(|error| error.to_string())?;
    let serve = |(workers, threads): (&str, &str)| -> Outcome<Visited> {
        let mut command = Command::new(&tools.python);
        command.current_dir(&here).env("PEER_DATABASE", &address);
        command.args(["-m", "gunicorn", "peer.wsgi", "--workers", workers, "--threads", threads]);
        command.args(["--worker-class", "gthread", "--keep-alive", "75", "--log-level", "error"]);
        let server = Server::start_with(&mut command, "--bind", "/start", 302)?;
        let site = site(&server.address, &carried);
        Ok(Visited { server, site, people: Person::all(&carried["people"]) })
    };
    let mut best = (0.0, WAYS[0]);
    for way in WAYS {
        let visited = serve(way)?;
        let went = visited.tour(plan, Duration::ZERO)?;
        let title = format!("Django on {name}, {PEOPLE} people who never rest, {}", words(way));
        told(results, &title, &went, "memory not measured");
        visited.server.stop()?;
        if went.rate() > best.0 {
            best = (went.rate(), way);
        }
    }
    let (rate, way) = best;
    results.paragraph(&format!("Django at its best on {name}: {rate:.0} answers a second ({}).", words(way)));
    serve(way)
}

fn words((workers, threads): (&str, &str)) -> String {
    format!("gunicorn, {workers} workers of {threads} threads")
}

fn site(address: &str, carried: &Value) -> Site {
    Site {
        address: address.to_owned(),
        programme: carried["programme"].as_str().unwrap_or_default().to_owned(),
        lead: Person::of(&carried["lead"]),
        leads: LEADS,
        token: "csrfmiddlewaretoken",
        fields: ["strengths", "wants", "visitors", "needs"],
        saved: "/self-view",
        start_holds: "What is next,".to_owned(),
        form_holds: "What we do well".to_owned(),
        programme_holds: "Schools, in alphabetical order".to_owned(),
        text: text(),
    }
}
