//! Who does what by when, and is it working?

use super::{
    blocks::{Blocks, hint, say},
    plan_words::{Done, actions, criterion, progress, way},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use kernel::{
    Date,
    calendar::Certainty,
    words::{long_date, number as words},
};
use programme::plan::{self, Action, Arranged, CHOOSE, Eyes, Reading, State as How, arrange, owes};
use ui::{Button, Details, Errors, Heading, Link, SafeHtml, Size};

/// `GET /organisations/{id}/plan`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let id = number(&id)?;
    let reading = plan::read(&app.world, &visitor.who, id).await?;
    let today = app.world.clock.today();
    let arranged = arrange(&reading.plan, &reading.calendar, today);
    let none = Errors::none();
    let blocks =
        Blocks::new(&title(&reading, &arranged, today), &reading.school.name, &none).lead(lead(&reading, &arranged));
    let link = |one: &Action| match reading.eyes {
        Eyes::Leader => {
            let under = reading.plan.priority(one.priority);
            let own = one.owner.is_some() && one.owner == visitor.who.person();
            own || under.is_some_and(|under| plan::acts_under(&visitor.who, id, under))
        }
        Eyes::Owner => true,
        Eyes::Released => false,
    };
    let table = |caption: &str, all: &[&Action]| -> SafeHtml {
        actions(caption, id, &reading.plan, all.iter().copied(), today, link).into()
    };
    let mut blocks = mine(blocks, &visitor, &reading, today);
    let term = arranged.term.map_or_else(|| "Now".to_owned(), |term| term.name());
    blocks = blocks.h2(format!("This term: {term}"));
    blocks = match arranged.now.is_empty() {
        true => blocks.say("Nothing is due this term."),
        false => blocks.block(table("This term", &arranged.now)),
    };
    if reading.eyes != Eyes::Owner {
        blocks = priorities(blocks, &reading, id);
    }
    if !arranged.later.is_empty() {
        blocks = blocks.h2("The rest of the year");
        for (term, all) in &arranged.later {
            let name = term.map_or_else(|| "Later".to_owned(), |term| term.name());
            let summary = format!("{name}: {}", many(all.len()));
            blocks = blocks.block(Details::new(summary, table(&name, all)));
        }
    }
    if !arranged.behind.is_empty() {
        let summary = format!("What lies behind you: {}", many(arranged.behind.len()));
        blocks = blocks.block(Details::new(summary, table("What lies behind you", &arranged.behind)));
    }
    if CHOOSE.directly(&visitor.who, id) {
        let to = format!("/organisations/{id}/priorities");
        blocks = blocks
            .block(Button::new("Choose, add and change").link(to).secondary())
            .block(say(Link::new(format!("/organisations/{id}/dates"), "Which days are school days here")));
    }
    blocks = blocks.block(hint(days(&reading)));
    let done = match done.what() {
        "marked" => Some("Noted."),
        _ => None,
    };
    blocks.show(&visitor, way(&reading.school), &none, done)
}

fn title(reading: &Reading, arranged: &Arranged<'_>, today: Date) -> String {
    let overdue = arranged.now.iter().filter(|one| one.overdue(today)).count();
    match (reading.plan.actions.len(), overdue) {
        (0, _) if reading.eyes == Eyes::Owner => "Nothing in the plan is yours yet".to_owned(),
        (0, _) => "The plan has no actions yet".to_owned(),
        (_, 0) => "Nothing is overdue".to_owned(),
        (_, 1) => "One thing is overdue".to_owned(),
        (_, many) => format!("{} things are overdue", super::imports::capital(&words(many as u64))),
    }
}

fn lead(reading: &Reading, arranged: &Arranged<'_>) -> String {
    let done = arranged.now.iter().filter(|one| one.state == How::Done).count();
    let stuck = arranged.now.iter().filter(|one| one.state == How::Stuck).count();
    let mut lead = match arranged.now.len() {
        0 => "Nothing is due this term.".to_owned(),
        all => format!("Of {} this term, {} done.", many(all), is(done)),
    };
    if stuck > 0 {
        lead.push_str(&format!(" {} stuck.", super::imports::capital(&is(stuck))));
    }
    match reading.eyes {
        Eyes::Owner => {
            lead.push_str(" You see what is yours; the whole plan is your leaders’, who can let you read it.");
        }
        Eyes::Released => lead.push_str(" The school lets you read its plan."),
        Eyes::Leader => {}
    }
    lead
}

fn is(many: usize) -> String {
    format!("{} {}", words(many as u64), if many == 1 { "is" } else { "are" })
}

fn many(all: usize) -> String {
    if all == 1 { "one action".to_owned() } else { format!("{} actions", words(all as u64)) }
}

/// What the reader owes, where they own something.
fn mine(blocks: Blocks, visitor: &Visitor, reading: &Reading, today: Date) -> Blocks {
    let Some(person) = visitor.who.person() else { return blocks };
    let open = |one: &&Action| reading.plan.priority(one.priority).is_some_and(|under| under.closed.is_none());
    let own = reading.plan.actions.iter().filter(|one| one.owner == Some(person)).filter(open);
    let owed = owes(own, today);
    let parts =
        [(&owed.overdue, "overdue"), (&owed.this_week, "due this week"), (&owed.fortnight, "due within 14 days")];
    let said: Vec<String> = parts
        .iter()
        .filter(|(all, _)| !all.is_empty())
        .map(|(all, words_)| format!("{} {words_}", words(all.len() as u64)))
        .collect();
    if said.is_empty() {
        return blocks;
    }
    blocks.say(format!("Of what is yours: {}.", said.join(", ")))
}

fn priorities(blocks: Blocks, reading: &Reading, id: i64) -> Blocks {
    let mut blocks = blocks.h2("What you work on, and how you will know");
    for one in reading.plan.open() {
        let link = Link::new(format!("/organisations/{id}/priorities/{}", one.id), one.title.as_str());
        blocks = blocks.block(Heading::new(link).level(3).size(Size::S));
        let own: Vec<&Action> = reading.plan.actions_of(one.id).collect();
        let done = own.iter().filter(|one| one.state == How::Done).count();
        blocks = blocks.say(match own.len() {
            0 => format!("For {}. No actions yet.", one.whom),
            all => format!("For {}. Of {}, {} done.", one.whom, many(all), is(done)),
        });
        for criterion_ in reading.plan.criteria_of(one.id) {
            blocks = blocks.say(criterion(criterion_)).block_if(progress(&reading.plan, criterion_));
        }
    }
    if reading.plan.open().next().is_none() {
        blocks = blocks.say("No priority is open.");
    }
    blocks
}

/// Which calendar the dates follow.
fn days(reading: &Reading) -> String {
    let typical = match reading.calendar.certainty {
        Certainty::Typical => " It is typical of England and of no authority: look at your own dates.",
        Certainty::Provisional => " It is a proposal of the authority.",
        Certainty::Published => "",
    };
    let until = reading.calendar.all_terms().last().map(|term| long_date(term.last)).unwrap_or_default();
    format!("Due dates fall on school days by the calendar ‘{}’, known until {until}.{typical}", reading.calendar.name)
}
