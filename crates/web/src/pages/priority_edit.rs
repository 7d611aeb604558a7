//! What do you want to work on, why, and for whom?

use super::{
    blocks::{Blocks, form},
    diagnosis_words::{Fields, all, get, on_to, wrong},
    plan_words::{both, or, way_to_priorities},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use programme::{
    plan::{self, Changed, Choosing, EDIT, MOST, NewPriority, Priority},
    strategy,
    who::Strand,
};
use serde::Deserialize;
use ui::{Button, Checkboxes, Errors, Hidden, SafeHtml, Select, TextInput, Textarea};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// The statement with which one begins.
    statement: String,
}

/// `GET /organisations/{id}/priorities/new`
pub(crate) async fn show_new(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    EDIT.require_directly(&visitor.who, id)?;
    let mut fields = Fields::new();
    if !input.statement.is_empty() {
        fields.push(("statements".to_owned(), input.statement));
    }
    page(&app, &visitor, id, None, &fields, &Errors::none(), None).await
}

/// `POST /organisations/{id}/priorities/new`
pub(crate) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    match plan::open(&app.world, &visitor.who, id, typed(&fields)).await {
        Ok(one) => Ok(on_to(&format!("/organisations/{id}/priorities/{one}"), "opened")),
        Err(error) => page(&app, &visitor, id, None, &fields, &wrong(error)?, None).await,
    }
}

/// `GET /organisations/{id}/priorities/{priority}/edit`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, one) = (number(&id)?, number(&one)?);
    EDIT.require_directly(&visitor.who, id)?;
    let choosing = plan::choosing(&app.world, &visitor.who, id).await?;
    let found = choosing.plan.priority(one).filter(|one| one.closed.is_none()).ok_or(PageError::NotFound)?;
    let mut fields: Fields = [
        ("title", found.title.clone()),
        ("why", found.why.clone()),
        ("whom", found.whom.clone()),
        ("strand", found.strand.clone().unwrap_or_default()),
        ("strategy", found.strategy.clone().unwrap_or_default()),
        ("beyond", found.beyond.clone()),
        ("revision", found.revision.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    fields.extend(found.statements.iter().map(|statement| ("statements".to_owned(), statement.clone())));
    page(&app, &visitor, id, Some(found), &fields, &Errors::none(), None).await
}

/// `POST /organisations/{id}/priorities/{priority}/edit`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let base = get(&fields, "revision").parse().unwrap_or_default();
    let mut new = typed(&fields);
    // Statements are of the diagnosis from which it grew, not of a later one.
    let choosing = plan::choosing(&app.world, &visitor.who, id).await?;
    let found = choosing.plan.priority(one).ok_or(PageError::NotFound)?;
    new.diagnosis = found.diagnosis.or(new.diagnosis);
    let to = format!("/organisations/{id}/priorities/{one}");
    match plan::change(&app.world, &visitor.who, id, one, new, base).await {
        Ok(Changed::Done(_)) => Ok(on_to(&to, "changed")),
        Ok(Changed::Same) => Ok(on_to(&to, "same")),
        Ok(Changed::Meanwhile(meanwhile)) => {
            let mut merged: Fields = ["title", "why", "whom", "strand", "strategy", "beyond"]
                .map(|key| (key.to_owned(), meanwhile.goes_on_with(key).to_owned()))
                .into();
            let statements = meanwhile.goes_on_with("statements").split_whitespace();
            merged.extend(statements.map(|one| ("statements".to_owned(), one.to_owned())));
            merged.push(("revision".to_owned(), meanwhile.revision.to_string()));
            merged.push(("diagnosis".to_owned(), get(&fields, "diagnosis").to_owned()));
            page(&app, &visitor, id, Some(found), &merged, &Errors::none(), Some(both(&meanwhile))).await
        }
        Err(error) => page(&app, &visitor, id, Some(found), &fields, &wrong(error)?, None).await,
    }
}

fn typed(fields: &Fields) -> NewPriority {
    let of = |name: &str| get(fields, name).to_owned();
    NewPriority {
        title: of("title"),
        why: of("why"),
        whom: of("whom"),
        strand: Strand::from_key(get(fields, "strand")),
        strategy: of("strategy"),
        diagnosis: get(fields, "diagnosis").parse().ok(),
        statements: all(fields, "statements").into_iter().map(str::to_owned).collect(),
        beyond: of("beyond"),
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    found: Option<&Priority>,
    fields: &Fields,
    errors: &Errors,
    both: Option<SafeHtml>,
) -> Result<Response, PageError> {
    let choosing = plan::choosing(&app.world, &visitor.who, id).await?;
    let title = match found {
        Some(_) => "Change a priority",
        None => "What do you want to work on?",
    };
    let to = match found {
        Some(one) => format!("/organisations/{id}/priorities/{}/edit", one.id),
        None => format!("/organisations/{id}/priorities/new"),
    };
    let beyond = match found {
        Some(one) => !one.beyond.is_empty(),
        None => choosing.plan.open().count() >= MOST,
    };
    let blocks = Blocks::new(title, &choosing.school.name, errors)
        .lead("About five minutes. Criteria and actions come after.")
        .block_if(both)
        .block(form(visitor, &to, parts(&choosing, found, fields, errors, beyond)));
    blocks.show(visitor, way_to_priorities(&choosing.school), errors, None::<&str>)
}

fn parts(
    choosing: &Choosing,
    found: Option<&Priority>,
    fields: &Fields,
    errors: &Errors,
    beyond: bool,
) -> Vec<SafeHtml> {
    let mut parts: Vec<SafeHtml> = vec![
        TextInput::new("title", "What do you call it?")
            .hint("As you would say it in the staff room: ‘Talk in every lesson’")
            .value(get(fields, "title"))
            .errors(errors)
            .into(),
        Textarea::new("why", "Why this one?").rows(3).value(get(fields, "why")).errors(errors).into(),
        TextInput::new("whom", "For whom?")
            .hint("A group and never a single child: ‘everybody in Years 3 and 4’")
            .value(get(fields, "whom"))
            .errors(errors)
            .into(),
    ];
    parts.extend(statements(choosing, found, fields, errors));
    let strands = Select::new("strand", "Under which strand does it fall? (optional)")
        .hint("Its lead can then add and change actions")
        .option("", "None")
        .options(Strand::ALL.iter().map(|strand| (strand.key(), strand.words())))
        .chosen(get(fields, "strand"))
        .errors(errors);
    let own = choosing.own.iter().map(|one| (one.key(), format!("{} (our own)", one.name)));
    let library = strategy::library().all.iter().map(|one| (one.id.clone(), one.name.clone()));
    let strategies = Select::new("strategy", "With which strategy? (optional)")
        .hint("What each takes and what is known of it stands in the library")
        .option("", "None chosen yet")
        .options(own)
        .options(library)
        .chosen(get(fields, "strategy"))
        .errors(errors);
    parts.extend([strands.into(), strategies.into()]);
    if beyond {
        let why = Textarea::new("beyond", "You have five open already. Why one more?").rows(2);
        parts.push(why.value(get(fields, "beyond")).errors(errors).into());
    }
    parts.push(Hidden::new("revision", or(fields, "revision", "0")).into());
    let words = if found.is_some() { "Save it" } else { "Open it" };
    parts.push(Button::new(words).once().into());
    parts
}

/// Statements of the diagnosis that say why; for one that grew from an earlier
/// diagnosis, those that it has.
fn statements(choosing: &Choosing, found: Option<&Priority>, fields: &Fields, errors: &Errors) -> Vec<SafeHtml> {
    let Some(basis) = &choosing.basis else { return Vec::new() };
    let other = found.is_some_and(|one| one.diagnosis.is_some_and(|id| id != basis.diagnosis.id));
    if other {
        let kept = all(fields, "statements").into_iter();
        return kept.map(|one| Hidden::new("statements", one).into()).collect();
    }
    let boxes = Checkboxes::new("statements", "Which statements of your diagnosis say why? (optional)")
        .hint("Their evidence then stands beside it")
        .chosen(all(fields, "statements"))
        .small()
        .errors(errors);
    let boxes = basis
        .diagnosis
        .statements()
        .filter(|one| basis.meeting.finding(&one.id).is_some())
        .fold(boxes, |boxes, statement| boxes.choice(statement.id.as_str(), statement.text.as_str()));
    vec![boxes.into(), Hidden::new("diagnosis", basis.diagnosis.id.to_string()).into()]
}
