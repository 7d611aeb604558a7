//! Be somebody of the demo, by a click. Anywhere else there is no such page.

use super::sign_in::{SEVEN_DAYS, cookie, see_other};
use crate::{App, error::PageError};
use axum::{
    Form,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use programme::{
    Error,
    person::{self, SignIn},
};
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
pub(crate) async fn sign_in(State(app): State<App>, Form(input): Form<Input>) -> Result<Response, PageError> {
    let demo = app.settings.demo.as_ref().ok_or(PageError::NotFound)?;
    let person = demo.people.iter().find(|person| person.role == input.role).ok_or(PageError::NotFound)?;
    match person::demo_sign_in(&app.world, &demo.only, &person.email).await? {
        SignIn::Done(token) => {
            let cookie = cookie(&app, token.reveal(), SEVEN_DAYS);
            Ok(([(header::SET_COOKIE, cookie)], see_other("/start")).into_response())
        }
        SignIn::Wrong | SignIn::Wait(_) => Err(Error::NotFound.into()),
    }
}
