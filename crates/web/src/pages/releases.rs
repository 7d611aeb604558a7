//! Who can see what of your school, and who looked?

use super::{
    imports::capital,
    releases_view::{self, Typed},
    school_record::number,
};
use crate::{App, error::PageError, form, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    item::ItemKind,
    release::{self, NewRelease, To},
};
use serde::Deserialize;
use ui::{Errors, NotificationBanner};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
    /// Part of the name of a school that takes part too.
    school: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GrantInput {
    csrf: String,
    kind: String,
    to: String,
    #[serde(rename = "until-day")]
    day: String,
    #[serde(rename = "until-month")]
    month: String,
    #[serde(rename = "until-year")]
    year: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct WithdrawInput {
    csrf: String,
    /// Which release, or ‘all’.
    release: String,
}

/// `GET /organisations/{id}/releases`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let typed = Typed { school: input.school, ..Typed::default() };
    releases_view::page(&app, &visitor, id, &typed, &Errors::none(), done(&input.done)).await
}

/// `POST /organisations/{id}/releases`
pub(crate) async fn grant(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<GrantInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    match given(&app, &visitor, id, &input).await {
        Ok(()) => Ok(back_to(id, "released")),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "until" => "until-day".to_owned(),
                field => field.to_owned(),
            })?;
            let until = [input.day, input.month, input.year];
            let typed = Typed { kind: input.kind, to: input.to, until, school: String::new() };
            releases_view::page(&app, &visitor, id, &typed, &errors, None).await
        }
    }
}

async fn given(app: &App, visitor: &Visitor, id: i64, input: &GrantInput) -> Result<(), programme::Error> {
    let parts = [&input.day, &input.month, &input.year];
    let until = form::date(&input.day, &input.month, &input.year);
    if until.is_none() && parts.iter().any(|part| !part.trim().is_empty()) {
        release::MANAGE.require_directly(&visitor.who, id)?;
        return Err(programme::Error::field("until", "Enter a last day, such as 31 8 2027, or leave it empty"));
    }
    let (kind, item) = what(&input.kind).unwrap_or((ItemKind::SelfView, None));
    // What is no choice at all is refused as one that is not offered.
    let nobody = To { role: programme::who::Role::Funder, organisation: 0, person: None };
    let to = To::from_key(&input.to).unwrap_or(nobody);
    let new = NewRelease { organisation: id, kind, item, to, until };
    release::grant(&app.world, &visitor.who, new).await.map(drop)
}

/// What a form names: ‘plan’, ‘diagnosis’, or one of them, ‘diagnosis-12’.
fn what(key: &str) -> Option<(ItemKind, Option<i64>)> {
    match key.split_once('-') {
        None => Some((ItemKind::from_key(key)?, None)),
        Some((kind, item)) => Some((ItemKind::from_key(kind)?, Some(item.parse().ok()?))),
    }
}

/// `POST /organisations/{id}/releases/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<WithdrawInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    if input.release == "all" {
        release::withdraw_all(&app.world, &visitor.who, id).await?;
        return Ok(back_to(id, "all"));
    }
    release::withdraw(&app.world, &visitor.who, id, number(&input.release)?).await?;
    Ok(back_to(id, "withdrawn"))
}

fn back_to(id: i64, done: &str) -> Response {
    Redirect::to(&format!("/organisations/{id}/releases?done={done}")).into_response()
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "released" => "Released. They can see it from now on.",
        "withdrawn" => "Withdrawn. They cannot see it any more; you can release it again below.",
        "all" => "All is withdrawn. Nobody but your leaders sees anything; you can release it again below.",
        _ => return None,
    };
    Some(NotificationBanner::success(capital(words)))
}
