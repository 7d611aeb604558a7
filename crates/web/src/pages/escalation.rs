//! What is done, one step after the other, when a school falls out of touch?

use super::{
    blocks::{Blocks, form, hint},
    concerns::{Done, alone},
    diagnosis_words::{Fields, get, on_to},
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use programme::concern::{self, ALONE, By, List, MOST, Planned};
use ui::{Breadcrumbs, Button, Errors, Hidden, SafeHtml, Select, TextInput, Textarea, Width};

/// `GET /programmes/{slug}/escalation`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = (done.what() == "changed")
        .then_some("Your list was changed. Steps that were taken already keep the words that they had.");
    page(&app, &visitor, &slug, None, &Errors::none(), words).await
}

/// `POST /programmes/{slug}/escalation`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let new = typed_list(&fields);
    match concern::set_list(&app.world, &visitor.who, &slug, &new).await {
        Ok(()) => Ok(on_to(&format!("/programmes/{slug}/escalation"), "changed")),
        Err(error) => {
            let errors = typed::wrong(error)?;
            page(&app, &visitor, &slug, Some(new), &errors, None).await
        }
    }
}

fn typed_list(fields: &Fields) -> List {
    let whole = |name: &str| get(fields, name).trim().parse().unwrap_or_default();
    let steps = (1..=MOST + 1).map(|at| Planned {
        name: get(fields, &format!("name-{at}")).to_owned(),
        what: get(fields, &format!("what-{at}")).to_owned(),
        by: By::from_key(get(fields, &format!("by-{at}"))).unwrap_or(By::Adviser),
        days: whole(&format!("days-{at}")),
    });
    List { alone_days: whole("alone"), steps: steps.collect(), revision: whole("revision") }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    slug: &str,
    typed: Option<List>,
    errors: &Errors,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let (programme, kept) = concern::list(&app.world, &visitor.who, slug).await?;
    let mut list = typed.unwrap_or_else(|| kept.clone());
    let blank = |one: &Planned| one.name.is_empty() && one.what.is_empty();
    while list.steps.last().is_some_and(blank) {
        list.steps.pop();
    }
    if list.steps.len() < MOST {
        list.steps.push(Planned { name: String::new(), what: String::new(), by: By::Adviser, days: 10 });
    }
    let mut parts: Vec<SafeHtml> = vec![
        TextInput::new("alone", "For how many school days does the school alone read a step?")
            .hint(format!("From {} to {}, or until it answers", ALONE.start(), ALONE.end()))
            .width(Width::Two)
            .value(number(list.alone_days))
            .errors(errors)
            .into(),
    ];
    for (at, step) in (1..).zip(&list.steps) {
        parts.extend(inputs(at, step, errors));
    }
    parts.push(Hidden::new("revision", list.revision.to_string()).into());
    parts.push(Button::new("Save the list").once().into());
    let whose = match kept.revision {
        0 => "This is the list that comes with Aspire. Change it to what your programme does.",
        _ => "This is your programme’s own list. Its schools read it where they read concerns.",
    };
    let blocks = Blocks::new("What is done when a school falls out of touch?", &programme.name, errors)
        .lead(whose)
        .block(hint(alone(&kept)))
        .block(form(visitor, &format!("/programmes/{slug}/escalation"), parts));
    let way = Breadcrumbs::home().to("/programmes", "Programmes").to(format!("/programmes/{slug}"), programme.name);
    blocks.show(visitor, way, errors, done)
}

fn inputs(at: usize, step: &Planned, errors: &Errors) -> [SafeHtml; 5] {
    let title = if step.name.is_empty() { format!("{at}. One more step") } else { format!("{at}. {}", step.name) };
    let hidden = |words: &str| super::blocks::with_hidden(words, &format!("step {at}"));
    [
        ui::Heading::new(title.as_str()).level(2).size(ui::Size::M).into(),
        TextInput::new(format!("name-{at}"), hidden("What is it called?"))
            .hint("Leave it empty, and what is done as well, to leave the step out")
            .value(step.name.as_str())
            .errors(errors)
            .into(),
        Textarea::new(format!("what-{at}"), hidden("What is done?"))
            .hint("As one says it to the school, which reads it")
            .rows(3)
            .value(step.what.as_str())
            .errors(errors)
            .into(),
        Select::new(format!("by-{at}"), hidden("Who takes it?"))
            .options(By::ALL.iter().map(|by| (by.key(), super::imports::capital(by.words()))))
            .chosen(step.by.key())
            .into(),
        TextInput::new(format!("days-{at}"), hidden("After how many school days may the next be taken?"))
            .width(Width::Two)
            .value(number(step.days))
            .errors(errors)
            .into(),
    ]
}

/// What was no number is typed anew.
fn number(days: i64) -> String {
    if days == 0 { String::new() } else { days.to_string() }
}
