//! The view of one concern, step by step.

use super::{
    blocks::{Blocks, form, hint, points, with_hidden},
    concern_parts,
    concerns::stands,
    diagnosis_words::{Fields, get},
    imports::capital,
    plan_words::way,
    school_record::{moment, prose},
};
use crate::{error::PageError, visitor::Visitor};
use axum::response::Response;
use kernel::{Date, words::long_date};
use programme::{
    audit::role_words,
    concern::{By, NewConcern, Reading, Step},
    start,
    who::Role,
};
use ui::{Button, Details, Errors, Hidden, InsetText, SafeHtml, SummaryList, Textarea};

type Typed<'a> = (&'a Fields, &'a Errors);

/// The page.
pub(super) fn page(
    visitor: &Visitor,
    reading: &Reading,
    today: Date,
    typed: Typed<'_>,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let (concern, id) = (&reading.read.concern, reading.school.id);
    let title = title(reading);
    let mut blocks = Blocks::new(title, &reading.school.name, typed.1).lead(lead(reading, today));
    let first_draft = reading.read.steps.first().is_some_and(|step| step.shown_at.is_none());
    if !first_draft {
        let facts = SummaryList::new()
            .row("What was noticed", prose(&concern.noticed))
            .row("What would put it right", prose(&concern.remedy))
            .row("By when", long_date(concern.by_when))
            .row("Raised by", format!("{}, {}", concern.name, role_words(&concern.role)))
            .row("Programme", concern.programme_name.clone());
        blocks = blocks.block(facts);
    }
    for step in &reading.read.steps {
        blocks = one_step(blocks, visitor, reading, step, typed);
    }
    if concern.closed_at.is_none() {
        blocks = blocks.all(comes_next(visitor, reading, today, typed));
    }
    let way = way(&reading.school).to(format!("/organisations/{id}/concerns"), "Concerns");
    blocks.show(visitor, way, typed.1, done)
}

fn title(reading: &Reading) -> &'static str {
    match (&reading.read.concern.closed_at, reading.read.waits_for_school()) {
        (Some(_), _) => "A concern that is closed",
        (None, true) if reading.leads => "How do you see it?",
        (None, true) => "A concern that the school has not answered yet",
        (None, false) => "A concern about taking part",
    }
}

fn lead(reading: &Reading, today: Date) -> String {
    let one = &reading.read;
    let alone = one.last().filter(|step| !step.is_open(&one.concern, today)).and_then(|step| step.alone_until);
    match alone {
        Some(until) if reading.leads && one.waits_for_school() => format!(
            "You who lead the school, and whoever wrote it, read this before anyone else: until {}, or until you answer. It is about taking part: not about your teaching, and about no child.",
            long_date(until)
        ),
        _ => stands(one, today),
    }
}

fn address(reading: &Reading) -> String {
    format!("/organisations/{}/concerns/{}", reading.school.id, reading.read.concern.id)
}

fn one_step(blocks: Blocks, visitor: &Visitor, reading: &Reading, step: &Step, typed: Typed<'_>) -> Blocks {
    let title = format!("{}. {}", step.number, step.name);
    let taken = match step.shown_at {
        Some(at) => format!("Shown to the school by {} on {}.", step.written_by, moment(at)),
        None => "Your draft: nobody else reads it.".to_owned(),
    };
    let mut blocks = blocks.h2(title.as_str()).block(hint(taken)).say(step.what.as_str());
    if step.shown_at.is_none() {
        return draft(blocks, visitor, reading, step, typed);
    }
    if !step.words.is_empty() {
        blocks = blocks.block(prose(&step.words));
    }
    if let Some(at) = step.answered_at {
        let said =
            if step.answer.is_empty() { "The school has read it and adds nothing." } else { step.answer.as_str() };
        let by = hint(format!("The school’s answer, {}, {}", step.answered_by, moment(at)));
        blocks = blocks.block(InsetText::new(SafeHtml::join([prose(said), by], "")));
    }
    let latest = reading.read.last().map_or(0, |last| last.number);
    if reading.leads && step.may_be_answered(&reading.read.concern, latest) {
        blocks = blocks.block(answer(visitor, reading, step, &title, typed));
    }
    let read: Vec<String> = reading
        .readings
        .iter()
        .filter(|one| one.step == step.id)
        .map(|one| format!("{}, {}, on {}", one.name, role_words(&one.role), moment(one.at)))
        .collect();
    if read.is_empty() {
        return blocks.block(hint("Nobody has read it yet."));
    }
    blocks.block(Details::new(with_hidden("Who has read it, and when first", &title), points(read)))
}

fn answer(visitor: &Visitor, reading: &Reading, step: &Step, title: &str, (fields, errors): Typed<'_>) -> SafeHtml {
    let id = format!("answer-{}", step.id);
    let mine = get(fields, "step") == step.id.to_string();
    let area = Textarea::new("answer", with_hidden("What do you say to it?", title))
        .id(id.clone())
        .hint("What stands in the way, what you have done already, what would help. You may leave it empty: then it says that you have read it")
        .rows(4)
        .value(if mine { get(fields, "answer") } else { &step.answer });
    let area = match errors.of(&id).filter(|_| mine) {
        Some(words) => area.error(words),
        None => area,
    };
    let words = if step.answered_at.is_some() { "Change your answer" } else { "Answer" };
    let parts = [
        Hidden::new("step", step.id.to_string()).into(),
        area.into(),
        Button::new(with_hidden(words, title)).once().into(),
    ];
    form(visitor, &format!("{}/answer", address(reading)), parts)
}

fn draft(blocks: Blocks, visitor: &Visitor, reading: &Reading, step: &Step, (fields, errors): Typed<'_>) -> Blocks {
    let (to, concern) = (address(reading), &reading.read.concern);
    let mut parts: Vec<SafeHtml> = Vec::new();
    if step.number == 1 {
        let old = NewConcern {
            programme: None,
            noticed: concern.noticed.clone(),
            remedy: concern.remedy.clone(),
            by_when: Some(concern.by_when),
        };
        parts.extend(concern_parts::inputs(&old, fields, errors));
    } else {
        parts.push(words(&step.words, fields, errors));
    }
    parts.push(Button::new("Keep it as a draft").secondary().once().into());
    let show = [Button::new("Show it to the school").named("do", "show").once().into()];
    let discard = [Button::new("Put the draft away").secondary().named("do", "discard").once().into()];
    blocks
        .block(form(visitor, &to, parts))
        .say("Once shown, it stands as it is. The school’s head and deputies get a letter, which does not say what is in it.")
        .block(form(visitor, &to, show))
        .block(form(visitor, &to, discard))
}

fn words(old: &str, fields: &Fields, errors: &Errors) -> SafeHtml {
    let typed = fields.iter().find(|(name, _)| name == "words").map_or(old, |(_, value)| value.as_str());
    Textarea::new("words", "What has happened since, and what do you offer now?")
        .hint("Facts about taking part only: nothing about teaching, nothing about a child")
        .rows(4)
        .value(typed)
        .errors(errors)
        .into()
}

/// What comes after the step that was taken last, and how it ends.
fn comes_next(visitor: &Visitor, reading: &Reading, today: Date, (fields, errors): Typed<'_>) -> Vec<SafeHtml> {
    let one = &reading.read;
    let Some(last) = one.last().filter(|step| step.shown_at.is_some()) else { return Vec::new() };
    let heading = |words: &str| ui::Heading::new(words).level(2).size(ui::Size::M).into();
    let from = last.next_from.unwrap_or(today);
    let mut all: Vec<SafeHtml> = vec![heading("What comes next")];
    all.push(super::blocks::say(match &reading.after {
        Some(after) if from > today => format!(
            "Nothing, if it is put right. Else the list has ‘{}’, which {} takes, not before {}.",
            after.name,
            after.by.words(),
            long_date(from)
        ),
        Some(after) => {
            format!(
                "Nothing, if it is put right. Else the list has ‘{}’, which {} takes.",
                after.name,
                after.by.words()
            )
        }
        None => "The list has no step after this one.".to_owned(),
    }));
    if reading.leads {
        return all;
    }
    let to = address(reading);
    let lead_only = !start::is(&visitor.who, Role::ProgrammeLead);
    if let Some(after) = reading.after.as_ref().filter(|_| from <= today && last.is_open(&one.concern, today)) {
        if after.by == By::ProgrammeLead && lead_only {
            all.push(hint(format!("{} reads this, and decides.", capital(By::ProgrammeLead.words()))));
        } else {
            let parts = [
                super::blocks::say(after.what.as_str()),
                words("", fields, errors),
                Button::new(format!("Draft ‘{}’", after.name)).secondary().named("do", "next").once().into(),
            ];
            all.push(form(visitor, &to, parts));
        }
    }
    let why = Textarea::new("why", "Why is it closed?")
        .hint("What was put right, or what you agreed")
        .rows(2)
        .value(get(fields, "why"))
        .errors(errors);
    all.push(heading("Close it"));
    all.push(form(visitor, &to, [why.into(), Button::new("Close it").named("do", "close").once().into()]));
    all
}
