//! What do you see yourself? One strand a page.

use super::{
    diagnosis_mine::choices,
    diagnosis_words::{Fields, address, get, on_to, status, way_below},
    school_record::number,
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::diagnosis::{self, Answer, Given, Mine, State as How, Statement, Strand};
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, Radios, Size, TextInput};

#[derive(Template)]
#[template(path = "diagnosis_views.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    question: String,
    names: &'static str,
    to: String,
    csrf: Hidden,
    statements: Vec<(Radios, TextInput)>,
    means: Vec<(&'static str, &'static str)>,
    buttons: [Button; 2],
}

/// `GET /organisations/{id}/diagnoses/{diagnosis}/mine/{strand}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis, strand)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let mine = diagnosis::mine(&app.world, &visitor.who, id, diagnosis).await?;
    if mine.diagnosis.state != How::Alone {
        return Ok(Redirect::to(&address(&mine.diagnosis, "/mine")).into_response());
    }
    page(&visitor, &mine, &strand, None, &Errors::none())
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/mine/{strand}`
pub(crate) async fn give(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis, strand)): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&diagnosis)?);
    let mine = diagnosis::mine(&app.world, &visitor.who, id, one).await?;
    let asked = mine.diagnosis.strand(&strand).ok_or(PageError::NotFound)?;
    let answers = asked.statements().map(|statement| {
        let answer = Answer::from_key(get(&fields, &statement.id), mine.diagnosis.framework);
        (statement.id.clone(), answer, get(&fields, &because(statement)).to_owned())
    });
    let given = Given { strand: strand.clone(), answers: answers.collect() };
    let mut errors = Errors::none();
    match diagnosis::give(&app.world, &visitor.who, id, one, given).await {
        Ok(gave) if gave.last => return Ok(on_to(&address(&mine.diagnosis, ""), "last")),
        Ok(gave) => {
            let later = get(&fields, "do") == "later";
            let wanted = if later { gave.without_answer } else { gave.missing };
            for statement in wanted {
                let words = if later {
                    "Choose an answer, so that your sentence can be kept"
                } else {
                    "Choose an answer; ‘I can’t say’ is one"
                };
                errors.add(statement, words);
            }
            if errors.is_empty() {
                return Ok(Redirect::to(&next(&mine, asked, later)).into_response());
            }
        }
        Err(error) => errors = form::wrong_at(error, |_| String::new())?,
    }
    let mine = diagnosis::mine(&app.world, &visitor.who, id, one).await?;
    page(&visitor, &mine, &strand, Some(&fields), &errors)
}

/// Where one goes on: the next strand in which something is left, or one's part.
fn next(mine: &Mine, after: &Strand, later: bool) -> String {
    if later {
        return address(&mine.diagnosis, "/mine?done=kept");
    }
    // What they say now was not there when their part was read.
    let others = mine.diagnosis.strands().filter(|one| one.key() != after.key());
    match others.into_iter().find(|one| mine.left_in(one) > 0) {
        Some(strand) => address(&mine.diagnosis, &format!("/mine/{}", strand.key())),
        None => address(&mine.diagnosis, "/mine?done=done"),
    }
}

fn because(statement: &Statement) -> String {
    format!("{}-because", statement.id)
}

fn page(
    visitor: &Visitor,
    mine: &Mine,
    strand: &str,
    typed: Option<&Fields>,
    errors: &Errors,
) -> Result<Response, PageError> {
    let strand = mine.diagnosis.strand(strand).ok_or(PageError::NotFound)?;
    let all: Vec<String> = mine.diagnosis.strands().map(Strand::key).collect();
    let at = all.iter().position(|key| *key == strand.key()).unwrap_or_default();
    let scale = &mine.diagnosis.framework.scale;
    let statements = strand.statements().map(|one| {
        let before = mine.view(&one.id);
        let answer = match typed {
            Some(fields) => get(fields, &one.id).to_owned(),
            None => before.map(|view| view.answer.key()).unwrap_or_default(),
        };
        let why = match typed {
            Some(fields) => get(fields, &because(one)).to_owned(),
            None => before.map(|view| view.because.clone()).unwrap_or_default(),
        };
        let radios = Radios::new(one.id.as_str(), &one.text).size(Size::M).chosen(answer).errors(errors);
        let radios =
            choices(mine).into_iter().fold(radios, |radios, (answer, word, _)| radios.choice(answer.key(), word));
        let sentence = TextInput::new(because(one), "What makes you say so? (optional)")
            .hint("One sentence. Write nothing about a single child")
            .value(why);
        (radios, sentence)
    });
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(&strand.title).caption(format!("Page {} of {}", at + 1, all.len())).size(Size::Xl),
        question: format!("{} {}", strand.question, scale.question),
        names: mine.diagnosis.names.words(),
        to: address(&mine.diagnosis, &format!("/mine/{}", strand.key())),
        csrf: Hidden::new("csrf", visitor.form_token()),
        statements: statements.collect(),
        means: choices(mine).into_iter().map(|(_, word, means)| (word, means)).collect(),
        buttons: [
            Button::new("Keep it and go on").named("do", "next").once(),
            Button::new("Keep it and come back later").secondary().named("do", "later").once(),
        ],
    };
    let way = way_below(&mine.school, &mine.diagnosis).to(address(&mine.diagnosis, "/mine"), "Your view");
    let frame = frame::page(visitor, &strand.title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    Ok((status(errors), frame::show(frame, &view)?).into_response())
}
