//! What a school looks at when it looks at itself: frameworks of strands,
//! aspects and statements, as data (`data/diagnosis-frameworks`).

use crate::{
    error::{Error, Result},
    who::Strand as ProgrammeStrand,
};
use serde::Deserialize;
use std::sync::OnceLock;

/// The frameworks that come with Aspire, one line a file; the newest version of each last.
static FILES: &[(&str, &str)] = &[
    ("five-strands.v1.json", include_str!("../../../../data/diagnosis-frameworks/five-strands.v1.json")),
    ("report-card-areas.v1.json", include_str!("../../../../data/diagnosis-frameworks/report-card-areas.v1.json")),
];

/// A diagnosis framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its short name.
    pub id: String,
    /// 1, 2, 3 …
    pub version: i64,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Where it is from.
    pub source: String,
    /// On what one answers.
    pub scale: Scale,
    /// What it asks about.
    pub strands: Vec<Strand>,
}

/// The scale: words of the school's own, never an inspectorate's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// What is asked of each statement.
    pub question: String,
    /// Its points, from least to most.
    pub points: Vec<Point>,
    /// Not being able to say.
    pub unsure: Unsure,
}

/// A point of the scale.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// 1, 2, 3 …
    pub value: i64,
    /// Its word.
    pub word: String,
    /// What one would see.
    pub means: String,
}

/// The answer of whoever cannot say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsure {
    /// Its words.
    pub word: String,
    /// What it means.
    pub means: String,
}

/// A part that is looked at by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strand {
    /// One of the programme's five, by its short name.
    strand: Option<String>,
    /// An area of an inspection framework, by its name.
    area: Option<String>,
    /// For which schools it is, where not for all.
    #[serde(rename = "where")]
    pub for_whom: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it asks.
    pub question: String,
    /// Its aspects.
    pub aspects: Vec<Aspect>,
}

/// Statements that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aspect {
    /// Its short name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its statements.
    pub statements: Vec<Statement>,
}

/// A statement that anybody who works in the school can judge.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its short name, which stands once in the framework.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Where one may look for evidence.
    pub evidence: Vec<String>,
}

impl Strand {
    /// Its name in addresses and in the database.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.strand {
            Some(strand) => strand.clone(),
            None => slug(self.area.as_deref().unwrap_or(&self.title)),
        }
    }

    /// The programme's strand that it is, whose lead answers for it.
    #[must_use]
    pub fn of_programme(&self) -> Option<ProgrammeStrand> {
        self.strand.as_deref().and_then(ProgrammeStrand::from_key)
    }

    /// Its statements in their order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.aspects.iter().flat_map(|aspect| &aspect.statements)
    }
}

fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

impl Framework {
    /// Reads a framework's file.
    ///
    /// # Errors
    /// [`Error::BadFile`] with what does not fit and where.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let bad = |why: String| Error::BadFile { file: file.to_owned(), why };
        let framework: Self = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        framework.checked().map_err(bad)?;
        Ok(framework)
    }

    fn checked(&self) -> Result<(), String> {
        let values: Vec<i64> = self.scale.points.iter().map(|point| point.value).collect();
        if values.len() < 2 || !values.iter().zip(1..).all(|(value, expected)| *value == expected) {
            return Err(format!("the points of its scale are {values:?}; 1, 2, 3 … were expected, two or more"));
        }
        let mut seen = Vec::new();
        for strand in &self.strands {
            let title = &strand.title;
            if strand.strand.is_some() == strand.area.is_some() {
                return Err(format!("‘{title}’ names both a strand and an area, or neither; one was expected"));
            }
            if strand.strand.is_some() && strand.of_programme().is_none() {
                return Err(format!("‘{title}’ names a strand that is none of the five"));
            }
            if seen.contains(&strand.key()) {
                return Err(format!("‘{title}’ has the same name in addresses as another, ‘{}’", strand.key()));
            }
            seen.push(strand.key());
            if strand.statements().next().is_none() {
                return Err(format!("‘{title}’ has no statements"));
            }
        }
        let all: Vec<&Statement> = self.strands.iter().flat_map(Strand::statements).collect();
        for (at, one) in all.iter().enumerate() {
            let plain = !one.id.is_empty() && one.id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if !plain || one.text.trim().is_empty() {
                return Err(format!("statement ‘{}’ has no text, or a name that is not letters and digits", one.id));
            }
            if all[..at].iter().any(|other| other.id == one.id) {
                return Err(format!("statement ‘{}’ stands twice", one.id));
            }
        }
        Ok(())
    }

    /// The strand with this name.
    #[must_use]
    pub fn strand(&self, key: &str) -> Option<&Strand> {
        self.strands.iter().find(|strand| strand.key() == key)
    }

    /// The statement with this name, and its strand.
    #[must_use]
    pub fn statement(&self, id: &str) -> Option<(&Strand, &Statement)> {
        self.strands.iter().find_map(|strand| {
            let found = strand.statements().find(|statement| statement.id == id)?;
            Some((strand, found))
        })
    }

    /// The word of a point of the scale.
    #[must_use]
    pub fn word(&self, value: i64) -> &str {
        let found = self.scale.points.iter().find(|point| point.value == value);
        found.map_or("", |point| &point.word)
    }

    /// True where the scale has this point.
    #[must_use]
    pub fn has(&self, value: i64) -> bool {
        self.scale.points.iter().any(|point| point.value == value)
    }
}

/// All frameworks, in the order of their files. A file that cannot be read is
/// left out; a test reads them all.
pub fn frameworks() -> &'static [Framework] {
    static ALL: OnceLock<Vec<Framework>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read =
            |(file, text): &(&str, &str)| Framework::parse(file, text).map_err(|error| tracing::error!("{error}")).ok();
        FILES.iter().filter_map(read).collect()
    })
}

/// The framework with this name; the newest version, or the one asked for.
#[must_use]
pub fn framework(id: &str, version: Option<i64>) -> Option<&'static Framework> {
    frameworks().iter().rfind(|one| one.id == id && version.is_none_or(|version| one.version == version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_framework_s_file_can_be_read() {
        for (file, text) in FILES {
            Framework::parse(file, text).unwrap();
        }
        assert_eq!(frameworks().len(), FILES.len());
        let five = framework("five-strands", None).unwrap();
        assert_eq!(five.strands.iter().flat_map(Strand::statements).count(), 30);
        assert!(five.strands.iter().all(|strand| strand.of_programme().is_some()));
        let areas = framework("report-card-areas", Some(1)).unwrap();
        assert!(areas.strand("attendance-and-behaviour").is_some());
        assert!(framework("five-strands", Some(9)).is_none());
    }

    #[test]
    fn a_file_that_does_not_fit_is_refused_with_its_place() {
        let good = FILES[0].1;
        for (from, to, said) in [
            ("\"id\": \"l2\"", "\"id\": \"l1\"", "statement ‘l1’ stands twice"),
            ("\"id\": \"l2\"", "\"id\": \"l 2\"", "letters and digits"),
            ("\"value\": 2", "\"value\": 3", "1, 2, 3 … were expected"),
            ("\"strand\": \"leadership\"", "\"strand\": \"liedership\"", "none of the five"),
            ("\"strand\": \"leadership\",", "", "one was expected"),
            ("\"about\"", "\"abuot\"", "line 5"),
        ] {
            assert!(good.contains(from), "{from}");
            let error = Framework::parse("x.json", &good.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.starts_with("x.json: ") && error.contains(said), "{error}");
        }
    }

    #[test]
    fn no_scale_speaks_as_an_inspectorate_does() {
        for framework in frameworks() {
            for point in &framework.scale.points {
                let said = format!("{} {}", point.word, point.means).to_lowercase();
                for word in ["outstanding", "good", "requires improvement", "inadequate", "expected standard"] {
                    assert!(!said.contains(word), "{}: {said}", framework.id);
                }
            }
        }
    }
}
