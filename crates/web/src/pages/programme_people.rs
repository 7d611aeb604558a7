//! Who leads the programme, advises its schools, evaluates it?

use super::{
    people_view::{self as view, Asked, Reader},
    person_invite::{self, Fields, Input as InviteInput},
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    cohort, invitation,
    organisation::Kind,
    role::{self, MANAGE_PROGRAMME},
    who::Role,
};
use serde::Deserialize;
use ui::{Breadcrumbs, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Size, Table};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "programme_people.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    slug: String,
    csrf: Hidden,
    people: Option<Table>,
    asked: Vec<Asked>,
    fields: Fields,
    before: Vec<String>,
}

/// `GET /programmes/{slug}/people`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    page(&app, &visitor, &slug, &InviteInput::default(), &Errors::none(), done(&input.done)).await
}

/// `POST /programmes/{slug}/people`
pub(crate) async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(input): Form<InviteInput>,
) -> Result<Response, PageError> {
    visitor.check_form(input.csrf())?;
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    match invitation::invite(&app.world, &visitor.who, programme.id, input.invitation()).await {
        Ok(_) => Ok(Redirect::to(&format!("/programmes/{}/people?done=invited", programme.slug)).into_response()),
        Err(error) => page(&app, &visitor, &slug, &input, &form::wrong(error)?, None).await,
    }
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "invited" => "The letter is on its way. It works for 14 days.",
        "ended" => "The role was ended, and with an adviser’s role their schools. That it was held stays known.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    input: &InviteInput,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let programme = cohort::programme(&app.world, &visitor.who, slug).await?;
    MANAGE_PROGRAMME.require_directly(&visitor.who, programme.id)?;
    let people = role::people(&app.world, &visitor.who, programme.id).await?;
    let invited = invitation::of_organisation(&app.world, &visitor.who, programme.id).await?;
    let today = app.world.clock.today();
    let now = view::now(&people, today);
    let advisers = now.iter().filter(|one| one.held.role == Role::Adviser).count();
    let title = match advisers {
        0 => "Nobody advises the programme’s schools yet".to_owned(),
        1 => "One adviser accompanies the programme’s schools".to_owned(),
        many => format!(
            "{} advisers accompany the programme’s schools",
            super::imports::capital(&kernel::words::number(many as u64))
        ),
    };
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).caption(programme.name.clone()).size(Size::Xl),
        slug: programme.slug.clone(),
        csrf: Hidden::new("csrf", visitor.form_token()),
        people: (!now.is_empty()).then(|| {
            view::table("Who does what", &now, today, Reader::Keeps, |role| {
                format!("/programmes/{}/people/{role}", programme.slug)
            })
        }),
        asked: view::asked(&invited, app.world.now()),
        fields: person_invite::fields(Kind::Programme, input, errors),
        before: view::before(&people, today),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home()
        .to("/programmes", "Programmes")
        .to(format!("/programmes/{}", programme.slug), programme.name.clone());
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status, frame::show(frame, &view)?).into_response())
}
