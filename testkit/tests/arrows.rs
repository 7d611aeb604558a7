//! The house's rules that a compiler does not know: which crate may know which,
//! where SQL may stand, and how long a file may grow. Only the standard library,
//! so that it can be run by itself: `rustc --test --edition 2024`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every crate and what it may know of the others, tests aside. An arrow that is
/// not here is wrong; a crate that is not here is not in the plan.
const ARROWS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    // the pure ones
    ("register", &["kernel"]),
    ("peers", &["kernel"]),
    ("readiness", &["kernel"]),
    ("impact", &["kernel"]),
    ("charts", &["kernel"]),
    ("papers", &["kernel"]),
    // what they stand on
    ("store", &["kernel"]),
    ("outside", &[]),
    ("jobs", &["kernel", "store"]),
    // the programme knows no HTTP
    ("programme", &["kernel", "register", "impact", "papers", "peers", "readiness", "store", "outside", "jobs"]),
    // pages hold no SQL and no statistics
    ("ui", &[]),
    ("web", &["kernel", "register", "impact", "papers", "charts", "programme", "ui"]),
    (
        "aspire",
        &[
            "kernel",
            "register",
            "peers",
            "readiness",
            "impact",
            "charts",
            "papers",
            "store",
            "outside",
            "jobs",
            "programme",
            "ui",
            "web",
        ],
    ),
];

/// Lines a file may have. A longer one wants to be two.
const LONGEST: usize = 400;

/// Words with which a statement begins.
const SQL: [&str; 12] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "WITH RECURSIVE ",
    "PRAGMA ",
];

#[test]
fn arrows_point_down_only() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, manifest) in crates() {
        let Some(may_know) = allowed.get(name.as_str()) else {
            wrong.push(format!("{name} is not in the plan (testkit/tests/arrows.rs)"));
            continue;
        };
        for known in dependencies(&manifest) {
            if allowed.contains_key(known.as_str()) && !may_know.contains(&known.as_str()) {
                wrong.push(format!("{name} may not know {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}

#[test]
fn sql_stands_only_where_nouns_are_stored() {
    let mut wrong = Vec::new();
    for file in sources() {
        let place = file.strip_prefix(root()).unwrap_or(&file).to_owned();
        if may_hold_sql(&place) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap_or_default();
        for (line, literal) in literals(&text) {
            let start = literal.trim_start();
            if SQL.iter().any(|word| start.starts_with(word)) {
                let shown: String = start.chars().take(50).collect();
                wrong.push(format!("{}:{line}: {shown}", place.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "SQL belongs in crates/store and in programme's store.rs:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter_map(|file| {
            let lines = fs::read_to_string(&file).ok()?.lines().count();
            let place = file.strip_prefix(root()).unwrap_or(&file);
            (lines > LONGEST).then(|| format!("{}: {lines} lines", place.display()))
        })
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}

/// A file that tests/main.rs does not name would never run.
#[test]
fn every_story_is_told() {
    let folder = root().join("testkit/tests");
    let main = fs::read_to_string(folder.join("main.rs")).expect("tests/main.rs");
    let there: BTreeSet<String> = fs::read_dir(folder)
        .expect("testkit/tests/")
        .flatten()
        .filter_map(|entry| entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .filter(|stem| stem != "main")
        .collect();
    let told =
        main.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).map(str::to_owned).collect();
    assert_eq!(there, told, "tests/main.rs names each file beside it");
}

#[test]
fn these_tests_can_see() {
    let manifest = "[package]\nname = \"aspire-x\"\n\n[dependencies]\nkernel.workspace = true\n# store.workspace = true\nserde = { version = \"1\" }\n[target.'cfg(unix)'.dependencies]\nstore = { path = \"../store\" }\n[dependencies.web]\npath = \"../web\"\n[dev-dependencies]\ntestkit.workspace = true\n";
    let known: Vec<String> = dependencies(manifest).into_iter().collect();
    assert_eq!(known, ["kernel", "serde", "store", "web"]);
    let source = "let a = \"SELECT 1\"; // \"UPDATE x\"\nlet b = 'x'; let c = '\"'; /* \"DELETE\" */\nlet d = r#\"\n  INSERT INTO \"t\"\"#; let e = \"a\\\"b\";\nfn f<'a>(x: &'a str) {}\nlet g = b\"PRAGMA x\";\n";
    let found: Vec<(usize, String)> = literals(source);
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["SELECT 1", "\n  INSERT INTO \"t\"", "a\\\"b", "PRAGMA x"]);
    assert_eq!(found[1].0, 3);
    assert!(may_hold_sql(Path::new("crates/programme/src/cohort/store.rs")));
    assert!(may_hold_sql(Path::new("crates/store/src/dialect.rs")));
    assert!(!may_hold_sql(Path::new("crates/web/src/store.rs")));
    assert!(!sources().is_empty() && crates().len() > 5);
}

/// In crates/store, in a noun's store.rs (or the folder it grew into), and in
/// what only tests.
fn may_hold_sql(place: &Path) -> bool {
    let inside = |dir: &str| place.starts_with(dir);
    let is_test = place.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
    inside("crates/store")
        || inside("testkit")
        || is_test
        || (inside("crates/programme")
            && place.components().any(|part| part.as_os_str() == "store" || part.as_os_str() == "store.rs"))
}

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .or_else(|| option_env!("CARGO_MANIFEST_DIR").map(PathBuf::from));
    match here {
        Some(testkit) => testkit.parent().unwrap_or(Path::new(".")).to_owned(),
        None => PathBuf::from("."),
    }
}

/// The crates under crates/ by their folder's name, with their manifests.
fn crates() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("crates")).expect("crates/");
    let mut crates: Vec<(String, String)> = entries
        .flatten()
        .filter_map(|entry| {
            let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), manifest))
        })
        .collect();
    crates.sort();
    crates
}

/// The names under [dependencies], [build-dependencies] and their forms by
/// target; what only tests use is free.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            let counts = |name: &str| section == name || section.ends_with(&format!(".{name}"));
            inside = counts("dependencies") || counts("build-dependencies");
            if let Some((before, name)) = section.rsplit_once('.')
                && (before == "dependencies" || before.ends_with(".dependencies"))
            {
                names.insert(name.to_owned());
            }
        } else if inside && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if !name.is_empty() {
                names.insert(name.to_owned());
            }
        }
    }
    names
}

/// Every Rust file of ours.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo: Vec<PathBuf> = ["crates", "testkit", "xtask"].iter().map(|dir| root().join(dir)).collect();
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "target" {
                todo.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The string literals of a source with the line each begins at; comments are
/// passed over.
fn literals(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if let Some(marks) = raw_marks(rest) {
            let open = marks + 2;
            let close = format!("\"{}", "#".repeat(marks));
            let end = rest[open..].find(&close).unwrap_or(rest.len() - open);
            found.push((line_of(source, at), rest[open..open + end].to_owned()));
            at += (open + end + close.len()).min(rest.len());
        } else if let Some(inner) = rest.strip_prefix('"') {
            let end = closing_quote(inner);
            found.push((line_of(source, at), inner[..end].to_owned()));
            at += (end + 2).min(rest.len());
        } else if let Some(length) = char_literal(rest) {
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// How many # a raw string that starts here has.
fn raw_marks(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let marks = after.bytes().take_while(|byte| *byte == b'#').count();
    after[marks..].starts_with('"').then_some(marks)
}

/// The length of a char literal that starts here; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let mut chars = inner.chars();
    match chars.next()? {
        '\\' => inner[2..].find('\'').map(|end| end + 4),
        one => chars.next().is_some_and(|next| next == '\'').then(|| one.len_utf8() + 2),
    }
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index,
            _ => {}
        }
    }
    text.len()
}

fn line_of(source: &str, at: usize) -> usize {
    source[..at].matches('\n').count() + 1
}
