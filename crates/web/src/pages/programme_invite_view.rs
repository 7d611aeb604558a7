//! The view of inviting schools: by the need rule, or by hand.

use super::imports::capital;
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::{
    Date, Urn,
    words::{long_date, number},
};
use programme::{
    cohort::{self, Cohort},
    invitation::{SchoolToInvite, Which},
    need_rule,
};
use register::public_record::PublicRecord;
use std::collections::BTreeSet;
use ui::{
    Breadcrumbs, Button, Checkboxes, ErrorSummary, Errors, Heading, Hidden, InputMode, Select, Size, TextInput, Width,
};

/// Most schools of one authority that are listed to be ticked.
const MOST: usize = 200;

/// What was asked for, and what was typed.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) cohort: Option<String>,
    pub(super) authority: String,
    pub(super) ticked: Vec<String>,
    pub(super) typed: Vec<Typed>,
}

impl Asked {
    pub(super) fn of(fields: &[(String, String)]) -> Self {
        let first = |name: &str| fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
        Self {
            cohort: first("cohort").filter(|cohort| !cohort.is_empty()),
            authority: first("authority").unwrap_or_default(),
            ticked: fields
                .iter()
                .filter(|(name, _)| name == "tick" || name == "ticked")
                .map(|(_, urn)| urn.clone())
                .collect(),
            typed: Vec::new(),
        }
    }
}

/// A school of the form.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) which: Which,
    /// It was ticked in the list of the rule.
    pub(super) ticked: bool,
    pub(super) name: String,
    pub(super) email: String,
}

impl Typed {
    pub(super) fn school(&self) -> SchoolToInvite {
        SchoolToInvite { which: self.which.clone(), name: self.name.clone(), email: self.email.clone() }
    }

    /// The id of one of its fields on the page. A ticked school has no field of
    /// its own that says which it is, so what is wrong with that stands at its name.
    pub(super) fn id(&self, field: &str) -> String {
        match (&self.which, self.ticked, field) {
            (Which::Urn(urn), true, "email") => format!("email-{urn}"),
            (Which::Urn(urn), true, _) => format!("name-{urn}"),
            (_, false, field) => field.to_owned(),
            (Which::Name(_), true, field) => field.to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "programme_invite.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    slug: String,
    csrf: Hidden,
    no_cohort: bool,
    make_cohort: Button,
    /// The schools that were ticked, to be named with their heads.
    ticked: Vec<Head>,
    chosen_cohort: Hidden,
    cohort: Select,
    rule: String,
    authority: Select,
    show: Button,
    found: String,
    list: Option<Checkboxes>,
    go_on: Button,
    school: TextInput,
    urn: TextInput,
    name: TextInput,
    email: TextInput,
    send: Button,
}

/// A ticked school and the fields about its head.
struct Head {
    heading: Heading,
    urn: Hidden,
    name: TextInput,
    email: TextInput,
}

pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    asked: &Asked,
    errors: &Errors,
) -> Result<Response, PageError> {
    let (programme, cohorts) = cohort::with_schools(&app.world, &visitor.who, slug).await?;
    let cohorts: Vec<Cohort> = cohorts.into_iter().map(|(cohort, _)| cohort).collect();
    let record = app.world.record().await?;
    let chosen = asked
        .cohort
        .as_ref()
        .and_then(|id| cohorts.iter().find(|cohort| cohort.id.to_string() == *id))
        .or(cohorts.first().filter(|_| cohorts.len() == 1));
    let (rule, authorities, met) = match chosen {
        Some(cohort) => needing(app, &record, cohort, &asked.authority).await?,
        None => (String::new(), BTreeSet::new(), Vec::new()),
    };
    let title = format!("Which schools do you invite to {}?", programme.name);
    let hand = asked.typed.iter().find(|typed| !typed.ticked);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        slug: programme.slug.clone(),
        csrf: Hidden::new("csrf", visitor.form_token()),
        no_cohort: cohorts.is_empty(),
        make_cohort: Button::new("Make a cohort").link(format!("/cohorts/new?programme={}", programme.slug)),
        ticked: heads(&record, asked, errors),
        chosen_cohort: Hidden::new("cohort", chosen.map_or_else(String::new, |cohort| cohort.id.to_string())),
        cohort: cohort_field(&cohorts, chosen).errors(errors),
        rule,
        authority: Select::new("authority", "Of which local authority?")
            .option("", "Choose one")
            .options(authorities.iter().map(|name| (name.clone(), name.clone())))
            .chosen(&asked.authority),
        show: Button::new("Show its schools").secondary(),
        found: found(&asked.authority, met.len()),
        list: (!met.is_empty()).then(|| ticks(&record, &met)),
        go_on: Button::new("Go on with those"),
        school: TextInput::new("school", "The school’s name")
            .value(hand.map_or("", |typed| if let Which::Name(name) = &typed.which { name } else { "" }))
            .errors(errors),
        urn: TextInput::new("urn", "Its URN (optional)")
            .hint("Six digits. Leave it empty only if the school is in no register")
            .mode(InputMode::Numeric)
            .width(Width::Ten)
            .value(hand.map_or("", |typed| if let Which::Urn(urn) = &typed.which { urn } else { "" }))
            .errors(errors),
        name: TextInput::new("name", "Its head’s name").value(hand.map_or("", |typed| &typed.name)).errors(errors),
        email: TextInput::new("email", "Its head’s e-mail address")
            .mode(InputMode::Email)
            .value(hand.map_or("", |typed| &typed.email))
            .errors(errors),
        send: Button::new("Send the invitation").once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home()
        .to("/programmes", "Programmes")
        .to(format!("/programmes/{}", programme.slug), programme.name.clone());
    let frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(frame, &view)?).into_response())
}

/// The cohort's rule in words, the authorities with schools that meet it on the
/// joining day, and those of one authority by name.
async fn needing(
    app: &App,
    record: &PublicRecord,
    cohort: &Cohort,
    authority: &str,
) -> Result<(String, BTreeSet<String>, Vec<Urn>), PageError> {
    let Some(rule) = need_rule::rule(&cohort.need_rule, Some(cohort.need_version)) else {
        return Err(PageError::Unexpected(format!("there is no need rule ‘{}’", cohort.need_rule)));
    };
    let on: Date = cohort.joins_on.min(app.world.clock.today());
    let met = need_rule::needs(&app.world, rule, on, cohort.phase.clone()).await?.met;
    let mut authorities = BTreeSet::new();
    let mut own = Vec::new();
    for school in met.iter().filter_map(|met| record.school(met.urn)) {
        let name = record.authority(school);
        if !authorities.contains(name) {
            authorities.insert(name.to_owned());
        }
        if name == authority {
            own.push(school);
        }
    }
    own.sort_by_key(|school| (school.name.to_lowercase(), school.urn));
    let words = format!("{} On {}.", rule.words.trim_end_matches('.').to_owned() + ".", long_date(on));
    Ok((words, authorities, own.into_iter().take(MOST).map(|school| school.urn).collect()))
}

fn cohort_field(cohorts: &[Cohort], chosen: Option<&Cohort>) -> Select {
    let select = Select::new("cohort", "Which cohort would they join?");
    let select = if cohorts.len() == 1 { select } else { select.option("", "Choose a cohort") };
    let options = cohorts.iter().map(|cohort| (cohort.id.to_string(), cohort.name.clone()));
    let select = select.options(options);
    match chosen {
        Some(cohort) => select.chosen(cohort.id.to_string()),
        None => select,
    }
}

fn found(authority: &str, count: usize) -> String {
    match (authority.is_empty(), count) {
        (true, _) => String::new(),
        (false, 0) => format!("No school of {authority} meets the rule."),
        (false, 1) => format!("One school of {authority} meets the rule."),
        (false, MOST) => format!("The first {MOST} schools of {authority} that meet the rule, by name."),
        (false, many) => format!("{} schools of {authority} meet the rule, by name.", capital(&number(many as u64))),
    }
}

fn ticks(record: &PublicRecord, met: &[Urn]) -> Checkboxes {
    let boxes = Checkboxes::new("tick", "Which of them do you invite?").small();
    met.iter().filter_map(|urn| record.school(*urn)).fold(boxes, |boxes, school| {
        boxes.choice_with_hint(
            school.urn.to_string(),
            school.name.to_string(),
            format!("{} · URN {}", record.town(school), school.urn),
        )
    })
}

/// The ticked schools, each with the fields about its head.
fn heads(record: &PublicRecord, asked: &Asked, errors: &Errors) -> Vec<Head> {
    let known = asked.ticked.iter().filter_map(|urn| record.school(urn.parse().ok()?));
    known
        .map(|school| {
            let urn = school.urn.to_string();
            let typed = asked.typed.iter().find(|typed| typed.which == Which::Urn(urn.clone()));
            Head {
                heading: Heading::new(school.name.to_string()).level(3).size(Size::S),
                name: TextInput::new(format!("name-{urn}"), "Its head’s name")
                    .value(typed.map_or("", |typed| &typed.name))
                    .errors(errors),
                email: TextInput::new(format!("email-{urn}"), "Its head’s e-mail address")
                    .mode(InputMode::Email)
                    .value(typed.map_or("", |typed| &typed.email))
                    .errors(errors),
                urn: Hidden::new("ticked", urn),
            }
        })
        .collect()
}
