//! Where does this action stand?

use super::{
    blocks::{Blocks, form},
    diagnosis_words::{Fields, get, on_to, wrong},
    plan_words::{Done, tag, way_to_plan},
    school_record::number,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use kernel::words::long_date;
use programme::plan::{self, Action, State as How};
use ui::{Button, Errors, Link, Radios, SummaryList, Textarea};

/// `GET /organisations/{id}/plan/actions/{action}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, action)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let words = match done.what() {
        "added" => Some(done.with_move("Added.")),
        "changed" => Some(done.with_move("Saved.")),
        "same" => Some("It said that already.".to_owned()),
        _ => None,
    };
    page(&app, &visitor, (number(&id)?, number(&action)?), &Fields::new(), &Errors::none(), words).await
}

/// `POST /organisations/{id}/plan/actions/{action}`
pub(crate) async fn mark(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, action)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let (id, action) = (number(&id)?, number(&action)?);
    let state = How::from_key(get(&fields, "state"));
    match plan::mark(&app.world, &visitor.who, id, action, state, get(&fields, "why")).await {
        Ok(()) => Ok(on_to(&format!("/organisations/{id}/plan"), "marked")),
        Err(programme::Error::Invalid(all)) => {
            // ‘state’ stands beside its field here.
            let mut errors = Errors::none();
            for one in all {
                errors.add(one.field, one.message);
            }
            page(&app, &visitor, (id, action), &fields, &errors, None).await
        }
        Err(error) => page(&app, &visitor, (id, action), &fields, &wrong(error)?, None).await,
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    (id, action): (i64, i64),
    fields: &Fields,
    errors: &Errors,
    done: Option<String>,
) -> Result<Response, PageError> {
    let (school, one, acts) = plan::action(&app.world, &visitor.who, id, action).await?;
    let to = format!("/organisations/{id}/plan/actions/{action}");
    let chosen = match get(fields, "state") {
        "" => one.state.key(),
        state => state,
    };
    let states = How::ALL.iter().filter(|state| acts || **state != How::Dropped);
    let radios = Radios::new("state", "Where does it stand?").chosen(chosen).errors(errors);
    let radios = states.fold(radios, |radios, state| radios.choice(state.key(), words(*state)));
    let why = Textarea::new("why", "A word on it")
        .hint("What it waits for where it is stuck; why where you drop it; else as you like")
        .rows(2)
        .value(if fields.is_empty() { one.state_why.as_str() } else { get(fields, "why") })
        .errors(errors);
    let parts = [radios.into(), why.into(), Button::new("Say so").once().into()];
    let mut blocks = Blocks::new(&one.what, &school.name, errors)
        .block(facts(&one, app.world.clock.today()))
        .block(form(visitor, &to, parts));
    if acts {
        blocks = blocks.say(Link::new(format!("{to}/edit"), "Change what it says"));
    }
    blocks.show(visitor, way_to_plan(&school), errors, done)
}

fn words(state: How) -> &'static str {
    match state {
        How::Open => "Open: still to be done",
        How::Done => "Done",
        How::Stuck => "Stuck: it waits for something",
        How::Dropped => "Dropped: it will not be done",
    }
}

fn facts(one: &Action, today: kernel::Date) -> SummaryList {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let said = one.state_on.map(|day| format!("{} said so on {}", one.state_by, long_date(day)));
    SummaryList::new()
        .row("Who", one.owner_name.as_str())
        .row("By", long_date(one.due))
        .row_if("Who helps", some(&one.supporter))
        .row_if("What ‘done’ looks like", some(&one.done_means))
        .row("Where it stands", tag(one, today))
        .row_if("Since when", said)
}
