//! What waits for whom in a programme?

use super::{imports::capital, long_list, programme_words as words};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use kernel::words::{long_date, number};
use programme::{
    concern,
    overview::{self, Line, Overview, Wait},
};
use serde::Deserialize;
use ui::{Breadcrumbs, Button, Heading, Link, NotificationBanner, Pagination, SafeHtml, Size, Table, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
    /// Which page of the schools.
    page: usize,
    /// Which page of what waits.
    waiting: usize,
}

#[derive(Template)]
#[template(path = "programme.html")]
struct View {
    heading: Heading,
    lead: String,
    slug: String,
    about: String,
    span: String,
    no_cohort: bool,
    no_school: bool,
    concerns: bool,
    waits: Option<Table>,
    more_waits: Option<Pagination>,
    moved: Vec<(String, String)>,
    moved_before: Option<String>,
    schools: Table,
    more_schools: Option<Pagination>,
    cohorts: Vec<Link>,
    make_cohort: Button,
    invite: Button,
}

/// `GET /programmes/{slug}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let overview = overview::overview(&app.world, &visitor.who, &slug, long_list::numbered(input.page)).await?;
    let title = words::finding(&overview);
    let mut view = view(&overview, &title, &input);
    view.concerns = concern::LIST.somewhere(&visitor.who).is_ok();
    let mut frame =
        frame::page(&visitor, title).breadcrumbs(Breadcrumbs::home().to("/programmes", "Programmes")).noindex();
    if let Some(words) = done(&input.done) {
        frame = frame.banner(NotificationBanner::success(words));
    }
    frame::show(frame, &view)
}

fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "edited" => "The programme was changed.",
        "invited" => "The letters are on their way. Each works for 14 days.",
        "withdrawn" => "The invitation was taken back. Its letter no longer works.",
        "again" => "A new letter is on its way. The one before no longer works.",
        _ => return None,
    })
}

/// Most of what moved that is told.
const MOST_MOVED: usize = 30;

fn view(overview: &Overview, title: &str, input: &Input) -> View {
    let programme = &overview.programme;
    let slug = programme.slug.clone();
    let (school_page, wait_page) = (input.page.max(1), input.waiting.max(1));
    let to = |page: usize, waiting: usize, at: &str| format!("/programmes/{slug}?page={page}&waiting={waiting}#{at}");
    let (waits, more_waits) = long_list::page(&overview.waits, wait_page, |n| to(school_page, n, "waits"));
    let (lines, more_schools) = long_list::page(&overview.schools, school_page, |n| to(n, wait_page, "schools"));
    let before = overview.moved.len().saturating_sub(MOST_MOVED);
    View {
        heading: Heading::new(title.to_owned()).caption(programme.name.clone()).size(Size::Xl),
        lead: words::lead(overview),
        about: programme.about.clone(),
        span: super::programmes::span(programme),
        no_cohort: overview.cohorts.is_empty(),
        no_school: overview.schools.is_empty(),
        concerns: false,
        waits: (!waits.is_empty()).then(|| waiting(&slug, waits)),
        more_waits: more_waits.map(|pages| pages.label("Pages of what waits")),
        moved: overview
            .moved
            .iter()
            .take(MOST_MOVED)
            .map(|moved| (long_date(moved.on), format!("{}: {}", moved.school, words::moved(&moved.what))))
            .collect(),
        moved_before: (before > 0).then(|| format!("{} more before these.", capital(&number(before as u64)))),
        schools: schools(&slug, lines),
        more_schools: more_schools.map(|pages| pages.label("Pages of schools")),
        cohorts: overview
            .cohorts
            .iter()
            .map(|cohort| Link::new(format!("/cohorts/{}", cohort.slug), cohort.name.clone()))
            .collect(),
        make_cohort: Button::new("Make a cohort").link(format!("/cohorts/new?programme={slug}")),
        invite: Button::new("Invite schools").link(format!("/programmes/{slug}/invite")),
        slug,
    }
}

fn waiting(slug: &str, waits: &[Wait]) -> Table {
    let mut table = Table::new("Who waits since when")
        .caption_size(Size::M)
        .head(["Since", "School", "What waits", "For whom"])
        .wide();
    for wait in waits {
        table = table.row(cells![
            long_date(wait.since),
            Link::new(format!("/programmes/{slug}/schools/{}", wait.organisation), wait.school.clone()),
            words::waiting(&wait.what),
            words::whom(&wait.whom),
        ]);
    }
    table
}

fn schools(slug: &str, lines: &[Line]) -> Table {
    let mut table = Table::new("Schools, in alphabetical order")
        .caption_size(Size::M)
        .head(["School", "Cluster", "Takes part", "Adviser", "Last contact", "Next contact", "Vacant"])
        .row_heads()
        .wide();
    for line in lines {
        table = table.row(cells![
            name(slug, line),
            line.cluster.clone().unwrap_or_else(|| "–".to_owned()),
            words::standing(line),
            words::advisers(line),
            line.last.as_ref().map_or_else(|| "none yet".to_owned(), |contact| long_date(contact.on)),
            line.next().map_or_else(|| "–".to_owned(), long_date),
            words::vacant(line),
        ]);
    }
    table
}

/// A school whose head has not joined is edited with its cohort.
fn name(slug: &str, line: &Line) -> SafeHtml {
    match (line.organisation, line.participation) {
        (Some(id), _) => Link::new(format!("/programmes/{slug}/schools/{id}"), line.name.clone()).into(),
        (None, Some(id)) => Link::new(format!("/cohorts/{}/edit?school={id}", line.cohort), line.name.clone()).into(),
        (None, None) => SafeHtml::from(line.name.clone()),
    }
}

/// ‘Two schools’.
pub(super) fn schools_words(count: usize) -> String {
    match count {
        1 => "One school".to_owned(),
        many => format!("{} schools", capital(&number(many as u64))),
    }
}
