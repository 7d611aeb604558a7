//! Which letters went out, to whom, and did they arrive?

use super::imports::capital;
use crate::{App, error::PageError, form, frame, visitor::Visitor};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::words::{moment, number};
use programme::mail::{self, Letter, Outbox, Posted, State as Stands};
use serde::Deserialize;
use ui::{
    Button, ErrorSummary, Errors, Heading, Hidden, InputMode, InsetText, Link, NotificationBanner, SafeHtml, Size,
    Table, Tag, TagColour, TextInput, WarningText, Width, cells,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// What was just done.
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    csrf: String,
    email: String,
}

#[derive(Template)]
#[template(path = "admin_mail.html")]
struct View {
    summary: ErrorSummary,
    banner: Option<NotificationBanner>,
    heading: Heading,
    finding: String,
    warning: Option<WarningText>,
    kept: Option<InsetText>,
    letters: Option<Table>,
    more: Option<String>,
    csrf: Hidden,
    email: TextInput,
    button: Button,
}

/// `GET /admin/mail`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    page(&app, &visitor, &asked.done, "", &Errors::none()).await
}

/// `POST /admin/mail`
pub(crate) async fn send_trial(
    State(app): State<App>,
    visitor: Visitor,
    Form(input): Form<Input>,
) -> Result<Response, PageError> {
    visitor.check_form(&input.csrf)?;
    match mail::send_trial(&app.world, &visitor.who, &input.email).await {
        Ok(()) => Ok(Redirect::to("/admin/mail?done=trial").into_response()),
        Err(error) => page(&app, &visitor, "", &input.email, &form::wrong(error)?).await,
    }
}

async fn page(app: &App, visitor: &Visitor, done: &str, email: &str, errors: &Errors) -> Result<Response, PageError> {
    let outbox = mail::outbox(&app.world, &visitor.who).await?;
    let title = "Which letters went out?";
    let set_up = mail::is_set_up(&app.world);
    let view = View {
        summary: ErrorSummary::new(errors),
        banner: (done == "trial").then(|| {
            NotificationBanner::success("The trial letter is in the outbox. Load this page again to see how it went")
        }),
        heading: Heading::new(title).size(Size::Xl),
        finding: finding(&outbox),
        warning: (!set_up).then(|| {
            WarningText::new(
                "No mail server is set up here, so letters wait. Set up [smtp] and start again: they go then.",
            )
        }),
        kept: visitor.demo.then(|| {
            let link = Link::new("/demo/letters", "Read them as their readers would");
            let words = "This is a demonstration: letters are kept here and go to nobody. ";
            InsetText::new(SafeHtml::join([words.into(), link.into()], ""))
        }),
        letters: (!outbox.letters.is_empty()).then(|| table(&outbox.letters)),
        more: (outbox.all > outbox.letters.len() as u64)
            .then(|| format!("The latest {} of {} letters are shown.", outbox.letters.len(), outbox.all)),
        csrf: Hidden::new("csrf", visitor.form_token()),
        email: TextInput::new("email", "Send a trial letter to")
            .hint("It says that you tried whether letters arrive, and nothing else")
            .mode(InputMode::Email)
            .width(Width::TwoThirds)
            .value(email.chars().take(254).collect::<String>())
            .errors(errors),
        button: Button::new("Send a trial letter").secondary().once(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = frame::page(visitor, title).noindex().with_error(!errors.is_empty());
    Ok((status, frame::show(page, &view)?).into_response())
}

/// What matters in the list.
fn finding(outbox: &Outbox) -> String {
    if outbox.all == 0 {
        return "None yet.".to_owned();
    }
    let count = |count: u64, one: &str, many: &str| match count {
        0 => String::new(),
        1 => format!(" One {one}."),
        count => format!(" {} {many}.", capital(&number(count))),
    };
    let said = [
        count(outbox.refused, "was refused for good", "were refused for good"),
        count(outbox.failed, "could not be sent, and can be tried again", "could not be sent, and can be tried again"),
        count(outbox.waits, "waits", "wait"),
    ];
    match said.concat() {
        nothing if nothing.is_empty() => {
            "Every letter of the last 90 days went out, was given up or came too late.".to_owned()
        }
        said => said.trim_start().to_owned(),
    }
}

fn table(letters: &[Posted]) -> Table {
    let table = Table::new("Letters of the last 90 days, the latest first")
        .caption_size(Size::M)
        .head(["To", "Letter", "Written", "How it stands", "Why"])
        .wide();
    letters.iter().fold(table, |table, letter| {
        table.row(cells![
            &letter.to,
            Letter::words(&letter.template),
            moment(letter.queued_at),
            stands(letter),
            why(letter),
        ])
    })
}

/// How a letter stands, in words; the colour says nothing that they do not.
fn stands(letter: &Posted) -> SafeHtml {
    let (words, colour) = match letter.state {
        Stands::Waits if letter.tries > 0 => ("Waits for its next try", TagColour::Yellow),
        Stands::Waits => ("Waits", TagColour::Blue),
        Stands::Sent => ("Sent", TagColour::Green),
        Stands::Refused => ("Refused", TagColour::Red),
        Stands::TooLate => ("Too late to be of use", TagColour::Grey),
        Stands::Failed => ("Not sent", TagColour::Orange),
        Stands::GivenUp => ("Given up", TagColour::Grey),
    };
    let when = letter.ended_at.or(letter.tried_at).map(|at| format!(" {}", moment(at))).unwrap_or_default();
    SafeHtml::join([Tag::new(words).colour(colour).into(), when.into()], "")
}

fn why(letter: &Posted) -> String {
    let said = letter.said.as_deref().map(|said| format!("{}.", capital(said.trim_end_matches('.'))));
    let tries = match letter.tries {
        0 => String::new(),
        1 => " Tried once in vain.".to_owned(),
        many => format!(" Tried {many} times in vain."),
    };
    format!("{}{tries}", said.unwrap_or_default()).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_says_what_matters() {
        let outbox = |all, refused, failed, waits| Outbox { letters: Vec::new(), waits, refused, failed, all };
        assert_eq!(finding(&outbox(0, 0, 0, 0)), "None yet.");
        assert_eq!(finding(&outbox(3, 1, 0, 2)), "One was refused for good. Two wait.");
        assert!(finding(&outbox(3, 0, 0, 0)).starts_with("Every letter"));
    }

    #[test]
    fn a_letter_says_why_it_was_not_sent() {
        let letter = Posted {
            id: 1,
            to: "sam@example.org".to_owned(),
            template: "trial".to_owned(),
            state: Stands::Refused,
            queued_at: "2026-09-03T14:05:59Z".parse().unwrap(),
            tries: 1,
            tried_at: None,
            ended_at: None,
            said: Some("the mail server refused this recipient: 550 no such mailbox".to_owned()),
        };
        let words = why(&letter);
        assert_eq!(words, "The mail server refused this recipient: 550 no such mailbox. Tried once in vain.");
    }
}
