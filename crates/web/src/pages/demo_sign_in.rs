//! Be somebody of the demo, by a click. Anywhere else there is no such page.

use super::sign_in;
use crate::{App, device::From, error::PageError};
use axum::{Form, extract::State, response::Response};
use programme::person;
use serde::Deserialize;
use ui::Button;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// A role’s short name.
    role: String,
}

/// A button for each role; none where this is not the demo.
pub(super) fn buttons(app: &App) -> Vec<Button> {
    let people = app.settings.demo.iter().flat_map(|demo| &demo.people);
    people
        .map(|person| {
            let place = person.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
            let words = format!("{}: {}{place}", super::imports::capital(&person.words), person.name);
            Button::new(words).secondary().named("role", person.role)
        })
        .collect()
}

/// `POST /demo/sign-in`
pub(crate) async fn sign_in(
    State(app): State<App>,
    from: From,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    let demo = app.settings.demo.as_ref().ok_or(PageError::NotFound)?;
    let person = demo.people.iter().find(|person| person.role == input.role).ok_or(PageError::NotFound)?;
    let token = person::demo_sign_in(&app.world, &demo.only, &person.email, &from.device).await?;
    Ok(sign_in::signed_in(&app, &token, Vec::new()))
}
