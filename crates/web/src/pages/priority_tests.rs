//! What did you try, what did you expect, and what did you learn?

use super::{
    blocks::{Blocks, form, hint, with_hidden},
    diagnosis_words::{Fields, get},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use programme::plan::{self, Priority, Reading, Step, Trial, Verdict};
use ui::{Button, Details, Errors, Hidden, Radios, SafeHtml, SummaryList, Textarea};

/// Plans a test of change, or writes its next step: what was done, for the address.
pub(super) async fn change(
    app: &App,
    visitor: &Visitor,
    id: i64,
    priority: i64,
    fields: &Fields,
) -> Result<Result<String, programme::Error>, PageError> {
    let (world, who) = (&app.world, &visitor.who);
    let of = |name: &str| get(fields, name);
    Ok(match of("do") {
        "test" => {
            let planned = plan::plan_trial(world, who, id, priority, of("planned"), of("prediction")).await;
            planned.map(|_| "planned".to_owned())
        }
        "did" | "learned" => {
            let step = match of("do") {
                "did" => Step::Did(of("did").to_owned()),
                _ => Step::Closed {
                    learned: of("learned").to_owned(),
                    verdict: Verdict::from_key(of("verdict")),
                    words: of("verdict_words").to_owned(),
                },
            };
            plan::step_trial(world, who, id, number(of("test"))?, step).await.map(|()| "stepped".to_owned())
        }
        _ => return Err(PageError::NotFound),
    })
}

/// A priority's tests of change.
pub(super) fn blocks(
    reading: &Reading,
    found: &Priority,
    blocks: Blocks,
    (visitor, may_act): (&Visitor, bool),
    fields: &Fields,
    errors: &Errors,
) -> Blocks {
    let all: Vec<&Trial> = reading.trials.iter().filter(|one| one.priority == found.id).collect();
    if all.is_empty() && !may_act {
        return blocks;
    }
    let to = format!("/organisations/{}/priorities/{}", reading.school.id, found.id);
    let mut blocks = blocks.h2("What we try");
    if all.is_empty() {
        blocks =
            blocks.block(hint("A small try in one room, before all do it. What you expect is written down first."));
    }
    for one in all {
        blocks = blocks.block(said(one));
        if may_act && one.closed_at.is_none() {
            let chosen = get(fields, "test") == one.id.to_string();
            let (empty, none) = (Fields::new(), Errors::none());
            let (fields, errors) = if chosen { (fields, errors) } else { (&empty, &none) };
            blocks = blocks.block(form(visitor, &to, step(one, fields, errors)));
        }
    }
    if may_act {
        let area = |name: &'static str, label: &'static str, hint: &'static str| -> SafeHtml {
            Textarea::new(name, label).hint(hint).rows(2).value(get(fields, name)).errors(errors).into()
        };
        let parts = [
            Hidden::new("do", "test").into(),
            area("planned", "What will you try?", "With which group, for how long, from when"),
            area("prediction", "What do you expect to see?", "Written now, so that you can be surprised"),
            Button::new("Plan it").secondary().once().into(),
        ];
        let details = Details::new("Plan a small test", form(visitor, &to, parts));
        let open = get(fields, "do") == "test";
        blocks = blocks.block(if open { details.open() } else { details });
    }
    blocks
}

fn said(one: &Trial) -> SummaryList {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let verdict = one.verdict.map(|verdict| {
        let words = super::imports::capital(verdict.words());
        if one.verdict_words.is_empty() { words } else { format!("{words}: {}", one.verdict_words) }
    });
    SummaryList::new()
        .row("What we try", one.planned.as_str())
        .row("What we expected", format!("{} ({}, before we tried)", one.prediction, one.planned_by))
        .row_if("What we did and saw", some(&one.did))
        .row_if("What we learned", some(&one.learned))
        .row_if("What we do now", verdict)
}

fn step(one: &Trial, fields: &Fields, errors: &Errors) -> Vec<SafeHtml> {
    // Several such forms stand on one page: each part's id is of its test.
    let area = |name: &'static str, label: &'static str| -> SafeHtml {
        let area = Textarea::new(name, with_hidden(label, &one.planned)).id(format!("{name}-{}", one.id)).rows(2);
        let area = area.value(get(fields, name));
        match errors.of(&format!("{name}-{}", one.id)) {
            Some(words) => area.error(words).into(),
            None => area.into(),
        }
    };
    let test = Hidden::new("test", one.id.to_string()).into();
    if one.did_at.is_none() {
        let button = Button::new("Write it down").secondary().named("do", "did").once().into();
        return vec![test, area("did", "What did you do, and what did you see?"), button];
    }
    let verdict =
        Radios::new("verdict", with_hidden("What do you do now?", &one.planned)).id(format!("verdict-{}", one.id));
    let verdict = verdict.chosen(get(fields, "verdict"));
    let verdict = match errors.of(&format!("verdict-{}", one.id)) {
        Some(words) => verdict.error(words),
        None => verdict,
    };
    let verdict = Verdict::ALL
        .iter()
        .fold(verdict.small(), |all, one| all.choice(one.key(), super::imports::capital(one.words())));
    vec![
        test,
        area("learned", "What did you learn, beside what you had expected?"),
        verdict.into(),
        area("verdict_words", "What exactly? (optional)"),
        Button::new("Write it down").secondary().named("do", "learned").once().into(),
    ]
}
