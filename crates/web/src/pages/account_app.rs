//! Set up an app that shows codes.

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::person::{self, NewApp};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, SafeHtml, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    code: String,
}

#[derive(Template)]
#[template(path = "account_app.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    picture: SafeHtml,
    secret: String,
    csrf: Hidden,
    code: TextInput,
    button: Button,
}

#[derive(Template)]
#[template(path = "account_codes.html")]
struct CodesView {
    heading: Heading,
    codes: Vec<String>,
    button: Button,
}

/// `POST /account/app/begin`
pub(crate) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match person::begin_app(&app.world, visitor.confirmed(&app)?).await {
        // Whoever has one already sees it on the page where it can be removed.
        Ok(()) => Ok(Redirect::to("/account/app").into_response()),
        Err(programme::Error::Invalid(_)) => Ok(Redirect::to("/account/second-factor").into_response()),
        Err(error) => Err(error.into()),
    }
}

/// `GET /account/app`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    page(&app, &visitor, &Errors::none()).await
}

/// `POST /account/app`
pub(crate) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match person::confirm_app(&app.world, visitor.confirmed(&app)?, &input.code).await {
        Ok(codes) if codes.is_empty() => Ok(Redirect::to("/account/second-factor?done=app").into_response()),
        Ok(codes) => codes_page(&visitor, "The app is set up. Keep these codes", &codes),
        Err(error) => page(&app, &visitor, &form::wrong(error)?).await,
    }
}

/// Recovery codes, which are shown this once.
pub(super) fn codes_page(visitor: &Visitor, title: &'static str, codes: &[String]) -> Result<Response, PageError> {
    let view = CodesView {
        heading: Heading::new(title).size(Size::Xl),
        codes: codes.to_vec(),
        button: Button::new("I have kept them").link("/start"),
    };
    Ok(frame::show(frame::page(visitor, title).noindex(), &view)?.into_response())
}

async fn page(app: &App, visitor: &Visitor, errors: &Errors) -> Result<Response, PageError> {
    let Some(new) = person::waiting_app(&app.world, visitor.confirmed(app)?).await? else {
        return Ok(Redirect::to("/account/second-factor").into_response());
    };
    let title = "Set up an app that shows codes";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        picture: picture(&new)?,
        secret: in_fours(&new.secret),
        csrf: Hidden::new("csrf", visitor.form_token()),
        code: TextInput::new("code", "The six digits that the app shows now")
            .autocomplete("one-time-code")
            .width(Width::Ten)
            .no_spelling()
            .errors(errors),
        button: Button::new("Set up").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

/// The app's secret as a picture for a camera; the same can be typed.
fn picture(new: &NewApp) -> Result<SafeHtml, PageError> {
    let unexpected = |error: qrcode::types::QrError| PageError::Unexpected(format!("a QR code: {error}"));
    let code = QrCode::with_error_correction_level(&new.address, EcLevel::M).map_err(unexpected)?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    let svg = drawn.find("<svg").map_or("", |at| &drawn[at..]);
    let named = svg.replacen("<svg ", "<svg role=\"img\" aria-label=\"QR code for the app\" ", 1);
    Ok(SafeHtml::vouched("qrcode draws squares only; no text goes into it", named))
}

/// In groups of four, as one reads and types it.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_to_cameras_and_to_people() {
        let new = NewApp {
            secret: "GEZDGNBVGY3TQOJQ".to_owned(),
            address: "otpauth://totp/Aspire:a%40b?secret=G".to_owned(),
        };
        let svg = picture(&new).unwrap();
        assert!(svg.as_str().starts_with("<svg role=\"img\" aria-label="), "{}", &svg.as_str()[..80]);
        assert!(!svg.as_str().contains("style="), "the content policy would refuse it");
        assert_eq!(in_fours(&new.secret), "GEZD GNBV GY3T QOJQ");
    }
}
