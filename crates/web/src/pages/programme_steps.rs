//! Who is at which step of the year?

use super::{
    blocks::{Blocks, points},
    imports::capital,
    long_list,
    programme::schools_words,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::{
    Date,
    words::{long_date, number, percent},
};
use programme::{
    cohort::Programme,
    item::ItemKind,
    overview::{self, Share, Steps, StepsOfAll},
};
use serde::Deserialize;
use ui::{Breadcrumbs, Errors, Link, Size, SummaryList, Table, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// Which page of the schools.
    page: usize,
}

/// `GET /programmes/{slug}/steps`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let all = overview::steps(&app.world, &visitor.who, &slug).await?;
    let none = Errors::none();
    let title = title(&all);
    let mut blocks = Blocks::new(&title, &all.programme.name, &none).lead(
        "You see days and whether something was done, never what a school said. That is the school’s, and you read it \
         where the school released it to you.",
    );
    if !all.schools.is_empty() {
        let (schools, pages) =
            long_list::page(&all.schools, input.page, |n| format!("/programmes/{slug}/steps?page={n}"));
        blocks = blocks
            .block(table(&slug, schools))
            .block_if(pages)
            .h2("What was done of what was due")
            .block(follow(&all))
            .say(format!(
                "Source: what schools wrote down here, on {}. Numbers of fewer than three schools, or of actions that \
                 fewer than six people own, are not shown.",
                long_date(all.today)
            ));
    }
    let links = [
        Link::new(format!("/programmes/{slug}"), "What waits for whom, and since when"),
        Link::new(format!("/programmes/{slug}/themes"), "What schools need and offer"),
    ];
    blocks.h2("See also").block(points(links)).show(&visitor, way(&all.programme), &none, None::<&str>)
}

/// The way to a page below a programme.
pub(super) fn way(programme: &Programme) -> Breadcrumbs {
    Breadcrumbs::home()
        .to("/programmes", "Programmes")
        .to(format!("/programmes/{}", programme.slug), programme.name.clone())
}

fn title(all: &StepsOfAll) -> String {
    match all.schools.len() {
        0 => "No school takes part yet".to_owned(),
        many => {
            let agreed = all.schools.iter().filter(|one| one.agreed.is_some()).count() as u64;
            let of = schools_words(many).to_lowercase();
            match agreed {
                0 => format!("None of {of} has agreed a diagnosis yet"),
                1 => format!("One of {of} has agreed its diagnosis"),
                agreed => format!("{} of {of} have agreed their diagnosis", capital(&number(agreed))),
            }
        }
    }
}

fn table(slug: &str, schools: &[Steps]) -> Table {
    let head = [
        "School",
        "Diagnosis opened",
        "Diagnosis agreed",
        "Priorities chosen",
        "Plan",
        "Review this term",
        "Released to you",
    ];
    let mut table =
        Table::new("Schools, in alphabetical order").caption_size(Size::M).head(head).row_heads().wide().small();
    for one in schools {
        let day = |day: Option<Date>| day.map_or_else(|| "not yet".to_owned(), long_date);
        let review = match (one.reviewed, one.review_due) {
            (Some(on), _) => long_date(on),
            (None, Some(due)) => format!("not yet; set for {}", long_date(due)),
            (None, None) => "not yet".to_owned(),
        };
        let released: Vec<String> = one.released.iter().map(|(kind, many)| released(*kind, *many)).collect();
        let released = if released.is_empty() { "nothing".to_owned() } else { released.join(", ") };
        table = table.row(cells![
            Link::new(format!("/programmes/{slug}/schools/{}", one.organisation), one.name.clone()),
            day(one.opened),
            day(one.agreed),
            day(one.chosen),
            if one.planned { "has actions" } else { "not yet" },
            review,
            released,
        ]);
    }
    table
}

/// ‘the school’s diagnoses’, ‘two of the school’s diagnoses’.
fn released(kind: ItemKind, many: Option<usize>) -> String {
    match many {
        None => kind.theirs().to_owned(),
        Some(many) => format!("{} of {}", number(many as u64), kind.theirs()),
    }
}

fn follow(all: &StepsOfAll) -> SummaryList {
    let follow = &all.follow;
    SummaryList::new()
        .row("Schools that agreed the diagnosis they opened", share(follow.agreed))
        .row("Schools with priorities whose plan has actions", share(follow.planned))
        .row("Schools with priorities that reviewed this term", share(follow.reviewed))
        .row("Actions done of those whose day has come", share(follow.actions))
}

/// ‘Five of eight (63%)’.
fn share(share: Option<Share>) -> String {
    share.map_or_else(
        || "not shown".to_owned(),
        |Share { part, of }| {
            #[expect(clippy::cast_precision_loss, reason = "numbers of actions are far below 2^52")]
            let percent = percent(part as f64 / of as f64);
            format!("{} of {} ({percent})", capital(&number(part)), number(of))
        },
    )
}
