//! What do the programme's schools need, and what can they offer?

use super::{
    blocks::{Blocks, points},
    imports::capital,
    long_list,
    programme_steps::way,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::number;
use programme::overview::{self, Offered, Theme, Themes};
use serde::Deserialize;
use ui::{Errors, Link, Size, Table, cells};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    /// Which page of the strengths.
    page: usize,
}

/// `GET /programmes/{slug}/themes`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(input): Query<Input>,
) -> Result<Response, PageError> {
    let all = overview::themes(&app.world, &visitor.who, &slug).await?;
    let none = Errors::none();
    let mut blocks = Blocks::new(&title(&all), &all.programme.name, &none).lead(
        "This is read from diagnoses that schools agreed and released to you, and from nothing else. Each school sees \
         that you looked.",
    );
    if !all.offered.is_empty() {
        let (offered, pages) =
            long_list::page(&all.offered, input.page, |n| format!("/programmes/{slug}/themes?page={n}"));
        blocks = blocks.block(strengths(offered)).block_if(pages);
    }
    for (framework, themes) in &all.themes {
        blocks = match themes.is_empty() {
            true => blocks.h2(framework.title.as_str()).say(
                "No statement on which three schools agreed a word needs help, or too few schools have released theirs.",
            ),
            false => blocks.block(needs(&framework.title, themes)),
        };
    }
    let links = [
        Link::new(format!("/programmes/{slug}/steps"), "Who is at which step"),
        Link::new(format!("/programmes/{slug}"), "What waits for whom, and since when"),
    ];
    blocks.h2("See also").block(points(links)).show(&visitor, way(&all.programme), &none, None::<&str>)
}

fn title(all: &Themes) -> String {
    match (all.released, all.schools) {
        (0, _) => "No school has released a diagnosis to you yet".to_owned(),
        (released, schools) => {
            let verb = if released == 1 { "has" } else { "have" };
            let noun = if schools == 1 { "school" } else { "schools" };
            let (released, schools) = (number(released as u64), number(schools as u64));
            format!("{} of {schools} {noun} {verb} released a diagnosis to you", capital(&released))
        }
    }
}

fn strengths(all: &[Offered]) -> Table {
    let mut table = Table::new("What schools do well, by school")
        .caption_size(Size::M)
        .head(["School", "Strength", "About", "What it will do with it"])
        .row_heads()
        .wide();
    for one in all {
        let school = Link::new(format!("/organisations/{}/diagnoses", one.organisation), one.school.clone());
        table = table.row(cells![school, one.words.clone(), one.statement, one.put_to_use.clone()]);
    }
    table
}

fn needs(title: &str, themes: &[Theme]) -> Table {
    let mut table = Table::new(format!("Where schools need help, in the order of ‘{title}’"))
        .caption_size(Size::M)
        .head(["Strand", "Statement", "Schools that need help", "Of schools that agreed a word"])
        .wide();
    for one in themes {
        table = table.row(cells![one.strand, one.statement, number(one.help), number(one.of)]);
    }
    table
}
