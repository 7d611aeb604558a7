//! When were you in touch with this school, and when next?

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
use programme::{
    contact::{self, Contact, Kind, NewContact},
    organisation,
    start::is,
    who::Role,
};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Radios, Select, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    programme: String,
    kind: String,
    #[serde(rename = "on-day")]
    day: String,
    #[serde(rename = "on-month")]
    month: String,
    #[serde(rename = "on-year")]
    year: String,
    #[serde(rename = "next-day")]
    next_day: String,
    #[serde(rename = "next-month")]
    next_month: String,
    #[serde(rename = "next-year")]
    next_year: String,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    id: i64,
    csrf: Hidden,
    programme: Option<Select>,
    kind: Radios,
    on: DateInput,
    next: DateInput,
    button: Button,
    before: Vec<String>,
}

/// `GET /organisations/{id}/contact`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &Input::default(), &Errors::none()).await
}

/// `POST /organisations/{id}/contact`
pub(crate) async fn record(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    let new = NewContact {
        programme: input.programme.parse().ok(),
        kind: Kind::from_key(&input.kind),
        on: form::date(&input.day, &input.month, &input.year),
        next: form::date_or_none(&input.next_day, &input.next_month, &input.next_year),
    };
    match contact::record(&app.world, &visitor.who, id, new).await {
        Ok(()) => {
            let to = match is(&visitor.who, Role::Adviser) {
                true => "/adviser?done=contact".to_owned(),
                false => format!("/organisations/{id}?done=contact"),
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "on" | "next" => format!("{field}-day"),
                field => field.to_owned(),
            })?;
            page(&app, &visitor, id, &input, &errors).await
        }
    }
}

async fn page(app: &App, visitor: &Visitor, id: i64, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    let through = contact::through(&app.world, &visitor.who, id).await?;
    let place = organisation::organisation(&app.world, &visitor.who, id).await?;
    let all = contact::of_school(&app.world, &visitor.who, id).await?;
    let title = match contact::latest(&all) {
        Some(latest) => format!("You were last in touch with {} on {}", place.name, long_date(latest.on)),
        None => format!("Nobody was in touch with {} yet", place.name),
    };
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        programme: (through.len() > 1).then(|| {
            Select::new("programme", "In which programme?")
                .options(through.iter().map(|part| (part.programme.to_string(), part.programme_name.clone())))
                .chosen(&input.programme)
                .errors(errors)
        }),
        kind: Kind::ALL
            .iter()
            .fold(Radios::new("kind", "How were you in touch?"), |radios, kind| radios.choice(kind.key(), kind.words()))
            .chosen(&input.kind)
            .errors(errors),
        on: DateInput::new("on", "On which day?").value(&input.day, &input.month, &input.year).errors(errors),
        next: DateInput::new("next", "When next? (optional)")
            .hint("The day that you agreed with the school")
            .value(&input.next_day, &input.next_month, &input.next_year)
            .errors(errors),
        button: Button::new("Note it").once(),
        before: all.iter().map(line).collect(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home().to(format!("/organisations/{id}"), place.name.clone());
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn line(contact: &Contact) -> String {
    let next = contact.next.map_or_else(String::new, |next| format!("; next agreed for {}", long_date(next)));
    format!("{}: {}, noted by {}{next}", long_date(contact.on), contact.kind.words().to_lowercase(), contact.by)
}
