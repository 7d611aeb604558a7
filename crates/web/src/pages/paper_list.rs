//! What can we hand out, how far is each, and who may see it?

use super::{
    blocks::{Blocks, hint, say, with_hidden},
    plan_words::way,
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::words::{long_date, number as words};
use programme::{
    paper::{self, Listed, Listing},
    release,
};
use ui::{Errors, Heading, Link, SafeHtml, Size};

/// `GET /organisations/{id}/papers`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let listing = paper::list(&app.world, &visitor.who, id).await?;
    let none = Errors::none();
    let mut blocks = Blocks::new(&title(&listing), &listing.school.name, &none);
    if listing.papers.is_empty() {
        let why = match listing.leads {
            true => {
                "Papers come from what you write anyway: your school in your own words, a diagnosis that is agreed, a plan, reviews."
            }
            false => "When the school lets you read something, it stands here as a paper.",
        };
        return blocks.lead(why).show(&visitor, way(&listing.school), &none, None::<String>);
    }
    blocks = blocks
        .lead(
            "Nothing is written twice: each is made, when you open it, of what the school has written and you may see.",
        )
        .all(listing.papers.iter().flat_map(|one| shown(one, id)));
    if release::MANAGE.directly(&visitor.who, id) {
        let link = Link::new(format!("/organisations/{id}/releases"), "who can see what");
        let words = SafeHtml::join(
            [SafeHtml::from("You decide "), link.into(), SafeHtml::from(". A paper shows others no more than that.")],
            "",
        );
        blocks = blocks.block(say(words));
    }
    blocks = blocks.block(say(Link::new("/account/calendar", "What is due for you, in your own calendar"))).block(
        hint("A version is the number of changes so far: of two copies, the one with the higher number is the later."),
    );
    blocks.show(&visitor, way(&listing.school), &none, None::<String>)
}

fn title(listing: &Listing) -> String {
    match listing.papers.len() {
        0 => "There is no paper for you yet".to_owned(),
        1 => "One paper to read or hand out".to_owned(),
        many => format!("{} papers to read or hand out", super::imports::capital(&words(many as u64))),
    }
}

/// A paper: its name, how far it is, who may see it, its files.
fn shown(one: &Listed, id: i64) -> [SafeHtml; 4] {
    let to = format!("/organisations/{id}/papers/{}", one.which.key());
    let name = Link::new(to.clone(), one.title.as_str());
    [
        Heading::new(name).level(2).size(Size::S).into(),
        say(stands(one)),
        hint(format!("Who may see it: {}.", one.seen_by)),
        say(files(&to, &one.title)),
    ]
}

fn stands(one: &Listed) -> String {
    format!("{}. Version {}, changed {}.", one.status.word(), one.version, long_date(one.date))
}

/// The forms in which a paper can be taken along.
pub(super) fn files(to: &str, title: &str) -> SafeHtml {
    let forms = [("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")];
    let links =
        forms.map(|(suffix, words)| SafeHtml::from(Link::new(format!("{to}.{suffix}"), with_hidden(words, title))));
    SafeHtml::join(links, " ")
}
