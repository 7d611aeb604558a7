//! Who is here, of what kind?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use programme::organisation::{self, Kind, LIST, Organisation};
use serde::Deserialize;
use ui::{Button, Heading, Link, NotificationBanner, Size};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// What was just done.
    done: String,
}

#[derive(Template)]
#[template(path = "organisations.html")]
struct View {
    heading: Heading,
    kinds: Vec<(Heading, Vec<Link>)>,
    make: Button,
}

/// `GET /organisations`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    LIST.require(&visitor.who)?;
    let mut kinds = Vec::new();
    let mut count = 0;
    for kind in Kind::ALL {
        let all = organisation::of_kind(&app.world, &visitor.who, kind).await?;
        count += if kind == Kind::School { all.len() } else { 0 };
        if !all.is_empty() {
            kinds.push((Heading::new(plural(kind)).level(2).size(Size::M), all.iter().map(link).collect()));
        }
    }
    let title = match count {
        0 => "No school is here yet".to_owned(),
        1 => "One school is here".to_owned(),
        many => {
            format!("{} schools are here", super::imports::capital(&kernel::words::number(many as u64)))
        }
    };
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        kinds,
        make: Button::new("Enter a group, a supporter or a funder").link("/organisations/new"),
    };
    let mut frame = frame::page(&visitor, title).noindex();
    if input.done == "made" {
        frame = frame.banner(NotificationBanner::success("The organisation was entered. Invite its people now."));
    }
    frame::show(frame, &view)
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Installation => "This Aspire, and who keeps it",
        Kind::Programme => "Programmes",
        Kind::School => "Schools",
        Kind::Group => "Trusts, federations and authorities",
        Kind::Supporter => "Supporting organisations",
        Kind::Funder => "Funders",
    }
}

fn link(one: &Organisation) -> Link {
    let page = if one.kind == Kind::Installation { "/people" } else { "" };
    Link::new(format!("/organisations/{}{page}", one.id), one.name.clone())
}
