//! Sign in with a passkey. This needs a script, as browsers offer passkeys to
//! scripts only; without one, a password and a code do the same.

use super::{sign_in, sign_in_code};
use crate::{App, cookie, device::From, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use programme::{
    Error,
    person::{self, Token},
};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What the browser answered, as JSON.
    answer: String,
}

#[derive(Template)]
#[template(path = "sign_in_passkey.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
}

/// The button of the sign-in page; none where passkeys do not work.
pub(super) fn button(app: &App) -> Option<Button> {
    person::passkeys_work(&app.world).then(|| Button::new("Sign in with a passkey").secondary())
}

/// `POST /sign-in/passkey/begin`: what the browser is asked, for the script.
pub(crate) async fn begin(State(app): State<App>, headers: HeaderMap) -> Result<Response, PageError> {
    let half = sign_in_code::kept(&app, &headers);
    let question = person::begin_passkey_sign_in(&app.world, half.as_ref()).await?;
    let cookie = cookie::PASSKEY.set(app.settings.https, question.token.reveal());
    Ok(sign_in::with_cookies(Json(question.options).into_response(), [cookie]))
}

/// `POST /sign-in/passkey`: what the browser answered.
pub(crate) async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    headers: HeaderMap,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let signed_in = match kept(&app, &headers) {
        Some(token) => person::finish_passkey_sign_in(&app.world, &token, &input.answer, &from.device).await,
        None => Err(Error::field("passkey", "That took too long. Try again")),
    };
    let forget = cookie::PASSKEY.forget(app.settings.https);
    match signed_in {
        Ok(token) => Ok(sign_in::signed_in(&app, &token, vec![forget])),
        Err(error) => {
            let errors = crate::form::wrong_at(error, |_| "again".to_owned())?;
            let response = page(&visitor, &errors)?;
            Ok(sign_in::with_cookies(response, [forget]))
        }
    }
}

/// The token of what the browser was asked.
pub(super) fn kept(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::parse(&cookie::PASSKEY.of(app.settings.https, headers)?)
}

fn page(visitor: &Visitor, errors: &Errors) -> Result<Response, PageError> {
    let title = "You are not signed in";
    let view = View { summary: ErrorSummary::new(errors), heading: Heading::new(title).size(Size::Xl) };
    let frame = frame::page(visitor, title).noindex().with_error(true);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, frame::show(frame, &view)?).into_response())
}
