//! `GET /api/v1/need-rules/{id}/schools`: who meets a rule on a day.

use super::{
    answer::{self, Answer, Asked, Named, Problem},
    need_rules::RuleView,
    parts::{Day, SourceView},
};
use crate::App;
use axum::extract::State;
use kernel::Date;
use programme::{
    need_rule::{self, Decided, Decision, Met, NeedRule},
    record,
};
use register::public_record::PublicRecord;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Input {
    /// The day on which the rule is asked, YYYY-MM-DD; today where none is given.
    #[param(value_type = Option<String>, format = Date, example = "2013-05-01")]
    on: String,
    /// Only schools of this phase, in capitals or not; all phases where none is given.
    #[param(value_type = Option<String>, example = "Primary")]
    phase: String,
}

/// Who meets a rule on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeedRuleSchools {
    /// The rule.
    rule: RuleView,
    /// The day on which it was asked.
    on: Day,
    /// The phase asked for; null for all.
    phase: Option<String>,
    /// How many schools meet it.
    total: usize,
    /// The schools by authority and then by name: never by how they were judged.
    schools: Vec<MetSchool>,
    /// Appeals and decisions that stand beside the rule now, by name.
    decisions: Vec<DecisionView>,
    /// The files from which the record is put together.
    sources: Vec<SourceView>,
}

/// A school that meets a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MetSchool {
    /// Unique reference number.
    pub(crate) urn: u32,
    /// Name.
    pub(crate) name: String,
    /// Local authority; empty where nobody says.
    pub(crate) local_authority: String,
    /// First of the unbroken run of inspections that found this.
    pub(crate) since: Day,
    /// Why it meets the rule, in words.
    pub(crate) reason: String,
}

/// What was decided beside the rule. Why, and by whom, the programme tells the school.
#[derive(Debug, Serialize, ToSchema)]
struct DecisionView {
    /// Unique reference number.
    urn: u32,
    /// Name.
    name: String,
    /// appeal, include or exclude.
    #[schema(examples("appeal"))]
    kind: &'static str,
    /// The same in words.
    words: &'static str,
}

/// Who meets a rule on a day
///
/// Schools that existed on that day, as the public record known here tells. A school not yet
/// inspected in its own form stands as those it came from stood.
#[utoipa::path(
    get,
    path = "/api/v1/need-rules/{id}/schools",
    operation_id = "listNeedRuleSchools",
    tag = "Who needs help",
    params(("id" = String, Path, description = "The rule’s short name.", example = "below-good"), Input),
    responses(
        (status = 200, description = "The schools that meet it; none is an answer too.", body = NeedRuleSchools),
        (status = 400, description = "A parameter does not fit.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such rule.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    Named(id): Named,
    Asked(input): Asked<Input>,
) -> Result<Answer<NeedRuleSchools>, Problem> {
    let question = Question::of(&app, &id, &input)?;
    let (record, decided) = question.ask(&app).await?;
    let schools = by_authority(&record, &decided.met);
    let mut decisions: Vec<DecisionView> = decided
        .decisions
        .iter()
        .map(|decision| DecisionView::of(&record, decision))
        .collect();
    decisions.sort_by_cached_key(|decision| (decision.name.to_lowercase(), decision.urn));
    let sources = record::sources(&app.world).await?;
    Ok(Answer(NeedRuleSchools {
        rule: RuleView::of(question.rule),
        on: Day(question.on),
        phase: question.phase,
        total: schools.len(),
        schools,
        decisions,
        sources: sources.iter().map(SourceView::of).collect(),
    }))
}

/// What is asked of a rule.
pub(crate) struct Question {
    pub(crate) rule: &'static NeedRule,
    pub(crate) on: Date,
    pub(crate) phase: Option<String>,
}

impl Question {
    pub(crate) fn of(app: &App, id: &str, input: &Input) -> Result<Self, Problem> {
        let rule = need_rule::rule(id, None).ok_or_else(|| {
            Problem::not_found(format!(
                "There is no need rule ‘{id}’. /api/v1/need-rules lists them."
            ))
        })?;
        let on = answer::day("on", &input.on)?.unwrap_or_else(|| app.world.clock.today());
        let phase = Some(input.phase.trim().to_owned()).filter(|phase| !phase.is_empty());
        Ok(Self { rule, on, phase })
    }

    /// Who meets it; a phase that no school has is a slip, and said to be one.
    pub(crate) async fn ask(
        &self,
        app: &App,
    ) -> Result<(std::sync::Arc<PublicRecord>, Decided), Problem> {
        let decided = need_rule::needs(&app.world, self.rule, self.on, self.phase.clone()).await?;
        let record = app.world.record().await?;
        if let (Some(phase), true) = (&self.phase, decided.met.is_empty()) {
            let phases: BTreeSet<&str> = record
                .schools()
                .map(|school| record.phase(school))
                .filter(|p| !p.is_empty())
                .collect();
            if !phases.is_empty() && !phases.iter().any(|known| known.eq_ignore_ascii_case(phase)) {
                let known: Vec<&str> = phases.into_iter().collect();
                return Err(Problem::bad(
                    "phase",
                    phase,
                    format!("one of: {}", known.join(", ")),
                ));
            }
        }
        Ok((record, decided))
    }
}

/// The schools that meet a rule, by authority and then by name.
pub(crate) fn by_authority(record: &PublicRecord, met: &[Met]) -> Vec<MetSchool> {
    let mut schools: Vec<MetSchool> = met
        .iter()
        .filter_map(|met| {
            let school = record.school(met.urn)?;
            Some(MetSchool {
                urn: met.urn.get(),
                name: school.name.to_string(),
                local_authority: record.authority(school).to_owned(),
                since: Day(met.since),
                reason: met.reason.clone(),
            })
        })
        .collect();
    schools.sort_by_cached_key(|school| {
        (
            school.local_authority.to_lowercase(),
            school.name.to_lowercase(),
            school.urn,
        )
    });
    schools
}

impl DecisionView {
    fn of(record: &PublicRecord, decision: &Decision) -> Self {
        Self {
            urn: decision.urn.get(),
            name: record
                .school(decision.urn)
                .map_or(String::new(), |school| school.name.to_string()),
            kind: decision.kind.key(),
            words: decision.kind.words(),
        }
    }
}

/// An answer as the reference shows it.
pub(super) fn example() -> Option<impl Serialize> {
    let rule = need_rule::rule("below-good", None)?;
    Some(NeedRuleSchools {
        rule: RuleView::of(rule),
        on: Day(jiff::civil::date(2013, 5, 1)),
        phase: Some("Primary".to_owned()),
        total: 1,
        schools: vec![MetSchool {
            urn: 118_291,
            name: "Headcorn Primary School".to_owned(),
            local_authority: "Kent".to_owned(),
            since: Day(jiff::civil::date(2006, 9, 27)),
            reason: "Satisfactory on 2 February 2010".to_owned(),
        }],
        decisions: Vec::new(),
        sources: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::Urn;
    use register::public_record::SchoolIn;

    #[test]
    fn schools_stand_by_authority_and_name_whatever_was_found() {
        let school = |urn, authority: &str, name: &str| SchoolIn {
            urn,
            authority: authority.to_owned(),
            name: name.to_owned(),
            ..SchoolIn::default()
        };
        let schools = vec![
            school(100_001, "Kent", "Zion"),
            school(100_002, "Barnet", "Moss Hall"),
            school(100_003, "Kent", "abbey"),
        ];
        let record = PublicRecord::of(1, schools, Vec::new(), &[]);
        let met = |urn| Met {
            urn: Urn::new(urn).unwrap(),
            since: date(2010, 2, 2),
            reason: String::new(),
        };
        let listed = by_authority(
            &record,
            &[met(100_001), met(100_002), met(100_003), met(999_999)],
        );
        assert_eq!(
            listed.iter().map(|school| school.urn).collect::<Vec<_>>(),
            [100_002, 100_003, 100_001]
        );
    }

    #[test]
    fn the_names_that_others_rely_on_are_there() {
        let answer = serde_json::to_value(example().unwrap()).unwrap();
        assert_eq!(answer["total"], 1);
        assert_eq!(answer["rule"]["id"], "below-good");
        assert_eq!(answer["schools"][0]["since"], "2006-09-27");
        assert!(answer["schools"][0]["reason"].is_string());
    }
}
