//! What did the adviser see, and what do you say to it?

use super::{
    blocks::{Blocks, form, hint, with_hidden},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{Done, way},
    school_record::{moment, number, prose},
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::{
    organisation::Organisation,
    review::{self, COMMENT, NOTE, Note, NoteState},
};
use ui::{Button, DateInput, Errors, Heading, Hidden, InsetText, SafeHtml, Size, Textarea};

/// `GET /organisations/{id}/notes`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = match done.what() {
        "drafted" => Some("Kept as your draft. Nobody else reads it until you show it to the school."),
        "shown" => Some("The school reads it now, and may comment before it is final."),
        "commented" => Some("Your comment stands under the note and stays there."),
        "final" => Some("Final. Nothing of it changes any more."),
        _ => None,
    };
    page(&app, &visitor, number(&id)?, &Fields::new(), &Errors::none(), words).await
}

/// `POST /organisations/{id}/notes`
pub(crate) async fn write(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let (world, who) = (&app.world, &visitor.who);
    let note = Some(get(&fields, "note")).filter(|text| !text.is_empty()).map(number).transpose()?;
    let one = note.unwrap_or_default();
    let (done, tried) = match get(&fields, "do") {
        "show" => ("shown", review::show_note(world, who, id, one).await.map(drop)),
        "final" => ("final", review::make_final(world, who, id, one).await),
        _ => {
            let on = typed::date(get(&fields, "on-day"), get(&fields, "on-month"), get(&fields, "on-year"));
            ("drafted", review::write_note(world, who, id, note, on, get(&fields, "words")).await.map(drop))
        }
    };
    answer(&app, &visitor, id, &fields, done, tried).await
}

/// `POST /organisations/{id}/notes/comment`
pub(crate) async fn comment(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let id = number(&id)?;
    let note = number(get(&fields, "note"))?;
    let tried = review::comment(&app.world, &visitor.who, id, note, get(&fields, "comment")).await;
    answer(&app, &visitor, id, &fields, "commented", tried).await
}

async fn answer(
    app: &App,
    visitor: &Visitor,
    id: i64,
    fields: &Fields,
    done: &str,
    tried: programme::error::Result<()>,
) -> Result<Response, PageError> {
    match tried {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/notes"), done)),
        Err(error) => {
            let at = get(fields, "note").to_owned();
            let errors = typed::wrong_at(error, |field| match field {
                "final" => String::new(),
                "on" => format!("on-{at}-day"),
                field => format!("{field}-{at}"),
            })?;
            page(app, visitor, id, fields, &errors, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    id: i64,
    fields: &Fields,
    errors: &Errors,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let (school, all) = review::notes(&app.world, &visitor.who, id).await?;
    let title = match all.iter().filter(|one| one.state == NoteState::Shown && one.commented_at.is_none()).count() {
        0 if all.is_empty() => "No visit is noted yet".to_owned(),
        0 => "Notes of visits".to_owned(),
        1 => "One note waits for the school’s comment".to_owned(),
        many => format!(
            "{} notes wait for the school’s comment",
            super::imports::capital(&kernel::words::number(many as u64))
        ),
    };
    let mut blocks = Blocks::new(&title, &school.name, errors)
        .lead("A note is final only when the school has read it and could comment. Its comment stays under it.");
    let (may_comment, person) = (COMMENT.directly(&visitor.who, id), visitor.who.person());
    for one in &all {
        let own = one.person.is_some() && one.person == person;
        blocks = note(blocks, visitor, &school, one, (own, may_comment), fields, errors);
    }
    if NOTE.somewhere(&visitor.who).is_ok() {
        blocks = blocks.h2("Note a visit").block(draft(visitor, id, None, fields, errors));
    }
    blocks.show(visitor, way(&school), errors, done)
}

fn note(
    blocks: Blocks,
    visitor: &Visitor,
    school: &Organisation,
    one: &Note,
    (own, may_comment): (bool, bool),
    fields: &Fields,
    errors: &Errors,
) -> Blocks {
    let id = school.id;
    let title = format!("{}, by {}", long_date(one.on), one.name);
    let to = format!("/organisations/{id}/notes");
    let mut blocks = blocks.block(Heading::new(title.as_str()).level(2).size(Size::M)).block(hint(stands(one)));
    if own && one.state == NoteState::Draft {
        let show = [
            Hidden::new("note", one.id.to_string()).into(),
            Button::new(with_hidden("Show it to the school", &title)).named("do", "show").once().into(),
        ];
        return blocks.block(draft(visitor, id, Some(one), fields, errors)).block(form(visitor, &to, show));
    }
    blocks = blocks.block(prose(&one.words));
    if !one.comment.is_empty() {
        let at = one.commented_at.map(moment).unwrap_or_default();
        let words = hint(format!("The school’s comment, {}, {at}", one.commented_by));
        blocks = blocks.block(InsetText::new(SafeHtml::join([prose(&one.comment), words], "")));
    }
    if may_comment && one.state == NoteState::Shown {
        let name = format!("comment-{}", one.id);
        let mine = get(fields, "note") == one.id.to_string();
        let area = Textarea::new("comment", with_hidden("What do you say to it?", &title)).id(name.clone()).rows(3);
        let area = area.value(if mine { get(fields, "comment") } else { &one.comment });
        let area = match errors.of(&name).filter(|_| mine) {
            Some(words) => area.error(words),
            None => area,
        };
        let parts = [
            Hidden::new("note", one.id.to_string()).into(),
            area.into(),
            Button::new(with_hidden("Comment on it", &title)).once().into(),
        ];
        blocks = blocks.block(form(visitor, &format!("{to}/comment"), parts));
    }
    if own && one.state == NoteState::Shown {
        let parts = [
            Hidden::new("note", one.id.to_string()).into(),
            Button::new(with_hidden("Make it final", &title)).secondary().named("do", "final").once().into(),
        ];
        blocks = blocks.block(form(visitor, &to, parts));
    }
    blocks
}

fn stands(one: &Note) -> String {
    match (one.state, one.comment_until) {
        (NoteState::Draft, _) => "Your draft: nobody else reads it.".to_owned(),
        (NoteState::Shown, Some(until)) => format!("Not final: the school may comment until {}.", long_date(until)),
        (NoteState::Shown, None) => "Not final yet.".to_owned(),
        (NoteState::Final, _) => format!("Final since {}.", one.final_at.map(moment).unwrap_or_default()),
    }
}

fn draft(visitor: &Visitor, id: i64, old: Option<&Note>, fields: &Fields, errors: &Errors) -> SafeHtml {
    let at = old.map(|one| one.id.to_string()).unwrap_or_default();
    let mine = !fields.is_empty() && get(fields, "note") == at;
    let part = |name: &str, old: String| if mine { get(fields, name).to_owned() } else { old };
    let day = |part: fn(kernel::Date) -> String| old.map(|one| part(one.on)).unwrap_or_default();
    let date = DateInput::new("on", "When was the visit?").id(format!("on-{at}")).value(
        part("on-day", day(|on| on.day().to_string())),
        part("on-month", day(|on| on.month().to_string())),
        part("on-year", day(|on| on.year().to_string())),
    );
    let date = match errors.of(&format!("on-{at}-day")).filter(|_| mine) {
        Some(words) => date.error(words),
        None => date,
    };
    let area = Textarea::new("words", "What did you see, what did you talk about, what was agreed?")
        .hint("Nothing about a single child")
        .id(format!("words-{at}"))
        .rows(8)
        .value(part("words", old.map(|one| one.words.clone()).unwrap_or_default()));
    let area = match errors.of(&format!("words-{at}")).filter(|_| mine) {
        Some(words) => area.error(words),
        None => area,
    };
    let parts = [
        Hidden::new("note", at).into(),
        date.into(),
        area.into(),
        Button::new("Keep it as a draft").secondary().once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/notes"), parts)
}
