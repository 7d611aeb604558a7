//! Erase your school's own words for good.

use super::school_record::{number, way};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::number as words;
use programme::self_view;
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Size, TextInput, WarningText, Width,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    confirm: String,
    /// It was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "self_view_erase.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    id: i64,
    /// What is needed to do it; nothing where there is nothing to erase.
    ask: Option<Ask>,
}

struct Ask {
    warning: WarningText,
    csrf: Hidden,
    confirm: TextInput,
    button: Button,
}

/// `GET /organisations/{id}/self-view/erase`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &input, &Errors::none()).await
}

/// `POST /organisations/{id}/self-view/erase`
pub(crate) async fn erase(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    match self_view::erase(&app.world, &visitor.who, id, &input.confirm).await {
        Ok(()) => Ok(Redirect::to(&format!("/organisations/{id}/self-view/erase?done=1")).into_response()),
        Err(error) => page(&app, &visitor, id, &input, &form::wrong(error)?).await,
    }
}

async fn page(app: &App, visitor: &Visitor, id: i64, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    let found = self_view::erasable(&app.world, &visitor.who, id).await?;
    let title = if found.versions == 0 {
        "There is nothing to erase"
    } else {
        "Do you want to erase the school’s own words for good?"
    };
    let versions = match found.versions as u64 {
        1 => "the one version".to_owned(),
        many => format!("all {} versions", words(many)),
    };
    let ask = (found.versions > 0).then(|| Ask {
        warning: WarningText::new(format!(
            "This cannot be undone. It takes {versions} and every draft of it. That it was erased, when and by whom, stays known; what it said does not."
        )),
        csrf: Hidden::new("csrf", visitor.form_token()),
        confirm: TextInput::new("confirm", format!("Type the school’s name, {}, to say that you mean it", found.school.name))
            .width(Width::TwoThirds)
            .no_spelling()
            .value(&input.confirm)
            .errors(errors),
        button: Button::new("Erase it for good").warning().once(),
    });
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).caption(&found.school.name).size(Size::Xl),
        id,
        ask,
    };
    // An administrator may erase what they may not read.
    let reads = self_view::WRITE.directly(&visitor.who, id);
    let way = if reads { way(&found.school) } else { Breadcrumbs::home() };
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if !input.done.is_empty() && found.versions == 0 {
        frame =
            frame.banner(NotificationBanner::success("The school’s own words are erased, with all their versions."));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}
