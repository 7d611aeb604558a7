//! `GET /api/v1/need-rules`: the rules by which schools are found to need help.

use super::answer::Answer;
use programme::need_rule::{self, NeedRule};
use serde::Serialize;
use utoipa::ToSchema;

/// All need rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeedRules {
    /// The rules; a changed rule is a new version beside the old one.
    need_rules: Vec<RuleView>,
}

/// A need rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleView {
    /// Short name in addresses.
    #[schema(examples("below-good"))]
    id: String,
    /// Version: 1, 2, 3 and so on.
    version: i64,
    /// Title.
    title: String,
    /// The rule in one plain sentence.
    words: String,
    /// Why this rule.
    why: String,
    /// What to beware of.
    caveat: String,
    /// Where the rule’s inspections come from.
    source: String,
    /// Where the schools that meet its newest version are.
    schools: String,
}

/// The need rules
///
/// Visible, versioned rules on the public record, each evaluated on any day.
#[utoipa::path(
    get,
    path = "/api/v1/need-rules",
    operation_id = "listNeedRules",
    tag = "Who needs help",
    responses(
        (status = 200, description = "All rules.", body = NeedRules),
        (status = 405, description = "Only GET is answered.", body = super::answer::Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list() -> Answer<NeedRules> {
    Answer(NeedRules {
        need_rules: need_rule::rules().iter().map(RuleView::of).collect(),
    })
}

impl RuleView {
    pub(super) fn of(rule: &NeedRule) -> Self {
        Self {
            id: rule.id.clone(),
            version: rule.version,
            title: rule.title.clone(),
            words: rule.words.clone(),
            why: rule.why.clone(),
            caveat: rule.caveat.clone(),
            source: rule.source.clone(),
            schools: format!("/api/v1/need-rules/{}/schools", rule.id),
        }
    }
}

/// An answer as the reference shows it.
pub(super) fn example() -> impl Serialize {
    NeedRules {
        need_rules: need_rule::rules()
            .iter()
            .take(1)
            .map(RuleView::of)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_rule_says_itself_and_what_to_beware_of() {
        let Answer(all) = list().await;
        assert!(all.need_rules.iter().any(|rule| rule.id == "below-good"));
        for rule in all.need_rules {
            assert!(
                !rule.words.is_empty() && !rule.caveat.is_empty() && !rule.source.is_empty(),
                "{}",
                rule.id
            );
        }
    }
}
