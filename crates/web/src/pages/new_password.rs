//! Choose a new password, by a letter's link.

use super::account_password::choosing;
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use programme::{
    Error,
    person::{self, Token},
};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Password, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    password: String,
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    stands: Stands,
    token: String,
    password: Password,
    button: Button,
}

/// How it stands.
#[derive(PartialEq, Eq)]
enum Stands {
    Choosing,
    Chosen,
    Over,
}

/// `GET /new-password/{token}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let works = match Token::parse(&token) {
        Some(token) => person::link_works(&app.world, &token).await?,
        None => false,
    };
    page(&visitor, &token, if works { Stands::Choosing } else { Stands::Over }, &Errors::none())
}

/// `POST /new-password/{token}`
pub(crate) async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let Some(known) = Token::parse(&token) else { return page(&visitor, &token, Stands::Over, &Errors::none()) };
    match person::reset_password(&app.world, &known, &input.password).await {
        Ok(()) => page(&visitor, "", Stands::Chosen, &Errors::none()),
        Err(Error::NotFound) => page(&visitor, "", Stands::Over, &Errors::none()),
        Err(error) => page(&visitor, &token, Stands::Choosing, &form::wrong(error)?),
    }
}

fn page(visitor: &Visitor, token: &str, stands: Stands, errors: &Errors) -> Result<Response, PageError> {
    let (title, status) = match stands {
        Stands::Choosing if errors.is_empty() => ("Choose a new password", StatusCode::OK),
        Stands::Choosing => ("Choose a new password", StatusCode::UNPROCESSABLE_ENTITY),
        Stands::Chosen => ("Your new password is set", StatusCode::OK),
        Stands::Over => ("This link works no more", StatusCode::NOT_FOUND),
    };
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        stands,
        token: token.to_owned(),
        password: choosing().errors(errors),
        button: Button::new("Set my password").once(),
    };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
