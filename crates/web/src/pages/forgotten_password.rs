//! I have forgotten my password.

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use programme::person;
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, InputMode, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    email: String,
}

#[derive(Template)]
#[template(path = "forgotten_password.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    /// None once it was asked for.
    form: Option<(TextInput, Button)>,
}

/// `GET /forgotten-password`
pub(crate) async fn show(visitor: Visitor) -> Result<Response, PageError> {
    page(&visitor, "", &Errors::none(), false)
}

/// `POST /forgotten-password`: says the same whether the address is known or not.
pub(crate) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let mut errors = Errors::none();
    if !input.email.contains('@') || input.email.len() > 254 {
        errors.add("email", "Enter an e-mail address, such as name@example.org");
        return page(&visitor, &input.email, &errors, false);
    }
    person::forgot(&app.world, &input.email).await?;
    page(&visitor, "", &errors, true)
}

fn page(visitor: &Visitor, typed: &str, errors: &Errors, asked: bool) -> Result<Response, PageError> {
    let title = if asked { "Look into your mail" } else { "Choose a new password" };
    let email = TextInput::new("email", "E-mail address")
        .mode(InputMode::Email)
        .autocomplete("username")
        .width(Width::TwoThirds)
        .value(typed.chars().take(254).collect::<String>())
        .errors(errors);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        form: (!asked).then(|| (email, Button::new("Send me a link").once())),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
