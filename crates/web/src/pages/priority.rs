//! What is this priority for, how will you know, and how does it come along?

use super::{
    blocks::{Blocks, form, hint, open_where, points, say},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{self, Done, actions, criterion, progress, way_to_priorities, with_due, written},
    priority_tests as tests,
    school_record::number,
    strategies::sheet,
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::{
    plan::{self, EDIT, Eyes, How, NewCriterion, NewValue, Priority, Reading},
    strategy,
};
use ui::{Button, DateInput, Details, Errors, Heading, Hidden, Link, Radios, SafeHtml, Size, TextInput, Textarea};

/// `GET /organisations/{id}/priorities/{priority}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    page(&app, &visitor, (number(&id)?, number(&one)?), &Fields::new(), &Errors::none(), said(&done)).await
}

fn said(done: &Done) -> Option<String> {
    let words = match done.what() {
        "opened" => "Opened. Say next how you will know that it is reached.",
        "changed" => "Saved.",
        "same" => "It said that already.",
        "criterion" => "Set. Write down how it stands whenever you know.",
        "value" => "Written down.",
        "added" => "Added.",
        "planned" => "Planned. Come back when you have tried it.",
        "stepped" => "Written down. What you planned and expected stays beside it.",
        _ => return None,
    };
    Some(done.with_move(words))
}

/// `POST /organisations/{id}/priorities/{priority}`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let (world, who, of) = (&app.world, &visitor.who, |name: &str| get(&fields, name).to_owned());
    let day = |name: &str| {
        let part = |part: &str| get(&fields, &format!("{name}-{part}"));
        typed::date(part("day"), part("month"), part("year"))
    };
    let to = format!("/organisations/{id}/priorities/{one}");
    let tried = match get(&fields, "do") {
        "close" => {
            let closed =
                plan::close(world, who, id, one, How::from_key(get(&fields, "how")), get(&fields, "why")).await;
            if closed.is_ok() {
                return Ok(on_to(&format!("/organisations/{id}/priorities"), "closed"));
            }
            closed.map(|()| String::new())
        }
        "criterion" => {
            let new = NewCriterion {
                measure: of("measure"),
                baseline: of("baseline"),
                target: of("target"),
                by: day("by"),
                who: of("who"),
            };
            plan::add_criterion(world, who, id, one, new).await.map(|(_, due)| with_due("criterion", due))
        }
        "value" => {
            let new = NewValue { on: day("on"), value: of("value"), note: of("note") };
            plan::measure(world, who, id, number(get(&fields, "criterion"))?, new).await.map(|()| "value".to_owned())
        }
        _ => tests::change(&app, &visitor, id, one, &fields).await?,
    };
    match tried {
        Ok(done) => Ok(on_to(&to, &done)),
        Err(error) => {
            // Where several such forms stand on the page, ids end with what they are of.
            let of = match get(&fields, "do") {
                "value" => get(&fields, "criterion"),
                "did" | "learned" => get(&fields, "test"),
                _ => "",
            };
            let errors = typed::wrong_at(error, |field| match (field, of) {
                ("state", _) => String::new(),
                ("by", _) => "by-day".to_owned(),
                ("on", of) => format!("on-{of}-day"),
                (field, "") => field.to_owned(),
                (field, of) => format!("{field}-{of}"),
            });
            page(&app, &visitor, (id, one), &fields, &errors?, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    (id, one): (i64, i64),
    fields: &Fields,
    errors: &Errors,
    done: Option<String>,
) -> Result<Response, PageError> {
    let reading = plan::read(&app.world, &visitor.who, id).await?;
    let found = reading.plan.priority(one).ok_or(PageError::NotFound)?;
    let today = app.world.clock.today();
    let open = found.closed.is_none();
    let leads = reading.eyes == Eyes::Leader;
    let may_edit = leads && open && EDIT.directly(&visitor.who, id);
    let may_act = leads && open && plan::acts_under(&visitor.who, id, found);
    let mut blocks = Blocks::new(&found.title, &reading.school.name, errors).lead(format!("For {}.", found.whom));
    if let Some(closed) = &found.closed {
        let words =
            format!("Closed on {} by {}: {}. {}", long_date(closed.on), closed.by, closed.how.words(), closed.why);
        blocks = blocks.block(ui::InsetText::new(words));
    }
    if !found.why.is_empty() {
        blocks = blocks.h2("Why").block(super::priorities::why(found));
    }
    if leads {
        blocks = because(app, visitor, id, found, blocks).await?;
    }
    if !found.beyond.is_empty() {
        blocks = blocks.block(hint(format!("Why one more than five: {}", found.beyond)));
    }
    if let Some(chosen) = found.strategy.as_deref().and_then(|key| strategy::chosen(key, &reading.own)) {
        let heading = Heading::new(format!("The strategy: {}", chosen.name())).level(2).size(Size::M);
        blocks = blocks.block(heading).block(sheet(&chosen.sheet()));
        if let strategy::Chosen::Library(one) = chosen {
            let words = format!("Additional progress in a year, on average: {}", super::strategies::months(one));
            blocks = blocks.block(say(Link::new(format!("/strategies/{}", one.id), words)));
        }
    }
    if reading.eyes != Eyes::Owner {
        blocks = known(&reading, found, blocks, (visitor, may_act), fields, errors);
        if may_edit {
            blocks = blocks.block(open_where(
                get(fields, "do") == "criterion",
                Details::new("Set a success criterion", new_criterion(visitor, id, one, fields, errors)),
            ));
        }
    }
    let mine = |owner: Option<i64>| owner.is_some() && owner == visitor.who.person();
    let own: Vec<_> = reading.plan.actions_of(one).collect();
    blocks = blocks.h2("Who does what by when");
    blocks = match own.is_empty() {
        true => blocks.say("No actions yet."),
        false => blocks.block(actions("Actions", id, &reading.plan, own, today, |one| may_act || mine(one.owner))),
    };
    if may_act {
        let to = format!("/organisations/{id}/priorities/{one}/actions/new");
        blocks = blocks.block(Button::new("Add an action").link(to).secondary());
    }
    if leads {
        blocks = tests::blocks(&reading, found, blocks, (visitor, may_act), fields, errors);
    }
    if may_edit {
        let to = format!("/organisations/{id}/priorities/{one}/edit");
        blocks = blocks.h2("Change or close it").say(Link::new(to, "Change what it says")).block(open_where(
            get(fields, "do") == "close",
            Details::new("Close it", close(visitor, id, one, fields, errors)),
        ));
    }
    let way = if leads { way_to_priorities(&reading.school) } else { plan_words::way_to_plan(&reading.school) };
    blocks.show(visitor, way, errors, done)
}

/// What the diagnosis says of it, with its evidence: for who leads the school.
async fn because(app: &App, visitor: &Visitor, id: i64, found: &Priority, blocks: Blocks) -> Result<Blocks, PageError> {
    let Some(basis) = plan::basis_of(&app.world, &visitor.who, id, found).await? else { return Ok(blocks) };
    let mut list: Vec<SafeHtml> = Vec::new();
    for statement in &found.statements {
        let Some((_, statement)) = basis.diagnosis.statement(statement) else { continue };
        let pieces = basis.meeting.evidence.iter().filter(|one| one.statements.contains(&statement.id));
        let evidence = super::diagnosis_words::evidence(pieces);
        let evidence = if evidence.is_empty() { SafeHtml::empty() } else { points(evidence) };
        list.push(SafeHtml::join([SafeHtml::from(format!("‘{}’", statement.text)), evidence], ""));
    }
    let day = basis.diagnosis.agreed_at.map(|at| long_date(kernel::clock::in_england(at).date())).unwrap_or_default();
    Ok(blocks.block(hint(format!("From your diagnosis, agreed on {day}:"))).block(points(list)))
}

fn known(
    reading: &Reading,
    found: &Priority,
    blocks: Blocks,
    (visitor, may_act): (&Visitor, bool),
    fields: &Fields,
    errors: &Errors,
) -> Blocks {
    let mut blocks = blocks.h2("How you will know");
    if reading.plan.criteria_of(found.id).next().is_none() {
        blocks = blocks.say("Nothing is set yet: one or two measures that you can take without extra work are enough.");
    }
    for one in reading.plan.criteria_of(found.id) {
        blocks = blocks.say(criterion(one)).block_if(progress(&reading.plan, one));
        if may_act {
            let chosen = get(fields, "criterion") == one.id.to_string();
            let (empty, none) = (Fields::new(), Errors::none());
            let (fields, errors) = if chosen { (fields, errors) } else { (&empty, &none) };
            let form = new_value(visitor, reading.school.id, found.id, one.id, fields, errors);
            let details = Details::new(plan_words::value_words(one), form);
            blocks = blocks.block(open_where(chosen, details));
        }
        let last = reading.plan.measured_of(one.id).last();
        if let Some(last) = last.filter(|last| !last.note.is_empty()) {
            blocks = blocks.block(hint(format!("{} on {}: {}", written(last.value), long_date(last.on), last.note)));
        }
    }
    blocks
}

fn new_criterion(visitor: &Visitor, id: i64, one: i64, fields: &Fields, errors: &Errors) -> SafeHtml {
    let text = |name: &'static str, label: &'static str, hint: &'static str| -> SafeHtml {
        TextInput::new(name, label).hint(hint).value(get(fields, name)).errors(errors).into()
    };
    let parts = [
        Hidden::new("do", "criterion").into(),
        text(
            "measure",
            "What do you count or see?",
            "Of a group and never of a single child: ‘Pupils of Year 4 who explain their answer, of 28’",
        ),
        text("baseline", "Where does it stand? (optional)", "A figure; leave it empty where nobody knows yet"),
        text("target", "Where shall it stand?", "A figure"),
        DateInput::new("by", "By when?")
            .value(get(fields, "by-day"), get(fields, "by-month"), get(fields, "by-year"))
            .errors(errors)
            .into(),
        text("who", "Who will know?", "A name or a role"),
        Button::new("Set it").once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/priorities/{one}"), parts)
}

fn new_value(visitor: &Visitor, id: i64, one: i64, criterion: i64, fields: &Fields, errors: &Errors) -> SafeHtml {
    // Several such forms stand on one page: each part's id is of its criterion.
    let at = |name: &str| format!("{name}-{criterion}");
    let date = DateInput::new("on", "When was it so?").id(at("on"));
    let date = date.value(get(fields, "on-day"), get(fields, "on-month"), get(fields, "on-year"));
    let mut parts: Vec<SafeHtml> =
        vec![Hidden::new("do", "value").into(), Hidden::new("criterion", criterion.to_string()).into()];
    parts.push(match errors.of(&format!("{}-day", at("on"))) {
        Some(words) => date.error(words).into(),
        None => date.into(),
    });
    let value = TextInput::new("value", "How much?").id(at("value")).value(get(fields, "value"));
    parts.push(match errors.of(&at("value")) {
        Some(words) => value.error(words).into(),
        None => value.into(),
    });
    parts.push(TextInput::new("note", "A note on it (optional)").id(at("note")).value(get(fields, "note")).into());
    parts.push(Button::new("Write it down").once().into());
    form(visitor, &format!("/organisations/{id}/priorities/{one}"), parts)
}

fn close(visitor: &Visitor, id: i64, one: i64, fields: &Fields, errors: &Errors) -> SafeHtml {
    let how = Radios::new("how", "How does it end?").chosen(get(fields, "how")).errors(errors);
    let how = How::ALL.iter().fold(how, |how, one| how.choice(one.key(), super::imports::capital(one.words())));
    let parts = [
        Hidden::new("do", "close").into(),
        how.into(),
        Textarea::new("why", "Why, with what you have seen?").rows(2).value(get(fields, "why")).errors(errors).into(),
        Button::new("Close it").warning().once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/priorities/{one}"), parts)
}
