//! Does your school pause or leave, and what happens then?

use super::{imports::capital, school_record::number};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::{long_date, number as in_words};
use programme::{
    cohort::{self, HeadSays, LEAVE, Status, TakesPart},
    organisation, release,
};
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, Checkboxes, DateInput, ErrorSummary, Errors, Heading, Hidden, Radios, Size, Textarea,
    WarningText,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    participation: String,
    status: String,
    #[serde(rename = "since-day")]
    day: String,
    #[serde(rename = "since-month")]
    month: String,
    #[serde(rename = "since-year")]
    year: String,
    reason: String,
    withdraw: String,
}

#[derive(Template)]
#[template(path = "organisation_leave.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    id: i64,
    csrf: Hidden,
    /// What the school takes part in and can decide about.
    form: Option<Decide>,
    warning: WarningText,
}

struct Decide {
    participation: Option<Radios>,
    the_one: Option<Hidden>,
    status: Radios,
    since: DateInput,
    reason: Textarea,
    withdraw: Checkboxes,
    button: Button,
}

/// `GET /organisations/{id}/leave`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &Input::default(), &Errors::none()).await
}

/// `POST /organisations/{id}/leave`
pub(crate) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    LEAVE.require_directly(&visitor.who, id)?;
    let Ok(participation) = input.participation.parse() else {
        let mut errors = Errors::none();
        errors.add("participation", "Choose the programme");
        return page(&app, &visitor, id, &input, &errors).await;
    };
    let status = Status::from_key(&input.status);
    let says = HeadSays {
        participation,
        status,
        since: form::date(&input.day, &input.month, &input.year),
        reason: input.reason.clone(),
        withdraw_releases: input.withdraw == "yes",
    };
    match cohort::head_says(&app.world, &visitor.who, id, says).await {
        Ok(()) => {
            let done = status.map_or("", Status::key);
            Ok(Redirect::to(&format!("/organisations/{id}?done={done}")).into_response())
        }
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "since" => "since-day".to_owned(),
                field => field.to_owned(),
            })?;
            page(&app, &visitor, id, &input, &errors).await
        }
    }
}

async fn page(app: &App, visitor: &Visitor, id: i64, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    LEAVE.require_directly(&visitor.who, id)?;
    let place = organisation::organisation(&app.world, &visitor.who, id).await?;
    let today = app.world.clock.today();
    let parts: Vec<TakesPart> = cohort::of_school(&app.world, &visitor.who, id)
        .await?
        .into_iter()
        .filter(|part| !cohort::choices(part, today).is_empty())
        .collect();
    let released = release::list(&app.world, &visitor.who, id).await?.iter().filter(|one| one.holds(today)).count();
    let title = match parts.is_empty() {
        true => format!("{} takes part in nothing that it could leave", place.name),
        false => format!("Does {} pause or leave?", place.name),
    };
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        form: (!parts.is_empty()).then(|| fields(&parts, today, released, input, errors)),
        warning: WarningText::new("Leaving cannot be taken back here. Your school comes back by a new invitation."),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home().to(format!("/organisations/{id}"), place.name.clone());
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn fields(parts: &[TakesPart], today: kernel::Date, released: usize, input: &Input, errors: &Errors) -> Decide {
    let mut offered: Vec<Status> = parts.iter().flat_map(|part| cohort::choices(part, today).iter().copied()).collect();
    offered.sort_by_key(|status| Status::ALL.iter().position(|one| one == status));
    offered.dedup();
    let (participation, the_one) = match parts {
        [one] => (None, Some(Hidden::new("participation", one.participation.to_string()))),
        several => {
            let radios = Radios::new("participation", "In which programme?").chosen(&input.participation);
            let radios = several.iter().fold(radios, |radios, part| {
                radios.choice_with_hint(
                    part.participation.to_string(),
                    part.programme_name.clone(),
                    format!("Joined {}", long_date(part.joined)),
                )
            });
            (Some(radios.errors(errors)), None)
        }
    };
    let status = Radios::new("status", "What does your school want?").chosen(&input.status);
    let status = offered.iter().fold(status, |radios, one| {
        let (words, hint) = choice(*one);
        radios.choice_with_hint(one.key(), words, hint)
    });
    let withdraw = Checkboxes::new("withdraw", "If you leave: what you released")
        .hint(match released {
            0 => "Nothing is released to anybody now".to_owned(),
            1 => "One thing is released now".to_owned(),
            many => format!("{} things are released now", capital(&in_words(many as u64))),
        })
        .choice("yes", "Withdraw all of it at once");
    Decide {
        participation,
        the_one,
        status: status.errors(errors),
        since: DateInput::new("since", "From which day?").value(&input.day, &input.month, &input.year).errors(errors),
        reason: Textarea::new("reason", "Why?")
            .hint("A sentence. The programme reads it")
            .rows(2)
            .value(&input.reason)
            .errors(errors),
        withdraw: if input.withdraw == "yes" { withdraw.chosen(["yes"]) } else { withdraw },
        button: Button::new("Say so").once(),
    }
}

fn choice(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Joined => ("Go on", "After the break"),
        Status::Paused => ("Take a break", "Nothing is asked of you until you go on"),
        Status::Left => ("Leave", "The programme no longer sees your people, and your adviser no longer your school"),
        Status::Completed => ("Complete", "The programme says that"),
    }
}
