//! What do you do here that the library does not know?

use super::{
    blocks::{Blocks, form},
    diagnosis_words::{Fields, get, on_to, wrong},
    plan_words::{Done, way},
    school_record::number,
    strategies::sheet,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use programme::strategy::{self, ADD, Chosen, NewStrategy};
use ui::{Button, Errors, Heading, Link, Size, TextInput, Textarea};

/// `GET /organisations/{id}/strategies`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    page(
        &app,
        &visitor,
        number(&id)?,
        &Fields::new(),
        &Errors::none(),
        done.is("added").then_some("Added. Your priorities can name it now."),
    )
    .await
}

/// `POST /organisations/{id}/strategies`
pub(crate) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let of = |name: &str| get(&fields, name).to_owned();
    let new = NewStrategy { name: of("name"), takes: of("takes"), watch: of("watch"), replaces: of("replaces") };
    match strategy::add(&app.world, &visitor.who, id, new).await {
        Ok(_) => Ok(on_to(&format!("/organisations/{id}/strategies"), "added")),
        Err(error) => page(&app, &visitor, id, &fields, &wrong(error)?, None).await,
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
    let (school, own) = strategy::own(&app.world, &visitor.who, id).await?;
    let mut blocks = Blocks::new("Strategies of your own", &school.name, errors)
        .lead("What works here and stands in no library: write it down once, and your plan can name it.")
        .say(Link::new("/strategies", "The library: what is known of others"));
    for one in own {
        let chosen = Chosen::Own(one);
        let heading = Heading::new(chosen.name()).level(2).size(Size::S);
        blocks = blocks.block(heading).block(sheet(&chosen.sheet()));
    }
    if ADD.directly(&visitor.who, id) {
        let area = |name: &'static str, label: &'static str| {
            Textarea::new(name, label).rows(2).value(get(fields, name)).errors(errors).into()
        };
        let parts = [
            TextInput::new("name", "What do you call it?").value(get(fields, "name")).errors(errors).into(),
            area("takes", "What does it take?"),
            area("watch", "What is there to watch? (optional)"),
            area("replaces", "What can it replace? (optional)"),
            Button::new("Add it").once().into(),
        ];
        blocks = blocks.h2("Add one").block(form(visitor, &format!("/organisations/{id}/strategies"), parts));
    }
    blocks.show(visitor, way(&school), errors, done)
}
