//! `GET /api/v1/cohorts`: the cohorts whose path can be followed.

use super::{
    answer::{Answer, Problem},
    parts::Day,
};
use crate::App;
use axum::extract::State;
use jiff::civil::date;
use programme::{
    Who,
    cohort::{self, Cohort, Programme},
};
use serde::Serialize;
use utoipa::ToSchema;

/// All cohorts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cohorts {
    /// The cohorts, by name.
    cohorts: Vec<CohortView>,
}

/// Schools that joined a programme together, and what was chosen in advance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CohortView {
    /// Name in addresses.
    #[schema(examples("naht-aspire-pilot"))]
    slug: String,
    /// Name.
    name: String,
    /// What it is.
    about: String,
    /// The programme’s name.
    programme: String,
    /// The day on which its schools joined.
    joins_on: Day,
    /// Up to which day its path is shown where nobody asks for another; null for today.
    follow_to: Option<Day>,
    /// Short name of the need rule that finds the schools like them.
    need_rule: String,
    /// That rule’s version.
    need_rule_version: i64,
    /// Phase of the schools like them; null for all.
    phase: Option<String>,
    /// Short name of the rule for ‘good or equivalent’.
    good_rule: String,
    /// What the list of its schools comes from.
    source: Option<String>,
    /// Where its path is.
    path: String,
}

/// The cohorts
///
/// Schools that joined a programme together. What counts as good, and which schools are like them,
/// was chosen when each was made.
#[utoipa::path(
    get,
    path = "/api/v1/cohorts",
    operation_id = "listCohorts",
    tag = "Cohorts",
    responses(
        (status = 200, description = "All cohorts.", body = Cohorts),
        (status = 405, description = "Only GET is answered.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(app): State<App>) -> Result<Answer<Cohorts>, Problem> {
    let programmes = cohort::programmes(&app.world).await?;
    let cohorts = cohort::cohorts(&app.world, &Who::Anyone).await?;
    let cohorts = cohorts
        .iter()
        .map(|cohort| {
            let programme = programmes.iter().find(|programme| programme.id == cohort.programme_id);
            CohortView::of(cohort, programme)
        })
        .collect();
    Ok(Answer(Cohorts { cohorts }))
}

impl CohortView {
    pub(super) fn of(cohort: &Cohort, programme: Option<&Programme>) -> Self {
        Self {
            slug: cohort.slug.clone(),
            name: cohort.name.clone(),
            about: cohort.about.clone(),
            programme: programme.map_or(String::new(), |programme| programme.name.clone()),
            joins_on: Day(cohort.joins_on),
            follow_to: cohort.follow_to.map(Day),
            need_rule: cohort.need_rule.clone(),
            need_rule_version: cohort.need_version,
            phase: cohort.phase.clone(),
            good_rule: cohort.good_rule.clone(),
            source: cohort.story.as_ref().map(|story| story.list_source.clone()),
            path: format!("/api/v1/cohorts/{}/path", cohort.slug),
        }
    }
}

/// The pilot, as the reference shows it.
pub(super) fn pilot() -> CohortView {
    CohortView {
        slug: "naht-aspire-pilot".to_owned(),
        name: "NAHT Aspire pilot".to_owned(),
        about: "Thirty primary schools in four regional networks, from May 2013.".to_owned(),
        programme: "NAHT Aspire".to_owned(),
        joins_on: Day(date(2013, 5, 1)),
        follow_to: Some(Day(date(2015, 12, 31))),
        need_rule: "below-good".to_owned(),
        need_rule_version: 1,
        phase: Some("Primary".to_owned()),
        good_rule: "standard-v1".to_owned(),
        source: Some("Names from the final evaluation (University of Derby, December 2015).".to_owned()),
        path: "/api/v1/cohorts/naht-aspire-pilot/path".to_owned(),
    }
}

/// An answer as the reference shows it.
pub(super) fn example() -> impl Serialize {
    Cohorts { cohorts: vec![pilot()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cohort_says_what_was_chosen_in_advance() {
        let json = serde_json::to_value(example()).unwrap();
        assert_eq!(json["cohorts"][0]["need_rule"], "below-good");
        assert_eq!(json["cohorts"][0]["joins_on"], "2013-05-01");
        assert_eq!(json["cohorts"][0]["path"], "/api/v1/cohorts/naht-aspire-pilot/path");
    }
}
