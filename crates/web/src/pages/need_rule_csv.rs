//! The schools that meet a need rule on a day, as a table: by authority and
//! then by name, as on the page.

use crate::{
    App,
    api::{
        answer::Asked,
        need_rule_schools::{Input, MetSchool, Question, by_authority},
    },
    csv,
    error::PageError,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};

/// `GET /need-rules/{id}/schools.csv?on=&phase=`
pub(crate) async fn schools(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Result<Asked<Input>, crate::api::answer::Problem>,
) -> Result<Response, PageError> {
    let Asked(input) = asked?;
    let question = Question::of(&app, &id, &input)?;
    let (record, decided) = question.ask(&app).await?;
    let rule = question.rule;
    let headers = [
        "rule",
        "rule_version",
        "on",
        "local_authority",
        "urn",
        "name",
        "since",
        "reason",
        "source",
    ];
    let rows = by_authority(&record, &decided.met)
        .into_iter()
        .map(|school| {
            let MetSchool {
                urn,
                name,
                local_authority,
                since,
                reason,
            } = school;
            [
                rule.id.clone(),
                rule.version.to_string(),
                question.on.to_string(),
                local_authority,
                urn.to_string(),
                name,
                since.0.to_string(),
                reason,
                rule.source.clone(),
            ]
        });
    let text = csv::table(headers, rows)?;
    Ok(csv::download(&format!("{}-{}.csv", rule.id, question.on), text).into_response())
}
