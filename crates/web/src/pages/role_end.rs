//! From which day does somebody no longer hold this role?

use super::school_record::number;
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::long_date;
use programme::{cohort, role};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Size, Textarea};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    #[serde(rename = "until-day")]
    day: String,
    #[serde(rename = "until-month")]
    month: String,
    #[serde(rename = "until-year")]
    year: String,
    why: String,
}

#[derive(Template)]
#[template(path = "role_end.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    action: String,
    csrf: Hidden,
    until: DateInput,
    why: Textarea,
    button: Button,
}

/// Where a role is ended, and the page that one comes from and goes back to.
struct Place {
    organisation: i64,
    people: String,
}

/// `GET /organisations/{id}/people/{role}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, role)): Path<(String, String)>,
) -> Result<Response, PageError> {
    page(&app, &visitor, &school(&id)?, number(&role)?, &Input::default(), &Errors::none()).await
}

/// `POST /organisations/{id}/people/{role}`
pub(crate) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, role)): Path<(String, String)>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    ended(&app, &visitor, &school(&id)?, number(&role)?, &input).await
}

/// `GET /programmes/{slug}/people/{role}`
pub(crate) async fn show_in_programme(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, role)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let place = of_programme(&app, &visitor, &slug).await?;
    page(&app, &visitor, &place, number(&role)?, &Input::default(), &Errors::none()).await
}

/// `POST /programmes/{slug}/people/{role}`
pub(crate) async fn end_in_programme(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, role)): Path<(String, String)>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let place = of_programme(&app, &visitor, &slug).await?;
    ended(&app, &visitor, &place, number(&role)?, &input).await
}

fn school(id: &str) -> Result<Place, PageError> {
    let organisation = number(id)?;
    Ok(Place { organisation, people: format!("/organisations/{organisation}/people") })
}

async fn of_programme(app: &App, visitor: &Visitor, slug: &str) -> Result<Place, PageError> {
    let programme = cohort::programme(&app.world, &visitor.who, slug).await?;
    Ok(Place { organisation: programme.id, people: format!("/programmes/{}/people", programme.slug) })
}

async fn ended(app: &App, visitor: &Visitor, place: &Place, id: i64, input: &Input) -> Result<Response, PageError> {
    let until = form::date(&input.day, &input.month, &input.year);
    match role::end(&app.world, &visitor.who, place.organisation, id, until, &input.why).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=ended", place.people)).into_response()),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "until" => "until-day".to_owned(),
                field => field.to_owned(),
            })?;
            page(app, visitor, place, id, input, &errors).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    place: &Place,
    id: i64,
    input: &Input,
    errors: &Errors,
) -> Result<Response, PageError> {
    role::may_change(&app.world, &visitor.who, place.organisation).await?;
    let people = role::people(&app.world, &visitor.who, place.organisation).await?;
    let held = people.iter().find_map(|one| {
        let held = one.roles.iter().find(|held| held.id == id && held.until.is_none())?;
        Some((one, held))
    });
    let (member, held) = held.ok_or(PageError::NotFound)?;
    let title = format!("From which day is {} no longer {}?", member.name, held.words());
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead: format!(
            "They have been that since {}. That they were stays known; what they wrote stays where it is. From that day on they no longer see what the role lets them see.",
            long_date(held.since)
        ),
        action: format!("{}/{id}", place.people),
        csrf: Hidden::new("csrf", visitor.form_token()),
        until: DateInput::new("until", "The first day without")
            .value(&input.day, &input.month, &input.year)
            .errors(errors),
        why: Textarea::new("why", "Why? (optional)")
            .hint("For example: moved to another school")
            .rows(2)
            .value(&input.why)
            .errors(errors),
        button: Button::new("End the role").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home().to(place.people.clone(), "People");
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
