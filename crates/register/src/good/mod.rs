//! The named rules for ‘good or equivalent’.
//!
//! Overall grades ended in August 2024, so that ‘good’ needs a rule, chosen in
//! advance and named with every figure. A [`Rule`] speaks of the inspections of
//! some frameworks and says nothing of the others; a [`RuleSet`] puts together
//! one rule for each framework. Both are data: `data/good-rules`. Nothing is
//! ever cast back from one framework into another.

mod data;
#[cfg(test)]
mod tests;

use crate::frameworks::FrameworkId;
use crate::inspection::{Inspection, InspectionKind, Standing};
use std::sync::OnceLock;

pub use data::GoodRuleError;

/// A named rule for inspections of some frameworks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// ‘GE_strict’.
    pub name: String,
    /// As the end of a sentence: ‘overall effectiveness is good or outstanding’.
    pub words: String,
    /// The frameworks of which it speaks, each with the rank in its scale (1 is
    /// best) that must be reached.
    reach: Vec<(FrameworkId, u8)>,
    test: Test,
}

/// What must reach the rank.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// The overall grade.
    Overall,
    /// These areas, by key.
    Areas(Vec<String>),
    /// Every area of the framework.
    EveryArea,
    /// Every area, and safeguarding must be met.
    EveryAreaAndSafeguarding,
}

/// Rules chosen together, one for each framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// ‘standard-v1’: stored with every figure that uses it.
    pub id: String,
    /// Version of the set; a changed rule is a new version.
    pub version: u32,
    /// What a page calls it.
    pub name: String,
    /// The whole rule in words.
    pub words: String,
    /// Its rules.
    pub rules: Vec<Rule>,
}

struct Known {
    rules: Vec<Rule>,
    sets: Vec<RuleSet>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let rules = data::own_rules();
        let sets = data::own_sets(&rules);
        Known { rules, sets }
    })
}

impl Rule {
    /// All named rules.
    #[must_use]
    pub fn all() -> &'static [Rule] {
        &known().rules
    }

    /// The rule with this name: ‘GE_strict’.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Rule> {
        Self::all().iter().find(|rule| rule.name == name)
    }

    /// True where it speaks of inspections of this framework.
    #[must_use]
    pub fn speaks_of(&self, framework: FrameworkId) -> bool {
        self.reach.iter().any(|(known, _)| *known == framework)
    }

    /// Whether an inspection found the school good or equivalent; `None` where
    /// the rule says nothing of it: another framework, an ungraded or monitoring
    /// visit, a suspended inspection, or a grade that is not known.
    ///
    /// A school put in a category of concern is never good or equivalent.
    #[must_use]
    pub fn good(&self, inspection: &Inspection) -> Option<bool> {
        let framework = inspection.framework;
        let (_, reach) = self.reach.iter().find(|(known, _)| *known == framework)?;
        if inspection.kind != InspectionKind::Graded || inspection.standing != Standing::Published {
            return None;
        }
        if inspection.category.is_some() {
            return Some(false);
        }
        let reaches = |code: u8| framework.get().rank(code).map(|rank| rank <= *reach);
        let every_area = || {
            let areas = framework.get().areas.iter();
            all_known(areas.filter_map(|area| {
                let judged = inspection.code(&area.key).and_then(reaches);
                // Early years and sixth form count only where the school has them.
                (judged.is_some() || !area.where_applicable).then_some(judged)
            }))
        };
        match &self.test {
            Test::Overall => inspection.overall.and_then(reaches),
            Test::Areas(keys) => all_known(
                keys.iter()
                    .map(|key| inspection.code(key).and_then(reaches)),
            ),
            Test::EveryArea => every_area(),
            Test::EveryAreaAndSafeguarding => {
                all_known([inspection.safeguarding, every_area()].into_iter())
            }
        }
    }
}

impl RuleSet {
    /// The sets that come with the product.
    #[must_use]
    pub fn all() -> &'static [RuleSet] {
        &known().sets
    }

    /// The set with this short name: ‘standard-v1’.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static RuleSet> {
        Self::all().iter().find(|set| set.id == id)
    }

    /// Reads a set from the text of its file.
    ///
    /// # Errors
    /// The field that cannot be used, an unknown rule, or two rules for one framework.
    pub fn parse(text: &str) -> Result<Self, GoodRuleError> {
        data::set(text, Rule::all())
    }

    /// The rule that speaks of a framework.
    #[must_use]
    pub fn rule_for(&self, framework: FrameworkId) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.speaks_of(framework))
    }

    /// As [`Rule::good`], by the rule for the inspection's framework.
    #[must_use]
    pub fn good(&self, inspection: &Inspection) -> Option<bool> {
        self.rule_for(inspection.framework)?.good(inspection)
    }

    /// Whether an inspection found the school below good; `None` as for [`Self::good`].
    #[must_use]
    pub fn below_good(&self, inspection: &Inspection) -> Option<bool> {
        self.good(inspection).map(|good| !good)
    }
}

/// The place of an inspection's overall grade in its scale, 1 for the best;
/// `None` where no overall grade was given, so always since September 2024.
#[must_use]
pub fn overall_rank(inspection: &Inspection) -> Option<u8> {
    if inspection.kind != InspectionKind::Graded || inspection.standing != Standing::Published {
        return None;
    }
    inspection.framework.get().rank(inspection.overall?)
}

/// Whether the overall grade fell between two inspections: by rank, so that
/// ‘satisfactory’ to ‘requires improvement’ is no fall. `None` unless both have one.
#[must_use]
pub fn declined(earlier: &Inspection, later: &Inspection) -> Option<bool> {
    Some(overall_rank(later)? > overall_rank(earlier)?)
}

/// `Some(false)` as soon as one is false, `None` where one is not known (or
/// there is none at all), else `Some(true)`.
fn all_known(values: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = None;
    let mut unknown = false;
    for value in values {
        match value {
            Some(false) => return Some(false),
            Some(true) => all = Some(true),
            None => unknown = true,
        }
    }
    if unknown { None } else { all }
}
