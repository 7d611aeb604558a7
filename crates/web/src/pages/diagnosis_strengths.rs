//! What do you do well, and what will you do with it?

use super::{
    diagnosis_words::{Fields, address, get, on_to, status, way_below, wrong},
    imports::capital,
    school_record::{number, prose},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
};
use programme::diagnosis::{self, EDIT, NewStrength, Reading, State as How, Strength};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, SafeHtml, Select, Size, Textarea};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "diagnosis_strengths.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    to: String,
    csrf: Hidden,
    strengths: Vec<Noted>,
    form: Option<(Textarea, Textarea, Select, Button)>,
}

/// A strength that is there.
struct Noted {
    words: SafeHtml,
    about: String,
    remove: Option<(Hidden, Button)>,
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/strengths`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let banner = match input.done.as_str() {
        "added" => Some(NotificationBanner::success("Noted.")),
        "removed" => Some(NotificationBanner::success("Taken away. What it said stays in the history.")),
        _ => None,
    };
    page(&app, &visitor, (id, diagnosis), &Fields::new(), &Errors::none(), banner).await
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/strengths`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&diagnosis)?);
    let (done, tried) = if get(&fields, "do") == "remove" {
        let strength = number(get(&fields, "strength"))?;
        ("removed", diagnosis::drop_strength(&app.world, &visitor.who, id, one, strength).await)
    } else {
        let new = NewStrength {
            statement: get(&fields, "statement").to_owned(),
            words: get(&fields, "words").to_owned(),
            put_to_use: get(&fields, "put_to_use").to_owned(),
        };
        ("added", diagnosis::add_strength(&app.world, &visitor.who, id, one, new).await.map(drop))
    };
    match tried {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/diagnoses/{one}/strengths"), done)),
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
    EDIT.require_directly(&visitor.who, id)?;
    let reading = diagnosis::read(&app.world, &visitor.who, id, one).await?;
    let title = match reading.meeting.strengths.len() as u64 {
        0 => "What do you do well?".to_owned(),
        1 => "One strength, and what you do with it".to_owned(),
        many => format!("{} strengths, and what you do with them", capital(&kernel::words::number(many))),
    };
    let open = reading.diagnosis.state == How::Together;
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&title).caption(&reading.school.name).size(Size::Xl),
        to: address(&reading.diagnosis, "/strengths"),
        csrf: Hidden::new("csrf", visitor.form_token()),
        strengths: reading.meeting.strengths.iter().map(|one| shown(&reading, one, open)).collect(),
        form: open.then(|| form(&reading, fields, errors)),
    };
    let way = way_below(&reading.school, &reading.diagnosis);
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status(errors), frame::show(frame, &view)?).into_response())
}

fn shown(reading: &Reading, one: &Strength, open: bool) -> Noted {
    let about = reading.diagnosis.statement(&one.statement).map_or("", |(_, statement)| statement.text.as_str());
    let put_to_use = match one.put_to_use.as_str() {
        "" => "What you do with it is still to be said: take it away and note it anew with that.".to_owned(),
        text => format!("What we do with it: {text}"),
    };
    let words = SafeHtml::join([prose(&one.words), prose(&put_to_use)], "");
    let remove = open.then(|| {
        let start: String = one.words.chars().take(40).collect();
        let hidden = SafeHtml::from(format!(": {start}"));
        let hidden = SafeHtml::vouched("escaped", format!("<span class=\"govuk-visually-hidden\">{hidden}</span>"));
        let words = SafeHtml::join([SafeHtml::from("Take it away"), hidden], "");
        (Hidden::new("strength", one.id.to_string()), Button::new(words).secondary().named("do", "remove").once())
    });
    Noted { words, about: format!("Under ‘{about}’"), remove }
}

fn form(reading: &Reading, fields: &Fields, errors: &Errors) -> (Textarea, Textarea, Select, Button) {
    let words = Textarea::new("words", "What do you do well?")
        .hint("As you would say it to a visitor: what would they see or hear?")
        .rows(3)
        .value(get(fields, "words"))
        .errors(errors);
    let put_to_use = Textarea::new("put_to_use", "What will you do with it?")
        .hint("Spread it to other rooms, offer it to another school, build the next step on it. You cannot agree without saying it for one strength")
        .rows(3)
        .value(get(fields, "put_to_use"))
        .errors(errors);
    let statement = Select::new("statement", "Under which statement does it fall?")
        .option("", "Choose one")
        .options(reading.diagnosis.statements().map(|one| (one.id.clone(), one.text.clone())))
        .chosen(get(fields, "statement"))
        .errors(errors);
    (words, put_to_use, statement, Button::new("Note it").once())
}
