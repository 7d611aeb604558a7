//! Do I want a letter each Monday with what is due for me?

use super::{
    blocks::{Blocks, form},
    diagnosis_words::{Fields, get},
    school_record::moment,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::long_date;
use programme::digest;
use serde::Deserialize;
use ui::{Breadcrumbs, Button, Errors, Hidden};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

/// `GET /account/digest`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Asked>,
) -> Result<Response, PageError> {
    let chosen = digest::chosen(&app.world, &visitor.who).await?;
    let title = match &chosen {
        Some(_) => "You get a letter on Mondays",
        None => "A letter on Mondays with what is due",
    };
    let none = Errors::none();
    let mut blocks = Blocks::new(title, "", &none)
        .lead("It says what is due for you in the next two weeks, what is overdue, and what waits for you. In a week in which there is nothing to say, none comes.")
        .say("It holds counts, days, names of schools, and links that ask you to sign in. It holds nothing that anybody wrote: no judgement, and no word about a child.");
    let step =
        |what: &str, button: Button| form(&visitor, "/account/digest", [Hidden::new("do", what).into(), button.into()]);
    blocks = match chosen {
        Some(chosen) => blocks
            .say(format!(
                "You chose it on {}; the next is looked at on {}. Each letter has a link that stops it without signing in.",
                moment(chosen.since),
                long_date(chosen.next)
            ))
            .block(step("end", Button::new("Stop it").secondary().once())),
        None => blocks
            .say("Each letter has a link that stops it without signing in.")
            .block(step("choose", Button::new("Send it to me").once())),
    };
    let done = match input.done.as_str() {
        "chosen" => Some("The first comes next Monday, if there is something to say."),
        "ended" => Some("Stopped. No further letter comes."),
        _ => None,
    };
    blocks.show(&visitor, Breadcrumbs::home().to("/account", "Your account"), &none, done)
}

/// `POST /account/digest`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    let done = if get(&fields, "do") == "end" {
        digest::end(&app.world, &visitor.who).await?;
        "ended"
    } else {
        digest::choose(&app.world, visitor.session()?).await?;
        "chosen"
    };
    Ok(Redirect::to(&format!("/account/digest?done={done}")).into_response())
}
