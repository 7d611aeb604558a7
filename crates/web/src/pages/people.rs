//! Who does what in this school, and since when?

use super::{
    imports::capital,
    people_view::{self as view, Asked, Reader},
    school_record::number,
};
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::number as in_words;
use programme::{
    invitation,
    organisation::{self, Kind, Organisation},
    role::{self, MANAGE, NewRole},
    who::{Role, Strand},
};
use serde::Deserialize;
use ui::{
    Breadcrumbs, Button, DateInput, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Radios, Select, Size,
    Table,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GiveInput {
    csrf: String,
    person: String,
    role: String,
    strand: String,
    #[serde(rename = "since-day")]
    day: String,
    #[serde(rename = "since-month")]
    month: String,
    #[serde(rename = "since-year")]
    year: String,
}

#[derive(Template)]
#[template(path = "people.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    id: i64,
    csrf: Hidden,
    people: Option<Table>,
    vacant: Vec<String>,
    asked: Vec<Asked>,
    before: Vec<String>,
    invite: Option<Button>,
    give: Option<Give>,
}

/// Giving one more role to somebody who is here.
struct Give {
    person: Select,
    role: Radios,
    strand: Select,
    since: DateInput,
    button: Button,
}

/// `GET /organisations/{id}/people`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    page(&app, &visitor, number(&id)?, &GiveInput::default(), &Errors::none(), done(&input.done)).await
}

/// `POST /organisations/{id}/people`
pub(crate) async fn give(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(input): Form<GiveInput>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let id = number(&id)?;
    role::may_change(&app.world, &visitor.who, id).await?;
    let mut errors = Errors::none();
    let person = input.person.parse().ok();
    if person.is_none() {
        errors.add("person", "Choose somebody");
    }
    let role = Role::from_key(&input.role);
    if role.is_none() {
        errors.add("role", "Choose what they are to be");
    }
    let since = form::date(&input.day, &input.month, &input.year);
    if since.is_none() {
        errors.add("since-day", "Enter the first day");
    }
    if let (Some(person), Some(role), Some(since)) = (person, role, since) {
        let new = NewRole { person, organisation: id, role, strand: Strand::from_key(&input.strand), since };
        match role::give(&app.world, &visitor.who, new).await {
            Ok(()) => return Ok(Redirect::to(&format!("/organisations/{id}/people?done=given")).into_response()),
            Err(error) => errors = form::wrong(error)?,
        }
    }
    page(&app, &visitor, id, &input, &errors, None).await
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "given" => "The role was given.",
        "ended" => "The role was ended. That it was held stays known.",
        "invited" => "The letter is on its way. It works for 14 days.",
        "withdrawn" => "The invitation was taken back. Its letter no longer works.",
        "again" => "A new letter is on its way. The one before no longer works.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    typed: &GiveInput,
    errors: &Errors,
    banner: Option<NotificationBanner>,
) -> Result<Response, PageError> {
    let people = role::people(&app.world, &visitor.who, id).await?;
    let place = organisation::organisation(&app.world, &visitor.who, id).await?;
    if place.kind == Kind::Programme {
        return Err(PageError::NotFound); // its people stand at the programme's own address
    }
    let reader = if MANAGE.directly(&visitor.who, id) { Reader::Keeps } else { Reader::Looks };
    let today = app.world.clock.today();
    let now = view::now(&people, today);
    let vacant = match place.kind {
        Kind::School => view::vacancies(&role::vacancies(&people, today)),
        _ => Vec::new(),
    };
    let asked = match reader {
        Reader::Keeps => {
            let all = invitation::of_organisation(&app.world, &visitor.who, id).await?;
            view::asked(&all, app.world.now())
        }
        Reader::Looks => Vec::new(),
    };
    let keeps = reader == Reader::Keeps;
    let whom = match role::SEE.directly(&visitor.who, id) {
        true => ["is here", "are here"],
        false => ["leads the school", "lead the school"],
    };
    let title = title(now.iter().map(|one| one.member.person).collect(), whom, vacant.len());
    let content = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).caption(place.name.clone()).size(Size::Xl),
        lead: lead(&place, reader),
        id,
        csrf: Hidden::new("csrf", visitor.form_token()),
        people: (!now.is_empty()).then(|| {
            view::table("Who does what", &now, today, reader, |role| format!("/organisations/{id}/people/{role}"))
        }),
        vacant,
        asked,
        before: view::before(&people, today),
        invite: keeps.then(|| Button::new("Invite somebody").link(format!("/organisations/{id}/invite"))),
        give: (keeps && !people.is_empty()).then(|| {
            let mut names: Vec<(String, String)> =
                people.iter().map(|one| (one.person.to_string(), one.name.clone())).collect();
            names.dedup();
            Give {
                person: Select::new("person", "To whom?")
                    .option("", "Choose somebody")
                    .options(names)
                    .chosen(&typed.person)
                    .errors(errors),
                role: view::role_field(place.kind.roles(), &typed.role, errors),
                strand: view::strand_field(&typed.strand, errors),
                since: DateInput::new("since", "From which day?")
                    .value(&typed.day, &typed.month, &typed.year)
                    .errors(errors),
                button: Button::new("Give the role").once(),
            }
        }),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let way = Breadcrumbs::home().to(format!("/organisations/{id}"), place.name.clone());
    let mut frame = frame::page(visitor, title).breadcrumbs(way).noindex().with_error(!errors.is_empty());
    if let Some(banner) = banner {
        frame = frame.banner(banner);
    }
    Ok((status, frame::show(frame, &content)?).into_response())
}

/// ‘Six people, two things vacant’.
fn title(mut people: Vec<i64>, [one, several]: [&str; 2], vacant: usize) -> String {
    people.sort_unstable();
    people.dedup();
    let here = match people.len() {
        0 => format!("Nobody {one} yet"),
        1 => format!("One person {one}"),
        many => format!("{} people {several}", capital(&in_words(many as u64))),
    };
    match vacant {
        0 => here,
        1 => format!("{here}, and one role is vacant"),
        many => format!("{here}, and {} roles are vacant", in_words(many as u64)),
    }
}

fn lead(place: &Organisation, reader: Reader) -> String {
    match (place.kind, reader) {
        (Kind::School, Reader::Keeps) => {
            "You invite people and end roles yourself; the programme is not asked. Somebody may do several things."
                .to_owned()
        }
        (Kind::School, Reader::Looks) => "Who leads the school and its strands, and since when.".to_owned(),
        (_, Reader::Keeps) => "Whom you invite here signs in for this organisation.".to_owned(),
        (_, Reader::Looks) => "Who is here, and since when.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_with_two_roles_is_one_person() {
        assert_eq!(title(vec![7, 8, 7], ["is here", "are here"], 1), "Two people are here, and one role is vacant");
        assert_eq!(title(vec![], ["is here", "are here"], 0), "Nobody is here yet");
    }
}
