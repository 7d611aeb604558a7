//! Take your school's whole record along.

use super::school_record::{number, way};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse as _, Response},
};
use programme::{organisation, school_export};
use serde::Deserialize;
use ui::{Button, Heading, Hidden, Size, WarningText};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
}

#[derive(Template)]
#[template(path = "school_export.html")]
struct View {
    heading: Heading,
    id: i64,
    warning: WarningText,
    csrf: Hidden,
    button: Button,
}

/// `GET /organisations/{id}/export`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    let id = number(&id)?;
    school_export::EXPORT.require_directly(&visitor.who, id)?;
    let school = organisation::organisation(&app.world, &visitor.who, id).await?;
    let title = "Take your school’s whole record along";
    let view = View {
        heading: Heading::new(title).caption(&school.name).size(Size::Xl),
        id,
        warning: WarningText::new(
            "It holds names and addresses of your people. Keep the file as you keep your staff records.",
        ),
        csrf: Hidden::new("csrf", visitor.form_token()),
        button: Button::new("Download it"),
    };
    frame::show(frame::page(&visitor, title).breadcrumbs(way(&school)).noindex(), &view)
}

/// `POST /organisations/{id}/export`
pub(crate) async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let parcel = school_export::export(&app.world, &visitor.who, number(&id)?).await?;
    // The name is made of letters, digits and hyphens.
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", parcel.name)),
    ];
    Ok((headers, parcel.bytes).into_response())
}
