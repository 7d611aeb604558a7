//! What did you notice, and what would put it right?

use super::{
    blocks::{Blocks, form},
    concern_parts,
    diagnosis_words::{Fields, get, on_to},
    plan_words::way,
    school_record::number,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use programme::concern::{self, NewConcern};
use ui::{Button, Errors, Radios, SafeHtml};

/// `GET /organisations/{id}/concerns/new`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &Fields::new(), &Errors::none()).await
}

/// `POST /organisations/{id}/concerns/new`
pub(crate) async fn raise(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    match concern::raise(&app.world, &visitor.who, id, concern_parts::typed(&fields)).await {
        Ok(concern) => Ok(on_to(&format!("/organisations/{id}/concerns/{concern}"), "drafted")),
        Err(error) => {
            let errors = typed::wrong_at(error, |field| match field {
                "by_when" => "by_when-day".to_owned(),
                "next" => String::new(),
                field => field.to_owned(),
            })?;
            page(&app, &visitor, id, &fields, &errors).await
        }
    }
}

async fn page(app: &App, visitor: &Visitor, id: i64, fields: &Fields, errors: &Errors) -> Result<Response, PageError> {
    let (school, parts) = concern::raisable(&app.world, &visitor.who, id).await?;
    let mut inputs: Vec<SafeHtml> = Vec::new();
    if parts.len() != 1 {
        let choose = Radios::new("programme", "In which programme?").chosen(get(fields, "programme")).errors(errors);
        let choose = parts
            .iter()
            .fold(choose, |choose, part| choose.choice(part.programme.to_string(), part.programme_name.as_str()));
        inputs.push(choose.into());
    }
    inputs.extend(concern_parts::inputs(&NewConcern::default(), fields, errors));
    inputs.push(Button::new("Keep it as a draft").once().into());
    let title = "Raise a concern about taking part";
    let blocks = Blocks::new(title, &school.name, errors).lead(
        "Ring first: most things are put right by a talk. What you write here is a draft until you show it to the school, which reads it before anyone else. Facts about taking part only: nothing about teaching, nothing about a child.",
    );
    let to = format!("/organisations/{id}/concerns/new");
    let blocks = if parts.is_empty() && errors.is_empty() {
        blocks.say("The school takes part in nothing of yours now, or takes a break: nothing is asked of it.")
    } else {
        blocks.block(form(visitor, &to, inputs))
    };
    let way = way(&school).to(format!("/organisations/{id}/concerns"), "Concerns");
    blocks.show(visitor, way, errors, None::<&str>)
}
