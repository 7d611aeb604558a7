//! Who does what by when?

use super::{
    blocks::{Blocks, form},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{both, or, way_to_plan, with_due},
    school_record::number,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use programme::{
    organisation::Organisation,
    plan::{self, Changed, NewAction},
};
use ui::{Button, DateInput, Details, Errors, Hidden, SafeHtml, Select, TextInput, Textarea};

/// `GET /organisations/{id}/priorities/{priority}/actions/new`
pub(crate) async fn show_new(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, priority)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, priority) = (number(&id)?, number(&priority)?);
    let (school, _) = plan::acting(&app.world, &visitor.who, id, priority).await?;
    let to = format!("/organisations/{id}/priorities/{priority}/actions/new");
    page(&app, &visitor, &school, &to, &Fields::new(), &Errors::none(), None).await
}

/// `POST /organisations/{id}/priorities/{priority}/actions/new`
pub(crate) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, priority)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, priority) = (number(&id)?, number(&priority)?);
    let (school, _) = plan::acting(&app.world, &visitor.who, id, priority).await?;
    match plan::add(&app.world, &visitor.who, id, priority, new(&fields)).await {
        Ok((_, due)) => Ok(on_to(&format!("/organisations/{id}/priorities/{priority}"), &with_due("added", due))),
        Err(error) => {
            let to = format!("/organisations/{id}/priorities/{priority}/actions/new");
            page(&app, &visitor, &school, &to, &fields, &wrong(error)?, None).await
        }
    }
}

/// `GET /organisations/{id}/plan/actions/{action}/edit`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, action)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (id, action) = (number(&id)?, number(&action)?);
    let (school, one, acts) = plan::action(&app.world, &visitor.who, id, action).await?;
    if !acts {
        return Err(PageError::NotFound);
    }
    let fields: Fields = [
        ("what", one.what.clone()),
        ("owner", one.owner.map(|id| id.to_string()).unwrap_or_default()),
        ("due-day", one.due.day().to_string()),
        ("due-month", one.due.month().to_string()),
        ("due-year", one.due.year().to_string()),
        ("supporter", one.supporter.clone()),
        ("done_means", one.done_means.clone()),
        ("after", one.after.map(|id| id.to_string()).unwrap_or_default()),
        ("revision", one.revision.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let to = format!("/organisations/{id}/plan/actions/{action}/edit");
    page(&app, &visitor, &school, &to, &fields, &Errors::none(), None).await
}

/// `POST /organisations/{id}/plan/actions/{action}/edit`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, action)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, action) = (number(&id)?, number(&action)?);
    let (school, one, acts) = plan::action(&app.world, &visitor.who, id, action).await?;
    if !acts {
        return Err(PageError::NotFound);
    }
    let base = get(&fields, "revision").parse().unwrap_or_default();
    let to = format!("/organisations/{id}/plan/actions/{action}");
    let edit = format!("{to}/edit");
    match plan::edit(&app.world, &visitor.who, id, action, new(&fields), base).await {
        Ok((Changed::Done(_), due)) => Ok(on_to(&to, &with_due("changed", due))),
        Ok((Changed::Same, _)) => Ok(on_to(&to, "same")),
        Ok((Changed::Meanwhile(meanwhile), _)) => {
            let mut merged: Fields = ["what", "supporter", "done_means", "after"]
                .map(|key| (key.to_owned(), meanwhile.goes_on_with(key).to_owned()))
                .into();
            let owners = plan::owners(&app.world, &visitor.who, id).await?;
            let name = meanwhile.goes_on_with("owner");
            let owner = match one.owner_name == name {
                true => one.owner,
                false => owners.iter().find(|(_, known)| known == name).map(|(id, _)| *id),
            };
            merged.push(("owner".to_owned(), owner.map(|id| id.to_string()).unwrap_or_default()));
            if let Some(day) = typed::iso(meanwhile.goes_on_with("due")) {
                merged.push(("due-day".to_owned(), day.day().to_string()));
                merged.push(("due-month".to_owned(), day.month().to_string()));
                merged.push(("due-year".to_owned(), day.year().to_string()));
            }
            merged.push(("revision".to_owned(), meanwhile.revision.to_string()));
            page(&app, &visitor, &school, &edit, &merged, &Errors::none(), Some(both(&meanwhile))).await
        }
        Err(error) => page(&app, &visitor, &school, &edit, &fields, &wrong(error)?, None).await,
    }
}

fn new(fields: &Fields) -> NewAction {
    NewAction {
        what: get(fields, "what").to_owned(),
        owner: get(fields, "owner").parse().ok(),
        due: typed::date(get(fields, "due-day"), get(fields, "due-month"), get(fields, "due-year")),
        supporter: get(fields, "supporter").to_owned(),
        done_means: get(fields, "done_means").to_owned(),
        after: get(fields, "after").parse().ok(),
    }
}

fn wrong(error: programme::Error) -> Result<Errors, PageError> {
    Ok(typed::wrong_at(error, |field| match field {
        "due" => "due-day".to_owned(),
        "state" => String::new(),
        field => field.to_owned(),
    })?)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    school: &Organisation,
    to: &str,
    fields: &Fields,
    errors: &Errors,
    both: Option<SafeHtml>,
) -> Result<Response, PageError> {
    let owners = plan::owners(&app.world, &visitor.who, school.id).await?;
    let reading = plan::read(&app.world, &visitor.who, school.id).await?;
    let changing = to.ends_with("/edit");
    let others = reading.plan.actions.iter().filter(|one| one.state.waits() && !to.contains(&format!("/{}/", one.id)));
    let text =
        |name: &'static str, label: &'static str| TextInput::new(name, label).value(get(fields, name)).errors(errors);
    let owner = Select::new("owner", "Who owns it?")
        .option("", "Choose one")
        .options(owners.into_iter().map(|(id, name)| (id.to_string(), name)))
        .chosen(get(fields, "owner"))
        .errors(errors);
    let due = DateInput::new("due", "By when?")
        .hint("A day that is no school day moves to the next one that is")
        .value(get(fields, "due-day"), get(fields, "due-month"), get(fields, "due-year"))
        .errors(errors);
    let after = Select::new("after", "After which other action?")
        .hint("Only where it cannot begin before")
        .option("", "None")
        .options(others.map(|one| (one.id.to_string(), one.what.clone())))
        .chosen(get(fields, "after"))
        .errors(errors);
    let more = SafeHtml::join(
        [
            text("supporter", "Who helps?").into(),
            Textarea::new("done_means", "What does ‘done’ look like?")
                .rows(2)
                .value(get(fields, "done_means"))
                .errors(errors)
                .into(),
            after.into(),
        ],
        "",
    );
    let filled = ["supporter", "done_means", "after"].iter().any(|name| !get(fields, name).is_empty());
    let more = Details::new("More, where it helps: who supports, what ‘done’ looks like, what comes before", more);
    let parts = [
        text("what", "What is to be done?").into(),
        owner.into(),
        due.into(),
        if filled { more.open().into() } else { more.into() },
        Hidden::new("revision", or(fields, "revision", "0")).into(),
        Button::new(if changing { "Save it" } else { "Add it" }).once().into(),
    ];
    let title = if changing { "Change an action" } else { "Who does what by when?" };
    Blocks::new(title, &school.name, errors)
        .lead(if changing { "" } else { "Three things are enough. About a minute." })
        .block_if(both)
        .block(form(visitor, to, parts))
        .show(visitor, way_to_plan(school), errors, None::<&str>)
}
