//! Everything of a plan and of reviews, for a school that takes it along.

use jiff::civil::date;
use programme::{
    concern::{self, NewConcern},
    plan::{self, Decided, How, NewAction, NewCriterion, NewPriority, NewValue, OwnDay, State, Step, Verdict},
    review::{self, Letter, NewLine},
    strategy::{self, NewStrategy},
};
use testkit::{House, Person};

/// One of each of a plan, with a diagnosis from which it grew; its two priorities.
pub(crate) async fn planned(house: &House, school: i64, head: &Person, diagnosis: i64) -> [i64; 2] {
    let (world, who) = (&house.world, &house.caller(head).await);
    let text = str::to_owned;
    let own = NewStrategy { name: text("Walking talk"), takes: text("A path"), ..NewStrategy::default() };
    let own = strategy::add(world, who, school, own).await.unwrap();
    let new = |title: &str, strategy: String| NewPriority {
        title: text(title),
        why: text("=SUM(1)\nWe saw it"),
        whom: text("Year 4"),
        strategy,
        diagnosis: Some(diagnosis),
        statements: vec![text("p1"), text("p3")],
        ..NewPriority::default()
    };
    let talk = plan::open(world, who, school, new("Talk", format!("local:{own}"))).await.unwrap();
    let done = plan::open(world, who, school, new("Books", text("eef-tl-feedback"))).await.unwrap();
    let criterion = NewCriterion {
        measure: text("Pupils who explain, of 28"),
        target: text("20.5"),
        by: Some(date(2026, 12, 18)),
        who: text("The deputy"),
        ..NewCriterion::default()
    };
    let (criterion, _) = plan::add_criterion(world, who, school, talk, criterion).await.unwrap();
    for (day, value) in [(20, "11"), (3, "9.25")] {
        let value = NewValue { on: Some(date(2026, 11, day)), value: text(value), note: text("counted") };
        plan::measure(world, who, school, criterion, value).await.unwrap();
    }
    let action = |what: &str, day, after| NewAction {
        what: text(what),
        owner: Some(head.id),
        due: Some(date(2026, 12, day)),
        after,
        ..NewAction::default()
    };
    // The one that comes after is due before: its order is not that of the days.
    let (second, _) = plan::add(world, who, school, talk, action("Second", 3, None)).await.unwrap();
    let (first, _) = plan::add(world, who, school, talk, action("First", 4, None)).await.unwrap();
    plan::edit(world, who, school, second, action("Second", 3, Some(first)), 1).await.unwrap();
    plan::mark(world, who, school, first, Some(State::Stuck), "waits for books").await.unwrap();
    let trial = plan::plan_trial(world, who, school, talk, "Two weeks", "20 explain").await.unwrap();
    plan::step_trial(world, who, school, trial, Step::Did(text("14 did"))).await.unwrap();
    let learned = Step::Closed { learned: text("Pairs"), verdict: Some(Verdict::Adapt), words: text("weekly") };
    plan::step_trial(world, who, school, trial, learned).await.unwrap();
    [talk, done]
}

/// A decision, a review of these priorities, and notes of visits.
pub(crate) async fn reviewed(house: &House, school: i64, head: &Person, adviser: &Person, [talk, done]: [i64; 2]) {
    let (world, who, adviser) = (&house.world, &house.caller(head).await, &house.caller(adviser).await);
    let text = str::to_owned;
    let decision = plan::ask(world, who, school, "Who?", "Tom\nZoe").await.unwrap();
    plan::opine(world, who, school, decision, "Zoe, for she asked").await.unwrap();
    let decided = Decided { decided: text("Zoe"), agreed: text("Asha"), again_on: Some(None), ..Decided::default() };
    plan::decide(world, who, school, decision, decided).await.unwrap();
    plan::set_day(world, who, school, Some(date(2026, 11, 30)), Some(OwnDay::Inset), "Phonics").await.unwrap();
    let one = review::open(world, who, school).await.unwrap();
    for priority in [talk, done] {
        let line = NewLine {
            letter: Some(Letter::Amber),
            reason: text("Half of it"),
            changed: text("More"),
            next_step: text("On"),
            base: 0,
        };
        review::write(world, who, school, one, priority, line).await.unwrap();
    }
    review::finish(world, who, school, one, Some(date(2027, 3, 4))).await.unwrap();
    plan::close(world, who, school, done, Some(How::Carried), "Goes on").await.unwrap();
    let note = review::write_note(world, adviser, school, None, Some(date(2026, 11, 20)), "I saw books").await.unwrap();
    review::show_note(world, adviser, school, note).await.unwrap();
    review::comment(world, who, school, note, "Not that week").await.unwrap();
    review::write_note(world, adviser, school, None, Some(date(2026, 11, 21)), "A draft stays behind").await.unwrap();
}

/// A concern that the school was shown and has answered, one that is closed, and a
/// draft, which stays behind.
pub(crate) async fn concerned(house: &House, school: i64, head: &Person, adviser: &Person) {
    let (world, who, adviser) = (&house.world, &house.caller(head).await, &house.caller(adviser).await);
    let mut all = Vec::new();
    for noticed in ["=SUM(1)\nA day was missed", "A letter without an answer", "A draft stays behind"] {
        let new = NewConcern {
            programme: None,
            noticed: noticed.to_owned(),
            remedy: "Come to the next".to_owned(),
            by_when: Some(date(2026, 12, 18)),
        };
        all.push(concern::raise(world, adviser, school, new).await.unwrap());
    }
    for id in &all[..2] {
        concern::show(world, adviser, school, *id).await.unwrap();
        let step = concern::read(world, who, school, *id).await.unwrap().read.last().unwrap().id;
        concern::answer(world, who, school, *id, step, "We had no cover").await.unwrap();
    }
    concern::close(world, adviser, school, all[1], "They wrote").await.unwrap();
}
