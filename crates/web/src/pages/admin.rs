//! Is this Aspire well?

use super::{imports::capital, school_record::moment};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::{figures, number};
use programme::health::{self, Health};
use ui::{Heading, Link, Size, SummaryList, WarningText};

#[derive(Template)]
#[template(path = "admin.html")]
struct View {
    heading: Heading,
    warnings: Vec<WarningText>,
    held: SummaryList,
    work: SummaryList,
    versions: SummaryList,
}

/// `GET /admin`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let health = health::health(&app.world, &visitor.who).await?;
    let warnings = warnings(&health);
    let title = match warnings.len() {
        0 => "This Aspire is well".to_owned(),
        1 => "One thing needs you".to_owned(),
        many => format!("{} things need you", capital(&number(many as u64))),
    };
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        warnings: warnings.into_iter().map(WarningText::new).collect(),
        held: held(&health),
        work: work(&health),
        versions: versions(&health),
    };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

/// What somebody has to do something about.
fn warnings(health: &Health) -> Vec<String> {
    let mut all = Vec::new();
    if health.workers == 0 {
        all.push("No worker has spoken for two minutes: letters and what is done each day wait. Start ‘aspire work’, or ‘aspire serve’ with its worker inside.".to_owned());
    }
    if health.jobs.failed > 0 {
        all.push(match health.jobs.failed {
            1 => "A job has failed and waits for you.".to_owned(),
            many => format!("{} jobs have failed and wait for you.", capital(&number(many))),
        });
    }
    if !health.mail {
        all.push("No mail server is set up, so invitations and links for a new password reach nobody.".to_owned());
    }
    if health.schools == 0 {
        all.push("The public record is empty. Import the register of schools first.".to_owned());
    }
    all
}

fn held(health: &Health) -> SummaryList {
    let last = health.last_import.map_or("Nothing was imported yet".to_owned(), moment);
    SummaryList::new()
        .row_with(
            "Public record",
            format!("{} schools, {} inspections", figures(health.schools as u64), figures(health.inspections as u64)),
            Link::new("/sources", "See").hidden("where it comes from"),
        )
        .row_with("Last import", last, Link::new("/imports", "See").hidden("imports"))
        .row_with(
            "Organisations",
            figures(health.organisations),
            Link::new("/organisations", "See").hidden("organisations"),
        )
        .row("People with an account", figures(health.people))
        .row("Signed in now", figures(health.sessions))
        .row("Changes on record", figures(health.changes))
}

fn work(health: &Health) -> SummaryList {
    let (waits, failed) = health.letters;
    let see = |href: &str, what: &'static str| Link::new(href, "See").hidden(what);
    let jobs = &health.jobs;
    SummaryList::new()
        .row("Workers", figures(health.workers as u64))
        .row_with(
            "Jobs",
            format!("{} wait, {} run, {} failed", figures(jobs.waits), figures(jobs.runs), figures(jobs.failed)),
            see("/admin/jobs", "jobs"),
        )
        .row_with(
            "Letters",
            format!("{} wait, {} failed", figures(waits), figures(failed)),
            see("/admin/mail", "letters"),
        )
}

fn versions(health: &Health) -> SummaryList {
    let (found, known) = health.schema;
    SummaryList::new()
        .row("Aspire", health.program)
        .row("Schema", if found == known { found.to_string() } else { format!("{found}, this program knows {known}") })
        .row("Database", health.database.clone())
        .row("Storage", size(health.bytes))
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_as_people_say_it() {
        assert_eq!(size(4_096), "5 kB");
        assert_eq!(size(137_400_000), "137 MB");
        assert_eq!(size(2_340_000_000), "2.3 GB");
    }
}
