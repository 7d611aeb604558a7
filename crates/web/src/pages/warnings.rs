//! What should be looked after early?

use super::{
    blocks::{Blocks, points},
    plan_words::way,
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::words::long_date;
use programme::warning::{self, Warning, What};
use ui::{Errors, Link, SafeHtml};

/// `GET /organisations/{id}/warnings`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let reading = warning::read(&app.world, &visitor.who, id).await?;
    let title = match reading.all.len() {
        0 => "Nothing needs looking after now".to_owned(),
        1 => "One thing to look after early".to_owned(),
        many => format!("{} things to look after early", super::imports::capital(&kernel::words::number(many as u64))),
    };
    let lead = match reading.leads {
        true => "You read this first. What still stands after two weeks, your adviser and your programme read as well.",
        false => "The school has known this for two weeks or more. Ask before you judge.",
    };
    let none = Errors::none();
    let mut blocks = Blocks::new(&title, &reading.school.name, &none).lead(lead);
    if !reading.all.is_empty() {
        blocks = blocks.block(points(reading.all.iter().map(|one| said(one, id, reading.leads))));
    }
    let link = Link::new(format!("/organisations/{id}/concerns"), "Concerns about taking part, step by step");
    blocks = blocks.say(link);
    blocks.show(&visitor, way(&reading.school), &none, None::<&str>)
}

fn said(one: &Warning, id: i64, leads: bool) -> SafeHtml {
    let since = one.since.map(|day| format!(", since {}", long_date(day))).unwrap_or_default();
    let (words, path, link) = match one.what {
        What::Vacant(strand) => (format!("Nobody leads {}{since}.", strand.words()), "people", "See who does what"),
        What::NoHead => (format!("Nobody is head{since}."), "people", "See who does what"),
        What::NewHead => (
            format!("The head is new{since}. A plan made by another may need a second look."),
            "plan",
            "Look at the plan",
        ),
        What::MissedReview(due) => {
            (format!("A review was due on {} and is not finished.", long_date(due)), "reviews", "Hold it")
        }
        What::NobodySignedIn(last) => {
            (format!("Nobody has signed in here since {}.", long_date(last)), "people", "See who is here")
        }
    };
    if !leads {
        return words.into();
    }
    let link = Link::new(format!("/organisations/{id}/{path}"), link).hidden(format!(": {words}"));
    SafeHtml::join([SafeHtml::from(words), link.into()], " ")
}
