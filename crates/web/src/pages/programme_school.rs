//! How does this school stand with the programme, and what is to be done?

use super::{
    programme_school_view::{self, Typed},
    school_record::number,
};
use crate::{App, error::PageError, form, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    adviser::{self, NewAssignment},
    cohort::{self, Status},
    overview,
};
use serde::Deserialize;
use ui::{Errors, NotificationBanner};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AssignInput {
    csrf: String,
    person: String,
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
    tie: String,
    conflict: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EndInput {
    csrf: String,
    #[serde(rename = "until-day")]
    day: String,
    #[serde(rename = "until-month")]
    month: String,
    #[serde(rename = "until-year")]
    year: String,
    why: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct StatusInput {
    csrf: String,
    status: String,
    #[serde(rename = "since-day")]
    day: String,
    #[serde(rename = "since-month")]
    month: String,
    #[serde(rename = "since-year")]
    year: String,
    reason: String,
}

/// `GET /programmes/{slug}/schools/{school}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, school)): Path<(String, String)>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let school = number(&school)?;
    programme_school_view::page(&app, &visitor, &slug, school, &Typed::default(), &Errors::none(), done(&input.done))
        .await
}

/// `POST /programmes/{slug}/schools/{school}/adviser`
pub(crate) async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, school)): Path<(String, String)>,
    Form(input): Form<AssignInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let school = number(&school)?;
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    let new = NewAssignment {
        person: input.person.parse().ok(),
        since: form::date(&input.day, &input.month, &input.year),
        tie: match input.tie.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        conflict: input.conflict.clone(),
    };
    match adviser::assign(&app.world, &visitor.who, programme.id, school, new).await {
        Ok(()) => Ok(back(&slug, school, "adviser")),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "since" => "from-day".to_owned(),
                field => field.to_owned(),
            })?;
            let typed = Typed {
                person: input.person,
                from: [input.day, input.month, input.year],
                tie: input.tie,
                conflict: input.conflict,
                ..Typed::default()
            };
            programme_school_view::page(&app, &visitor, &slug, school, &typed, &errors, None).await
        }
    }
}

/// `POST /programmes/{slug}/schools/{school}/adviser/{assignment}/end`
pub(crate) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, school, assignment)): Path<(String, String, String)>,
    Form(input): Form<EndInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let (school, assignment) = (number(&school)?, number(&assignment)?);
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    let until = form::date(&input.day, &input.month, &input.year);
    match adviser::end(&app.world, &visitor.who, programme.id, assignment, until, &input.why).await {
        Ok(()) => Ok(back(&slug, school, "adviser-ended")),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "until" => "until-day".to_owned(),
                field => field.to_owned(),
            })?;
            let typed = Typed {
                ended: Some(assignment),
                until: [input.day, input.month, input.year],
                why: input.why,
                ..Typed::default()
            };
            programme_school_view::page(&app, &visitor, &slug, school, &typed, &errors, None).await
        }
    }
}

/// `POST /programmes/{slug}/schools/{school}/status`
pub(crate) async fn set_status(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, school)): Path<(String, String)>,
    Form(input): Form<StatusInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let school = number(&school)?;
    let (_, line) = overview::line(&app.world, &visitor.who, &slug, school).await?;
    let participation = line.participation.ok_or(PageError::NotFound)?;
    let status = Status::from_key(&input.status);
    let since = form::date(&input.day, &input.month, &input.year);
    let done =
        cohort::set_status(&app.world, &visitor.who, &line.cohort, participation, status, since, &input.reason).await;
    match done {
        Ok(()) => Ok(back(&slug, school, "status")),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "since" => "since-day".to_owned(),
                field => field.to_owned(),
            })?;
            let typed = Typed {
                status: input.status,
                since: [input.day, input.month, input.year],
                reason: input.reason,
                ..Typed::default()
            };
            programme_school_view::page(&app, &visitor, &slug, school, &typed, &errors, None).await
        }
    }
}

/// The programme was found by this name just now, so it is one of ours.
fn back(slug: &str, school: i64, done: &str) -> Response {
    Redirect::to(&format!("/programmes/{slug}/schools/{school}?done={done}")).into_response()
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "adviser" => "The adviser accompanies the school. They see it among their schools.",
        "adviser-ended" => "They no longer accompany the school from that day on.",
        "status" => "How it takes part was recorded.",
        "contact" => "The contact was noted.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}
