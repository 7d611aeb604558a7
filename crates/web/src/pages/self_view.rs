//! What does the school say of itself?

use super::{
    imports::capital,
    school_record::{also, moment, number, prose, way},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use kernel::words::number as words;
use programme::{
    release,
    self_view::{self, Reading},
};
use serde::Deserialize;
use ui::{Button, Heading, Link, NotificationBanner, SafeHtml, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "self_view.html")]
struct View {
    heading: Heading,
    finding: String,
    write: Option<Button>,
    answers: Vec<(String, SafeHtml)>,
    also: Vec<Link>,
}

/// `GET /organisations/{id}/self-view`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let id = number(&id)?;
    let reading = self_view::read(&app.world, &visitor.who, id).await?;
    let may_write = self_view::WRITE.directly(&visitor.who, id);
    let seen_by = if release::MANAGE.directly(&visitor.who, id) {
        let today = app.world.clock.today();
        let all = release::list(&app.world, &visitor.who, id).await?;
        Some(all.iter().filter(|release| release.holds(today) && release.to().is_some()).count() as u64)
    } else {
        None
    };
    let title = match (&reading.view, may_write) {
        (None, true) => "Nothing is written yet. Begin with what you do well".to_owned(),
        (Some(_), true) => "Your school in your own words".to_owned(),
        _ => format!("{} in its own words", reading.school.name),
    };
    let view = View {
        heading: Heading::new(&title).caption(&reading.school.name).size(Size::Xl),
        finding: finding(&reading, may_write, seen_by),
        write: may_write.then(|| {
            let words = if reading.view.is_some() { "Change it" } else { "Write the first lines" };
            Button::new(words).link(format!("/organisations/{id}/self-view/edit"))
        }),
        answers: answers(&reading),
        also: also(&visitor, id),
    };
    let mut page = frame::page(&visitor, title).breadcrumbs(way(&reading.school)).noindex();
    if let Some(banner) = done(&input.done) {
        page = page.banner(banner);
    }
    frame::show(page, &view)
}

fn done(what: &str) -> Option<NotificationBanner> {
    let words = match what {
        "saved" => "Saved. The version before it is kept: you can bring it back.",
        "same" => "It says that already, so nothing was changed.",
        "restored" => "The earlier version is back. The one you left is kept in the list of versions.",
        "away" => "Your draft is put away.",
        _ => return None,
    };
    Some(NotificationBanner::success(words))
}

/// Who wrote it and who can see it.
fn finding(reading: &Reading, may_write: bool, seen_by: Option<u64>) -> String {
    let Some(view) = &reading.view else {
        return if may_write {
            "Four short answers, about 20 minutes in all. Nobody outside your leaders sees them until you say so."
                .to_owned()
        } else {
            "Nothing is written here now.".to_owned()
        };
    };
    let wrote = format!("Written by {}, {}.", view.changed_by, moment(view.changed_at));
    if reading.released {
        return format!("{wrote} The school released it to you, and sees that you looked.");
    }
    match seen_by {
        None => wrote,
        Some(0) => format!("{wrote} Only your leaders can see it."),
        Some(1) => format!("{wrote} Beside your leaders, one release lets others see it."),
        Some(many) => format!("{wrote} Beside your leaders, {} releases let others see it.", words(many)),
    }
}

fn answers(reading: &Reading) -> Vec<(String, SafeHtml)> {
    let Some(view) = &reading.view else { return Vec::new() };
    view.texts
        .fields()
        .map(|(field, text)| {
            let answer = if text.is_empty() { prose("Not written yet.") } else { prose(text) };
            (capital(field.name), answer)
        })
        .collect()
}
