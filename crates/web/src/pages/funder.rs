//! How does what you pay for stand, in sums?

use super::{imports::capital, programme_words as words, programmes};
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::number;
use programme::{
    overview::{self, Funded},
    sums::Told,
};
use ui::{Heading, Link, Size, SummaryList};

#[derive(Template)]
#[template(path = "funder.html")]
struct View {
    heading: Heading,
    none: bool,
    programmes: Vec<Shown>,
}

struct Shown {
    heading: Heading,
    span: String,
    facts: SummaryList,
    hidden: bool,
    paths: Vec<Link>,
}

/// `GET /funder`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let all = overview::funded(&app.world, &visitor.who).await?;
    let title = title(&all);
    let view = View {
        heading: Heading::new(title.clone()).size(Size::Xl),
        none: all.is_empty(),
        programmes: all.iter().map(shown).collect(),
    };
    frame::show(frame::page(&visitor, title).noindex(), &view)
}

fn title(all: &[Funded]) -> String {
    match all {
        [] => "You pay for no programme here yet".to_owned(),
        [one] => format!("{} joined {}", capital(&schools(one.schools)), one.programme.name),
        many => format!("You pay for {} programmes", number(many.len() as u64)),
    }
}

fn shown(one: &Funded) -> Shown {
    let mut facts = SummaryList::new().row("Schools that joined", told(one.schools));
    for (status, count) in &one.statuses {
        facts = facts.row(capital(words::status_words(*status)), told(*count));
    }
    Shown {
        heading: Heading::new(one.programme.name.clone()).level(2).size(Size::M),
        span: programmes::span(&one.programme),
        hidden: one.statuses.iter().any(|(_, count)| *count == Told::Hidden),
        facts,
        paths: one
            .cohorts
            .iter()
            .filter(|cohort| cohort.has_path)
            .map(|cohort| {
                let words = format!("Did the schools of {} become good? ({})", cohort.name, told(cohort.schools));
                Link::new(format!("/cohorts/{}", cohort.slug), words)
            })
            .collect(),
    }
}

fn schools(told_as: Told) -> String {
    match told_as {
        Told::Number(1) => "one school".to_owned(),
        other => format!("{} schools", told(other)),
    }
}

/// A number as far as it may be told.
fn told(told: Told) -> String {
    match told {
        Told::Number(0) => "none".to_owned(),
        Told::Number(count) => number(count),
        Told::Fewer(fewest) => format!("fewer than {}", number(fewest)),
        Told::Hidden => "not shown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_is_said_in_words() {
        assert_eq!(told(Told::Fewer(3)), "fewer than three");
        assert_eq!(told(Told::Number(14)), "14");
        assert_eq!(schools(Told::Fewer(3)), "fewer than three schools");
    }
}
