//! A school's story as a row of what happens, each with its day.

use crate::demo_terms_file::{Action, Beside, Concern, Decision, Measure, Note, Priority, Release, Story, Test};
use kernel::Date;

/// What happens on a day. Numbers are places in the story, from 0.
pub(crate) enum What<'a> {
    Open(usize, &'a Priority),
    Close(usize, &'a Priority),
    Criterion(usize, usize, &'a Measure),
    Value(usize, usize, f64, &'a str),
    Add(usize, usize, &'a Action),
    Mark(usize, usize, usize, &'a Action),
    Plan(usize, usize, &'a Test),
    Did(usize, usize, &'a str),
    Learned(usize, usize, &'a Test),
    Ask(usize, &'a Decision),
    Opine(usize, usize, &'a Decision),
    Decide(usize, &'a Decision),
    Review { finished: bool, next: Date },
    Beside(&'a Beside),
    Write(usize, &'a Note),
    Show(usize),
    Comment(usize, &'a str),
    Final(usize),
    Concern(&'a Concern),
    ShowConcern,
    Answer(&'a str),
    Release(&'a Release),
    Export,
}

/// Everything of a story that has its own day.
pub(crate) fn happens(story: &Story) -> Vec<(i32, What<'_>)> {
    let mut all = Vec::new();
    for (at, one) in story.plan.iter().enumerate() {
        all.push((one.opened, What::Open(at, one)));
        for (which, measure) in one.measures.iter().enumerate() {
            all.push((one.opened, What::Criterion(at, which, measure)));
            let values: Vec<f64> = measure.values.split_whitespace().filter_map(|text| text.parse().ok()).collect();
            for (back, value) in (0..).zip(values.iter().rev()) {
                let note = if back == 0 { measure.note.as_str() } else { "" };
                all.push((measure.last + back * measure.every, What::Value(at, which, *value, note)));
            }
        }
        for (which, action) in one.actions.iter().enumerate() {
            all.push((action.ago, What::Add(at, which, action)));
            all.extend(action.marks.iter().enumerate().map(|(n, mark)| (mark.ago, What::Mark(at, which, n, action))));
        }
        for (which, test) in one.tests.iter().enumerate() {
            all.push((test.ago, What::Plan(at, which, test)));
            all.extend(test.did.iter().map(|did| (did.ago, What::Did(at, which, did.words.as_str()))));
            all.extend(test.learned.iter().map(|one| (one.ago, What::Learned(at, which, test))));
        }
    }
    for (at, one) in story.decisions.iter().enumerate() {
        all.push((one.ago, What::Ask(at, one)));
        all.extend(one.opinions.iter().enumerate().map(|(n, opinion)| (opinion.ago, What::Opine(at, n, one))));
        all.extend(one.decided.iter().map(|decided| (decided.ago, What::Decide(at, one))));
    }
    for (at, one) in story.notes.iter().enumerate() {
        all.push((one.ago, What::Write(at, one)));
        all.extend(one.shown.map(|ago| (ago, What::Show(at))));
        all.extend(one.comment.iter().map(|comment| (comment.ago, What::Comment(at, comment.words.as_str()))));
        all.extend(one.made_final.map(|ago| (ago, What::Final(at))));
    }
    if let Some(one) = &story.concern {
        all.push((one.ago, What::Concern(one)));
        all.push((one.shown, What::ShowConcern));
        all.push((one.answer.ago, What::Answer(one.answer.words.as_str())));
    }
    all.extend(story.releases.iter().map(|one| (one.ago, What::Release(one))));
    all.extend(story.views.iter().map(|one| (one.ago, What::Beside(one))));
    for (at, one) in story.plan.iter().enumerate() {
        all.extend(one.closed.iter().map(|closed| (closed.ago, What::Close(at, one))));
    }
    all.extend(story.exported.map(|ago| (ago, What::Export)));
    all
}
