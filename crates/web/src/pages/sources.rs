//! Where do the data come from?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::{figures, long_date, number};
use programme::record::{self, Source};
use ui::{Heading, Link, Size, SummaryList};

/// The licence under which all of it is published.
const LICENCE: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

#[derive(Template)]
#[template(path = "sources.html")]
struct View {
    heading: Heading,
    how_many: String,
    sources: Vec<Item>,
    licence: &'static str,
}

/// One source.
struct Item {
    title: String,
    facts: SummaryList,
}

impl Item {
    fn of(source: Source) -> Self {
        let rows = figures(u64::try_from(source.rows_read).unwrap_or_default());
        let facts = SummaryList::new()
            .row("Publisher", source.publisher)
            .row("Its facts stood on", long_date(source.as_of))
            .row("File", source.file_name)
            .row("Rows", rows)
            .row("Licence", Link::new(LICENCE, source.licence))
            .row_if("Beware", source.caveat)
            .row("SHA-256 of the file", in_groups(&source.sha256));
        Self {
            title: source.title,
            facts,
        }
    }
}

/// A long number in groups of eight, so that it can break on a phone.
fn in_groups(digits: &str) -> String {
    let characters: Vec<char> = digits.chars().collect();
    characters
        .chunks(8)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `GET /sources`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Html<String>, PageError> {
    let sources = record::sources(&app.world).await?;
    let title = "Where do the data come from?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        how_many: match sources.len() as u64 {
            1 => "one file".to_owned(),
            many => format!("{} files", number(many)),
        },
        sources: sources.into_iter().map(Item::of).collect(),
        licence: LICENCE,
    };
    frame::show(frame::page(&visitor, title), &view)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_number_can_break() {
        assert_eq!(in_groups("0123456789abcdef01"), "01234567 89abcdef 01");
        assert_eq!(in_groups(""), "");
    }
}
