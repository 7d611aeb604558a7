//! Whom do you see next, and what must you know?

use super::{imports::capital, programme_words as words};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use kernel::{Date, words::long_date};
use programme::{
    cohort::Status,
    overview::{self, OwnSchool},
};
use serde::Deserialize;
use ui::{Heading, Link, NotificationBanner, Size, SummaryList};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "adviser.html")]
struct View {
    heading: Heading,
    lead: String,
    schools: Vec<Shown>,
}

struct Shown {
    heading: Heading,
    facts: SummaryList,
    know: Vec<String>,
    links: Vec<Link>,
}

/// `GET /adviser`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let schools = overview::own_schools(&app.world, &visitor.who).await?;
    let today = app.world.clock.today();
    let title = title(&schools, today);
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead: lead(&schools),
        schools: schools.iter().map(|school| shown(school, today)).collect(),
    };
    let mut frame = frame::page(&visitor, title).noindex();
    if input.done == "contact" {
        frame = frame.banner(NotificationBanner::success("The contact was noted."));
    }
    frame::show(frame, &view)
}

fn title(schools: &[OwnSchool], today: Date) -> String {
    let Some(first) = schools.first() else { return "No school is yours yet".to_owned() };
    match first.next {
        Some(next) if next < today => format!("You meant to see {} on {}", first.name, long_date(next)),
        Some(next) if next == today => format!("You see {} today", first.name),
        Some(next) => format!("You see {} next, on {}", first.name, long_date(next)),
        None => "You have agreed no day with any school".to_owned(),
    }
}

fn lead(schools: &[OwnSchool]) -> String {
    if schools.is_empty() {
        return "The programme’s lead says which schools you accompany.".to_owned();
    }
    let quiet: Vec<&str> = schools.iter().filter(|school| school.quiet).map(|school| school.name.as_str()).collect();
    match quiet.as_slice() {
        [] => "No school has gone quiet.".to_owned(),
        [one] => format!("{one} has gone quiet: no contact for six weeks, and no day agreed."),
        [some @ .., last] => {
            format!("{} and {last} have gone quiet: no contact for six weeks, and no day agreed.", some.join(", "))
        }
    }
}

fn shown(school: &OwnSchool, today: Date) -> Shown {
    let id = school.organisation;
    let facts = SummaryList::new()
        .row("Next contact", school.next.map_or_else(|| "No day agreed".to_owned(), long_date))
        .row(
            "Last contact",
            school.last.as_ref().map_or_else(
                || format!("None yet; yours since {}", long_date(school.since)),
                |contact| format!("{}, {}", contact.kind.words(), long_date(contact.on)),
            ),
        )
        .row("Headteacher", school.head.clone().unwrap_or_else(|| "Nobody now".to_owned()))
        .row_if("Cluster", school.cluster.clone());
    let more = |page: &str, words: &str| Link::new(format!("/organisations/{id}/{page}"), words).hidden(name(school));
    // Two releases of one kind, such as of two diagnoses, are read on one page.
    let mut released: Vec<(&str, String)> = school
        .released
        .iter()
        .map(|to| {
            let until = to.until.map_or_else(String::new, |until| format!(", until {}", long_date(until)));
            (to.kind.path(), format!("{}{until}", capital(to.kind.theirs_or_one(to.item))))
        })
        .collect();
    released.dedup();
    let mut links: Vec<Link> = released.iter().map(|(page, words)| more(page, words)).collect();
    if !links.is_empty() {
        links.push(more("papers", "Papers to read"));
    }
    links.push(more("warnings", "What to look after early"));
    links.push(more("notes", "Notes of visits"));
    links.push(more("concerns", "Concerns about taking part"));
    links.push(more("contact", "Note that you were in touch"));
    links.push(Link::new(format!("/organisations/{id}"), "Its page").hidden(name(school)));
    Shown {
        heading: Heading::new(school.name.clone()).caption(school.programme.clone()).level(2).size(Size::M),
        facts,
        know: know(school, today),
        links,
    }
}

fn name(school: &OwnSchool) -> String {
    format!(": {}", school.name)
}

/// What one must know before the next contact.
fn know(school: &OwnSchool, today: Date) -> Vec<String> {
    let mut all = Vec::new();
    if let Some((status, since)) = school.status
        && status != Status::Joined
    {
        all.push(format!("It {} since {}.", words::status_words(status), long_date(since)));
    }
    if let Some((name, since)) = &school.new_head {
        all.push(format!("{name} is headteacher since {}.", long_date(*since)));
    }
    all.extend(school.vacancies.iter().map(|vacancy| format!("{}.", words::vacancy(vacancy))));
    if school.next.is_some_and(|next| next < today) {
        all.push("The day that you agreed has passed. Note that you met, or agree another.".to_owned());
    }
    if school.quiet {
        all.push("No contact for six weeks, and no day agreed.".to_owned());
    }
    if school.released.is_empty() {
        all.push("The school has released nothing to you yet.".to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn school(name: &str, next: Option<Date>, quiet: bool) -> OwnSchool {
        OwnSchool {
            organisation: 1,
            name: name.to_owned(),
            programme: "P".to_owned(),
            since: date(2026, 9, 1),
            cluster: None,
            status: None,
            head: None,
            new_head: None,
            vacancies: Vec::new(),
            last: None,
            next,
            quiet,
            released: Vec::new(),
        }
    }

    #[test]
    fn the_heading_is_the_next_school_and_the_lead_names_the_quiet_ones() {
        let today = date(2026, 11, 24);
        let schools = [
            school("Ashdale", Some(date(2026, 12, 1)), false),
            school("Birch Lane", None, true),
            school("Oakmere", None, true),
        ];
        assert_eq!(title(&schools, today), "You see Ashdale next, on 1 December 2026");
        assert!(lead(&schools).starts_with("Birch Lane and Oakmere have gone quiet"), "{}", lead(&schools));
        assert_eq!(title(&[], today), "No school is yours yet");
    }
}
