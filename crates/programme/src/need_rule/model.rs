//! A need rule: who needs help, by what inspectors last found.

use kernel::{Date, Urn, words::long_date};
use register::{
    frameworks::FrameworkId,
    good::RuleSet,
    public_record::{Event, PublicRecord, School},
};
use serde::{Deserialize, Serialize};

/// A rule, as in its file. A change of a rule is a new version beside the old.
#[derive(Debug, Clone)]
pub struct NeedRule {
    /// Short name in addresses: `below-good`.
    pub id: String,
    /// 1, 2, 3 …
    pub version: i64,
    /// Title.
    pub title: String,
    /// The rule in one plain sentence.
    pub words: String,
    /// Why this rule.
    pub why: String,
    /// One form for each family of frameworks; an inspection under a framework
    /// that no form names never meets the rule.
    pub forms: Vec<Form>,
    /// Whether the school must have had no change of structure since its latest
    /// inspection.
    pub same_structure: bool,
    /// What to beware of.
    pub caveat: String,
    /// Where the rule comes from.
    pub source: String,
}

/// The rule for inspections under certain frameworks.
#[derive(Debug, Clone)]
pub struct Form {
    /// Frameworks of the latest graded inspection.
    pub frameworks: Vec<FrameworkId>,
    /// What the latest graded inspection must have found.
    pub latest: Test,
    /// What the one before it must have found.
    pub previous: Option<Test>,
}

/// What an inspection must have found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of these overall grades.
    Overall(Vec<u8>),
    /// One of these codes in any of these areas (keys of the framework).
    AnyArea {
        /// Area keys.
        areas: Vec<String>,
        /// Codes in the framework's scale.
        codes: Vec<u8>,
    },
    /// Not good or equivalent by the rule set with this number (see
    /// [`RuleSet::all`]).
    NotGood(usize),
}

/// Why a rule's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("need rule {file}: {why}")]
pub struct RuleError {
    /// The file.
    pub file: String,
    /// What is wrong, and what was expected.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    version: i64,
    title: String,
    words: String,
    why: String,
    forms: Vec<FormFile>,
    same_structure: bool,
    caveat: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    frameworks: Vec<String>,
    latest: TestFile,
    previous: Option<TestFile>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum TestFile {
    Overall { overall: Vec<u8> },
    AnyArea { areas: Vec<String>, codes: Vec<u8> },
    NotGood { not_good_by: String },
}

impl NeedRule {
    /// Reads a rule's file.
    ///
    /// # Errors
    /// What is wrong with it: a field, a framework, an area or a rule that does not exist.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let error = |why: String| RuleError {
            file: file.to_owned(),
            why,
        };
        let rule: RuleFile = serde_json::from_str(text).map_err(|e| error(e.to_string()))?;
        let mut forms = Vec::new();
        for form in rule.forms {
            let frameworks = form
                .frameworks
                .iter()
                .map(|id| {
                    FrameworkId::from_key(id)
                        .ok_or_else(|| error(format!("there is no framework ‘{id}’")))
                })
                .collect::<Result<Vec<_>, _>>()?;
            forms.push(Form {
                latest: test(form.latest, &frameworks).map_err(error)?,
                previous: form
                    .previous
                    .map(|previous| test(previous, &[]))
                    .transpose()
                    .map_err(error)?,
                frameworks,
            });
        }
        Ok(Self {
            id: rule.id,
            version: rule.version,
            title: rule.title,
            words: rule.words,
            why: rule.why,
            forms,
            same_structure: rule.same_structure,
            caveat: rule.caveat,
            source: rule.source,
        })
    }
}

fn test(file: TestFile, frameworks: &[FrameworkId]) -> Result<Test, String> {
    Ok(match file {
        TestFile::Overall { overall } => Test::Overall(overall),
        TestFile::AnyArea { areas, codes } => {
            for area in &areas {
                if let Some(without) = frameworks
                    .iter()
                    .find(|id| id.get().area_number(area).is_none())
                {
                    return Err(format!("framework {} has no area ‘{area}’", without.key()));
                }
            }
            Test::AnyArea { areas, codes }
        }
        TestFile::NotGood { not_good_by } => RuleSet::all()
            .iter()
            .position(|rule| rule.id == not_good_by)
            .map(Test::NotGood)
            .ok_or_else(|| {
                format!("there is no rule for ‘good or equivalent’ named ‘{not_good_by}’")
            })?,
    })
}

impl Test {
    fn met(&self, event: &Event) -> bool {
        match self {
            Self::Overall(grades) => event.overall.is_some_and(|grade| grades.contains(&grade)),
            Self::AnyArea { areas, codes } => areas.iter().any(|area| {
                let number = event.framework.get().area_number(area);
                number
                    .and_then(|number| event.area(number))
                    .is_some_and(|code| codes.contains(&code))
            }),
            Self::NotGood(rule) => event.is_good(*rule) == Some(false),
        }
    }
}

/// A school that meets a rule on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Met {
    /// The school.
    pub urn: Urn,
    /// The first of the unbroken run of inspections that found this.
    pub since: Date,
    /// Why, in words.
    pub reason: String,
}

/// Who meets `rule` on `on`: schools that existed then, of `phase` where one is
/// given, by URN. The deemed rule holds: a school not yet inspected in its own
/// form stands as those it came from stood.
#[must_use]
pub fn evaluate(rule: &NeedRule, record: &PublicRecord, on: Date, phase: Option<&str>) -> Vec<Met> {
    record
        .schools()
        .filter(|school| phase.is_none_or(|phase| record.phase(school).eq_ignore_ascii_case(phase)))
        .filter_map(|school| meets(rule, record, school, on))
        .collect()
}

/// Whether and why one school meets `rule` on `on`.
pub(crate) fn meets(
    rule: &NeedRule,
    record: &PublicRecord,
    school: &School,
    on: Date,
) -> Option<Met> {
    let graded = record.graded_by(school.urn, on);
    let (latest, before) = graded.split_last()?;
    let form = rule
        .forms
        .iter()
        .find(|form| form.frameworks.contains(&latest.framework))?;
    if !form.latest.met(latest) {
        return None;
    }
    if let Some(test) = &form.previous
        && !before.last().is_some_and(|previous| test.met(previous))
    {
        return None;
    }
    if rule.same_structure && latest.urn != school.urn {
        return None;
    }
    if !record.existed_on(school, on) {
        return None;
    }
    let since = before
        .iter()
        .rev()
        .take_while(|event| form.latest.met(event))
        .last()
        .unwrap_or(latest)
        .start;
    Some(Met {
        urn: school.urn,
        since,
        reason: reason(record, school, form, latest),
    })
}

fn reason(record: &PublicRecord, school: &School, form: &Form, latest: &Event) -> String {
    let framework = latest.framework.get();
    let found = match (&form.latest, latest.overall) {
        (Test::AnyArea { areas, codes }, _) => {
            let found: Vec<String> = areas
                .iter()
                .filter_map(|area| {
                    let code = latest.area(framework.area_number(area)?)?;
                    let label = framework.area_label(area);
                    codes
                        .contains(&code)
                        .then(|| format!("{label}: {}", framework.label(code).unwrap_or("?")))
                })
                .collect();
            found.join("; ")
        }
        (_, Some(grade)) => framework.label(grade).unwrap_or("?").to_owned(),
        (_, None) => "below good".to_owned(),
    };
    let as_whom = if latest.urn == school.urn {
        String::new()
    } else {
        let name = record
            .school(latest.urn)
            .map_or("its predecessor", |before| &before.name);
        format!(" (as {name})")
    };
    format!("{found} on {}{as_whom}", long_date(latest.start))
}

/// A decision of the programme beside the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The school.
    pub urn: Urn,
    /// What was decided.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// When.
    pub at: kernel::Timestamp,
    /// Who recorded it.
    pub by: String,
}

/// What a programme can decide beside a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// The school says that the rule has it wrong; not decided yet.
    Appeal,
    /// Help is offered though the rule does not find it.
    Include,
    /// Help is not offered though the rule finds it.
    Exclude,
    /// An earlier appeal or decision no longer holds.
    Withdraw,
}

impl DecisionKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Appeal, Self::Include, Self::Exclude, Self::Withdraw];

    /// The short name under which it is stored.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Appeal => "appeal",
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Withdraw => "withdraw",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Appeal => "Appeal: the school says the rule has it wrong",
            Self::Include => "Offer help though the rule does not find it",
            Self::Exclude => "Do not offer help though the rule finds it",
            Self::Withdraw => "Withdraw the earlier appeal or decision",
        }
    }

    /// The kind with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
