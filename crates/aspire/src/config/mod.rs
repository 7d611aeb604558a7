//! The configuration: one file, environment variables over it, flags over both.
//!
//! [`keys`] is the one list of what can be said; [`typed`] is what the rest of
//! the program takes.

mod check;
#[cfg(test)]
mod deploy_tests;
mod env;
mod file;
mod given;
mod keys;
mod paper;
mod reader;
#[cfg(test)]
mod tests;
mod typed;

pub(crate) use check::check;
pub(crate) use env::{Env, of_process};
pub(crate) use given::{Problems, Secret};
pub(crate) use paper::{example, table};
pub(crate) use typed::{Config, Provider, Security, Tls};

use crate::say::Why;
use given::{Given, Origin, Problem, Values};
use std::path::{Path, PathBuf};

/// The file that is read where none is named and it exists.
const USUAL: &str = "aspire.toml";

/// What the command line says of the configuration.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    /// `--config`
    pub(crate) config: Option<PathBuf>,
    /// `--database`
    pub(crate) database: Option<String>,
    /// `--listen`
    pub(crate) listen: Option<String>,
    /// `--https`
    pub(crate) https: bool,
    /// `--largest-upload`
    pub(crate) largest_upload: Option<String>,
    /// `--no-worker`
    pub(crate) no_worker: bool,
}

/// The configuration with where each value is from.
pub(crate) struct Loaded {
    /// What holds.
    pub(crate) config: Config,
    values: Values,
    file: Option<PathBuf>,
    unknown: Vec<String>,
}

impl Loaded {
    /// Variables of the environment that look like ours and that nothing reads.
    pub(crate) fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

/// Reads the file, the environment and the flags.
///
/// # Errors
/// [`Problems`]: everything that does not fit, with its place.
pub(crate) fn load(flags: &Flags, env: &Env) -> Result<Loaded, Why> {
    let mut problems = Vec::new();
    let (file, mut values) = from_file(flags, env, &mut problems);
    env::put_over(&mut values, env);
    let https = flags.https.then(|| "true".to_owned());
    let inside = flags.no_worker.then(|| "false".to_owned());
    for (path, text) in [
        ("listen", &flags.listen),
        ("database", &flags.database),
        ("https", &https),
        ("largest_upload", &flags.largest_upload),
        ("worker.inside", &inside),
    ] {
        let key = keys::Key::of(path);
        if let (Some(text), Some(flag)) = (text, key.and_then(|key| key.flag)) {
            values.plain.insert(path, Given { text: text.clone(), from: Origin::Flag(flag) });
        }
    }
    let config = match Config::of(&values) {
        Ok(config) => Some(config),
        Err(more) => {
            problems.extend(more);
            None
        }
    };
    match config {
        Some(config) if problems.is_empty() => Ok(Loaded { config, values, file, unknown: env::unknown(env) }),
        _ => {
            problems.sort();
            Err(Problems(problems).into())
        }
    }
}

/// What the file says; nothing where none is named and the usual one is not there.
fn from_file(flags: &Flags, env: &Env, problems: &mut Vec<Problem>) -> (Option<PathBuf>, Values) {
    let named = match (&flags.config, env.get(env::CONFIG)) {
        (Some(path), _) => Some((path.clone(), "--config")),
        (None, Some(path)) => Some((PathBuf::from(path), env::CONFIG)),
        (None, None) => None,
    };
    let (path, by) = match named {
        Some(named) => named,
        None if Path::new(USUAL).exists() => (PathBuf::from(USUAL), USUAL),
        None => return (None, Values::default()),
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let values = file::read(&path, &text, problems);
            (Some(path), values)
        }
        Err(error) => {
            problems.push(Problem::of(by, format!("the file {} cannot be read: {error}", path.display())));
            (None, Values::default())
        }
    }
}
