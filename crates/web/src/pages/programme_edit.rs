//! What is the programme called, from when to when does it go, who pays?

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::Date;
use programme::{
    cohort::{self, Edited, Programme},
    organisation::{self, Kind, Organisation},
};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Select, Size, TextInput, Textarea};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    name: String,
    about: String,
    #[serde(rename = "starts-day")]
    starts_day: String,
    #[serde(rename = "starts-month")]
    starts_month: String,
    #[serde(rename = "starts-year")]
    starts_year: String,
    #[serde(rename = "ends-day")]
    ends_day: String,
    #[serde(rename = "ends-month")]
    ends_month: String,
    #[serde(rename = "ends-year")]
    ends_year: String,
    paid_by: String,
    funder: String,
}

impl Input {
    fn of(programme: &Programme) -> Self {
        let [starts_day, starts_month, starts_year] = parts(Some(programme.starts));
        let [ends_day, ends_month, ends_year] = parts(programme.ends);
        Self {
            csrf: String::new(),
            name: programme.name.clone(),
            about: programme.about.clone(),
            starts_day,
            starts_month,
            starts_year,
            ends_day,
            ends_month,
            ends_year,
            paid_by: programme.paid_by.clone().unwrap_or_default(),
            funder: programme.funder.map_or_else(String::new, |id| id.to_string()),
        }
    }
}

fn parts(date: Option<Date>) -> [String; 3] {
    date.map_or_else(Default::default, |date| {
        [date.day().to_string(), date.month().to_string(), date.year().to_string()]
    })
}

#[derive(Template)]
#[template(path = "programme_edit.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    slug: String,
    csrf: Hidden,
    name: TextInput,
    about: Textarea,
    starts: DateInput,
    ends: DateInput,
    paid_by: TextInput,
    funder: Select,
    button: Button,
}

/// `GET /programmes/{slug}/edit`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
    page(&app, &visitor, &programme, &Input::of(&programme), &Errors::none()).await
}

/// `POST /programmes/{slug}/edit`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let edited = Edited {
        name: input.name.clone(),
        about: input.about.clone(),
        starts: form::date(&input.starts_day, &input.starts_month, &input.starts_year),
        ends: form::date_or_none(&input.ends_day, &input.ends_month, &input.ends_year),
        paid_by: input.paid_by.clone(),
        // What is no number is no funder in the list either.
        funder: (!input.funder.is_empty()).then(|| input.funder.parse().unwrap_or(0)),
    };
    match cohort::edit_programme(&app.world, &visitor.who, &slug, edited).await {
        Ok(()) => Ok(Redirect::to(&format!("/programmes/{slug}?done=edited")).into_response()),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "starts" | "ends" => format!("{field}-day"),
                field => field.to_owned(),
            })?;
            let programme = cohort::programme(&app.world, &visitor.who, &slug).await?;
            page(&app, &visitor, &programme, &input, &errors).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    programme: &Programme,
    input: &Input,
    errors: &Errors,
) -> Result<Response, PageError> {
    let funders = organisation::of_kind(&app.world, &visitor.who, Kind::Funder).await?;
    let title = format!("What is {}, and who pays?", programme.name);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        slug: programme.slug.clone(),
        csrf: Hidden::new("csrf", visitor.form_token()),
        name: TextInput::new("name", "Its name").value(&input.name).errors(errors),
        about: Textarea::new("about", "What is it? (optional)")
            .hint("A sentence or two. Heads read it when they are invited")
            .rows(3)
            .value(&input.about)
            .errors(errors),
        starts: DateInput::new("starts", "On which day does it start?")
            .value(&input.starts_day, &input.starts_month, &input.starts_year)
            .errors(errors),
        ends: DateInput::new("ends", "On which day does it end? (optional)")
            .value(&input.ends_day, &input.ends_month, &input.ends_year)
            .errors(errors),
        paid_by: TextInput::new("paid_by", "Who pays? (optional)")
            .hint("In words, such as ‘the schools themselves’")
            .value(&input.paid_by)
            .errors(errors),
        funder: funder(&funders, input).errors(errors),
        button: Button::new("Change the programme").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home()
        .to("/programmes", "Programmes")
        .to(format!("/programmes/{}", programme.slug), programme.name.clone());
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn funder(funders: &[Organisation], input: &Input) -> Select {
    Select::new("funder", "Does a funder’s own people sign in here? (optional)")
        .hint("They see sums of this programme, never a school. Whoever keeps this Aspire makes funders and invites their people")
        .option("", "No")
        .options(funders.iter().map(|one| (one.id.to_string(), one.name.clone())))
        .chosen(&input.funder)
}
