//! Make a programme.

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::cohort;
use serde::Deserialize;
use ui::{Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Size, TextInput, Textarea};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    name: String,
    about: String,
    #[serde(rename = "starts-day")]
    day: String,
    #[serde(rename = "starts-month")]
    month: String,
    #[serde(rename = "starts-year")]
    year: String,
}

#[derive(Template)]
#[template(path = "programme_new.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    name: TextInput,
    about: Textarea,
    starts: DateInput,
    button: Button,
}

/// `GET /programmes/new`
pub(crate) async fn show(visitor: Visitor) -> Result<Response, PageError> {
    cohort::MAKE.require(&visitor.who)?;
    page(&visitor, &Input::default(), &Errors::none())
}

/// `POST /programmes/new`
pub(crate) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let starts = form::date(&input.day, &input.month, &input.year);
    match cohort::create_programme(&app.world, &visitor.who, &input.name, &input.about, starts).await {
        // What one wants next is its first cohort.
        Ok(slug) => Ok(Redirect::to(&format!("/cohorts/new?programme={slug}")).into_response()),
        Err(error) => page(&visitor, &input, &form::wrong_at(error, id)?),
    }
}

/// The id of a field on the page.
fn id(field: &str) -> String {
    if field == "starts" { "starts-day".to_owned() } else { field.to_owned() }
}

fn page(visitor: &Visitor, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    let title = "Which programme do you want to follow?";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        name: TextInput::new("name", "Its name").value(&input.name).errors(errors),
        about: Textarea::new("about", "What is it? (optional)")
            .hint("A sentence or two. Anyone can read it")
            .rows(3)
            .value(&input.about)
            .errors(errors),
        starts: DateInput::new("starts", "On which day does it start?")
            .hint("For example, 1 5 2013")
            .value(&input.day, &input.month, &input.year)
            .errors(errors),
        button: Button::new("Make the programme").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/cohorts", "Cohorts"))
        .noindex()
        .with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
