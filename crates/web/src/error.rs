//! What a page answers when it cannot do what was asked.
//!
//! - [`PageError::NotFound`]: there is no such thing, or it is not theirs to know.
//! - [`PageError::SignInFirst`]: off to the sign-in page.
//! - [`PageError::ConfirmFirst`]: off to show again who they are.
//! - [`PageError::BadToken`]: a program's token that opens nothing.
//! - [`PageError::Forged`]: a form without our token.
//! - [`PageError::Unexpected`]: logged once, never shown.
//!
//! What is wrong with a form's fields is no error of a page: the form comes
//! back with it (see [`crate::form`]).

use crate::{assets, frame, middleware};
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use programme::Error;
use ui::{Heading, Page, SafeHtml, Size};

/// What to do about a failure that is ours.
const AGAIN: &str = "Nothing was changed. Try again in a moment; if it happens again, tell whoever runs this Aspire";

/// Why a page could not be shown.
#[derive(Debug)]
pub(crate) enum PageError {
    NotFound,
    SignInFirst,
    /// Back to this path once its visitor has shown again who they are.
    ConfirmFirst(String),
    /// A program's token that does not work.
    BadToken,
    Forged,
    TooLarge,
    Invalid(String),
    Unexpected(String),
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::SignInFirst => Self::SignInFirst,
            Error::ConfirmFirst => Self::ConfirmFirst("/account".to_owned()),
            Error::Invalid(_) | Error::BadCell { .. } | Error::BadFile { .. } | Error::Changed => {
                Self::Invalid(error.to_string())
            }
            Error::Store(_) | Error::Unexpected(_) => Self::Unexpected(error.to_string()),
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl PageError {
    /// Status, heading and what to do.
    pub(crate) fn words(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Page not found",
                "If you typed the address, check it. If you followed a link, what it led to is not here.".to_owned(),
            ),
            Self::SignInFirst => {
                (StatusCode::UNAUTHORIZED, "Sign in first", "This page needs you to sign in.".to_owned())
            }
            Self::ConfirmFirst(_) => (
                StatusCode::UNAUTHORIZED,
                "Confirm that it is you",
                "What you want to change asks for your password once more.".to_owned(),
            ),
            Self::BadToken => (
                StatusCode::UNAUTHORIZED,
                "This token does not work",
                "It was revoked, has run out, or was copied in part. Make a new one on your account page.".to_owned(),
            ),
            Self::Forged => (
                StatusCode::FORBIDDEN,
                "This form has expired",
                "Nothing was changed. Go back, load the page again and send it once more.".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "This file is too large",
                "Nothing was changed. Import it at the command line, which takes files of any size.".to_owned(),
            ),
            Self::Invalid(why) => (StatusCode::BAD_REQUEST, "That cannot be shown", format!("{why}.")),
            Self::Unexpected(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong here",
                match middleware::reference() {
                    Some(reference) => format!("{AGAIN}: reference {reference}."),
                    None => format!("{AGAIN}."),
                },
            ),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Self::SignInFirst = self {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, "/sign-in")]).into_response();
        }
        if let Self::ConfirmFirst(then) = &self {
            let to = format!("/account/confirm?then={then}");
            return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        }
        if let Self::Unexpected(error) = &self {
            tracing::error!(%error, "a page failed");
        }
        let (status, heading, what) = self.words();
        let paragraph = SafeHtml::from(what);
        let content = SafeHtml::join(
            [
                Heading::new(heading).size(Size::L).into(),
                SafeHtml::vouched("a constant", "<p class=\"govuk-body\">"),
                paragraph,
                SafeHtml::vouched(
                    "a constant",
                    "</p><p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/\">Go to the first page</a></p>",
                ),
            ],
            "",
        );
        let page = frame::menu(Page::new(heading, assets::addresses())).noindex().content(content);
        if let Self::BadToken = self {
            return (status, [(header::WWW_AUTHENTICATE, "Bearer")], Html(page.to_string())).into_response();
        }
        (status, Html(page.to_string())).into_response()
    }
}
