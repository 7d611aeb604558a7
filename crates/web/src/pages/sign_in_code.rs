//! The second factor: a code of an app, a recovery code, or a passkey.

use super::sign_in::signed_in;
use crate::{App, cookie, device::From, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use programme::person::{self, Awaited, SecondStep, Token};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    code: String,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    /// None where the first step is over.
    form: Option<Asked>,
}

struct Asked {
    code: TextInput,
    button: Button,
    passkey: Option<Button>,
}

/// `GET /sign-in/code`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, PageError> {
    let awaited = match kept(&app, &headers) {
        Some(token) => person::awaited(&app.world, &token).await?,
        None => None,
    };
    page(&app, &visitor, awaited, &Errors::none(), StatusCode::OK)
}

/// `POST /sign-in/code`
pub(crate) async fn check(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    headers: HeaderMap,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let Some(half) = kept(&app, &headers) else {
        return page(&app, &visitor, None, &Errors::none(), StatusCode::UNPROCESSABLE_ENTITY);
    };
    let mut errors = Errors::none();
    let status = if input.code.trim().is_empty() {
        errors.add("code", "Enter the code");
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        match person::second_step(&app.world, &half, &input.code, &from.device).await? {
            SecondStep::Done(token) => return Ok(signed_in(&app, &token, Vec::new())),
            SecondStep::Wrong => {
                errors.add("code", "Enter the six digits that the app shows now, or a recovery code not used before");
                StatusCode::UNPROCESSABLE_ENTITY
            }
            SecondStep::Wait(minutes) => {
                errors.add("code", format!("This was tried too often. Wait {minutes} minutes, then try again"));
                StatusCode::TOO_MANY_REQUESTS
            }
            SecondStep::Over => StatusCode::UNPROCESSABLE_ENTITY,
        }
    };
    let awaited = person::awaited(&app.world, &half).await?;
    page(&app, &visitor, awaited, &errors, status)
}

/// The token of the first step.
pub(super) fn kept(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::parse(&cookie::HALF.of(app.settings.https, headers)?)
}

fn page(
    app: &App,
    visitor: &Visitor,
    awaited: Option<Awaited>,
    errors: &Errors,
    status: StatusCode,
) -> Result<Response, PageError> {
    let title = match awaited {
        Some(_) => "Enter your code",
        None => "Sign in again",
    };
    let form = awaited.map(|awaited| Asked {
        code: TextInput::new("code", if awaited.app { "Code" } else { "Recovery code" })
            .hint(match awaited.app {
                true => "The six digits that your app shows now, or one of your recovery codes",
                false => "If you do not have your passkey with you",
            })
            .autocomplete("one-time-code")
            .width(Width::Ten)
            .no_spelling()
            .errors(errors),
        button: Button::new("Go on").once(),
        passkey: awaited.passkey.then(|| super::sign_in_passkey::button(app)).flatten(),
    });
    let view = View { summary: ErrorSummary::new(errors), heading: Heading::new(title).size(Size::Xl), form };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
