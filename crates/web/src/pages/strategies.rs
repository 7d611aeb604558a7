//! What may we try, and what is known of it?

use super::{blocks::Blocks, blocks::say};
use crate::{error::PageError, visitor::Visitor};
use axum::{extract::Path, response::Response};
use kernel::words::month_and_year;
use programme::strategy::{Sheet, Strategy, library};
use ui::{Breadcrumbs, Errors, Link, SafeHtml, SummaryList, Table, cells};

/// `GET /strategies`
pub(crate) async fn list(visitor: Visitor) -> Result<Response, PageError> {
    let library = library();
    let title = format!("{} strategies, and what is known of each", library.all.len());
    let table = Table::new("Strategies, by name").hidden_caption().head(["Strategy", "Months", "Cost", "Evidence"]);
    let table = library.all.iter().fold(table.row_heads().wide(), |table, one| {
        let link = Link::new(format!("/strategies/{}", one.id), one.name.as_str());
        table.row(cells![link, months(one), one.cost.as_str(), one.evidence.word.as_str()])
    });
    Blocks::new(&title, "", &Errors::none())
        .lead("Months of progress are averages of many studies, not a promise. What it takes in your school counts as much.")
        .block(table)
        .block(source())
        .show(&visitor, Breadcrumbs::home(), &Errors::none(), None::<&str>)
}

/// `GET /strategies/{strategy}`
pub(crate) async fn one(visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let one = library().find(&id).ok_or(PageError::NotFound)?;
    let known = SummaryList::new()
        .row("Additional progress", months(one))
        .row("What it costs", one.cost.as_str())
        .row("How much is known", format!("{} ({} of 5)", one.evidence.word, one.evidence.rating))
        .row("In the Toolkit’s words", one.headline.as_str());
    Blocks::new(&one.name, "A strategy of the library", &Errors::none())
        .lead(format!("{}. On average, over a year: {}.", one.headline, months(one)))
        .h2("What it takes, what to watch, what it can replace")
        .block(sheet(&one.sheet))
        .h2("What is known of it")
        .block(known)
        .block(say(Link::new(one.address.as_str(), "Read the Toolkit’s own page before you decide")))
        .block(source())
        .show(&visitor, Breadcrumbs::home().to("/strategies", "Strategies"), &Errors::none(), None::<&str>)
}

/// A sheet's three parts.
pub(super) fn sheet(sheet: &Sheet) -> SummaryList {
    let list = SummaryList::new().row("What it takes", sheet.takes.as_str());
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    list.row_if("What to watch", some(&sheet.watch)).row_if("What it can replace", some(&sheet.replaces))
}

/// ‘6 months’; what is unclear is not nought.
pub(super) fn months(one: &Strategy) -> String {
    match one.months {
        None => "not clear".to_owned(),
        Some(0) => "no additional months".to_owned(),
        Some(1) => "1 month".to_owned(),
        Some(-1) => "1 month less".to_owned(),
        Some(less) if less < 0 => format!("{} months less", -less),
        Some(many) => format!("{many} months"),
    }
}

fn source() -> SafeHtml {
    let month = library().month().map(month_and_year).unwrap_or_default();
    super::blocks::hint(format!(
        "Source: Teaching and Learning Toolkit, Education Endowment Foundation, as it stood in {month}. The sheets are our own words, not the Foundation’s."
    ))
}
