//! What is somebody's own in this term.

use super::{
    plan_paper::stands,
    words::{capital, short},
};
use crate::{
    Who,
    plan::{Action, Plan, Reading, arrange},
};
use kernel::{
    Date,
    words::{long_date, number},
};
use papers::paper::{Block, Grid, Level};

pub(super) fn title(reading: &Reading, who: &Who, today: Date) -> String {
    match reading.calendar.term_on_or_after(today) {
        Some(term) => format!("List of {}, {}", who.name(), term.name()),
        None => format!("List of {}", who.name()),
    }
}

pub(super) fn blocks(reading: &Reading, person: i64, today: Date) -> Vec<Block> {
    let own = Plan {
        actions: reading.plan.actions.iter().filter(|one| one.owner == Some(person)).cloned().collect(),
        ..reading.plan.clone()
    };
    let arranged = arrange(&own, &reading.calendar, today);
    let waits = arranged.now.iter().filter(|one| one.state.waits()).count();
    let lead = match waits {
        0 => "Nothing of yours is open this term.".to_owned(),
        1 => "One action of yours is open this term.".to_owned(),
        many => format!("{} actions of yours are open this term.", capital(&number(many as u64))),
    };
    let mut blocks = vec![Block::Paragraph(format!("As of {}: {lead}", long_date(today)))];
    if !arranged.now.is_empty() {
        blocks.push(Block::Heading(Level::Part, "This term".to_owned()));
        blocks.push(table("What is yours this term", &own, &arranged.now, today));
    }
    let later: Vec<&Action> = arranged.later.iter().flat_map(|(_, all)| all.iter().copied()).collect();
    if !later.is_empty() {
        blocks.push(Block::Heading(Level::Part, "Later".to_owned()));
        blocks.push(table("What is yours later", &own, &later, today));
    }
    blocks
}

fn table(caption: &str, plan: &Plan, all: &[&Action], today: Date) -> Block {
    let rows = all.iter().map(|one| {
        let under = plan.priority(one.priority).map_or("", |priority| &priority.title);
        let done = if one.done_means.is_empty() { "–".to_owned() } else { short(&one.done_means, 120) };
        vec![short(&one.what, 160), short(under, 60), done, long_date(one.due), stands(one, today)]
    });
    Block::Table(Grid {
        caption: caption.to_owned(),
        head: ["What", "For which priority", "Done means", "By", "Stands"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        widths: vec![6, 4, 4, 3, 2],
    })
}
