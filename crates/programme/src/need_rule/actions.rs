//! What one can do with need rules.

use super::{
    access,
    model::{Decision, DecisionKind, Met, NeedRule, evaluate},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    record::Kept,
};
use kernel::{Date, Urn};
use register::public_record::PublicRecord;
use serde_json::json;
use std::sync::{Arc, OnceLock};

/// The rules that come with Aspire, one line a file; the newest version of each last.
static FILES: &[(&str, &str)] = &[
    ("below-good.v1.json", include_str!("../../../../data/need-rules/below-good.v1.json")),
    ("stuck.v1.json", include_str!("../../../../data/need-rules/stuck.v1.json")),
];

/// All rules, in the order of their files. A file that cannot be read is left
/// out; a test reads them all.
pub fn rules() -> &'static [NeedRule] {
    static RULES: OnceLock<Vec<NeedRule>> = OnceLock::new();
    RULES.get_or_init(|| {
        FILES
            .iter()
            .filter_map(|(file, text)| NeedRule::parse(file, text).map_err(|error| tracing::error!("{error}")).ok())
            .collect()
    })
}

/// The rule with this id; the newest version, or the one asked for.
#[must_use]
pub fn rule(id: &str, version: Option<i64>) -> Option<&'static NeedRule> {
    rules().iter().rfind(|rule| rule.id == id && version.is_none_or(|version| rule.version == version))
}

/// What a rule finds on a day, and what was decided beside it.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The schools that meet the rule, by URN.
    pub met: Arc<Vec<Met>>,
    /// Decisions and appeals that stand, the latest of each school.
    pub decisions: Vec<Decision>,
}

/// Who meets which rule, in its version, on which day, of which phase; kept while the
/// register stands as it did.
#[derive(Default)]
pub struct Found(Kept<(&'static str, i64, Date, Option<String>), Vec<Met>>);

/// Who meets a rule on a day. Takes milliseconds the first time; keep it off the threads
/// that answer.
pub(crate) fn who_meets(
    found: &Found,
    rule: &'static NeedRule,
    record: &PublicRecord,
    on: Date,
    phase: Option<&str>,
) -> Arc<Vec<Met>> {
    let question = (rule.id.as_str(), rule.version, on, phase.map(str::to_lowercase));
    found.0.answer(record, question, |_| evaluate(rule, record, on, phase))
}

/// Who meets a rule on a day, with the decisions that stand beside it.
///
/// # Errors
/// The database.
pub async fn needs(world: &World, rule: &'static NeedRule, on: Date, phase: Option<String>) -> Result<Decided> {
    let record = world.record().await?;
    let found = world.found.clone();
    let met = tokio::task::spawn_blocking(move || who_meets(&found, rule, &record, on, phase.as_deref()))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    let mut conn = world.db.read().await?;
    let all = store::of_rule(&mut conn, &rule.id).await?;
    let mut decisions: Vec<Decision> = Vec::new();
    for decision in all {
        decisions.retain(|earlier| earlier.urn != decision.urn);
        if decision.kind != DecisionKind::Withdraw {
            decisions.push(decision);
        }
    }
    Ok(Decided { met, decisions })
}

/// Records an appeal against, or a decision beside, a rule.
///
/// # Errors
/// [`Error::Invalid`] without a reason or for a school that is not in the register.
pub async fn decide(
    world: &World,
    who: &Who,
    rule: &NeedRule,
    urn: &str,
    kind: Option<DecisionKind>,
    reason: &str,
) -> Result<()> {
    let leave = access::decide(who)?;
    let urn: Urn =
        urn.parse().map_err(|_| Error::field("urn", "Enter the school’s URN: six digits, such as 118291"))?;
    if world.record().await?.school(urn).is_none() {
        return Err(Error::field("urn", format!("There is no school {urn} in the register")));
    }
    let kind = kind.ok_or_else(|| Error::field("kind", "Choose what was decided"))?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 1_000 {
        return Err(Error::field("reason", "Give the reason, in at most 1,000 characters"));
    }
    let decision = Decision { urn, kind, reason: reason.to_owned(), at: world.now(), by: leave.0.by.name.clone() };
    let id = world.id();
    let mut tx = world.db.begin().await?;
    store::insert(&mut tx, &leave, id, &rule.id, &decision).await?;
    let entry = Entry {
        what: "decide beside a need rule",
        noun: "need_decision",
        id: id.to_string(),
        organisation: None,
        before: None,
        after: Some(json!({"rule": rule.id, "urn": urn, "kind": kind})),
        why: Some(reason),
    };
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_s_file_can_be_read() {
        for (file, text) in FILES {
            NeedRule::parse(file, text).unwrap();
        }
        assert_eq!(rules().len(), FILES.len());
        assert_eq!(rule("below-good", None).unwrap().version, 1);
        assert!(rule("below-good", Some(99)).is_none());
    }

    #[test]
    fn a_rule_that_names_what_does_not_exist_is_refused() {
        let good = FILES[1].1;
        for (from, to, said) in [
            ("\"EIF_2019\"", "\"EIF_1919\"", "there is no framework ‘EIF_1919’"),
            ("\"leadership\"", "\"liedership\"", "has no area ‘liedership’"),
            ("standard-v1", "standard-v9", "named ‘standard-v9’"),
            ("\"caveat\"", "\"caveats\"", "caveats"),
        ] {
            let error = NeedRule::parse("x.json", &good.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
