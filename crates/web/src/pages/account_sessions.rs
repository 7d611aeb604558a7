//! Where am I signed in?

use super::{imports::capital, school_record::moment};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use kernel::words::number;
use programme::person::{self, OpenSession};
use serde::Deserialize;
use ui::{Button, Heading, Hidden, NotificationBanner, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EndInput {
    csrf: String,
    id: i64,
}

#[derive(Template)]
#[template(path = "account_sessions.html")]
struct View {
    heading: Heading,
    csrf: Hidden,
    rows: Vec<Row>,
    /// None where there are no others.
    everywhere: Option<Button>,
}

/// A session.
struct Row {
    id: Hidden,
    device: String,
    said: String,
    /// None for the one in which this is read.
    end: Option<Button>,
}

/// `GET /account/sessions`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let open = person::sessions(&app.world, &visitor.who).await?;
    let here = visitor.session().map_or(0, |session| session.id);
    let title = match open.len() {
        0 | 1 => "You are signed in here only".to_owned(),
        many => format!("You are signed in in {} places", number(many as u64)),
    };
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        rows: open.iter().map(|one| row(one, here)).collect(),
        everywhere: (open.len() > 1).then(|| Button::new("Sign out everywhere else").warning()),
    };
    let page = frame::page(&visitor, title).noindex();
    let page = match input.done.as_str() {
        "ended" => page.banner(NotificationBanner::success("Signed out there.")),
        "others" => page.banner(NotificationBanner::success("Signed out everywhere else.")),
        _ => page,
    };
    frame::show(page, &view)
}

/// `POST /account/sessions/end`
pub(crate) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<EndInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    person::end_session(&app.world, &visitor.who, input.id).await?;
    Ok(Redirect::to("/account/sessions?done=ended").into_response())
}

/// `POST /account/sessions/end-others`
pub(crate) async fn end_others(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<EndInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    person::end_other_sessions(&app.world, visitor.session()?).await?;
    Ok(Redirect::to("/account/sessions?done=others").into_response())
}

fn row(one: &OpenSession, here: i64) -> Row {
    let by = match one.opened_by.as_str() {
        "password" => "with your password",
        "passkey" => "with a passkey",
        "invitation" => "by accepting an invitation",
        "demo" => "by a click of the demo",
        _ => "with an account elsewhere",
    };
    let is_here = one.id == here;
    Row {
        id: Hidden::new("id", one.id.to_string()),
        device: if is_here { format!("{}, where you read this", one.device) } else { one.device.clone() },
        said: format!("{}, since {}, last used on {}.", capital(by), moment(one.since), moment(one.seen)),
        end: (!is_here).then(|| Button::new(format!("Sign out of {}", one.device)).secondary()),
    }
}
