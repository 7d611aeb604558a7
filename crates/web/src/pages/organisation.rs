//! How does this school stand here, who leads it, and where is what is yours?

use super::{
    people_view, programme_words as words,
    school_record::{also, number},
};
use crate::{App, error::PageError, frame, pictures, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::{Date, words::long_date};
use programme::{
    Error, adviser, cluster,
    cohort::{self, LEAVE, TakesPart},
    concern, contact, diagnosis,
    organisation::{self, Kind, Organisation},
    paper, plan,
    release::{self, ToMe},
    review,
    role::{self, MANAGE},
    self_view, warning,
};
use serde::Deserialize;
use ui::{Breadcrumbs, ChartFigure, Heading, Link, NotificationBanner, Size, SummaryList};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "organisation.html")]
struct View {
    heading: Heading,
    lead: String,
    facts: SummaryList,
    vacant: Vec<String>,
    path: Option<ChartFigure>,
    links: Vec<Link>,
}

/// `GET /organisations/{id}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let place = organisation::organisation(&app.world, &visitor.who, id).await?;
    if place.kind == Kind::Programme
        && let Some(programme) =
            cohort::programmes(&app.world).await?.into_iter().find(|one| one.id == id && words_for(&visitor, one.id))
    {
        return Ok(Redirect::to(&format!("/programmes/{}", programme.slug)).into_response());
    }
    let content = match place.kind {
        Kind::School => school(&app, &visitor, &place).await?,
        _ => other(&visitor, &place),
    };
    let mut frame = frame::page(&visitor, content.0).breadcrumbs(Breadcrumbs::home()).noindex();
    if let Some(words) = done(&input.done) {
        frame = frame.banner(NotificationBanner::success(words));
    }
    Ok(frame::show(frame, &content.1)?.into_response())
}

fn words_for(visitor: &Visitor, programme: i64) -> bool {
    cohort::SEE.directly(&visitor.who, programme)
}

fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "paused" => "Your school takes a break. The programme reads the day and the reason.",
        "joined" => "Your school goes on. The programme reads the day and the reason.",
        "left" => "Your school leaves. Everything it wrote here stays its own.",
        "contact" => "The contact was noted.",
        _ => return None,
    })
}

async fn school(app: &App, visitor: &Visitor, place: &Organisation) -> Result<(String, View), PageError> {
    let (world, who) = (&app.world, &visitor.who);
    let parts = cohort::of_school(world, who, place.id).await?;
    let today = world.clock.today();
    let people = match role::people(world, who, place.id).await {
        Err(Error::NotFound) => None,
        other => Some(other?),
    };
    let vacant = people.as_ref().map_or_else(Vec::new, |people| role::vacancies(people, today));
    let people = people.unwrap_or_default();
    let advisers = or_nothing(adviser::of_school(world, who, place.id).await)?;
    let contacts = or_nothing(contact::of_school(world, who, place.id).await)?;
    let clusters = cluster::of_school(world, who, place.id).await?;
    let released = release::to_me(world, who).await?;
    let now = people_view::now(&people, today);
    let leaders: Vec<String> = now
        .iter()
        .filter(|one| one.held.role.leads_school() && one.held.on(today))
        .map(|one| format!("{} ({}, since {})", one.member.name, one.held.words(), long_date(one.held.since)))
        .collect();
    let accompanies: Vec<String> = advisers
        .iter()
        .filter(|one| one.on(today))
        .map(|one| {
            let tie = one.conflict.as_ref().map_or_else(String::new, |tie| format!(" (tie declared: {tie})"));
            format!("{} since {}{tie}", one.name, long_date(one.since))
        })
        .collect();
    let latest = contact::latest(&contacts);
    let mut facts = SummaryList::new();
    for part in &parts {
        facts = facts.row(part.programme_name.clone(), standing(part, today));
    }
    let facts = facts
        .row_if("Cluster", (!clusters.is_empty()).then(|| clusters.join(", ")))
        .row_if("Adviser", (!accompanies.is_empty()).then(|| accompanies.join("; ")))
        .row_if("Who leads", (!leaders.is_empty()).then(|| leaders.join("; ")))
        .row_if("Last contact", latest.map(|one| format!("{}, {}", one.kind.words(), long_date(one.on))))
        .row_if("Next contact", latest.and_then(|one| one.next).map(long_date));
    // The whole path is for who leads the school; what was released is on its own page.
    let path = match plan::CHOOSE.directly(who, place.id) {
        true => super::review_words::path(&review::read(world, who, place.id).await?, today),
        false => None,
    };
    let path = path.map(|chart| pictures::figure(chart, super::review_words::SOURCE).id("path"));
    let title = title(place, &parts, today);
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead: match organisation::SEE.directly(who, place.id) {
            true => "What your school writes here is its own: others read what it releases to them.",
            false => "What the school writes here is its own: you read what it releases to you.",
        }
        .to_owned(),
        facts,
        vacant: people_view::vacancies(&vacant),
        path,
        links: links(visitor, place, !parts.is_empty(), &released),
    };
    Ok((title, view))
}

/// What this reader may not know is left out of the page.
fn or_nothing<T>(found: Result<Vec<T>, Error>) -> Result<Vec<T>, Error> {
    match found {
        Err(Error::NotFound) => Ok(Vec::new()),
        other => other,
    }
}

fn title(place: &Organisation, parts: &[TakesPart], today: Date) -> String {
    let going: Vec<&TakesPart> = parts.iter().filter(|part| part.goes_on(today)).collect();
    match going.as_slice() {
        [] => format!("{} takes part in no programme now", place.name),
        [one] => match one.on(today) {
            Some(row) => format!("{} {} since {}", place.name, words::status_words(row.status), long_date(row.since)),
            None => format!("{} takes part from {}", place.name, long_date(one.joined)),
        },
        many => format!("{} takes part in {} programmes", place.name, kernel::words::number(many.len() as u64)),
    }
}

/// How it takes part in one programme, and how that went.
fn standing(part: &TakesPart, today: Date) -> String {
    match part.on(today) {
        Some(row) => {
            let words = super::imports::capital(words::status_words(row.status));
            format!("{words} since {}: {}", long_date(row.since), row.reason)
        }
        None => format!("From {}", long_date(part.joined)),
    }
}

/// The pages of a school that this reader may open.
fn links(visitor: &Visitor, place: &Organisation, takes_part: bool, released: &[ToMe]) -> Vec<Link> {
    let (who, id) = (&visitor.who, place.id);
    let notes = review::READ_NOTES.directly(who, id);
    let own = [
        (self_view::WRITE.directly(who, id), "self-view", "Your school in your own words"),
        (diagnosis::SEE.directly(who, id), "diagnoses", "Look together: your diagnoses"),
        (plan::CHOOSE.directly(who, id), "priorities", "Choose: what you work on, and why"),
        (plan::MARK.directly(who, id), "plan", "The plan: who does what by when"),
        (notes, "reviews", "Reviews, and your path"),
        (notes, "notes", "Your adviser’s notes of visits"),
        (paper::SEE.directly(who, id), "papers", "Papers to read and to hand out"),
        (warning::SEE.directly(who, id), "warnings", "What to look after early, before anyone else reads it"),
        (concern::SEE.directly(who, id), "concerns", "Concerns about taking part, which you read first"),
    ];
    let mut pages: Vec<(&str, String)> =
        own.into_iter().filter(|(may, ..)| *may).map(|(_, page, words)| (page, words.to_owned())).collect();
    for kind in released.iter().filter(|one| one.organisation == id).map(|one| one.kind) {
        if !pages.iter().any(|(page, _)| *page == kind.path()) {
            pages.push((kind.path(), super::imports::capital(kind.theirs())));
        }
    }
    if !concern::SEE.directly(who, id) && takes_part && concern::RAISE.somewhere(who).is_ok() {
        pages.push(("concerns", "Concerns about taking part".to_owned()));
    }
    pages.push(("people", "People, and what is vacant".to_owned()));
    if MANAGE.directly(who, id) {
        pages.push(("invite", "Invite somebody".to_owned()));
    }
    let link = |(page, words): (&str, String)| Link::new(format!("/organisations/{id}/{page}"), words);
    let mut links: Vec<Link> = pages.into_iter().map(link).collect();
    links.extend(also(visitor, id));
    if takes_part && LEAVE.directly(who, id) {
        links.push(Link::new(format!("/organisations/{id}/leave"), "Pause or leave the programme"));
    }
    if let Some(urn) = place.urn {
        links.push(Link::new(format!("/schools/{urn}"), "What inspectors say: the public record"));
    }
    links
}

fn other(visitor: &Visitor, place: &Organisation) -> (String, View) {
    let title = place.name.clone();
    let mut links = Vec::new();
    if role::SEE.directly(&visitor.who, place.id) {
        links.push(Link::new(format!("/organisations/{}/people", place.id), "People"));
    }
    if place.kind == Kind::Funder && cohort::FUND.directly(&visitor.who, place.id) {
        links.push(Link::new("/funder", "What you pay for, in sums"));
    }
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead: place.kind.words().to_owned(),
        facts: SummaryList::new(),
        vacant: Vec::new(),
        path: None,
        links,
    };
    (title, view)
}
