//! The table of keys as people read it: a file to start from, and a document.

use super::keys::{KEYS, Key, SECTIONS};
use std::fmt::Write as _;

/// `deploy/aspire.toml`: every key with what it means, nothing set.
pub(crate) fn example() -> String {
    let mut out = String::from(
        "# Aspire’s configuration. Every key stands here with its meaning; take away the # of those you set.\n\
         # An environment variable goes before this file, a flag of the command line before both.\n\
         # Relative paths begin in the folder in which Aspire is started.\n\
         # ‘aspire --config THIS-FILE config check’ says what holds and what is wrong.\n",
    );
    for (section, about) in SECTIONS {
        let (open, close) = if *section == "oidc" { ("[[", "]]") } else { ("[", "]") };
        out.push('\n');
        for line in folded(about) {
            let _ = writeln!(out, "# {line}");
        }
        if !section.is_empty() {
            let _ = writeln!(out, "#{open}{section}{close}");
        }
        for key in KEYS.iter().filter(|key| key.section() == *section) {
            let default = if key.default.is_empty() { String::new() } else { format!(" Without it: {}.", key.default) };
            out.push('\n');
            for line in folded(&format!("{}{default}", key.meaning)) {
                let _ = writeln!(out, "# {line}");
            }
            let _ = writeln!(out, "#{} = {}", key.name(), key.example);
        }
    }
    out
}

/// The tables of `docs/configuration.md`.
pub(crate) fn table() -> String {
    let mut out = String::new();
    for (section, about) in SECTIONS {
        let heading = match *section {
            "" => "First keys".to_owned(),
            "oidc" => "`[[oidc]]`".to_owned(),
            section => format!("`[{section}]`"),
        };
        let _ = writeln!(out, "### {heading}\n\n{about}\n");
        out.push_str("| Key | Meaning | It takes | Without it | Environment, flag |\n|---|---|---|---|---|\n");
        for key in KEYS.iter().filter(|key| key.section() == *section) {
            let _ = writeln!(out, "{}", row(key));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn row(key: &Key) -> String {
    let default = if key.default.is_empty() { "–" } else { key.default };
    let flag = key.flag.map_or_else(String::new, |flag| format!(", `{flag}`"));
    let env = key.env();
    let env = if key.path == "oidc.id" { "–".to_owned() } else { format!("`{env}`") };
    format!("| `{}` | {} | {} | {default} | {env}{flag} |", key.path, key.meaning, key.kind.expected())
}

/// Lines of at most 100 characters.
fn folded(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < 100);
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
