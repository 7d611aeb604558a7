//! Choose another password.

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::person;
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, Password, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    password: String,
}

#[derive(Template)]
#[template(path = "account_password.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    password: Password,
    button: Button,
}

/// `GET /account/password`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    visitor.confirmed(&app)?;
    page(&visitor, &Errors::none())
}

/// `POST /account/password`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let session = visitor.confirmed(&app)?;
    match person::change_password(&app.world, session, &input.password).await {
        Ok(()) => Ok(Redirect::to("/account?done=password").into_response()),
        Err(error) => page(&visitor, &form::wrong(error)?),
    }
}

fn page(visitor: &Visitor, errors: &Errors) -> Result<Response, PageError> {
    let title = "Choose another password";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        password: choosing().errors(errors),
        button: Button::new("Change my password").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

/// The field in which a password is chosen.
pub(super) fn choosing() -> Password {
    Password::new("password", "New password")
        .hint("At least 12 characters; three or four words that do not belong together are easy to keep in mind")
        .choosing()
}
