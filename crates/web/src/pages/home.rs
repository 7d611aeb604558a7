//! Home: what is this, can I see it work?

use super::cohort_words as words;
use crate::{App, error::PageError, frame, pictures, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::figures;
use programme::{Who, cohort};
use ui::{ChartFigure, Findings, Heading, Link, SafeHtml, Search, Size};

#[derive(Template)]
#[template(path = "home.html")]
struct View {
    heading: Heading,
    pilot: Option<Pilot>,
    search: Search,
    schools: String,
    inspections: String,
    empty: bool,
}

struct Pilot {
    name: String,
    slug: String,
    finding: Findings,
    path: ChartFigure,
}

/// `GET /`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let record = app.world.record().await?;
    let first = cohort::cohorts(&app.world, &Who::Anyone).await?.into_iter().next();
    let pilot = match first {
        Some(cohort) => {
            let path = cohort::path(&app.world, &Who::Anyone, &cohort.slug, None).await?;
            let more =
                Link::new(format!("/cohorts/{}", cohort.slug), "Who is counted, and what the figures can’t show");
            Some(Pilot {
                finding: Findings::new(words::finding(&path)),
                path: pictures::figure(
                    pictures::cohort_path(&path),
                    SafeHtml::join([super::cohort::source(&path), more.into()], ". "),
                ),
                name: cohort.name,
                slug: cohort.slug,
            })
        }
        None => None,
    };
    let title = "Aspire: schools that become good by helping each other";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        pilot,
        search: Search::new("q", "Find a school by name, town, postcode or URN"),
        schools: figures(record.len() as u64),
        inspections: figures(record.inspections() as u64),
        empty: record.is_empty(),
    };
    frame::show(frame::page(&visitor, title), &view)
}
