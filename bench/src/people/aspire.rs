//! Aspire, measured.

use super::{
    LEADS, PEOPLE, Tools, Visited, WARM_UP, ninety,
    site::{Person, Site, text},
    told,
    tour::Step,
    writes,
};
use crate::{Outcome, Plan, child, child::Server, http, numbers::percentile, table::Results};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The database with all schools: made of the demo where there is none of today.
pub fn seeded(plan: &Plan, tools: &Tools, results: &mut Results) -> Outcome<PathBuf> {
    let (folder, to) = (tools.folder.join("demo"), tools.folder.join("seeded.db"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let demo = Server::start(Command::new(&plan.aspire).arg("demo").arg("--data-dir").arg(&folder))?;
    demo.stop()?;
    let from = folder.join("aspire-demo.db");
    let said = tools.seed(plan, &[&from.to_string_lossy()])?;
    std::fs::rename(&from, &to).map_err(|error| error.to_string())?;
    results.paragraph(&format!(
        "Seeded with {}, three years of records each. {} of {PEOPLE} connections are of people who lead the \
         programme; the others are heads, each of another school: eight readings, two changes.",
        said.trim(),
        LEADS
    ));
    Ok(to)
}

/// Measures Aspire on SQLite, or on this PostgreSQL; it runs on, to be measured beside others.
pub fn measure(
    plan: &Plan,
    tools: &Tools,
    seeded: &Path,
    server: Option<&str>,
    results: &mut Results,
) -> Outcome<Visited> {
    let name = if server.is_some() { "PostgreSQL" } else { "SQLite" };
    let address = database(plan, tools, seeded, server)?;
    let carried: Value =
        serde_json::from_str(&tools.seed(plan, &["--sessions", &address])?).map_err(|error| error.to_string())?;
    let server = Server::start(Command::new(&plan.aspire).args(["--database", &address, "serve"]))?;
    let site = site(&server.address, &carried);
    by_the_form(&site.address, &carried)?;
    let visited = Visited { server, site, people: Person::all(&carried["people"]) };
    let Visited { server, site, people } = &visited;
    for rest in [Duration::from_secs(1), Duration::ZERO] {
        let before = server.processor();
        let went = visited.tour(plan, rest)?;
        let memory = server.memory();
        let used = (server.processor() - before) / (plan.seconds + WARM_UP) as f64;
        let how = if rest.is_zero() { "who never rest" } else { "who rest a second between an answer and a question" };
        let words = format!("memory {:.0} MB, {:.0} MB at most; {used:.2} processors used", memory.0, memory.1);
        told(results, &format!("Aspire on {name}, {PEOPLE} people {how}"), &went, &words);
        let target = |what: &str| format!("{what}, {PEOPLE} people {how}, {name}");
        results.target(&target("p99 of reading"), went.within(0.99, |step| step != Step::Save), 100.0, "ms");
        results.target(&target("p99 of writing"), went.within(0.99, |step| step == Step::Save), 200.0, "ms");
    }
    share(plan, &address, &people[LEADS], &site.lead, results)?;
    saving(plan, tools, &address, site, people, results)?;
    diagnosis(plan, tools, &address, site, &carried, results)?;
    results.target(&format!("memory at most, {name}"), server.memory().1, 150.0, "MB");
    Ok(visited)
}

/// A copy of the seeded database to write into.
fn database(plan: &Plan, tools: &Tools, seeded: &Path, server: Option<&str>) -> Outcome<String> {
    let copy = tools.folder.join("aspire.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", copy.display()));
    }
    let Some(server) = server else {
        std::fs::copy(seeded, &copy).map_err(|error| error.to_string())?;
        return Ok(format!("sqlite:{}", copy.display()));
    };
    let address = tools.database(plan, server, "aspire_bench")?;
    let backup = tools.folder.join("seeded.backup");
    let from = format!("sqlite:{}", seeded.display());
    let _ = std::fs::remove_file(&backup);
    child::run(Command::new(&plan.aspire).args(["--database", &from, "backup"]).arg(&backup))?;
    child::run(Command::new(&plan.aspire).args(["--database", &address, "restore"]).arg(&backup))?;
    Ok(address)
}

fn site(address: &str, carried: &Value) -> Site {
    let lead = Person::of(&carried["lead"]);
    Site {
        address: address.to_owned(),
        programme: carried["programme"].as_str().unwrap_or_default().to_owned(),
        lead,
        leads: LEADS,
        token: "csrf",
        fields: ["strengths", "improve", "visitors", "help"],
        saved: "?done=saved",
        start_holds: "Your start page".to_owned(),
        form_holds: "What do we do well?".to_owned(),
        programme_holds: "Schools, in alphabetical order".to_owned(),
        text: text(),
    }
}

/// Three people sign in by the form, with their password: the sessions of the
/// others are written by the seeder, and these show that its people are whole.
fn by_the_form(address: &str, carried: &Value) -> Outcome<()> {
    for email in carried["emails"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let form = format!("email={}&password=sixteen+schools+help+each+other", email.replace('@', "%40"));
        let request = http::request_by(address, "/sign-in", "", Some(&form));
        let answer = http::send(address, &request).map_err(|error| error.to_string())?;
        if answer.status != 303 {
            return Err(format!("{email} could not sign in: status {}", answer.status));
        }
    }
    Ok(())
}

/// What deciding who may adds to a page, by the test kit's example.
fn share(plan: &Plan, address: &str, head: &Person, lead: &Person, results: &mut Results) -> Outcome<()> {
    let name = if address.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let program = plan.aspire.with_file_name("examples").join("access_share");
    let token = |person: &Person| person.cookies.trim_start_matches("aspire_session=").to_owned();
    let mut command = Command::new(program);
    let command = command.args([address, &token(head), &head.school, &token(lead), "1000"]);
    let printed = child::run(command)?.printed;
    let said = |who: &str, what: &str| {
        let start = format!("{who} {what} ");
        let line = printed.lines().find_map(|line| line.strip_prefix(&start));
        line.and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN)
    };
    let mut rows = Vec::new();
    for who in ["head", "lead"] {
        let page = said(who, "page");
        let roles = said(who, "session") - said(who, "no-session");
        let belonging = said(who, "session-here") - said(who, "session");
        let decision = belonging + said(who, "action") - said(who, "action-of-console");
        let share = 100.0 * decision / page;
        let figure = |value: f64| format!("{value:.0}");
        rows.push(vec![who.to_owned(), figure(page), figure(roles), figure(decision), format!("{share:.1}")]);
        results.target(&format!("what an access decision adds to a page, {who}, {name}"), share, 5.0, "%");
    }
    let head = ["Who", "The page, µs", "Reading one’s roles, µs", "The decision, µs", "The decision’s share, %"];
    results.table(&format!("People of a school, by one who asks and nobody else, {name}"), &head, &rows);
    Ok(())
}

fn kept(plan: &Plan, tools: &Tools, address: &str) -> Outcome<Value> {
    serde_json::from_str(&tools.seed(plan, &["--count", address])?).map_err(|error| error.to_string())
}

/// Nothing but saving: how much is acknowledged, and whether all of it is there.
fn saving(
    plan: &Plan,
    tools: &Tools,
    address: &str,
    site: &Site,
    people: &[Person],
    results: &mut Results,
) -> Outcome<()> {
    let name = if address.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let before = kept(plan, tools, address)?;
    let went = writes::save(site, people, plan.seconds)?;
    let after = kept(plan, tools, address)?;
    let more = |what: &str| after[what].as_u64().unwrap_or(0) - before[what].as_u64().unwrap_or(0);
    let (saved, audit, revisions) = (went.took.len() as u64, more("audit"), more("revisions"));
    let rate = saved as f64 / went.seconds;
    results.paragraph(&format!(
        "Saving and nothing else, {} connections, {name}: {saved} changes acknowledged in {:.1} s; {audit} audit rows, \
         revisions higher by {revisions}; p50 {:.1} ms, p99 {:.1} ms; {} errors; load average {}.",
        people.len(),
        went.seconds,
        f64::from(percentile_or_none(&went.took, 0.5)) / 1000.0,
        f64::from(percentile_or_none(&went.took, 0.99)) / 1000.0,
        went.errors.len(),
        crate::machine::load()
    ));
    for why in went.errors.iter().take(3) {
        results.paragraph(&format!("Error: {why}"));
    }
    results.at_least(&format!("audited changes a second, {name}"), rate, 1000.0, "a second");
    // One that was done and not acknowledged is no loss.
    if audit < saved || revisions < saved {
        return Err(format!("{saved} changes were acknowledged, {audit} are in the audit"));
    }
    Ok(())
}

/// Ninety people answer a diagnosis at once.
fn diagnosis(
    plan: &Plan,
    tools: &Tools,
    address: &str,
    site: &Site,
    carried: &Value,
    results: &mut Results,
) -> Outcome<()> {
    let name = if address.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let went = ninety::answer(site, &carried["large"])?;
    let kept = kept(plan, tools, address)?["views"][&went.diagnosis].as_u64().unwrap_or(0);
    let p99 = f64::from(percentile_or_none(&went.took, 0.99)) / 1000.0;
    results.paragraph(&format!(
        "Ninety people answer all of a diagnosis at once, {name}: {} pages and savings in {:.1} s, {} views \
         acknowledged, {kept} kept; p50 {:.1} ms, p99 {p99:.1} ms; {} errors; load average {}.",
        went.took.len(),
        went.seconds,
        went.views,
        f64::from(percentile_or_none(&went.took, 0.5)) / 1000.0,
        went.errors.len(),
        crate::machine::load()
    ));
    for why in went.errors.iter().take(3) {
        results.paragraph(&format!("Error: {why}"));
    }
    results.target(&format!("p99 of ninety people who answer at once, {name}"), p99, 200.0, "ms");
    if kept < went.views { Err(format!("{} views were acknowledged, {kept} are kept", went.views)) } else { Ok(()) }
}

fn percentile_or_none(took: &[u32], share: f64) -> u32 {
    if took.is_empty() { u32::MAX } else { percentile(took, share) }
}
