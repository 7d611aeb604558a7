//! Which organisation do you enter?

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::organisation::{self, Kind, LIST, NewOrganisation};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, ErrorSummary, Errors, Heading, Hidden, Radios, Size, TextInput};

/// What can be entered here; schools and programmes come otherwise.
const KINDS: [Kind; 3] = [Kind::Group, Kind::Supporter, Kind::Funder];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    kind: String,
    name: String,
}

#[derive(Template)]
#[template(path = "organisation_new.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    kind: Radios,
    name: TextInput,
    button: Button,
}

/// `GET /organisations/new`
pub(crate) async fn show(visitor: Visitor) -> Result<Response, PageError> {
    LIST.require(&visitor.who)?;
    page(&visitor, &Input::default(), &Errors::none())
}

/// `POST /organisations/new`
pub(crate) async fn make(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    LIST.require(&visitor.who)?;
    let Some(kind) = KINDS.into_iter().find(|kind| kind.key() == input.kind) else {
        let mut errors = Errors::none();
        errors.add("kind", "Choose what kind of organisation it is");
        return page(&visitor, &input, &errors);
    };
    let new = NewOrganisation { kind, name: input.name.clone(), urn: None, group: None };
    match organisation::create(&app.world, &visitor.who, new).await {
        Ok(_) => Ok(Redirect::to("/organisations?done=made").into_response()),
        Err(error) => page(&visitor, &input, &form::wrong(error)?),
    }
}

fn page(visitor: &Visitor, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    let title = "Which organisation do you enter?";
    let kinds = Radios::new("kind", "What is it?").chosen(&input.kind);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        kind: KINDS.iter().fold(kinds, |radios, kind| radios.choice(kind.key(), kind.words())).errors(errors),
        name: TextInput::new("name", "Its name").value(&input.name).errors(errors),
        button: Button::new("Enter it").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/organisations", "Organisations"))
        .noindex()
        .with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
