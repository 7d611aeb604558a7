//! The documents: that what they tell the reader to run exists, and that what
//! they link to lies there.

use std::path::Path;

use crate::machine::root;
use crate::report::Outcome;

const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];

/// Commands a reader is given, which must stand in README.md.
const COMMANDS: [&str; 2] = ["cargo run --release -- demo", "cargo xtask test"];

pub(crate) fn check() -> Outcome {
    let root = root();
    let mut wrong = Vec::new();
    match std::fs::read_to_string(root.join("README.md")) {
        Err(_) => wrong.push("README.md is missing".to_owned()),
        Ok(readme) => {
            let missing = COMMANDS.iter().filter(|command| !readme.contains(**command));
            wrong.extend(missing.map(|command| format!("README.md does not give ‘{command}’")));
        }
    }
    let docs = std::fs::read_dir(root.join("docs")).into_iter().flatten();
    let documents = docs
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "md"))
        .chain(DOCUMENTS.iter().map(|name| root.join(name)));
    for document in documents {
        if let Ok(text) = std::fs::read_to_string(&document) {
            wrong.extend(dead_links(&document, &text));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Links of a document to files that are not there.
fn dead_links(document: &Path, text: &str) -> Vec<String> {
    let here = document.parent().unwrap_or(Path::new("."));
    text.split("](")
        .skip(1)
        .filter_map(|after| after.split([')', ' ', '#']).next())
        .filter(|link| !link.is_empty() && !link.contains(':') && !link.starts_with('/'))
        .filter(|link| !here.join(link).exists())
        .map(|link| format!("{}: no file ‘{link}’", document.display()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_link_is_found() {
        let document = root().join("README.md");
        let text = "[a](Cargo.toml) [b](nowhere.md#x) [c](https://a.example) [d](#e)";
        let dead = dead_links(&document, text);
        assert_eq!(dead.len(), 1);
        assert!(dead[0].ends_with("no file ‘nowhere.md’"));
    }
}
