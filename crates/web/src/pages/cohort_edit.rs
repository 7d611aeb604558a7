//! Which schools take part in a cohort: add one, say how its participation
//! stands, correct its baseline.

use super::cohort_edit_view::{self, Typed};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    cohort::{self, Status},
    rights::SIGNED_IN,
};
use serde::Deserialize;
use ui::{Breadcrumbs, Errors, NotificationBanner};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// The participation whose forms are shown.
    school: Option<String>,
    /// What was just done.
    done: String,
    /// Which page of the schools.
    page: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SchoolInput {
    csrf: String,
    urn: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct StatusInput {
    csrf: String,
    participation: String,
    status: String,
    #[serde(rename = "since-day")]
    day: String,
    #[serde(rename = "since-month")]
    month: String,
    #[serde(rename = "since-year")]
    year: String,
    reason: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BaselineInput {
    csrf: String,
    participation: String,
    reason: String,
}

/// `GET /cohorts/{slug}/edit`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    SIGNED_IN.own(&visitor.who)?;
    let school = input.school.as_deref().map(number).transpose()?;
    let typed = Typed { school, page: input.page, ..Typed::default() };
    page(&app, &visitor, &slug, &typed, &Errors::none(), done(&input.done)).await
}

/// `POST /cohorts/{slug}/schools`
pub(crate) async fn add_school(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(input): Form<SchoolInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match cohort::add_school(&app.world, &visitor.who, &slug, &input.urn).await {
        Ok(()) => Ok(back_to(&slug, "done=school")),
        Err(error) => {
            let typed = Typed { urn: input.urn, ..Typed::default() };
            page(&app, &visitor, &slug, &typed, &form::wrong(error)?, None).await
        }
    }
}

/// `POST /cohorts/{slug}/status`
pub(crate) async fn set_status(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(input): Form<StatusInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&input.participation)?;
    let status = Status::from_key(&input.status);
    let since = form::date(&input.day, &input.month, &input.year);
    match cohort::set_status(&app.world, &visitor.who, &slug, id, status, since, &input.reason).await {
        Ok(()) => Ok(back_to(&slug, &format!("school={id}&done=status"))),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "since" => "since-day".to_owned(),
                field => field.to_owned(),
            })?;
            let typed = Typed {
                school: Some(id),
                status: input.status,
                since: [input.day, input.month, input.year],
                reason: input.reason,
                ..Typed::default()
            };
            page(&app, &visitor, &slug, &typed, &errors, None).await
        }
    }
}

/// `POST /cohorts/{slug}/baseline`
pub(crate) async fn correct_baseline(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(input): Form<BaselineInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&input.participation)?;
    match cohort::correct_baseline(&app.world, &visitor.who, &slug, id, &input.reason).await {
        Ok(()) => Ok(back_to(&slug, &format!("school={id}&done=baseline"))),
        Err(error) => {
            // Both forms of a school have a reason; an id stands once on a page.
            let errors = form::wrong_at(error, |field| format!("baseline-{field}"))?;
            let typed = Typed { school: Some(id), correction: input.reason, ..Typed::default() };
            page(&app, &visitor, &slug, &typed, &errors, None).await
        }
    }
}

fn number(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The cohort was found by this name just now, so it is one of ours and needs
/// no encoding.
fn back_to(slug: &str, with: &str) -> Response {
    Redirect::to(&format!("/cohorts/{slug}/edit?{with}")).into_response()
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "cohort" => "The cohort was made. Add its schools now.",
        "school" => "The school was added, and its baseline frozen.",
        "status" => "Its participation was recorded.",
        "baseline" => "The correction was recorded beside the frozen baseline.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    typed: &Typed,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let cohort = cohort::cohort(&app.world, &visitor.who, slug).await?;
    cohort::EDIT.require_directly(&visitor.who, cohort.programme.id)?;
    let record = app.world.record().await?;
    let title = format!("Which schools take part in {}?", cohort.cohort.name);
    let way = Breadcrumbs::home()
        .to("/cohorts", "Cohorts")
        .to(format!("/cohorts/{}", cohort.cohort.slug), cohort.cohort.name.clone());
    let view = cohort_edit_view::view(&title, &record, &cohort, visitor.form_token(), typed, errors)?;
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}
