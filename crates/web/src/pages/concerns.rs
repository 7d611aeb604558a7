//! Was anything raised about how your school takes part, and what comes when?

use super::{
    blocks::{Blocks, hint},
    imports::capital,
    plan_words::way,
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::{
    Date,
    clock::in_england,
    words::{long_date, number as in_words},
};
use programme::concern::{self, List, OfSchool, RAISE, Read};
use serde::Deserialize;
use ui::{Button, Errors, Heading, Link, SafeHtml, Size, Table};

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
}

impl Done {
    pub(super) fn what(&self) -> &str {
        &self.done
    }
}

/// `GET /organisations/{id}/concerns`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let found = concern::of_school(&app.world, &visitor.who, id).await?;
    let title = title(&found);
    let none = Errors::none();
    let lead = match found.leads {
        true => {
            "Concerns are about taking part: days that were missed, letters without an answer. Never about your teaching, never about a child. You read each step before anyone else but its writer."
        }
        false => {
            "Concerns are about taking part, never about teaching or a child. The school reads each step first; others once it has answered, or its days have passed."
        }
    };
    let mut blocks = Blocks::new(&title, &found.school.name, &none).lead(lead);
    for one in &found.all {
        blocks = blocks.all(shown(one, id, app.world.clock.today()));
    }
    if !found.leads && RAISE.somewhere(&visitor.who).is_ok() {
        blocks =
            blocks.block(Button::new("Raise a concern").secondary().link(format!("/organisations/{id}/concerns/new")));
    }
    let several = found.lists.len() > 1;
    for (programme, list) in &found.lists {
        let caption = if several { format!("What comes when in {programme}") } else { "What comes when".to_owned() };
        blocks = blocks.block(steps(&caption, list)).block(hint(alone(list)));
    }
    let words = (done.what() == "discarded").then_some("The draft was put away. Nobody but you has read it.");
    blocks.show(&visitor, way(&found.school), &none, words)
}

fn title(found: &OfSchool) -> String {
    let waits = found.all.iter().filter(|one| one.waits_for_school()).count();
    let open = found.all.iter().filter(|one| one.concern.closed_at.is_none()).count();
    match (waits, open) {
        (0, 0) if found.all.is_empty() => "No concern was raised".to_owned(),
        (0, 0) => "No concern is open".to_owned(),
        (0, 1) => "One concern is open".to_owned(),
        (0, many) => format!("{} concerns are open", capital(&in_words(many as u64))),
        (1, _) => "One concern waits for the school’s answer".to_owned(),
        (many, _) => format!("{} concerns wait for the school’s answer", capital(&in_words(many as u64))),
    }
}

/// A concern in a list, with the way to it.
pub(super) fn shown(one: &Read, school: i64, today: Date) -> [SafeHtml; 3] {
    let day = long_date(in_england(one.concern.raised_at).date());
    let heading = format!("Raised on {day} by {}", one.concern.name);
    let link = Link::new(format!("/organisations/{school}/concerns/{}", one.concern.id), "Read it");
    [
        Heading::new(heading.as_str()).level(2).size(Size::M).into(),
        super::blocks::say(stands(one, today)),
        super::blocks::say(link.hidden(format!(": {heading}"))),
    ]
}

/// How far a concern has come.
pub(super) fn stands(one: &Read, today: Date) -> String {
    if let Some(at) = one.concern.closed_at {
        let day = long_date(in_england(at).date());
        return format!("Closed on {day} by {}: {}", one.concern.closed_by, one.concern.closed_why);
    }
    let Some(last) = one.last() else { return String::new() };
    let until = last.alone_until.map(long_date).unwrap_or_default();
    match (last.shown_at, last.answered_at) {
        (None, _) => format!("A draft of yours: ‘{}’. Nobody else reads it.", last.name),
        (Some(_), Some(_)) => format!("‘{}’. The school has answered.", last.name),
        (Some(_), None) if last.is_open(&one.concern, today) => {
            format!("‘{}’. The school alone read it until {until}; it has not answered yet.", last.name)
        }
        (Some(_), None) => {
            format!("‘{}’. The school alone reads it until {until}, unless it answers before.", last.name)
        }
    }
}

/// An escalation list as a table.
pub(super) fn steps(caption: &str, list: &List) -> Table {
    let rows = list.steps.iter().map(|step| {
        let days = match step.days {
            1 => "1 school day".to_owned(),
            many => format!("{many} school days"),
        };
        [step.name.clone(), step.what.clone(), capital(step.by.words()), days]
    });
    Table::new(caption).head(["Step", "What is done", "Who", "The next one not before"]).row_heads().rows(rows).wide()
}

/// How long a school alone reads a step.
pub(super) fn alone(list: &List) -> String {
    format!(
        "Before a step is read by anyone else but its writer, the school has {} school days, or until it answers. One step follows the other, none is left out, and any of them may be the last.",
        in_words(u64::try_from(list.alone_days).unwrap_or_default())
    )
}
