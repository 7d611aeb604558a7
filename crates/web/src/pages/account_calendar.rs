//! Is what is due for me in my own calendar?

use super::{
    blocks::{Blocks, form, points, say},
    diagnosis_words::{Fields, get},
    school_record::moment,
};
use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use programme::person;
use serde::Deserialize;
use ui::{Breadcrumbs, Button, Errors, Hidden, SafeHtml};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

/// `GET /account/calendar`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Asked>,
) -> Result<Response, PageError> {
    visitor.session()?;
    let done = (input.done == "ended").then_some("Switched off. The old address opens nothing any more.");
    page(&app, &visitor, None, done).await
}

/// `POST /account/calendar`
pub(crate) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    visitor.check_form(get(&fields, "csrf"))?;
    if get(&fields, "do") == "end" {
        person::end_feed(&app.world, &visitor.who).await?;
        return Ok(Redirect::to("/account/calendar?done=ended").into_response());
    }
    let secret = person::make_feed(&app.world, visitor.session()?).await?;
    // Shown on the answer itself, for it is not kept.
    page(&app, &visitor, Some(&secret), None).await
}

async fn page(
    app: &App,
    visitor: &Visitor,
    secret: Option<&str>,
    done: Option<&'static str>,
) -> Result<Response, PageError> {
    let known = person::feed(&app.world, &visitor.who).await?;
    let title = match (&known, secret) {
        (_, Some(_)) => "Your calendar has an address now",
        (Some(_), None) => "What is due for you is in your calendar",
        (None, None) => "See in your own calendar what is due",
    };
    let none = Errors::none();
    let mut blocks = Blocks::new(title, "", &none).lead(
        "Your calendar can fetch from here, by itself, when something of yours is due, when reviews are, and which contacts are agreed.",
    );
    if let Some(secret) = secret {
        blocks = blocks.block(address(&app.world.link(&format!("/calendar/{secret}.ics"))));
    }
    blocks = blocks.say("It holds days, the name of your school, and links that ask you to sign in. It holds nothing that anybody wrote: no judgement, and no word about a child.");
    if let (Some(known), None) = (&known, secret) {
        let used = match known.used {
            Some(used) => format!("a calendar last asked on {}", moment(used)),
            None => "no calendar has asked yet".to_owned(),
        };
        blocks = blocks.say(format!(
            "Its address was made on {}; {used}. The address is not kept, so it cannot be shown again.",
            moment(known.made)
        ));
    }
    let step = |what: &str, button: Button| -> SafeHtml {
        form(visitor, "/account/calendar", [Hidden::new("do", what).into(), button.into()])
    };
    blocks = match known {
        None => blocks.block(step("make", Button::new("Make an address").once())),
        Some(_) => blocks
            .h2("Where somebody else may have it")
            .say("A new address stops the old one at once. Your calendar then wants the new one.")
            .block(step("make", Button::new("Make a new address").once().secondary()))
            .block(step("end", Button::new("Switch it off").once().secondary())),
    };
    blocks.show(visitor, Breadcrumbs::home().to("/account", "Your account"), &none, done)
}

/// The address, shown this once, and what to do with it.
fn address(address: &str) -> SafeHtml {
    let shown = SafeHtml::vouched(
        "the address is escaped",
        format!("<code class=\"app-code\" id=\"calendar\">{}</code>", SafeHtml::from(address)),
    );
    let steps = points([
        "Copy it now: it is shown this once.",
        "In your calendar, choose to add or subscribe to a calendar from the internet, and put it there.",
        "Give it to nobody. Whoever has it reads when something of yours is due.",
    ]);
    let inset = SafeHtml::join([say("This is the address:"), say(shown), steps], "");
    SafeHtml::vouched("its parts are escaped", format!("<div class=\"govuk-inset-text\">{inset}</div>"))
}
