//! What was done in your school's record, by whom and why?

use super::{
    imports::capital,
    school_record::{moment, number, way},
};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use programme::{
    audit::{self, AuditRow, deed, role_words},
    organisation,
};
use serde::Deserialize;
use ui::{Heading, Link, Size, Table, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// Only what came before this one.
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "school_history.html")]
struct View {
    heading: Heading,
    lead: String,
    table: Option<Table>,
    older: Option<Link>,
}

/// `GET /organisations/{id}/history`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let id = number(&id)?;
    let before = input.before.as_deref().map(number).transpose()?;
    let page = audit::of_organisation(&app.world, &visitor.who, id, before).await?;
    let school = organisation::organisation(&app.world, &visitor.who, id).await?;
    let title = match page.rows.first() {
        Some(row) if before.is_none() => format!("Last: {} {}", row.who, deed(&row.what, &row.noun)),
        Some(_) => "What was done before that".to_owned(),
        None => "Nothing was done here yet".to_owned(),
    };
    let view = View {
        heading: Heading::new(&title).caption(&school.name).size(Size::Xl),
        lead: "Every change in your record stands here, with who made it, in which role and why. Nobody can change this list.".to_owned(),
        table: (!page.rows.is_empty()).then(|| table(&page.rows)),
        older: page.older.map(|older| Link::new(format!("/organisations/{id}/history?before={older}"), "What was done before that")),
    };
    frame::show(frame::page(&visitor, title).breadcrumbs(way(&school)).noindex(), &view)
}

fn table(rows: &[AuditRow]) -> Table {
    let mut table =
        Table::new("What was done, the latest first").caption_size(Size::M).head(["When", "Who", "What", "Why"]).wide();
    for row in rows {
        table = table.row(cells![
            moment(row.at),
            format!("{}, {}", row.who, role_words(&row.role)),
            told(row),
            row.why.clone().unwrap_or_default(),
        ]);
    }
    table
}

/// What was done, with what makes it plain: to whom something was released.
fn told(row: &AuditRow) -> String {
    let words = capital(&deed(&row.what, &row.noun));
    let to = [&row.after, &row.before].into_iter().flatten().find_map(|json| json["to"].as_str());
    match to {
        Some(to) => format!("{words}: {to}"),
        None => words,
    }
}
