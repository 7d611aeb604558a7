//! How long building takes: a clean release, and a page that was changed.

use crate::{Outcome, Plan, machine, numbers::median, table::Results};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// A page and a template that people change; each time by a comment that is new.
const PAGES: [(&str, &str, &str); 2] = [
    ("a page’s code", "crates/web/src/pages/help.rs", "\n// changed"),
    ("a page’s template", "crates/web/templates/help.html", "\n{# changed #}"),
];

/// Seconds wanted: a clean release, a changed page.
const RELEASE: f64 = 360.0;
const PAGE: f64 = 15.0;

/// Builds a copy of what is committed, so that nobody's work is touched.
pub fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let tree = copy(plan)?;
    let mut rows = Vec::new();
    let before = machine::load();
    let release = build(&tree, &["--release"])?;
    rows.push(vec!["clean release build".to_owned(), format!("{release:.0}"), before]);
    let before = machine::load();
    let debug = build(&tree, &[])?;
    rows.push(vec!["clean debug build".to_owned(), format!("{debug:.0}"), before]);
    let mut slowest = 0.0_f64;
    for (name, file, addition) in PAGES {
        let before = machine::load();
        let mut took = Vec::new();
        for _ in 0..3 {
            let path = tree.join(file);
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
            std::fs::write(&path, text + addition).map_err(|error| format!("{file}: {error}"))?;
            took.push(build(&tree, &[])?);
        }
        let middle = median(took);
        slowest = slowest.max(middle);
        rows.push(vec![format!("{name} changed, debug"), format!("{middle:.1}"), before]);
    }
    results.table("Building the program", &["What", "Seconds", "Load average before"], &rows);
    results.target("a clean release build", release, RELEASE, "s");
    results.target("a changed page, debug", slowest, PAGE, "s");
    Ok(())
}

/// What is committed, in a folder of its own with nothing built.
fn copy(plan: &Plan) -> Outcome<PathBuf> {
    let tree = plan.out().join("build");
    if tree.exists() {
        std::fs::remove_dir_all(&tree).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&tree).map_err(|error| error.to_string())?;
    let mut pack = Command::new("git")
        .args(["archive", "--format=tar", "HEAD"])
        .current_dir(plan.root())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("git: {error}"))?;
    let packed = pack.stdout.take().ok_or("git gives nothing")?;
    let unpacked = Command::new("tar").args(["-x", "-C"]).arg(&tree).stdin(packed).status();
    let done = pack.wait().is_ok_and(|status| status.success()) && unpacked.is_ok_and(|status| status.success());
    if done { Ok(tree) } else { Err("the committed tree could not be copied (git archive, tar)".to_owned()) }
}

fn build(tree: &Path, more: &[&str]) -> Outcome<f64> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--locked", "--package", "aspire"]).args(more).current_dir(tree);
    // Where crates were fetched to is shared; what was built from them is not.
    cargo.env("CARGO_TARGET_DIR", tree.join("target"));
    let fetched = Command::new("cargo").args(["fetch", "--quiet", "--locked"]).current_dir(tree).status();
    if !fetched.is_ok_and(|status| status.success()) {
        return Err("the crates could not be fetched".to_owned());
    }
    let started = Instant::now();
    let status = cargo.status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(started.elapsed().as_secs_f64()) } else { Err("it does not build".to_owned()) }
}
