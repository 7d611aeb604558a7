//! What does this Aspire hold about you?

use super::imports::capital;
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{Html, IntoResponse as _, Response},
};
use programme::subject_access::{self, Held};
use ui::{Button, Heading, Size, Table, cells};

#[derive(Template)]
#[template(path = "account_data.html")]
struct View {
    heading: Heading,
    table: Table,
    download: Button,
}

/// `GET /account/data`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let held = subject_access::about_me(&app.world, &visitor.who).await?;
    let title = "What this Aspire holds about you";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        table: table(&held),
        download: Button::new("Download all of it").link("/account/data.json"),
    };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

fn table(held: &Held) -> Table {
    let mut table = Table::new("What is held").hidden_caption().head(["What", "Entries"]).numeric(&[1]);
    for part in &held.parts {
        table = table.row(cells![capital(part.what), part.rows.len()]);
    }
    table
}

/// `GET /account/data.json`
pub(crate) async fn download(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    let held = subject_access::about_me(&app.world, &visitor.who).await?;
    let text = serde_json::to_vec_pretty(&held).map_err(|error| PageError::Unexpected(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"what-aspire-holds-about-me.json\""),
    ];
    Ok((headers, text).into_response())
}
