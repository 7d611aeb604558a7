//! What stands in `deploy/` fits the program and itself. Building the image is
//! for whoever has the builder; what would break it unseen is looked for here.

use super::{Env, Flags, load};
use crate::cli::Cli;
use clap::Parser as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// What follows each `word` in the container file; lines that go on are one.
fn all(word: &str) -> Vec<String> {
    let whole = read("deploy/Containerfile").replace("\\\n", " ");
    let lines = whole.lines().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
    lines.map(|rest| rest.trim().to_owned()).collect()
}

/// What holds in the end: the last stage is the image.
fn last(word: &str) -> String {
    all(word).pop().unwrap_or_else(|| panic!("no {word}"))
}

/// Fails where the program does not understand a command.
fn understood(words: &[String]) {
    Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{words:?}: {error}"));
}

/// The words of a list in JSON.
fn listed(list: &str) -> Vec<String> {
    serde_json::from_str(list).unwrap_or_else(|error| panic!("{list}: {error}"))
}

#[test]
fn what_the_container_file_copies_is_sent_to_it() {
    let ignored = read(".dockerignore");
    let ignored: Vec<&str> = ignored.lines().filter(|line| !line.is_empty()).collect();
    for copy in all("COPY") {
        let words = copy.split(' ').filter(|word| !word.starts_with("--")).collect::<Vec<_>>();
        let (_, sources) = words.split_last().unwrap();
        for source in sources.iter().filter(|_| !copy.contains("--from=")) {
            assert!(root().join(source).exists(), "{copy}: {source} is not there");
            let left_out = Path::new(source).ancestors().any(|path| ignored.iter().any(|line| Path::new(line) == path));
            assert!(!left_out, "{copy}: .dockerignore leaves {source} out");
        }
    }
    for built in [".git", "**/target", "**/node_modules"] {
        assert!(ignored.contains(&built), "{built} would be sent");
    }
}

#[test]
fn the_container_file_and_its_configuration_agree() {
    let flags = Flags { config: Some(root().join("deploy/container.toml")), ..Flags::default() };
    let config = load(&flags, &Env::new()).unwrap().config;
    assert_eq!(
        (config.listen.to_string(), config.database.as_str()),
        (format!("0.0.0.0:{}", last("EXPOSE")), "sqlite:/data/aspire.db")
    );
    // What has to outlive a container is on the volume; a backup named without a folder is too.
    assert_eq!((last("VOLUME").as_str(), last("WORKDIR").as_str()), ("/data", "/data"));
    let file = last("ENV").strip_prefix("ASPIRE_CONFIG=").unwrap().to_owned();
    assert!(all("COPY").contains(&format!("deploy/container.toml {file}")), "{file}");
}

#[test]
fn what_is_deployed_is_understood() {
    let (entry, health) = (listed(&last("ENTRYPOINT")), last("HEALTHCHECK"));
    understood(&[entry.clone(), listed(&last("CMD"))].concat());
    let (_, health) = health.split_once("CMD ").unwrap();
    assert_eq!(listed(health)[..1], entry);
    understood(&listed(health));
    let unit = read("deploy/aspire.service");
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    for line in [start, "aspire doctor --http", "aspire --config x backup y", "aspire user unlock --email a@b"] {
        understood(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
    }
}
