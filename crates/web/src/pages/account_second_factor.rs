//! What else opens my account than the password?

use super::{account_app, school_record::moment, sign_in, sign_in_passkey};
use crate::{App, cookie, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form, Json,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::number;
use programme::{
    Error,
    person::{self, Factors, KnownPasskey},
};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    /// Of the passkey that is to go.
    id: i64,
    /// What a new passkey is called.
    name: String,
    /// What the browser answered, as JSON.
    answer: String,
}

#[derive(Template)]
#[template(path = "account_second_factor.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    csrf: Hidden,
    app: String,
    app_button: Button,
    app_action: &'static str,
    passkeys: Vec<Row>,
    /// None where passkeys do not work here.
    add: Option<(TextInput, Button)>,
    /// None where there is nothing that they could stand in for.
    codes: Option<(String, Button)>,
}

/// A passkey.
struct Row {
    id: Hidden,
    name: String,
    said: String,
    button: Button,
}

/// `GET /account/second-factor`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Asked>,
) -> Result<Response, PageError> {
    visitor.confirmed(&app)?;
    page(&app, &visitor, &input.done, &Errors::none()).await
}

/// `POST /account/app/remove`
pub(crate) async fn remove_app(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let done = person::remove_app(&app.world, visitor.confirmed(&app)?).await;
    removed(&app, &visitor, done).await
}

/// `POST /account/passkeys/remove`
pub(crate) async fn remove_passkey(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let done = person::remove_passkey(&app.world, visitor.confirmed(&app)?, input.id).await;
    removed(&app, &visitor, done).await
}

async fn removed(app: &App, visitor: &Visitor, done: Result<(), Error>) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(Redirect::to("/account/second-factor?done=removed").into_response()),
        Err(error) => page(app, visitor, "", &form::wrong(error)?).await,
    }
}

/// `POST /account/passkeys/begin`: what the browser is asked, for the script.
pub(crate) async fn begin_passkey(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let question = person::begin_passkey(&app.world, visitor.confirmed(&app)?).await?;
    let cookie = cookie::PASSKEY.set(app.settings.https, question.token.reveal());
    Ok(sign_in::with_cookies(Json(question.options).into_response(), [cookie]))
}

/// `POST /account/passkeys`: what the browser answered.
pub(crate) async fn add_passkey(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    let session = visitor.confirmed(&app)?;
    let done = match sign_in_passkey::kept(&app, &headers) {
        Some(token) => person::add_passkey(&app.world, session, &token, &input.name, &input.answer).await,
        None => Err(Error::field("passkey", "That took too long. Try again")),
    };
    match done {
        Ok(codes) if codes.is_empty() => Ok(Redirect::to("/account/second-factor?done=passkey").into_response()),
        Ok(codes) => account_app::codes_page(&visitor, "Your passkey is added. Keep these codes", &codes),
        Err(error) => page(&app, &visitor, "", &form::wrong_at(error, |_| "name".to_owned())?).await,
    }
}

/// `POST /account/recovery-codes`
pub(crate) async fn renew_codes(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match person::renew_codes(&app.world, visitor.confirmed(&app)?).await {
        Ok(codes) => account_app::codes_page(&visitor, "Keep these recovery codes", &codes),
        Err(error) => page(&app, &visitor, "", &form::wrong(error)?).await,
    }
}

async fn page(app: &App, visitor: &Visitor, done: &str, errors: &Errors) -> Result<Response, PageError> {
    let factors = person::factors(&app.world, &visitor.who).await?;
    let title = title(&factors);
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title).size(Size::Xl),
        lead: lead(visitor, &factors),
        csrf: Hidden::new("csrf", visitor.form_token()),
        app: match factors.app {
            Some(since) => format!("Set up on {}.", moment(since)),
            None => "An app on your phone shows six digits, new ones every half minute. About 3 minutes to set up."
                .to_owned(),
        },
        app_button: match factors.app {
            Some(_) => Button::new("Remove the app").warning().id("remove"),
            None => Button::new("Set up an app").id("app"),
        },
        app_action: if factors.app.is_some() { "/account/app/remove" } else { "/account/app/begin" },
        passkeys: factors.passkeys.iter().map(row).collect(),
        add: person::passkeys_work(&app.world).then(|| {
            let name = TextInput::new("name", "What this passkey is called")
                .hint("Such as ‘My phone’ or ‘The key on my ring’")
                .width(Width::TwoThirds)
                .errors(errors);
            (name, Button::new("Add a passkey"))
        }),
        codes: factors.any().then(|| {
            let left = match factors.codes_left {
                0 => "You have none left.".to_owned(),
                1 => "You have one left.".to_owned(),
                left => format!("You have {} left.", number(left.unsigned_abs())),
            };
            (left, Button::new("Make new recovery codes").secondary().id("codes"))
        }),
    };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    let frame = match done {
        "removed" => frame.banner(NotificationBanner::success("Removed. It opens your account no more.")),
        "passkey" => frame.banner(NotificationBanner::success("Added. From now on you can sign in with it.")),
        "app" => {
            frame.banner(NotificationBanner::success("The app is set up. You are asked for its code when you sign in."))
        }
        _ => frame,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, frame::show(frame, &view)?).into_response())
}

fn title(factors: &Factors) -> &'static str {
    if factors.any() { "A second factor protects your account" } else { "Only your password protects your account" }
}

fn lead(visitor: &Visitor, factors: &Factors) -> String {
    let lacks = visitor.session().is_ok_and(|session| session.lacks);
    if lacks && !factors.any() {
        return "What you do here reaches beyond one school, so it asks for a second factor. Set up an app or a passkey; until then you see what anybody sees.".to_owned();
    }
    if factors.any() {
        "Whoever learns your password cannot sign in with it alone.".to_owned()
    } else {
        "With a second factor, whoever learns your password cannot sign in with it alone.".to_owned()
    }
}

fn row(passkey: &KnownPasskey) -> Row {
    let used = match passkey.used {
        Some(used) => format!("last used on {}", moment(used)),
        None => "not used yet".to_owned(),
    };
    Row {
        id: Hidden::new("id", passkey.id.to_string()),
        name: passkey.name.clone(),
        said: format!("Added on {}, {used}.", moment(passkey.made)),
        button: Button::new(format!("Remove ‘{}’", passkey.name)).secondary(),
    }
}
