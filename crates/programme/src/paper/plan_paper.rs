//! The improvement plan, on three pages at most: what is open in full, what is
//! done as a number, long texts shortened.

use super::words::{capital, short, stop, written};
use crate::plan::{Action, Criterion, How, Plan, Priority, Reading, State};
use kernel::{
    Date,
    words::{long_date, number},
};
use papers::paper::{Block, Grid, Level, Marks};

/// On so many pages a plan prints.
pub(super) const PAGES: usize = 3;

/// How much of each priority is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// So many characters of why it was chosen.
    why: usize,
    /// So many characters of what is to be done.
    what: usize,
    /// So many open actions are told one by one.
    actions: usize,
    /// So many ways to know.
    criteria: usize,
}

/// From ample to tight: the first is taken with which the plan stands on its pages.
pub(super) const ROOMS: [Room; 4] = [
    Room { why: 240, what: 90, actions: 8, criteria: 3 },
    Room { why: 160, what: 90, actions: 6, criteria: 2 },
    Room { why: 120, what: 45, actions: 5, criteria: 2 },
    Room { why: 80, what: 45, actions: 4, criteria: 1 },
];

pub(super) fn title(reading: &Reading, today: Date) -> String {
    match reading.calendar.term_on_or_after(today) {
        Some(term) => format!("Improvement plan, {}", term.name()),
        None => "Improvement plan".to_owned(),
    }
}

pub(super) fn blocks(reading: &Reading, today: Date, room: Room) -> Vec<Block> {
    let plan = &reading.plan;
    let mut blocks = vec![Block::Paragraph(lead(plan, today))];
    for (at, one) in (1..).zip(plan.open()) {
        priority(&mut blocks, plan, one, at, (today, room));
    }
    let closed: Vec<String> = plan.priorities.iter().filter_map(closed).collect();
    if !closed.is_empty() {
        blocks.push(Block::Heading(Level::Part, "What we no longer work on".to_owned()));
        blocks.push(Block::List(Marks::Dots, closed));
    }
    blocks
}

fn lead(plan: &Plan, today: Date) -> String {
    let open = plan.open().count();
    let things = if open == 1 { "one thing".to_owned() } else { format!("{} things", number(open as u64)) };
    let waits: Vec<&Action> =
        plan.open().flat_map(|one| plan.actions_of(one.id)).filter(|one| one.state.waits()).collect();
    let overdue = waits.iter().filter(|one| one.overdue(today)).count();
    let waits = match (waits.len(), overdue) {
        (0, _) => "No action is open.".to_owned(),
        (1, 0) => "One action is open and not overdue.".to_owned(),
        (all, 0) => format!("{} actions are open, none is overdue.", capital(&number(all as u64))),
        (all, late) => format!(
            "Of {} still open, {} overdue.",
            if all == 1 { "one action".to_owned() } else { format!("{} actions", number(all as u64)) },
            if late == 1 { "one is".to_owned() } else { format!("{} are", number(late as u64)) }
        ),
    };
    format!("We work on {things}. As of {}: {}", long_date(today), lower(&waits))
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn priority(blocks: &mut Vec<Block>, plan: &Plan, one: &Priority, at: usize, (today, room): (Date, Room)) {
    blocks.push(Block::Heading(Level::Part, format!("{at}. {}", short(&one.title, 120))));
    blocks.push(Block::Paragraph(format!("For {} {}", stop(&short(&one.whom, 80)), stop(&short(&one.why, room.why)))));
    let known: Vec<String> =
        plan.criteria_of(one.id).take(room.criteria).map(|criterion| knows(plan, criterion)).collect();
    match known.is_empty() {
        true => blocks.push(Block::Paragraph("How we will know is still to be said.".to_owned())),
        false => blocks.push(Block::List(Marks::Dots, known)),
    }
    let mut waiting: Vec<&Action> = plan.actions_of(one.id).filter(|action| action.state.waits()).collect();
    waiting.sort_by_key(|action| (action.due, action.id));
    let done = plan.actions_of(one.id).filter(|action| action.state == State::Done).count();
    if !waiting.is_empty() {
        let rows = waiting.iter().take(room.actions).map(|action| row(action, today, room.what)).collect();
        blocks.push(Block::Table(Grid {
            caption: format!("Priority {at}: what is to be done"),
            head: ["What", "Who", "By", "Stands"].map(str::to_owned).to_vec(),
            rows,
            widths: vec![9, 4, 4, 3],
        }));
    }
    let more = waiting.len().saturating_sub(room.actions);
    let said = match (done, more) {
        (0, 0) if waiting.is_empty() => "Actions are still to be agreed.".to_owned(),
        (0, 0) => return,
        (done, 0) => format!("Done so far: {}.", number(done as u64)),
        (done, more) => format!("Done so far: {}. Open beyond these: {}.", number(done as u64), number(more as u64)),
    };
    blocks.push(Block::Paragraph(said));
}

/// How one will know, and where it stands.
fn knows(plan: &Plan, one: &Criterion) -> String {
    let from = one.baseline.map_or_else(|| "a start not known yet".to_owned(), written);
    let now = plan.measured_of(one.id).last();
    let now = now.map(|value| format!(" Now: {}, on {}.", written(value.value), long_date(value.on)));
    format!(
        "How we will know: {}, from {from} to {} by {}.{}",
        short(&one.measure, 90),
        written(one.target),
        long_date(one.by),
        now.unwrap_or_else(|| " Not measured yet.".to_owned())
    )
}

fn row(action: &Action, today: Date, what: usize) -> Vec<String> {
    vec![short(&action.what, what), short(&action.owner_name, 40), long_date(action.due), stands(action, today)]
}

/// Where an action stands, in a word.
pub(super) fn stands(action: &Action, today: Date) -> String {
    match action.state {
        State::Open if action.overdue(today) => "Overdue",
        State::Open => "Open",
        State::Stuck => "Stuck",
        State::Done => "Done",
        State::Dropped => "Dropped",
    }
    .to_owned()
}

fn closed(one: &Priority) -> Option<String> {
    let closing = one.closed.as_ref()?;
    let how = match closing.how {
        How::Met => "met",
        How::Carried => "taken into the next plan",
        How::GivenUp => "given up",
    };
    let why = stop(&short(&closing.why, 100));
    Some(format!("{}: {how}, {}. {why}", short(&one.title, 80), long_date(closing.on)))
}
