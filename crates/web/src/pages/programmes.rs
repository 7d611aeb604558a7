//! Which programmes are yours?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::long_date;
use programme::cohort::{self, Programme};
use ui::{Button, Heading, ResultItem, Results, Size};

#[derive(Template)]
#[template(path = "programmes.html")]
struct View {
    heading: Heading,
    none: bool,
    list: Results,
    make: Button,
}

/// `GET /programmes`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let programmes = cohort::mine(&app.world, &visitor.who).await?;
    let title = "Which programmes are yours?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        none: programmes.is_empty(),
        list: Results::new(programmes.iter().map(item)),
        make: Button::new("Make a programme").link("/programmes/new"),
    };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

fn item(programme: &Programme) -> ResultItem {
    ResultItem::new(format!("/programmes/{}", programme.slug), programme.name.clone(), span(programme))
}

/// From when to when a programme goes, and who pays.
pub(super) fn span(programme: &Programme) -> String {
    let starts = long_date(programme.starts);
    let span = match programme.ends {
        Some(ends) => format!("{starts} to {}", long_date(ends)),
        None => format!("Since {starts}"),
    };
    match &programme.paid_by {
        Some(paid_by) => format!("{span}. Paid by {paid_by}"),
        None => span,
    }
}
