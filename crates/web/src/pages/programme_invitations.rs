//! An invitation of a programme, to a school or to one of its own people, sent
//! again or taken back.

use super::school_record::number;
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    cohort,
    invitation::{self, Place},
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
}

/// `POST /programmes/{slug}/invitations/{invitation}/again`
pub(crate) async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, id)): Path<(String, String)>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    invitation::send_again(&app.world, &visitor.who, Place::Programme(programme.id), number(&id)?).await?;
    Ok(Redirect::to(&format!("/programmes/{}?done=again", programme.slug)).into_response())
}

/// `POST /programmes/{slug}/invitations/{invitation}/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path((slug, id)): Path<(String, String)>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    invitation::withdraw(&app.world, &visitor.who, Place::Programme(programme.id), number(&id)?).await?;
    Ok(Redirect::to(&format!("/programmes/{}?done=withdrawn", programme.slug)).into_response())
}
