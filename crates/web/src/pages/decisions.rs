//! What was difficult to decide, who said what, and what did you decide?

use super::{
    blocks::{Blocks, form, hint, open_where, points, with_hidden},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{Done, way_to_priorities},
    school_record::number,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::plan::{self, ACT, Decided, Decision, EDIT, Opinion};
use ui::{Button, DateInput, Details, Errors, Hidden, SafeHtml, SummaryList, Textarea};

/// `GET /organisations/{id}/decisions`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = match done.what() {
        "asked" => Some("Written down. Say now, each of you, which way you would go."),
        "said" => Some("Noted."),
        "decided" => Some("Written down, with who agreed and what others say."),
        _ => None,
    };
    page(&app, &visitor, number(&id)?, &Fields::new(), &Errors::none(), words).await
}

/// `POST /organisations/{id}/decisions`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let (world, who, of) = (&app.world, &visitor.who, |name: &str| get(&fields, name));
    let (done, tried) = match of("do") {
        "say" => ("said", plan::opine(world, who, id, number(of("decision"))?, of("words")).await),
        "decide" => {
            let again_on = typed::date_or_none(of("again-day"), of("again-month"), of("again-year"));
            let text = |name: &str| of(name).to_owned();
            let new = Decided { decided: text("decided"), agreed: text("agreed"), dissent: text("dissent"), again_on };
            ("decided", plan::decide(world, who, id, number(of("decision"))?, new).await)
        }
        _ => ("asked", plan::ask(world, who, id, of("question"), of("options")).await.map(drop)),
    };
    match tried {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/decisions"), done)),
        Err(error) => {
            let decision = of("decision").to_owned();
            let errors = typed::wrong_at(error, |field| match field {
                "question" | "options" => field.to_owned(),
                "again" => format!("again-{decision}-day"),
                field => format!("{field}-{decision}"),
            })?;
            page(&app, &visitor, id, &fields, &errors, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    fields: &Fields,
    errors: &Errors,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let (school, all) = plan::decisions(&app.world, &visitor.who, id).await?;
    let title = match all.iter().filter(|(one, _)| one.decided_at.is_none()).count() {
        0 if all.is_empty() => "No difficult decision is written down yet".to_owned(),
        0 => "Nothing waits to be decided".to_owned(),
        1 => "One decision waits".to_owned(),
        many => format!("{} decisions wait", super::imports::capital(&kernel::words::number(many as u64))),
    };
    let mut blocks = Blocks::new(&title, &school.name, errors)
        .lead("Where you see it differently, write the options down before you decide. Who disagreed is heard, and it is known when you look again.");
    let (may_edit, may_say) = (EDIT.directly(&visitor.who, id), ACT.directly(&visitor.who, id));
    for (one, opinions) in &all {
        blocks = blocks.h2(one.question.as_str()).all(said(one, opinions));
        let own = get(fields, "decision") == one.id.to_string();
        let (empty, none) = (Fields::new(), Errors::none());
        let (fields, errors) = if own { (fields, errors) } else { (&empty, &none) };
        if may_say && one.decided_at.is_none() {
            blocks = blocks.block(open_where(
                get(fields, "do") == "say",
                Details::new(with_hidden("Say what you think", &one.question), opine(visitor, id, one, fields, errors)),
            ));
        }
        if may_edit {
            let words = if one.decided_at.is_none() {
                "Write down what you decided"
            } else {
                "You looked again: write it anew"
            };
            blocks = blocks.block(open_where(
                get(fields, "do") == "decide",
                Details::new(with_hidden(words, &one.question), decide(visitor, id, one, fields, errors)),
            ));
        }
    }
    if may_edit {
        let area = |name: &'static str, label: &'static str, hint: &'static str| -> SafeHtml {
            Textarea::new(name, label).hint(hint).rows(3).value(get(fields, name)).errors(errors).into()
        };
        let parts = [
            Hidden::new("do", "ask").into(),
            area("question", "What is to be decided?", "As a question"),
            area("options", "Which ways are there?", "One on each line, also the one that nobody likes"),
            Button::new("Write it down").once().into(),
        ];
        blocks = blocks.h2("A decision that is difficult").block(form(
            visitor,
            &format!("/organisations/{id}/decisions"),
            parts,
        ));
    }
    blocks.show(visitor, way_to_priorities(&school), errors, done)
}

fn said(one: &Decision, opinions: &[Opinion]) -> Vec<SafeHtml> {
    let mut blocks = vec![points(one.options.iter().map(String::as_str))];
    if !opinions.is_empty() {
        blocks.push(points(opinions.iter().map(|one| format!("{}: {}", one.name, one.words))));
    }
    match one.decided_at {
        None => blocks.push(hint(format!("Asked by {}; not decided yet.", one.asked_by))),
        Some(at) => {
            let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let day = long_date(kernel::clock::in_england(at).date());
            let list = SummaryList::new()
                .row("What you decided", format!("{} ({day})", one.decided))
                .row("Who agreed", one.agreed.as_str())
                .row_if("Who sees it differently", some(&one.dissent))
                .row("When you look again", one.again_on.map_or_else(|| "no day set".to_owned(), long_date));
            blocks.push(list.into());
        }
    }
    blocks
}

/// A part of one of several forms on the page, under an id of its own.
fn area(one: &Decision, name: &str, label: &str, fields: &Fields, errors: &Errors) -> SafeHtml {
    let id = format!("{name}-{}", one.id);
    let area = Textarea::new(name, with_hidden(label, &one.question)).id(id.clone()).rows(2).value(get(fields, name));
    match errors.of(&id) {
        Some(words) => area.error(words).into(),
        None => area.into(),
    }
}

fn opine(visitor: &Visitor, id: i64, one: &Decision, fields: &Fields, errors: &Errors) -> SafeHtml {
    let parts = [
        Hidden::new("do", "say").into(),
        Hidden::new("decision", one.id.to_string()).into(),
        area(one, "words", "Which way would you go, and why?", fields, errors),
        Button::new("Say it").secondary().once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/decisions"), parts)
}

fn decide(visitor: &Visitor, id: i64, one: &Decision, fields: &Fields, errors: &Errors) -> SafeHtml {
    let again = DateInput::new("again", with_hidden("When do you look again? (optional)", &one.question))
        .id(format!("again-{}", one.id));
    let again = again.value(get(fields, "again-day"), get(fields, "again-month"), get(fields, "again-year"));
    let again = match errors.of(&format!("again-{}-day", one.id)) {
        Some(words) => again.error(words),
        None => again,
    };
    let parts = [
        Hidden::new("do", "decide").into(),
        Hidden::new("decision", one.id.to_string()).into(),
        area(one, "decided", "What did you decide?", fields, errors),
        area(one, "agreed", "Who agreed?", fields, errors),
        area(one, "dissent", "What do those say who see it differently? (optional)", fields, errors),
        again.into(),
        Button::new("Write it down").secondary().once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/decisions"), parts)
}
