//! Is it still you? Asked before one changes what opens the account.

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
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
    /// Where one was going.
    then: String,
}

#[derive(Template)]
#[template(path = "account_confirm.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    then: Hidden,
    password: Password,
    button: Button,
}

/// Pages that ask for it; nobody is led anywhere else.
const PAGES: &[&str] = &["/account/password", "/account/second-factor", "/account/app", "/account/tokens"];

/// `GET /account/confirm`
pub(crate) async fn show(visitor: Visitor, Query(input): Query<Input>) -> Result<Response, PageError> {
    visitor.session()?;
    page(&visitor, &input.then, &Errors::none())
}

/// `POST /account/confirm`
pub(crate) async fn check(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match person::confirm(&app.world, visitor.session()?, &input.password).await {
        Ok(()) => Ok(Redirect::to(known(&input.then)).into_response()),
        Err(error) => page(&visitor, &input.then, &form::wrong(error)?),
    }
}

fn known(then: &str) -> &'static str {
    PAGES.iter().find(|page| **page == then).copied().unwrap_or("/account")
}

fn page(visitor: &Visitor, then: &str, errors: &Errors) -> Result<Response, PageError> {
    let title = "Confirm that it is you";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        then: Hidden::new("then", known(then)),
        password: Password::new("password", "Your password").errors(errors),
        button: Button::new("Go on").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        assert_eq!(known("/account/tokens"), "/account/tokens");
        assert_eq!(known("https://evil.example/account/tokens"), "/account");
        assert_eq!(known("//evil.example"), "/account");
    }
}
