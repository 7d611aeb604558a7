//! Whom do you invite here?

use super::{people_view as view, school_record::number};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    invitation::{self, NewInvitation, Place},
    organisation::{self, Kind},
    role,
    who::{Role, Strand},
};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, ErrorSummary, Errors, Heading, Hidden, InputMode, Radios, Select, Size, TextInput};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    name: String,
    email: String,
    role: String,
    strand: String,
}

impl Input {
    pub(super) fn csrf(&self) -> &str {
        &self.csrf
    }

    pub(super) fn invitation(&self) -> NewInvitation {
        NewInvitation {
            name: self.name.clone(),
            email: self.email.clone(),
            role: Role::from_key(&self.role),
            strand: Strand::from_key(&self.strand),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerInput {
    csrf: String,
}

/// The fields of somebody to be invited.
pub(super) struct Fields {
    pub(super) name: TextInput,
    pub(super) email: TextInput,
    pub(super) role: Radios,
    pub(super) strand: Option<Select>,
    pub(super) button: Button,
}

pub(super) fn fields(kind: Kind, input: &Input, errors: &Errors) -> Fields {
    Fields {
        name: TextInput::new("name", "Their name").value(&input.name).errors(errors),
        email: TextInput::new("email", "Their e-mail address")
            .hint("The letter goes there, and they sign in with it")
            .mode(InputMode::Email)
            .value(&input.email)
            .errors(errors),
        role: view::role_field(kind.roles(), &input.role, errors),
        strand: (kind == Kind::School).then(|| view::strand_field(&input.strand, errors)),
        button: Button::new("Send the invitation").once(),
    }
}

#[derive(Template)]
#[template(path = "person_invite.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    id: i64,
    csrf: Hidden,
    fields: Fields,
}

/// `GET /organisations/{id}/invite?role=&strand=`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &input, &Errors::none()).await
}

/// `POST /organisations/{id}/invite`
pub(crate) async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    match invitation::invite(&app.world, &visitor.who, id, input.invitation()).await {
        Ok(_) => Ok(Redirect::to(&format!("/organisations/{id}/people?done=invited")).into_response()),
        Err(error) => page(&app, &visitor, id, &input, &form::wrong(error)?).await,
    }
}

/// `POST /organisations/{id}/invitations/{invitation}/again`
pub(crate) async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, invitation)): Path<(String, String)>,
    Form(input): Form<AnswerInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    invitation::send_again(&app.world, &visitor.who, Place::Organisation(id), number(&invitation)?).await?;
    Ok(Redirect::to(&format!("/organisations/{id}/people?done=again")).into_response())
}

/// `POST /organisations/{id}/invitations/{invitation}/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, invitation)): Path<(String, String)>,
    Form(input): Form<AnswerInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    invitation::withdraw(&app.world, &visitor.who, Place::Organisation(id), number(&invitation)?).await?;
    Ok(Redirect::to(&format!("/organisations/{id}/people?done=withdrawn")).into_response())
}

async fn page(app: &App, visitor: &Visitor, id: i64, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    role::may_change(&app.world, &visitor.who, id).await?;
    let place = organisation::organisation(&app.world, &visitor.who, id).await?;
    if place.kind == Kind::Programme {
        return Err(PageError::NotFound);
    }
    let title = format!("Whom do you invite to {}?", place.name);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        fields: fields(place.kind, input, errors),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home()
        .to(format!("/organisations/{id}"), place.name.clone())
        .to(format!("/organisations/{id}/people"), "People");
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}
