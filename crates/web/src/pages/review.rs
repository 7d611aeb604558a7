//! Where does each priority stand, what has changed, and what now?

use super::{
    blocks::{Blocks, form, hint, open_where, points, with_hidden},
    diagnosis_words::{Fields, get, on_to},
    plan_words::{Done, way, with_due},
    review_words::{letter, view},
    school_record::{moment, number},
};
use crate::{App, error::PageError, form as typed, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::{
    Error,
    organisation::Organisation,
    review::{self, EDIT, Letter, NewLine, VIEW, Wrote},
};
use ui::{
    Breadcrumbs, Button, DateInput, Details, Errors, Heading, Hidden, Link, Radios, SafeHtml, Size, SummaryList,
    Textarea, WarningText,
};

/// `GET /organisations/{id}/reviews/{review}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = match done.what() {
        "opened" => Some("Opened. Say of each priority where it stands."),
        "written" => Some("Written down."),
        "same" => Some("It said that already."),
        "beside" => Some("It stands beside what the school says."),
        _ => None,
    };
    page(&app, &visitor, (number(&id)?, number(&one)?), &Fields::new(), &Errors::none(), words).await
}

/// `POST /organisations/{id}/reviews/{review}/finish`
pub(crate) async fn finish(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let next = typed::date(get(&fields, "next-day"), get(&fields, "next-month"), get(&fields, "next-year"));
    match review::finish(&app.world, &visitor.who, id, one, next).await {
        Ok(due) => Ok(on_to(&format!("/organisations/{id}/reviews"), &with_due("finished", due))),
        Err(error) => {
            let errors =
                typed::wrong_at(error, |field| if field == "next" { "next-day".to_owned() } else { String::new() })?;
            page(&app, &visitor, (id, one), &fields, &errors, None).await
        }
    }
}

/// `POST /organisations/{id}/reviews/{review}/view`
pub(crate) async fn see(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one) = (number(&id)?, number(&one)?);
    let priority = Some(get(&fields, "priority")).filter(|text| !text.is_empty()).map(number).transpose()?;
    let given = Letter::from_key(get(&fields, "letter"));
    match review::see_otherwise(&app.world, &visitor.who, id, one, priority, given, get(&fields, "words")).await {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/reviews/{one}"), "beside")),
        Err(error) => {
            let at = get(&fields, "priority").to_owned();
            let errors = typed::wrong_at(error, |field| format!("{field}-{at}"))?;
            page(&app, &visitor, (id, one), &fields, &errors, None).await
        }
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    (id, one): (i64, i64),
    fields: &Fields,
    errors: &Errors,
    done: Option<&str>,
) -> Result<Response, PageError> {
    let reading = review::read(&app.world, &visitor.who, id).await?;
    let found = reading.review(one).ok_or(PageError::NotFound)?;
    let about = reading.about(found);
    let missing = about.iter().filter(|priority| reading.line(one, priority.id).is_none()).count();
    let open = found.finished_at.is_none();
    let title = match (open, missing) {
        (false, _) => format!("Review, {}", found.name),
        (true, 0) => "You have said where each priority stands".to_owned(),
        (true, 1) => "One priority is left to look at".to_owned(),
        (true, many) => {
            format!("{} priorities are left to look at", super::imports::capital(&kernel::words::number(many as u64)))
        }
    };
    let lead = match (found.finished_at, found.next_on) {
        (Some(at), Some(next)) => {
            format!("Finished on {} by {}. The next is on {}.", moment(at), found.finished_by, long_date(next))
        }
        (Some(at), None) => format!("Finished on {} by {}.", moment(at), found.finished_by),
        (None, _) => format!(
            "Opened on {} by {}. Whoever leads the school goes on with it.",
            long_date(found.on),
            found.opened_by
        ),
    };
    let may_edit = open && EDIT.directly(&visitor.who, id);
    let may_see = !open && reading.released && VIEW.somewhere(&visitor.who).is_ok();
    let mut blocks = Blocks::new(&title, &reading.school.name, errors).lead(lead);
    for priority in about {
        blocks = blocks.block(Heading::new(priority.title.as_str()).level(2).size(Size::M));
        let to = format!("/organisations/{id}/reviews/{one}/{}", priority.id);
        match reading.line(one, priority.id) {
            None => blocks = blocks.say("Nothing is said of it yet."),
            Some(line) => {
                let list = SummaryList::new()
                    .row("Where it stands", letter(line.letter))
                    .row("Why", line.reason.as_str())
                    .row("What has changed", line.changed.as_str())
                    .row("What comes next", line.next_step.as_str());
                blocks = blocks.block(list).block(hint(format!(
                    "Written by {}, {}",
                    line.changed_by,
                    moment(line.changed_at)
                )));
            }
        }
        let beside: Vec<SafeHtml> = reading
            .views
            .iter()
            .filter(|view| view.review == one && view.priority == Some(priority.id))
            .map(view)
            .collect();
        if !beside.is_empty() {
            blocks = blocks.block(hint("What others see beside it")).block(points(beside));
        }
        if may_edit {
            blocks = blocks.say(Link::new(to, "Say where it stands").hidden(format!(": {}", priority.title)));
        }
        if may_see {
            let form = beside_form(visitor, id, one, Some((priority.id, &priority.title)), fields, errors);
            blocks = blocks.block(open_where(
                get(fields, "priority") == priority.id.to_string(),
                Details::new(with_hidden("What you see", &priority.title), form),
            ));
        }
    }
    let whole: Vec<SafeHtml> =
        reading.views.iter().filter(|view| view.review == one && view.priority.is_none()).map(view).collect();
    if !whole.is_empty() {
        blocks = blocks.h2("What others see of the whole").block(points(whole));
    }
    if may_see {
        let form = beside_form(visitor, id, one, None, fields, errors);
        // What was refused is seen, and not folded away.
        let tried = !fields.is_empty() && get(fields, "priority").is_empty();
        blocks = blocks.block(open_where(tried, Details::new("What you see of the whole", form)));
    }
    if may_edit {
        let next = DateInput::new("next", "When is the next review?")
            .hint("Once a term is enough. A day that is no school day moves to the next one that is")
            .value(get(fields, "next-day"), get(fields, "next-month"), get(fields, "next-year"))
            .errors(errors);
        let parts = [next.into(), Button::new("Finish the review").once().into()];
        blocks = blocks.h2("When all is said").block(form(
            visitor,
            &format!("/organisations/{id}/reviews/{one}/finish"),
            parts,
        ));
    }
    blocks.show(visitor, way_to_reviews(&reading.school), errors, done)
}

fn way_to_reviews(school: &Organisation) -> Breadcrumbs {
    way(school).to(format!("/organisations/{}/reviews", school.id), "Reviews")
}

fn beside_form(
    visitor: &Visitor,
    id: i64,
    one: i64,
    priority: Option<(i64, &str)>,
    fields: &Fields,
    errors: &Errors,
) -> SafeHtml {
    let (at, of) = priority.map_or((String::new(), "the whole"), |(id, title)| (id.to_string(), title));
    let own = get(fields, "priority") == at && !fields.is_empty();
    let words = Textarea::new("words", with_hidden("What do you see?", of)).id(format!("words-{at}")).rows(2);
    let words = words.value(if own { get(fields, "words") } else { "" });
    let words = match errors.of(&format!("words-{at}")).filter(|_| own) {
        Some(wrong) => words.error(wrong),
        None => words,
    };
    let radios =
        Radios::new("letter", with_hidden("Which letter would you give? (optional)", of)).id(format!("letter-{at}"));
    let radios =
        Letter::ALL.iter().fold(radios.small(), |all, one| all.choice(one.key(), super::imports::capital(one.words())));
    let parts = [
        Hidden::new("priority", at).into(),
        words.into(),
        radios.into(),
        Button::new(with_hidden("Put it beside", of)).secondary().once().into(),
    ];
    form(visitor, &format!("/organisations/{id}/reviews/{one}/view"), parts)
}

/// `GET /organisations/{id}/reviews/{review}/{priority}`
pub(crate) async fn show_line(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one, priority)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let at = (number(&id)?, number(&one)?, number(&priority)?);
    EDIT.require_directly(&visitor.who, at.0)?;
    line_page(&app, &visitor, at, None, &Errors::none(), None).await
}

/// `POST /organisations/{id}/reviews/{review}/{priority}`
pub(crate) async fn write(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, one, priority)): Path<(String, String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, one, priority) = (number(&id)?, number(&one)?, number(&priority)?);
    let of = |name: &str| get(&fields, name).to_owned();
    let new = NewLine {
        letter: Letter::from_key(get(&fields, "letter")),
        reason: of("reason"),
        changed: of("changed"),
        next_step: of("next_step"),
        base: get(&fields, "revision").parse().unwrap_or_default(),
    };
    let to = format!("/organisations/{id}/reviews/{one}");
    match review::write(&app.world, &visitor.who, id, one, priority, new).await {
        Ok(Wrote::Done(_)) => Ok(on_to(&to, "written")),
        Ok(Wrote::Same) => Ok(on_to(&to, "same")),
        Ok(Wrote::Meanwhile(now)) => {
            let words = format!(
                "{} wrote while you did, and nothing of yours is saved yet. They say {}. Why: {} What has changed: {} What comes next: {} Yours stands below: bring the two together, and save again.",
                now.changed_by,
                now.letter.words(),
                now.reason,
                now.changed,
                now.next_step
            );
            let mut fields = fields;
            fields.retain(|(name, _)| name != "revision");
            fields.push(("revision".to_owned(), now.revision.to_string()));
            line_page(&app, &visitor, (id, one, priority), Some(fields), &Errors::none(), Some(words)).await
        }
        Err(error @ Error::Invalid(_)) => {
            let errors = typed::wrong(error)?;
            line_page(&app, &visitor, (id, one, priority), Some(fields), &errors, None).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn line_page(
    app: &App,
    visitor: &Visitor,
    (id, one, priority): (i64, i64, i64),
    fields: Option<Fields>,
    errors: &Errors,
    meanwhile: Option<String>,
) -> Result<Response, PageError> {
    let reading = review::read(&app.world, &visitor.who, id).await?;
    let found = reading.review(one).ok_or(PageError::NotFound)?;
    let about = reading.about(found).into_iter().find(|one| one.id == priority).ok_or(PageError::NotFound)?;
    let line = reading.line(one, priority);
    let value = |name: &str| match (&fields, line) {
        (Some(fields), _) => get(fields, name).to_owned(),
        (None, Some(line)) => match name {
            "letter" => line.letter.key().to_owned(),
            "reason" => line.reason.clone(),
            "changed" => line.changed.clone(),
            "next_step" => line.next_step.clone(),
            _ => line.revision.to_string(),
        },
        (None, None) => String::new(),
    };
    let area = |name: &'static str, label: &'static str| -> SafeHtml {
        Textarea::new(name, label).rows(3).value(value(name)).errors(errors).into()
    };
    let radios = Radios::new("letter", "Where does it stand?").chosen(value("letter")).errors(errors);
    let radios =
        Letter::ALL.iter().fold(radios, |all, one| all.choice(one.key(), super::imports::capital(one.words())));
    let parts = [
        radios.into(),
        area("reason", "Why?"),
        area("changed", "What has changed since?"),
        area("next_step", "What comes next?"),
        Hidden::new("revision", value("revision")).into(),
        Button::new("Write it down").once().into(),
    ];
    let own: Vec<_> = reading.plan.actions_of(priority).collect();
    let today = app.world.clock.today();
    let mut blocks = Blocks::new(&format!("Where does ‘{}’ stand?", about.title), &reading.school.name, errors)
        .lead("Four things. About five minutes.")
        .block_if(meanwhile.map(WarningText::new))
        .block(form(visitor, &format!("/organisations/{id}/reviews/{one}/{priority}"), parts));
    for criterion in reading.plan.criteria_of(priority) {
        blocks = blocks
            .say(super::plan_words::criterion(criterion))
            .block_if(super::plan_words::progress(&reading.plan, criterion));
    }
    if !own.is_empty() {
        let table = super::plan_words::actions("Its actions", id, &reading.plan, own, today, |_| false);
        blocks = blocks.h2("What was done").block(table);
    }
    let way = way_to_reviews(&reading.school).to(format!("/organisations/{id}/reviews/{one}"), found.name.clone());
    blocks.show(visitor, way, errors, None::<&str>)
}
