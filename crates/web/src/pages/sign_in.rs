//! Sign in, and out again.

use crate::{App, cookie, device::From, error::PageError, frame, visitor, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use programme::person::{self, Browser, SignIn, Token};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, InputMode, InsetText, Password, Size, TextInput, Width};

/// Where somebody who has signed in goes.
pub(super) const AFTER: &str = "/start";

/// Where the second factor is asked for.
const CODE: &str = "/sign-in/code";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    email: String,
    password: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignOutInput {
    csrf: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    demo: Option<InsetText>,
    people: Vec<Button>,
    email: TextInput,
    password: Password,
    button: Button,
    passkey: Option<Button>,
    elsewhere: Vec<(String, Button)>,
}

/// `GET /sign-in`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    if visitor.name().is_some() {
        return Ok(see_other(AFTER));
    }
    form(&app, &visitor, "", &Errors::none(), StatusCode::OK)
}

/// `POST /sign-in`
pub(crate) async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let mut errors = Errors::none();
    if input.email.trim().is_empty() {
        errors.add("email", "Enter your e-mail address");
    }
    if input.password.is_empty() {
        errors.add("password", "Enter your password");
    }
    if !errors.is_empty() {
        return form(&app, &visitor, &input.email, &errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let browser = Browser { device: &from.device, network: from.network.as_deref() };
    let status = match person::sign_in(&app.world, &input.email, &input.password, browser).await? {
        SignIn::Done(token) => return Ok(signed_in(&app, &token, Vec::new())),
        SignIn::Code(token) => return Ok(half(&app, &token, Vec::new())),
        // Which of the two was wrong is nobody's business but the owner's.
        SignIn::Wrong => {
            errors.add("email", "Enter the e-mail address and password you signed up with");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        SignIn::Wait(minutes) => {
            errors.add("email", format!("This was tried too often. Wait {minutes} minutes, then try again"));
            StatusCode::TOO_MANY_REQUESTS
        }
    };
    form(&app, &visitor, &input.email, &errors, status)
}

/// `POST /sign-out`
pub(crate) async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(input): Form<SignOutInput>,
) -> Result<Response, PageError> {
    // Whose session is over already has nothing to check, only a cookie to lose.
    if visitor.name().is_some() {
        visitor.check_form(&input.csrf)?;
    }
    if let Some(token) = visitor::token(&app, &headers) {
        person::sign_out(&app.world, &token).await?;
    }
    let mut response = with_cookies(see_other("/"), [cookie::SESSION.forget(app.settings.https)]);
    // No page of ours is in the browser's cache; what a script might have kept goes too.
    let kept = HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), kept);
    Ok(response)
}

/// Off to where somebody goes who has signed in, with other cookies to set.
pub(super) fn signed_in(app: &App, token: &Token, others: Vec<String>) -> Response {
    let https = app.settings.https;
    let session = [cookie::SESSION.set(https, token.reveal()), cookie::HALF.forget(https)];
    with_cookies(see_other(AFTER), session.into_iter().chain(others))
}

/// Off to where the second factor is asked for, with other cookies to set.
pub(super) fn half(app: &App, token: &Token, others: Vec<String>) -> Response {
    let half = cookie::HALF.set(app.settings.https, token.reveal());
    with_cookies(see_other(CODE), std::iter::once(half).chain(others))
}

/// An answer that sets cookies.
pub(super) fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = String>) -> Response {
    for cookie in cookies {
        if let Ok(cookie) = cookie.parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn form(app: &App, visitor: &Visitor, email: &str, errors: &Errors, status: StatusCode) -> Result<Response, PageError> {
    let title = "Sign in";
    let demo = app.settings.demo_sign_in.as_ref();
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        demo: demo.map(|(email, password)| {
            InsetText::new(format!("This is a demonstration. Sign in with {email} and the password {password}"))
        }),
        people: super::demo_sign_in::buttons(app),
        email: TextInput::new("email", "E-mail address")
            .mode(InputMode::Email)
            .autocomplete("username")
            .width(Width::TwoThirds)
            .value(email.chars().take(254).collect::<String>())
            .errors(errors),
        password: Password::new("password", "Password").errors(errors),
        button: Button::new("Sign in").once(),
        passkey: super::sign_in_passkey::button(app),
        elsewhere: super::sign_in_elsewhere::buttons(app),
    };
    let page = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(page, &view)?).into_response())
}

pub(super) fn see_other(to: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
