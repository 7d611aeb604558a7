//! Can you use this site, and what if you cannot?

use crate::{error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::response::Html;
use ui::{Heading, Size};

#[derive(Template)]
#[template(path = "accessibility.html")]
struct View {
    heading: Heading,
}

/// `GET /accessibility`
pub(crate) async fn show(visitor: Visitor) -> Result<Html<String>, PageError> {
    let title = "Can you use this site?";
    frame::show(
        frame::page(&visitor, title),
        &View {
            heading: Heading::new(title).size(Size::Xl),
        },
    )
}
