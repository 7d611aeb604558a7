//! Sign in, and out again.

use crate::{
    App,
    error::PageError,
    frame,
    visitor::{self, COOKIE, Visitor},
};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use programme::person::{self, SignIn};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, InputMode, InsetText, Password, Size, TextInput, Width};

/// How long a browser keeps the cookie, seconds: as long as the longest session.
pub(super) const SEVEN_DAYS: u32 = 7 * 24 * 3_600;

/// Where somebody who has signed in goes.
pub(super) const AFTER: &str = "/start";

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
    let status = match person::sign_in(&app.world, &input.email, &input.password).await? {
        SignIn::Done(token) => {
            let cookie = cookie(&app, token.reveal(), SEVEN_DAYS);
            return Ok(([(header::SET_COOKIE, cookie)], see_other(AFTER)).into_response());
        }
        // Which of the two was wrong is nobody's business but the owner's.
        SignIn::Wrong => {
            errors.add("email", "Enter the e-mail address and password you signed up with");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        SignIn::Wait(minutes) => {
            errors.add("email", format!("There were too many wrong passwords. Wait {minutes} minutes, then try again"));
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
    if let Some(token) = visitor::token(&headers) {
        person::sign_out(&app.world, &token).await?;
    }
    Ok(([(header::SET_COOKIE, cookie(&app, "", 0))], see_other("/")).into_response())
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
        elsewhere: super::sign_in_elsewhere::buttons(app),
    };
    let page = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(page, &view)?).into_response())
}

/// The session's cookie. `Lax`, so that a link from a mail arrives signed in;
/// what changes anything is a POST, which other sites cannot send with it.
pub(super) fn cookie(app: &App, value: &str, seconds: u32) -> String {
    let secure = if app.settings.https { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

pub(super) fn see_other(to: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
