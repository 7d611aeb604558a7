//! How do you know? Evidence, few pieces and good ones.

use super::{
    diagnosis_words::{Fields, address, all, get, on_to, status, way_below, wrong},
    imports::capital,
    school_record::{number, prose},
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
};
use kernel::words::long_date;
use programme::diagnosis::{self, Evidence, NewEvidence, Provable, State as How, Weight};
use serde::Deserialize;
use ui::{
    Button, Checkboxes, DateInput, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Radios, SafeHtml, Size,
    TextInput, Textarea,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "diagnosis_evidence.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    to: String,
    csrf: Hidden,
    pieces: Vec<Piece>,
    form: Option<FormView>,
}

/// A piece that is there.
struct Piece {
    words: SafeHtml,
    about: String,
    serves: Vec<&'static str>,
    remove: Option<(Hidden, Button)>,
}

struct FormView {
    words: Textarea,
    source: TextInput,
    on: DateInput,
    weight: Radios,
    statements: Checkboxes,
    button: Button,
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/evidence`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let banner = match input.done.as_str() {
        "added" => Some(NotificationBanner::success("Added.")),
        "removed" => Some(NotificationBanner::success("Taken away. What it said stays in the history.")),
        _ => None,
    };
    page(&app, &visitor, (id, diagnosis), &Fields::new(), &Errors::none(), banner).await
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/evidence`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&diagnosis)?);
    let here = format!("/organisations/{id}/diagnoses/{one}/evidence");
    let (done, tried) = if get(&fields, "do") == "remove" {
        let piece = number(get(&fields, "piece"))?;
        ("removed", diagnosis::drop_evidence(&app.world, &visitor.who, id, one, piece).await)
    } else {
        let new = NewEvidence {
            words: get(&fields, "words").to_owned(),
            source: get(&fields, "source").to_owned(),
            on: form::date(get(&fields, "on-day"), get(&fields, "on-month"), get(&fields, "on-year")),
            weight: Weight::from_key(get(&fields, "weight")),
            statements: all(&fields, "statements").into_iter().map(str::to_owned).collect(),
        };
        ("added", diagnosis::add_evidence(&app.world, &visitor.who, id, one, new).await.map(drop))
    };
    match tried {
        Ok(()) => Ok(on_to(&here, done)),
        Err(error) => page(&app, &visitor, (id, one), &fields, &wrong(error)?, None).await,
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    (id, one): (i64, i64),
    fields: &Fields,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let provable = diagnosis::provable(&app.world, &visitor.who, id, one).await?;
    let title = match provable.meeting.evidence.len() as u64 {
        0 => "How do you know? There is no evidence yet".to_owned(),
        1 => "How do you know? One piece of evidence".to_owned(),
        many => format!("How do you know? {} pieces of evidence", capital(&kernel::words::number(many))),
    };
    let open = provable.diagnosis.state != How::Agreed && !provable.statements.is_empty();
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&title).caption(&provable.school.name).size(Size::Xl),
        to: address(&provable.diagnosis, "/evidence"),
        csrf: Hidden::new("csrf", visitor.form_token()),
        pieces: provable.meeting.evidence.iter().map(|one| piece(&provable, one, open)).collect(),
        form: open.then(|| form_view(&provable, fields, errors)),
    };
    let way = way_below(&provable.school, &provable.diagnosis);
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status(errors), frame::show(frame, &view)?).into_response())
}

fn piece(provable: &Provable, one: &Evidence, open: bool) -> Piece {
    let own = one.statements.iter().all(|id| provable.statements.iter().any(|statement| statement.id == *id));
    let serves = one.statements.iter().filter_map(|id| provable.diagnosis.statement(id));
    Piece {
        words: prose(&one.words),
        about: format!("{}, {}. {}. Added by {}.", one.source, long_date(one.on), one.weight.words(), one.added_by),
        serves: serves.map(|(_, statement)| statement.text.as_str()).collect(),
        remove: (open && own).then(|| {
            let hidden = SafeHtml::from(format!(": {}", one.source));
            let hidden = SafeHtml::vouched("escaped", format!("<span class=\"govuk-visually-hidden\">{hidden}</span>"));
            let words = SafeHtml::join([SafeHtml::from("Take it away"), hidden], "");
            (Hidden::new("piece", one.id.to_string()), Button::new(words).secondary().named("do", "remove").once())
        }),
    }
}

fn form_view(provable: &Provable, fields: &Fields, errors: &Errors) -> FormView {
    let statements = Checkboxes::new("statements", "Which statements does it serve?")
        .hint("One piece can serve several")
        .chosen(all(fields, "statements"))
        .small();
    let weight = Radios::new("weight", "How do you know it?").chosen(get(fields, "weight"));
    FormView {
        words: Textarea::new("words", "What does it show?")
            .hint("A sentence or two. Write nothing about a single child")
            .rows(3)
            .value(get(fields, "words"))
            .errors(errors),
        source: TextInput::new("source", "Where is it from?")
            .hint("Such as ‘staff survey, 41 of 52 answered’ or ‘work of three pupils in each class’")
            .value(get(fields, "source"))
            .errors(errors),
        on: DateInput::new("on", "Of which day is it?")
            .value(get(fields, "on-day"), get(fields, "on-month"), get(fields, "on-year"))
            .errors(errors),
        weight: Weight::ALL.iter().fold(weight, |radios, one| radios.choice(one.key(), one.words())).errors(errors),
        statements: provable
            .statements
            .iter()
            .fold(statements, |boxes, one| boxes.choice(one.id.as_str(), one.text.as_str()))
            .errors(errors),
        button: Button::new("Add it").once(),
    }
}
