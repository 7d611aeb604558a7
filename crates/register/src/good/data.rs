//! Rules and sets of rules from their files.

use super::{Rule, RuleSet, Test};
use crate::frameworks::FrameworkId;
use serde::Deserialize;

const RULES: &str = include_str!("../../../../data/good-rules/rules.json");
const SETS: &[&str] = &[
    include_str!("../../../../data/good-rules/standard-v1.json"),
    include_str!("../../../../data/good-rules/strict-v1.json"),
];

/// Why a file of rules is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("good-or-equivalent file: {0}")]
pub struct GoodRuleError(String);

impl From<serde_json::Error> for GoodRuleError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    /// For readers of the file.
    #[serde(default, rename = "notes")]
    _notes: String,
    rules: Vec<RuleInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleInFile {
    name: String,
    words: String,
    frameworks: Vec<String>,
    /// The overall grade must reach the word.
    #[serde(default)]
    overall: bool,
    /// These areas must; all of them where neither this nor `overall` is given.
    areas: Option<Vec<String>>,
    /// And safeguarding must be met.
    #[serde(default)]
    safeguarding: bool,
    /// The word of the scale that must be reached.
    at_least: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetInFile {
    id: String,
    version: u32,
    name: String,
    words: String,
    rules: Vec<RuleInSet>,
}

/// A rule by its name, or written out: for a framework that the named rules
/// do not know.
#[derive(Deserialize)]
#[serde(untagged)]
enum RuleInSet {
    Named(String),
    Written(RuleInFile),
}

/// The product's own rules. A test reads the same files and shows any error.
pub(super) fn own_rules() -> Vec<Rule> {
    rules(RULES).unwrap_or_default()
}

/// The product's own sets, as [`own_rules`].
pub(super) fn own_sets(rules: &[Rule]) -> Vec<RuleSet> {
    SETS.iter()
        .filter_map(|text| set(text, rules).ok())
        .collect()
}

pub(super) fn rules(text: &str) -> Result<Vec<Rule>, GoodRuleError> {
    let file: RulesFile = serde_json::from_str(text)?;
    file.rules.into_iter().map(rule).collect()
}

fn rule(rule: RuleInFile) -> Result<Rule, GoodRuleError> {
    let wrong = |what: String| GoodRuleError(format!("rule ‘{}’: {what}", rule.name));
    let mut reach = Vec::new();
    for key in &rule.frameworks {
        let id = FrameworkId::from_key(key)
            .ok_or_else(|| wrong(format!("there is no framework ‘{key}’")))?;
        let framework = id.get();
        let rank = framework
            .code(&rule.at_least)
            .and_then(|code| framework.rank(code))
            .ok_or_else(|| wrong(format!("‘{}’ is not in the scale of {key}", rule.at_least)))?;
        let strange = rule
            .areas
            .iter()
            .flatten()
            .find(|area| framework.area(area).is_none());
        if let Some(area) = strange {
            return Err(wrong(format!("{key} has no area ‘{area}’")));
        }
        reach.push((id, rank));
    }
    let test = match (rule.overall, rule.areas, rule.safeguarding) {
        (true, None, false) => Test::Overall,
        (false, Some(areas), false) if !areas.is_empty() => Test::Areas(areas),
        (false, None, false) => Test::EveryArea,
        (false, None, true) => Test::EveryAreaAndSafeguarding,
        _ => {
            return Err(GoodRuleError(format!(
                "rule ‘{}’: give one of ‘overall’: true, a list of ‘areas’, or neither for every area; ‘safeguarding’ only with every area",
                rule.name
            )));
        }
    };
    Ok(Rule {
        name: rule.name,
        words: rule.words,
        reach,
        test,
    })
}

pub(super) fn set(text: &str, known: &[Rule]) -> Result<RuleSet, GoodRuleError> {
    let file: SetInFile = serde_json::from_str(text)?;
    let id = file.id.clone();
    let wrong = |what: String| GoodRuleError(format!("set ‘{id}’: {what}"));
    let mut rules: Vec<Rule> = Vec::new();
    for in_set in file.rules {
        let next = match in_set {
            RuleInSet::Written(written) => rule(written)?,
            RuleInSet::Named(name) => known
                .iter()
                .find(|rule| rule.name == name)
                .cloned()
                .ok_or_else(|| wrong(format!("there is no rule ‘{name}’")))?,
        };
        for (framework, _) in &next.reach {
            if let Some(other) = rules.iter().find(|other| other.speaks_of(*framework)) {
                let (first, second, key) = (&other.name, &next.name, framework.key());
                return Err(wrong(format!(
                    "‘{first}’ and ‘{second}’ both speak of {key}"
                )));
            }
        }
        rules.push(next);
    }
    Ok(RuleSet {
        id: file.id,
        version: file.version,
        name: file.name,
        words: file.words,
        rules,
    })
}
