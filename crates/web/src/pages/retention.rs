//! What is kept how long, and why?

use crate::{error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::response::Html;
use programme::retention::periods;
use ui::{Heading, Size, SummaryList};

#[derive(Template)]
#[template(path = "retention.html")]
struct View {
    heading: Heading,
    periods: Vec<(&'static str, SummaryList)>,
}

/// `GET /retention`
pub(crate) async fn show(visitor: Visitor) -> Result<Html<String>, PageError> {
    let title = "What is kept how long, and why?";
    let all = periods().iter().map(|period| {
        let list = SummaryList::new()
            .row("How long", period.words())
            .row("Counted from", period.counted_from.as_str())
            .row("Why just as long", format!("{}.", period.why))
            .row("Who can decide otherwise", format!("{}.", period.decides));
        (period.what.as_str(), list)
    });
    let view = View { heading: Heading::new(title).size(Size::Xl), periods: all.collect() };
    frame::show(frame::page(&visitor, title), &view)
}
