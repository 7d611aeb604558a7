//! `GET /api/v1/cohorts/{slug}/path`: did its schools become good, did the others?

mod example;

pub(super) use example::example;

use super::{
    answer::{self, Answer, Asked, Named, Problem},
    cohort_path_view::{BoundsView, DifferenceView, Early, MemberView, PointView, PublishedView},
    cohorts::CohortView,
    need_rules::RuleView,
    parts::{Day, GoodRule, SourceView},
};
use crate::App;
use axum::extract::State;
use programme::{
    Who,
    cohort::{self, CohortPath, EARLY_DAYS, Group},
    record,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Input {
    /// The last day, YYYY-MM-DD, on or after the day of joining; the cohort’s own where none is
    /// given, today where it has none.
    #[param(value_type = Option<String>, format = Date, example = "2015-12-31")]
    pub(crate) to: String,
}

/// The path of a cohort beside that of the schools like them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PathView {
    /// The cohort.
    cohort: CohortView,
    /// The programme’s name.
    programme: String,
    /// The day on which its schools joined; only inspections after it count.
    joined_on: Day,
    /// The last day of the path.
    to: Day,
    /// What counts as good or equivalent, chosen in advance.
    good_rule: GoodRule,
    /// The rule that a school met on joining to be followed.
    need_rule: RuleView,
    /// Schools named in the list.
    schools: usize,
    /// Schools that stood below good on joining and can be followed: the path’s denominator.
    known: u64,
    /// Schools that stood elsewhere on joining: counted apart.
    elsewhere: usize,
    /// Schools that cannot be seen in the open data.
    unseen: usize,
    /// Of the schools followed, those judged good very soon after joining.
    early: Early,
    /// The cohort’s path: a point at joining, at each date on which a count changes, at the dates of
    /// published figures and on the last day.
    points: Vec<PointView>,
    /// The schools that met the same rule on the same day and did not take part.
    like_schools: LikeView,
    /// What was published at the time, up to the last day.
    published: Vec<PublishedView>,
    /// How much the unseen schools could change.
    bounds: BoundsView,
    /// The two shares beside one another on the last day; null where one of the groups is empty.
    difference: Option<DifferenceView>,
    /// The smallest true gain, as a share, that a cohort of this size would be likely to show (80 %
    /// power, two-sided 5 %); null where none would.
    detectable: Option<f64>,
    /// Its schools in alphabetical order.
    members: Vec<MemberView>,
    /// The files from which the record is put together.
    sources: Vec<SourceView>,
    /// What to beware of.
    caveat: Option<String>,
}

/// The schools like them.
#[derive(Debug, Serialize, ToSchema)]
struct LikeView {
    /// Short name of the rule that found them.
    rule: String,
    /// That rule’s version.
    rule_version: i64,
    /// The phase to which they were held; null for all.
    phase: Option<String>,
    /// The day on which they met the rule.
    on: Day,
    /// How many: the denominator.
    known: u64,
    /// Of these, those judged good very soon after that day.
    early: Early,
    /// Their path, as for the cohort.
    points: Vec<PointView>,
}

/// A cohort’s path
///
/// The share judged good or equivalent since joining, at every date, with its interval and with
/// declines; beside it the path of all schools that met the same rule on the same day and did not
/// take part. The difference does not show what made it so.
#[utoipa::path(
    get,
    path = "/api/v1/cohorts/{slug}/path",
    operation_id = "getCohortPath",
    tag = "Cohorts",
    params(("slug" = String, Path, description = "The cohort’s name in addresses.", example = "naht-aspire-pilot"), Input),
    responses(
        (status = 200, description = "The path.", body = PathView),
        (status = 400, description = "The last day does not fit.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such cohort.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(app): State<App>,
    Named(slug): Named,
    Asked(input): Asked<Input>,
) -> Result<Answer<PathView>, Problem> {
    let path = load(&app, &Who::Anyone, &slug, &input).await?;
    let sources = record::sources(&app.world).await?;
    Ok(Answer(PathView::of(&path, sources.iter().map(SourceView::of).collect())))
}

/// The path that is asked for.
pub(crate) async fn load(app: &App, who: &Who, slug: &str, input: &Input) -> Result<CohortPath, Problem> {
    let to = answer::day("to", &input.to)?;
    cohort::path(&app.world, who, slug, to).await.map_err(|error| match error {
        programme::Error::NotFound => {
            Problem::not_found(format!("There is no cohort ‘{slug}’. /api/v1/cohorts lists them."))
        }
        programme::Error::Invalid(_) => {
            Problem::bad("to", input.to.trim(), "a day on or after the day on which the cohort’s schools joined")
        }
        error => error.into(),
    })
}

impl PathView {
    fn of(path: &CohortPath, sources: Vec<SourceView>) -> Self {
        let cohort = path.cohort();
        let programme = &path.view.programme;
        Self {
            cohort: CohortView::of(cohort, Some(programme)),
            programme: programme.name.clone(),
            joined_on: Day(cohort.joins_on),
            to: Day(path.to),
            good_rule: GoodRule::of(&cohort.good_rule),
            need_rule: RuleView::of(path.like.rule),
            schools: path.members.len(),
            known: path.known,
            elsewhere: path.of(Group::Elsewhere).count(),
            unseen: path.of(Group::Unseen).count(),
            early: Early { days: EARLY_DAYS, good: path.early },
            points: path.points.iter().map(PointView::of).collect(),
            like_schools: LikeView {
                rule: path.like.rule.id.clone(),
                rule_version: path.like.rule.version,
                phase: cohort.phase.clone(),
                on: Day(cohort.joins_on),
                known: path.like.known,
                early: Early { days: EARLY_DAYS, good: path.like.early },
                points: path.like.points.iter().map(PointView::of).collect(),
            },
            published: path.published.iter().map(PublishedView::of).collect(),
            bounds: BoundsView { if_none: path.bounds.if_none, if_all: path.bounds.if_all },
            difference: path.difference.map(|difference| DifferenceView {
                estimate: difference.estimate,
                low: difference.low,
                high: difference.high,
            }),
            detectable: path.detectable,
            members: path.members.iter().map(MemberView::of).collect(),
            sources,
            caveat: cohort.story.as_ref().map(|story| story.caveat.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_others_rely_on_are_there() {
        let path = serde_json::to_value(example().unwrap()).unwrap();
        for name in ["schools", "known", "published", "bounds", "members", "caveat"] {
            assert!(path.get(name).is_some(), "{name}");
        }
        for point in [&path["points"][0], &path["like_schools"]["points"][0]] {
            for name in ["date", "good", "known", "share", "low", "high", "declined"] {
                assert!(point.get(name).is_some(), "{name}");
            }
        }
    }
}
