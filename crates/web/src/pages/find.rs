//! Find a school: where is the one I mean?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use kernel::words::figures;
use register::public_record::{PublicRecord, School};
use serde::Deserialize;
use ui::{Heading, Pagination, ResultItem, Results, Search, Size, Tag, TagColour};

/// Schools on one page.
const PAGE: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    q: String,
    page: usize,
}

#[derive(Template)]
#[template(path = "find.html")]
struct View {
    heading: Heading,
    search: Search,
    asked: bool,
    total: usize,
    found_words: String,
    understood: Option<String>,
    results: Results,
    pagination: Option<Pagination>,
}

/// `GET /schools?q=`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let record = app.world.record().await?;
    let number = input.page.clamp(1, 2_500);
    let query: String = input.q.trim().chars().take(200).collect();
    let (found, schools) = record.find(&query, (number - 1) * PAGE, PAGE);
    let pages = found.total.div_ceil(PAGE);
    let title = match (query.is_empty(), found.total) {
        (true, _) => "Find a school".to_owned(),
        (false, 0) => "No school found".to_owned(),
        (false, 1) => "One school found".to_owned(),
        (false, total) => format!("{} schools found", figures(total as u64)),
    };
    let to_page = |page: usize| format!("/schools?q={}&page={page}", encoded(&query));
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        search: Search::new("q", "Name, town, postcode, authority, URN or LAESTAB")
            .value(query.clone()),
        asked: !query.is_empty(),
        total: found.total,
        found_words: figures(record.len() as u64),
        understood: found.understood,
        results: Results::new(schools.iter().map(|school| result(&record, school))),
        pagination: (pages > 1).then(|| Pagination::new(number, pages, to_page)),
    };
    frame::show(frame::page(&visitor, title), &view)
}

fn result(record: &PublicRecord, school: &School) -> ResultItem {
    let mut about: Vec<&str> = Vec::new();
    about.extend(Some(record.phase(school)).filter(|phase| !phase.is_empty()));
    about.extend(Some(record.town(school)).filter(|town| !town.is_empty()));
    about.extend(Some(record.authority(school)).filter(|authority| !authority.is_empty()));
    let urn = school.urn.to_string();
    about.push(&urn);
    let item = ResultItem::new(
        format!("/schools/{}", school.urn),
        &*school.name,
        about.join(" · "),
    );
    let before = names_before(record, school);
    let item = if before.is_empty() {
        item
    } else {
        item.note(format!("Before: {}", before.join("; ")))
    };
    if record.is_open(school) {
        item
    } else {
        item.tag(Tag::new("Closed").colour(TagColour::Grey))
    }
}

/// What it was called before, itself and those it came from.
fn names_before(record: &PublicRecord, school: &School) -> Vec<String> {
    let mut names: Vec<String> = record.former_names(school).map(str::to_owned).collect();
    for before in record.lineages().predecessors(school.urn) {
        if let Some(before) = record.school(before.urn)
            && *before.name != *school.name
        {
            names.push(before.name.to_string());
        }
    }
    names.dedup();
    names.truncate(3);
    names
}

/// A query as an address carries it.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    out.push(char::from(byte))
                }
                byte => {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            out
        })
}
