//! Stop the letters that I get on Mondays, without signing in.

use super::blocks::{Blocks, form};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, State},
    response::Response,
};
use programme::digest;
use ui::{Breadcrumbs, Button, Errors};

/// `GET /digest/{token}`: asks, because machines that look into letters follow
/// links before people do.
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match digest::knows(&app.world, &token).await? {
        true => {
            let none = Errors::none();
            let stop = [Button::new("Stop it").once().into()];
            Blocks::new("Stop the letter on Mondays?", "", &none)
                .lead("What is due for you stands on your start page as before.")
                .block(form(&visitor, &format!("/digest/{token}"), stop))
                .show(&visitor, Breadcrumbs::home(), &none, None::<&str>)
        }
        false => stopped(&visitor),
    }
}

/// `POST /digest/{token}`: from the page, or from a mail program that stops
/// letters by one click (RFC 8058); the link is all that it takes.
pub(crate) async fn stop(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    digest::stop(&app.world, &token).await?;
    stopped(&visitor)
}

fn stopped(visitor: &Visitor) -> Result<Response, PageError> {
    let none = Errors::none();
    Blocks::new("No letter comes on Mondays any more", "", &none).lead("You can choose it again in your account.").show(
        visitor,
        Breadcrumbs::home(),
        &none,
        None::<&str>,
    )
}
