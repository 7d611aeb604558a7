//! Which cohorts are followed here?

use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{extract::State, response::Html};
use kernel::words::{long_date, number};
use programme::{
    Who,
    cohort::{self, CohortView},
};
use ui::{Button, Heading, Size};

#[derive(Template)]
#[template(path = "cohorts.html")]
struct View {
    heading: Heading,
    cohorts: Vec<Item>,
    may_edit: bool,
    any_programme: bool,
    make_cohort: Button,
    make_programme: Button,
}

/// One cohort of the list.
struct Item {
    slug: String,
    name: String,
    about: String,
    programme: String,
    joined: String,
    schools: String,
    may_edit: bool,
}

impl Item {
    fn of(view: CohortView, who: &Who) -> Self {
        let schools = match view.participations.len() as u64 {
            0 => "no school yet".to_owned(),
            1 => "one school".to_owned(),
            many => format!("{} schools", number(many)),
        };
        Self {
            slug: view.cohort.slug,
            name: view.cohort.name,
            about: view.cohort.about,
            programme: view.programme.name,
            joined: long_date(view.cohort.joins_on),
            schools,
            may_edit: cohort::may_edit(who, view.programme.id),
        }
    }
}

/// `GET /cohorts`
pub(crate) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Html<String>, PageError> {
    let mut cohorts = Vec::new();
    for cohort in cohort::cohorts(&app.world, &visitor.who).await? {
        cohorts.push(Item::of(cohort::cohort(&app.world, &visitor.who, &cohort.slug).await?, &visitor.who));
    }
    let title = "Which cohorts are followed here?";
    let view = View {
        heading: Heading::new(title).size(Size::Xl),
        cohorts,
        may_edit: cohort::may_make(&visitor.who),
        any_programme: !cohort::programmes(&app.world).await?.is_empty(),
        make_cohort: Button::new("Make a cohort").link("/cohorts/new"),
        make_programme: Button::new("Make a programme").link("/programmes/new").secondary(),
    };
    frame::show(frame::page(&visitor, title), &view)
}
