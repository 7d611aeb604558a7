//! Which accounts elsewhere open mine?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use kernel::words::long_date;
use programme::elsewhere::{self, Connected};
use serde::Deserialize;
use ui::{Button, Heading, Hidden, NotificationBanner, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DisconnectInput {
    csrf: String,
    provider: String,
}

#[derive(Template)]
#[template(path = "account_elsewhere.html")]
struct View {
    heading: Heading,
    csrf: Hidden,
    connected: Vec<Row>,
    others: Vec<(String, Button)>,
}

/// An account that opens this one.
struct Row {
    provider: Hidden,
    name: String,
    known_as: String,
    since: String,
    button: Button,
}

/// `GET /account/elsewhere`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let accounts = elsewhere::accounts(&app.world, &visitor.who).await?;
    let title = match accounts.len() {
        0 => "No account elsewhere opens yours",
        1 => "One account elsewhere opens yours",
        _ => "Accounts elsewhere that open yours",
    };
    let providers = &app.world.providers;
    let row = |account: &Connected| {
        let name = providers.of(&account.provider).map_or(account.provider.clone(), |provider| provider.name.clone());
        Row {
            provider: Hidden::new("provider", &account.provider),
            button: Button::new(format!("Disconnect {name}")).secondary(),
            name,
            known_as: account.known_as.clone(),
            since: long_date(kernel::clock::in_england(account.since).date()),
        }
    };
    let other = |id: &str| accounts.iter().all(|account| account.provider != id);
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        connected: accounts.iter().map(row).collect(),
        others: providers
            .all
            .iter()
            .filter(|provider| other(&provider.id))
            .map(|provider| (provider.id.clone(), Button::new(format!("Connect {}", provider.name)).secondary()))
            .collect(),
    };
    let page = frame::page(&visitor, title).noindex();
    let page = match input.done.as_str() {
        "connected" => page.banner(NotificationBanner::success("Connected. From now on you can sign in with it.")),
        "disconnected" => {
            page.banner(NotificationBanner::success("Disconnected. It does not open your account any more."))
        }
        _ => page,
    };
    frame::show(page, &view)
}

/// `POST /account/elsewhere/disconnect`
pub(crate) async fn disconnect(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<DisconnectInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    elsewhere::disconnect(&app.world, &visitor.who, &input.provider).await?;
    Ok(Redirect::to("/account/elsewhere?done=disconnected").into_response())
}
