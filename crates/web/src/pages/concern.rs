//! What was noticed, what would put it right, and what do you say to it?

use super::{
    concern_parts, concern_view,
    concerns::Done,
    diagnosis_words::{Fields, get, on_to},
    school_record::number,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use programme::concern;
use ui::Errors;

/// `GET /organisations/{id}/concerns/{concern}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let reading = concern::read(&app.world, &visitor.who, number(&id)?, number(&one)?).await?;
    let today = app.world.clock.today();
    concern_view::page(&visitor, &reading, today, (&Fields::new(), &Errors::none()), words(done.what()))
}

fn words(done: &str) -> Option<&'static str> {
    Some(match done {
        "drafted" => "Kept as your draft. Nobody else reads it until you show it to the school.",
        "shown" => {
            "The school reads it now, before anyone else. Its head and deputies get a letter that does not say what is in it."
        }
        "answered" => {
            "Your answer stands beside it. Whoever wrote to you gets a letter, and those who work for the programme may read both now."
        }
        "closed" => "Closed. It stays in the school’s record for two years.",
        _ => return None,
    })
}

/// `POST /organisations/{id}/concerns/{concern}`
pub(crate) async fn go_on(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let (world, who) = (&app.world, &visitor.who);
    let words = get(&fields, "words");
    let (done, tried) = match get(&fields, "do") {
        "show" => ("shown", concern::show(world, who, id, one).await.map(drop)),
        "next" => ("drafted", concern::next(world, who, id, one, words).await),
        "close" => ("closed", concern::close(world, who, id, one, get(&fields, "why")).await),
        "discard" => ("discarded", concern::discard(world, who, id, one).await),
        _ => ("drafted", concern::change(world, who, id, one, concern_parts::typed(&fields), words).await),
    };
    answered(&app, &visitor, (id, one), &fields, done, tried).await
}

/// `POST /organisations/{id}/concerns/{concern}/answer`
pub(crate) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let step = number(get(&fields, "step"))?;
    let tried = concern::answer(&app.world, &visitor.who, id, one, step, get(&fields, "answer")).await;
    answered(&app, &visitor, (id, one), &fields, "answered", tried).await
}

async fn answered(
    app: &App,
    visitor: &Visitor,
    (id, one): (i64, i64),
    fields: &Fields,
    done: &str,
    tried: programme::error::Result<()>,
) -> Result<Response, PageError> {
    match tried {
        Ok(()) if done == "discarded" => {
            // Of a later step only the draft is gone.
            let left = concern::read(&app.world, &visitor.who, id, one).await.is_ok();
            let to = if left { format!("/{one}") } else { String::new() };
            Ok(on_to(&format!("/organisations/{id}/concerns{to}"), done))
        }
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/concerns/{one}"), done)),
        Err(error) => {
            let step = get(fields, "step").to_owned();
            let errors = typed::wrong_at(error, |field| match field {
                "by_when" => "by_when-day".to_owned(),
                "answer" => format!("answer-{step}"),
                "next" | "show" | "programme" => String::new(),
                field => field.to_owned(),
            })?;
            let reading = concern::read(&app.world, &visitor.who, id, one).await?;
            concern_view::page(visitor, &reading, app.world.clock.today(), (fields, &errors), None)
        }
    }
}
