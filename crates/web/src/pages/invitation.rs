//! Who invites you to what, and what does accepting mean?

use super::{school_record::moment, sign_in};
use crate::{App, cookie, device::From, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use kernel::words::long_date;
use programme::{
    Error,
    invitation::{self, Looked, NewAccount, State as Stands},
};
use serde::Deserialize;
use ui::{Button, ErrorSummary, Errors, Heading, Hidden, InsetText, Password, Size, TextInput, Width};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    name: String,
    password: String,
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct View {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    /// The school and the day it would join; what joining means is in the template.
    joins: Option<(String, String)>,
    answer: Answer,
    token: String,
    csrf: Hidden,
    accept: Button,
    decline: Button,
}

/// Who is there to answer.
enum Answer {
    /// Somebody who is signed in.
    As(InsetText),
    /// Somebody who has an account and must sign in.
    SignIn(Button),
    /// Somebody new.
    New(Box<NewPerson>),
    /// It can no longer be answered.
    Ended,
}

/// The fields of somebody new.
struct NewPerson {
    email: TextInput,
    name: TextInput,
    password: Password,
}

/// `GET /invitations/{token}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    page(&app, &visitor, &token, None, &Errors::none()).await
}

/// `POST /invitations/{token}/accept`
pub(crate) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    from: From,
    Path(token): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    if visitor.name().is_some() {
        visitor.check_form(&input.csrf)?;
    }
    let new = NewAccount { name: input.name.clone(), password: input.password.clone(), device: from.device };
    match invitation::accept(&app.world, &visitor.who, &token, new).await {
        Ok(accepted) => {
            let forget = cookie::INVITATION.forget(app.settings.https);
            Ok(match accepted.session {
                Some(session) => sign_in::signed_in(&app, &session, vec![forget]),
                None => sign_in::with_cookies(sign_in::see_other(sign_in::AFTER), [forget]),
            })
        }
        // Somebody has made an account with the address in the meantime.
        Err(Error::SignInFirst) => page(&app, &visitor, &token, None, &Errors::none()).await,
        Err(error) => page(&app, &visitor, &token, Some(&input), &form::wrong(error)?).await,
    }
}

/// `POST /invitations/{token}/decline`
pub(crate) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    if visitor.name().is_some() {
        visitor.check_form(&input.csrf)?;
    }
    let errors = match invitation::decline(&app.world, &token).await {
        Ok(()) => Errors::none(),
        Err(error) => form::wrong(error)?,
    };
    page(&app, &visitor, &token, None, &errors).await
}

/// The secret of a letter whose reader went off to sign in.
pub(super) fn kept(app: &App, headers: &HeaderMap) -> Option<String> {
    cookie::INVITATION.of(app.settings.https, headers)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    token: &str,
    typed: Option<&Input>,
    errors: &Errors,
) -> Result<Response, PageError> {
    let looked = invitation::look(&app.world, token).await?;
    let title = title(&looked);
    let answer = answer(visitor, &looked, typed, errors);
    let cookie = match answer {
        Answer::SignIn(_) => cookie::INVITATION.set(app.settings.https, token),
        _ => cookie::INVITATION.forget(app.settings.https),
    };
    let view = View {
        summary: ErrorSummary::new(errors),
        heading: Heading::new(title.clone()).size(Size::Xl),
        lead: lead(&looked),
        joins: match looked.state {
            Stands::Open => {
                looked.joins.as_ref().map(|(_, cohort)| (looked.organisation.name.clone(), long_date(cohort.joins_on)))
            }
            _ => None,
        },
        answer,
        token: token.to_owned(),
        csrf: Hidden::new("csrf", visitor.form_token()),
        accept: Button::new(if looked.joins.is_some() { "Join the programme" } else { "Accept" }).id("accept").once(),
        decline: Button::new("Decline").secondary().once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, [(header::SET_COOKIE, cookie)], frame::show(frame, &view)?).into_response())
}

fn title(looked: &Looked) -> String {
    let place = &looked.organisation.name;
    match (looked.state, &looked.joins) {
        (Stands::Open, Some((programme, _))) => format!("Does {place} join {}?", programme.name),
        (Stands::Open, None) => format!("{} invites you to {place}", looked.invitation.by),
        (Stands::Accepted, _) => "This invitation was accepted".to_owned(),
        (Stands::Declined, _) => "You declined this invitation".to_owned(),
        (Stands::Withdrawn, _) => "This invitation was taken back".to_owned(),
        (Stands::Expired, _) => "This invitation has run out".to_owned(),
    }
}

fn lead(looked: &Looked) -> String {
    let invited = &looked.invitation;
    match (looked.state, &looked.joins) {
        (Stands::Open, Some((programme, _))) => {
            let about = match programme.about.is_empty() {
                true => String::new(),
                false => format!(" {}", programme.about),
            };
            format!(
                "{}, who works for {}, asks you as headteacher.{about} You decide by {}.",
                invited.by,
                programme.name,
                moment(invited.expires_at)
            )
        }
        (Stands::Open, None) => {
            format!("You are to be {} there. You decide by {}.", invited.role_words(), moment(invited.expires_at))
        }
        (Stands::Accepted, _) => "There is nothing more to do with it. Sign in to go on.".to_owned(),
        (Stands::Declined, _) => {
            format!("Nothing was kept but that. If you change your mind, ask {} for a new one.", invited.by)
        }
        (Stands::Withdrawn | Stands::Expired, _) => {
            format!("If you were about to accept it, ask {} for a new one.", invited.by)
        }
    }
}

fn answer(visitor: &Visitor, looked: &Looked, typed: Option<&Input>, errors: &Errors) -> Answer {
    if looked.state != Stands::Open {
        return Answer::Ended;
    }
    if let Some(name) = visitor.name() {
        return Answer::As(InsetText::new(format!(
            "You are signed in as {name}, and answer as {name}. If you are somebody else, sign out first."
        )));
    }
    if looked.has_account {
        return Answer::SignIn(Button::new("Sign in to answer").link("/sign-in"));
    }
    let name = typed.map_or(looked.invitation.name.as_str(), |typed| typed.name.as_str());
    // Shown and not sent: the account is that of the letter's address.
    let email = TextInput::new("email", "E-mail address")
        .id("account-email")
        .autocomplete("username")
        .width(Width::TwoThirds)
        .hint("The letter came to this address, and you sign in with it")
        .value(&looked.invitation.email);
    let password = Password::new("password", "Choose a password").hint("At least 12 characters").choosing();
    Answer::New(Box::new(NewPerson {
        email,
        name: TextInput::new("name", "Your name").autocomplete("name").value(name).errors(errors),
        password: password.errors(errors),
    }))
}
