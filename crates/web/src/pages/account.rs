//! What opens my account, and what belongs to it?

use super::school_record::moment;
use crate::{App, error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use kernel::words::number;
use programme::{
    digest,
    person::{self, Factors},
};
use serde::Deserialize;
use ui::{Heading, Link, NotificationBanner, Size, SummaryList};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Input {
    done: String,
}

#[derive(Template)]
#[template(path = "account.html")]
struct View {
    heading: Heading,
    list: SummaryList,
}

/// `GET /account`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(input): Query<Input>,
) -> Result<Html<String>, PageError> {
    let account = person::account(&app.world, &visitor.who).await?;
    let open = person::sessions(&app.world, &visitor.who).await?.len();
    let tokens = person::tokens(&app.world, &visitor.who).await?.len();
    let title = "Your account";
    let password = match account.password_set {
        Some(set) => format!("Set on {}", moment(set)),
        None => "None".to_owned(),
    };
    let change = |href: &str, words: &'static str, what: &'static str| Link::new(href, words).hidden(what);
    let mut list = SummaryList::new()
        .row("Name", account.name)
        .row("E-mail address", account.email)
        .row_with("Password", password, change("/account/password", "Change", "password"))
        .row_with("Second factor", said(&account.factors), change("/account/second-factor", "Change", "second factor"))
        .row_with("Signed in", places(open), change("/account/sessions", "See", "where you are signed in"))
        .row_with("Tokens for programs", counted(tokens), change("/account/tokens", "See", "tokens"));
    if !app.world.providers.all.is_empty() {
        let see = change("/account/elsewhere", "See", "accounts elsewhere");
        list = list.row_with("Accounts elsewhere", "With which you can sign in here", see);
    }
    let see = change("/account/calendar", "See", "calendar feed");
    list = list.row_with("In your own calendar", "What is due for you, by a secret address", see);
    let letter = match digest::chosen(&app.world, &visitor.who).await? {
        Some(_) => "With what is due and what waits",
        None => "None",
    };
    list = list.row_with("A letter on Mondays", letter, change("/account/digest", "Change", "the letter on Mondays"));
    let see = change("/account/data", "See", "what is held about you");
    list = list.row_with("What is held about you", "All of it, to read and to download", see);
    let view = View { heading: Heading::new(title).size(Size::Xl), list };
    let page = frame::page(&visitor, title).noindex();
    let page = match input.done.as_str() {
        "password" => page.banner(NotificationBanner::success(
            "Your password is changed. Wherever else you were signed in, you are signed out.",
        )),
        _ => page,
    };
    frame::show(page, &view)
}

fn places(open: usize) -> String {
    match open {
        1 => "Here only".to_owned(),
        open => format!("In {} places", number(open as u64)),
    }
}

fn counted(tokens: usize) -> String {
    match tokens {
        0 => "None".to_owned(),
        1 => "One".to_owned(),
        tokens => super::imports::capital(&number(tokens as u64)),
    }
}

/// Which second factors there are, in words.
fn said(factors: &Factors) -> String {
    let passkeys = match factors.passkeys.len() {
        0 => None,
        1 => Some("a passkey".to_owned()),
        many => Some(format!("{} passkeys", number(many as u64))),
    };
    let all: Vec<String> =
        factors.app.map(|_| "an app that shows codes".to_owned()).into_iter().chain(passkeys).collect();
    match all.is_empty() {
        true => "None yet".to_owned(),
        false => super::imports::capital(&all.join(", and ")),
    }
}
