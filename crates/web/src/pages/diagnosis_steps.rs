//! A step with a diagnosis: look together, agree, talk once more, sign, differ.

use super::{
    diagnosis,
    diagnosis_steps_view::Typed,
    diagnosis_words::{on_to, wrong},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use programme::{Error, diagnosis as noun};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    /// Which step.
    r#do: String,
    why: String,
    school: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignInput {
    csrf: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DifferInput {
    csrf: String,
    statement: String,
    /// The word of the scale that they would choose.
    point: String,
    words: String,
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/state`
pub(crate) async fn step(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let (world, who) = (&app.world, &visitor.who);
    let (done, tried) = match input.r#do.as_str() {
        "agree" => ("agreed", noun::agree(world, who, id, diagnosis).await),
        "reopen" => ("reopened", noun::reopen(world, who, id, diagnosis, &input.why).await),
        "beside" => ("beside", noun::add_beside(world, who, id, diagnosis, input.school.parse().ok()).await),
        _ => ("together", noun::look_together(world, who, id, diagnosis).await),
    };
    let typed = Typed { why: input.why, school: input.school, ..Typed::default() };
    answer(&app, &visitor, (id, diagnosis), done, tried, &typed).await
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/sign`
pub(crate) async fn sign(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Form(input): Form<SignInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let tried = noun::sign(&app.world, &visitor.who, id, diagnosis).await.map(drop);
    answer(&app, &visitor, (id, diagnosis), "signed", tried, &Typed::default()).await
}

/// `POST /organisations/{id}/diagnoses/{diagnosis}/differ`
pub(crate) async fn differ(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, diagnosis)): Path<(String, String)>,
    Form(input): Form<DifferInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let (id, diagnosis) = (number(&id)?, number(&diagnosis)?);
    let says = noun::Otherwise { statement: &input.statement, point: &input.point, words: &input.words };
    let tried = noun::differ(&app.world, &visitor.who, id, diagnosis, says).await;
    let typed = Typed { statement: input.statement, point: input.point, words: input.words, ..Typed::default() };
    answer(&app, &visitor, (id, diagnosis), "differs", tried, &typed).await
}

async fn answer(
    app: &App,
    visitor: &Visitor,
    (id, one): (i64, i64),
    done: &str,
    tried: Result<(), Error>,
    typed: &Typed,
) -> Result<Response, PageError> {
    match tried {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/diagnoses/{one}"), done)),
        Err(error) => diagnosis::page(app, visitor, (id, one), typed, &wrong(error)?, None).await,
    }
}
