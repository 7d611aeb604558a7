//! What is given, from where, and what is wrong with it.

use super::keys::Key;
use std::{collections::BTreeMap, fmt, path::PathBuf};

/// Where a value is from; a later one overrides an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A line of the configuration file.
    File(PathBuf, usize),
    /// An environment variable.
    Env(String),
    /// A flag of the command line.
    Flag(&'static str),
}

impl Origin {
    /// How strong it is; of two of one strength, none overrides the other.
    pub(crate) fn strength(&self) -> u8 {
        match self {
            Self::File(..) => 0,
            Self::Env(_) => 1,
            Self::Flag(_) => 2,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, line) => write!(f, "{}, line {line}", path.display()),
            Self::Env(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A value as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) text: String,
    pub(crate) from: Origin,
}

/// Values by the path of their key.
pub(crate) type Section = BTreeMap<&'static str, Given>;

/// All that is given.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Keys outside `[[oidc]]`.
    pub(crate) plain: Section,
    /// One a provider, in the order of the file and then of the environment.
    pub(crate) providers: Vec<Section>,
}

/// Something wrong in the configuration, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    origin: Option<Origin>,
    place: String,
    what: String,
}

impl Problem {
    /// That something is wrong with what is from there.
    pub(crate) fn at(origin: &Origin, what: impl Into<String>) -> Self {
        Self { origin: Some(origin.clone()), place: origin.to_string(), what: what.into() }
    }

    /// That something is wrong that stands on no line.
    pub(crate) fn of(place: &str, what: impl Into<String>) -> Self {
        Self { origin: None, place: place.to_owned(), what: what.into() }
    }

    /// That a value is not what its key takes.
    pub(crate) fn value(key: &Key, given: &Given, expected: &str) -> Self {
        let is = if key.secret { "is not one".to_owned() } else { format!("is ‘{}’", given.text) };
        Self::at(&given.from, format!("{} {is}; expected {expected}", key.path))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Everything that is wrong; never empty.
#[derive(Debug)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration does not hold; nothing was started or changed")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for Problems {}

/// What nobody may see; shown as such.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Secret {
    /// It was given itself.
    Here(String),
    /// It is the first line of a file.
    File(PathBuf),
}

impl Secret {
    /// The secret itself, read now where it stands in a file, so that only those
    /// who need it must be able to read it.
    ///
    /// # Errors
    /// A sentence that says why the file cannot be used.
    pub(crate) fn reveal(&self) -> Result<String, String> {
        match self {
            Self::Here(text) => Ok(text.clone()),
            Self::File(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
                match text.lines().next().map(str::trim_end) {
                    None | Some("") => Err(format!("the first line of {} is empty", path.display())),
                    Some(line) => Ok(line.to_owned()),
                }
            }
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(_) => f.write_str("Secret(…)"),
            Self::File(path) => write!(f, "Secret({})", path.display()),
        }
    }
}
