//! Make a cohort.

use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use programme::{
    cohort::{self, NewCohort, Programme, ShownTo},
    need_rule,
};
use register::good::RuleSet;
use serde::Deserialize;
use std::collections::BTreeSet;
use ui::{
    Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, Radios, Select, Size, TextInput, Textarea,
    WarningText,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    programme: String,
    name: String,
    about: String,
    #[serde(rename = "joins_on-day")]
    day: String,
    #[serde(rename = "joins_on-month")]
    month: String,
    #[serde(rename = "joins_on-year")]
    year: String,
    need_rule: String,
    phase: String,
    good_rule: String,
    shown_to: String,
}

#[derive(Template)]
#[template(path = "cohort_new.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    csrf: Hidden,
    no_programme: bool,
    make_programme: Button,
    programme: Select,
    name: TextInput,
    about: Textarea,
    joins_on: DateInput,
    warning: WarningText,
    need_rule: Radios,
    phase: Select,
    good_rule: Radios,
    shown_to: Radios,
    button: Button,
}

/// `GET /cohorts/new`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    cohort::MAKE.require(&visitor.who)?;
    page(&app, &visitor, &input, &Errors::none()).await
}

/// `POST /cohorts/new`
pub(crate) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let new = NewCohort {
        programme: input.programme.clone(),
        name: input.name.clone(),
        about: input.about.clone(),
        joins_on: form::date(&input.day, &input.month, &input.year),
        need_rule: input.need_rule.clone(),
        phase: input.phase.clone(),
        good_rule: input.good_rule.clone(),
        shown_to: ShownTo::from_key(&input.shown_to),
    };
    match cohort::create_cohort(&app.world, &visitor.who, new).await {
        // A cohort without schools says nothing: adding them is next.
        Ok(slug) => Ok(Redirect::to(&format!("/cohorts/{slug}/edit?done=cohort")).into_response()),
        Err(error) => page(&app, &visitor, &input, &form::wrong_at(error, id)?).await,
    }
}

/// The id of a field on the page.
fn id(field: &str) -> String {
    if field == "joins_on" { "joins_on-day".to_owned() } else { field.to_owned() }
}

/// The phases that schools in the register have, in alphabetical order.
async fn phases(app: &App) -> Result<BTreeSet<String>, PageError> {
    let record = app.world.record().await?;
    let mut phases = BTreeSet::new();
    for phase in record.schools().map(|school| record.phase(school)).filter(|phase| !phase.is_empty()) {
        if !phases.contains(phase) {
            phases.insert(phase.to_owned());
        }
    }
    Ok(phases)
}

async fn page(app: &App, visitor: &Visitor, input: &Input, errors: &Errors) -> Result<Response, PageError> {
    let title = "Which cohort do you want to follow?";
    let programmes = cohort::programmes(&app.world).await?;
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        csrf: Hidden::new("csrf", visitor.form_token()),
        no_programme: programmes.is_empty(),
        make_programme: Button::new("Make a programme").link("/programmes/new"),
        programme: programme(&programmes, input).errors(errors),
        name: TextInput::new("name", "Its name").value(&input.name).errors(errors),
        about: Textarea::new("about", "What is it? (optional)")
            .hint("A sentence or two. Anyone can read it")
            .rows(3)
            .value(&input.about)
            .errors(errors),
        joins_on: DateInput::new("joins_on", "On which day do its schools join?")
            .hint("Each school’s baseline is how it stood on this day. For example, 1 5 2013")
            .value(&input.day, &input.month, &input.year)
            .errors(errors),
        warning: WarningText::new(
            "What follows is chosen before anything is known of how it went, and cannot be changed later.",
        ),
        good_rule: good_rule(input).errors(errors),
        shown_to: shown_to(input).errors(errors),
        need_rule: need_rules(input).errors(errors),
        phase: Select::new("phase", "Of which phase?")
            .hint("Choose the phase of the cohort’s own schools, if they are of one")
            .option("", "All phases")
            .options(phases(app).await?.into_iter().map(|phase| (phase.clone(), phase)))
            .chosen(&input.phase)
            .errors(errors),
        button: Button::new("Make the cohort").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title)
        .breadcrumbs(Breadcrumbs::home().to("/cohorts", "Cohorts"))
        .noindex()
        .with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn programme(programmes: &[Programme], input: &Input) -> Select {
    let select = Select::new("programme", "In which programme?");
    // Where there is one only, there is nothing to choose.
    let select = if programmes.len() == 1 { select } else { select.option("", "Choose a programme") };
    select.options(programmes.iter().map(|one| (one.slug.clone(), one.name.clone()))).chosen(&input.programme)
}

fn good_rule(input: &Input) -> Radios {
    let radios = Radios::new("good_rule", "What will count as good or equivalent?").chosen(&input.good_rule);
    RuleSet::all().iter().fold(radios, |radios, set| {
        radios.choice_with_hint(&set.id, format!("{}, version {}", set.name, set.version), &set.words)
    })
}

/// The programme alone, unless somebody chooses otherwise.
fn shown_to(input: &Input) -> Radios {
    let chosen = ShownTo::from_key(&input.shown_to).unwrap_or(ShownTo::Programme);
    Radios::new("shown_to", "Who may see this cohort’s page?")
        .choice_with_hint(
            ShownTo::Programme.key(),
            "Those who work for the programme",
            "Its leads, advisers and evaluators. Its funder sees sums, where there are enough schools",
        )
        .choice_with_hint(
            ShownTo::Anyone.key(),
            "Anyone",
            "Choose this where the schools’ names and joining days are published anyway",
        )
        .chosen(chosen.key())
}

/// The newest version of each rule: the one that a new cohort takes.
fn need_rules(input: &Input) -> Radios {
    let radios = Radios::new("need_rule", "Which schools will be compared with them?")
        .hint("All that met this rule on the joining day and did not take part")
        .chosen(&input.need_rule);
    let newest = need_rule::rules()
        .iter()
        .filter(|rule| need_rule::rule(&rule.id, None).is_some_and(|newest| newest.version == rule.version));
    newest.fold(radios, |radios, rule| {
        radios.choice_with_hint(&rule.id, format!("{}, version {}", rule.title, rule.version), &rule.words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays() {
        let input = Input { good_rule: "strict-v1".to_owned(), need_rule: "stuck".to_owned(), ..Input::default() };
        let html = good_rule(&input).to_string() + &need_rules(&input).to_string();
        assert_eq!(html.matches(" checked").count(), 2, "{html}");
        assert!(html.contains("value=\"strict-v1\" checked") && html.contains("value=\"stuck\" checked"), "{html}");
    }

    #[test]
    fn the_summary_leads_to_the_day() {
        assert_eq!(id("joins_on"), "joins_on-day");
        assert_eq!(id("name"), "name");
    }
}
