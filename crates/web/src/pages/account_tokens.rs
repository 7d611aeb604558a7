//! Which programs read in my name?

use super::school_record::moment;
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::number;
use programme::person::{self, KnownToken};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, InputMode, NotificationBanner, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    name: String,
    days: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RevokeInput {
    csrf: String,
    id: i64,
}

#[derive(Template)]
#[template(path = "account_tokens.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    /// The secret of one that was just made.
    made: Option<String>,
    rows: Vec<Row>,
    name: TextInput,
    days: TextInput,
    button: Button,
}

/// A token.
struct Row {
    id: Hidden,
    name: String,
    said: String,
    button: Button,
}

/// `GET /account/tokens`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Asked>,
) -> Result<Response, PageError> {
    visitor.confirmed(&app)?;
    page(&app, &visitor, &input.done, None, &Input::default(), &Errors::none()).await
}

/// `POST /account/tokens`
pub(crate) async fn make(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let session = visitor.confirmed(&app)?;
    match person::make_token(&app.world, session, &input.name, input.days.trim().parse().ok()).await {
        Ok(secret) => page(&app, &visitor, "", Some(secret), &Input::default(), &Errors::none()).await,
        Err(error) => page(&app, &visitor, "", None, &input, &form::wrong(error)?).await,
    }
}

/// `POST /account/tokens/revoke`
pub(crate) async fn revoke(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<RevokeInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    person::revoke_token(&app.world, &visitor.who, input.id).await?;
    Ok(Redirect::to("/account/tokens?done=revoked").into_response())
}

async fn page(
    app: &App,
    visitor: &Visitor,
    done: &str,
    made: Option<String>,
    typed: &Input,
    errors: &Errors,
) -> Result<Response, PageError> {
    let tokens = person::tokens(&app.world, &visitor.who).await?;
    let title = match tokens.len() {
        0 => "No program reads in your name".to_owned(),
        1 => "One program can read in your name".to_owned(),
        many => format!("{} programs can read in your name", super::imports::capital(&number(many as u64))),
    };
    let now = app.world.now();
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        made,
        rows: tokens.iter().map(|token| row(token, now)).collect(),
        name: TextInput::new("name", "What the token is for")
            .hint("Such as ‘The trust’s weekly table’")
            .width(Width::TwoThirds)
            .value(&typed.name)
            .errors(errors),
        days: TextInput::new("days", "For how many days it works")
            .hint(format!("From 1 to {}", person::LONGEST_TOKEN_DAYS))
            .mode(InputMode::Numeric)
            .width(Width::Four)
            .value(if typed.days.is_empty() { "90" } else { &typed.days })
            .errors(errors),
        button: Button::new("Make a token").once(),
    };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    let frame = match done {
        "revoked" => frame.banner(NotificationBanner::success("Revoked. It opens nothing any more.")),
        _ => frame,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn row(token: &KnownToken, now: kernel::Timestamp) -> Row {
    let used = match token.used {
        Some(used) => format!("last used on {}", moment(used)),
        None => "not used yet".to_owned(),
    };
    let until = match token.expires > now {
        true => format!("works until {}", moment(token.expires)),
        false => format!("ran out on {}", moment(token.expires)),
    };
    Row {
        id: Hidden::new("id", token.id.to_string()),
        name: token.name.clone(),
        said: format!("Made on {}, {until}, {used}.", moment(token.made)),
        button: Button::new(format!("Revoke ‘{}’", token.name)).secondary(),
    }
}
