//! Open a diagnosis: what do you look at, with whom, by when?

use super::{
    diagnosis_words::{Fields, all, get, on_to, status, way},
    school_record::number,
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use programme::{
    diagnosis::{self, EDIT, Framework, Names, NewDiagnosis, Strand, frameworks, minutes},
    organisation,
    role::{self, Member},
};
use ui::{Button, Checkboxes, DateInput, ErrorSummary, Errors, Heading, Hidden, InsetText, Radios, SafeHtml, Size};

#[derive(Template)]
#[template(path = "diagnosis_new.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    id: i64,
    csrf: Hidden,
    framework: Radios,
    strands: Vec<Checkboxes>,
    people: Checkboxes,
    due: DateInput,
    fixed: InsetText,
    names: Radios,
    button: Button,
}

/// `GET /organisations/{id}/diagnoses/new`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    EDIT.require_directly(&visitor.who, id)?;
    // Everybody takes part and every strand is looked at, unless somebody says otherwise.
    let members = here(&app, &visitor, id).await?;
    let mut fields: Fields = members.iter().map(|one| ("people".to_owned(), one.person.to_string())).collect();
    fields.extend(frameworks().iter().flat_map(|one| {
        let usual = one.strands.iter().filter(|strand| strand.for_whom.is_none());
        usual.map(|strand| (strands_of(one), strand.key()))
    }));
    page(&app, &visitor, id, &fields, &Errors::none()).await
}

/// `POST /organisations/{id}/diagnoses/new`
pub(crate) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let framework = get(&fields, "framework").to_owned();
    let new = NewDiagnosis {
        strands: all(&fields, &format!("strands-{framework}")).into_iter().map(str::to_owned).collect(),
        framework: framework.clone(),
        people: all(&fields, "people").into_iter().filter_map(|id| id.parse().ok()).collect(),
        due: form::date(get(&fields, "due-day"), get(&fields, "due-month"), get(&fields, "due-year")),
        names: Names::from_key(get(&fields, "names")),
    };
    match diagnosis::open(&app.world, &visitor.who, id, new).await {
        Ok(one) => Ok(on_to(&format!("/organisations/{id}/diagnoses/{one}"), "opened")),
        Err(error) => {
            let errors = form::wrong_at(error, |field| match field {
                "due" => "due-day".to_owned(),
                "strands" => format!("strands-{framework}"),
                field => field.to_owned(),
            })?;
            page(&app, &visitor, id, &fields, &errors).await
        }
    }
}

fn strands_of(framework: &Framework) -> String {
    format!("strands-{}", framework.id)
}

/// Who has a role in the school today.
async fn here(app: &App, visitor: &Visitor, id: i64) -> Result<Vec<Member>, PageError> {
    let today = app.world.clock.today();
    let mut members = role::people(&app.world, &visitor.who, id).await?;
    for member in &mut members {
        member.roles.retain(|held| held.on(today));
    }
    members.retain(|member| !member.roles.is_empty());
    Ok(members)
}

async fn page(app: &App, visitor: &Visitor, id: i64, fields: &Fields, errors: &Errors) -> Result<Response, PageError> {
    let school = organisation::organisation(&app.world, &visitor.who, id).await?;
    let members = here(app, visitor, id).await?;
    let title = "What do you want to look at together, and with whom?";
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).caption(&school.name).size(Size::Xl),
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        framework: framework(get(fields, "framework")).errors(errors),
        strands: frameworks().iter().map(|one| strands(one, fields).errors(errors)).collect(),
        people: people(&members, fields).errors(errors),
        due: DateInput::new("due", "By which day does everybody give their views?")
            .hint("The last day, such as 12 12 2026. Two weeks are enough for most")
            .value(get(fields, "due-day"), get(fields, "due-month"), get(fields, "due-year"))
            .errors(errors),
        fixed: InsetText::new(
            "All this is shown to everybody before they give their first view, and nobody can change it afterwards.",
        ),
        names: [Names::Hidden, Names::Shown]
            .into_iter()
            .fold(Radios::new("names", "Do views carry names?"), |radios, names| radios.choice(names.key(), names.words()))
            .hint("Without names people say more; with names one can ask. In a very small group, names can often be guessed either way")
            .chosen(get(fields, "names"))
            .errors(errors),
        button: Button::new("Open it").once(),
    };
    let frame = frame::page(visitor, title).breadcrumbs(way(&school)).noindex().with_error(!errors.is_empty());
    Ok((status(errors), frame::show(frame, &view)?).into_response())
}

fn framework(chosen: &str) -> Radios {
    let radios = Radios::new("framework", "What do you want to go by?").chosen(chosen);
    frameworks().iter().fold(radios, |radios, one| radios.choice_with_hint(&one.id, &one.title, &one.about))
}

fn strands(framework: &Framework, fields: &Fields) -> Checkboxes {
    let name = strands_of(framework);
    let boxes = Checkboxes::new(name.clone(), format!("‘{}’: which strands?", framework.title))
        .hint("Used where you go by it")
        .chosen(all(fields, &name))
        .small();
    framework
        .strands
        .iter()
        .fold(boxes, |boxes, strand| boxes.choice_with_hint(strand.key(), &strand.title, asks(strand)))
}

/// ‘Six statements, about four minutes, where we have a sixth form’.
fn asks(strand: &Strand) -> SafeHtml {
    let many = strand.statements().count();
    let time = kernel::words::number(minutes(many));
    let words =
        format!("{} statements, about {time} minutes", super::imports::capital(&kernel::words::number(many as u64)));
    SafeHtml::from(match &strand.for_whom {
        Some(whom) => format!("{words}; {whom}"),
        None => words,
    })
}

fn people(members: &[Member], fields: &Fields) -> Checkboxes {
    let boxes = Checkboxes::new("people", "Who takes part?")
        .hint("With fewer than three, nobody’s view is shown: you go straight to talking")
        .chosen(all(fields, "people"))
        .small();
    members.iter().fold(boxes, |boxes, member| {
        let roles: Vec<String> = member.roles.iter().map(role::RoleHeld::words).collect();
        boxes.choice(member.person.to_string(), format!("{}, {}", member.name, roles.join("; ")))
    })
}
