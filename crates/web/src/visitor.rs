//! Who is on the other side of a request.

use crate::{App, error::PageError};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use programme::{
    Who,
    person::{self, Session, Token},
    who::Caller,
};
use subtle::ConstantTimeEq as _;

/// The cookie that carries the session's token.
pub(crate) const COOKIE: &str = "aspire_session";

/// Whoever asks, as a page knows them.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// For `programme`, which decides what they may.
    pub(crate) who: Who,
    session: Option<Session>,
    /// The path that was asked for, for the menu.
    pub(crate) path: String,
    /// It is the demo, whose menu leads to the pilot.
    pub(crate) demo: bool,
}

impl Visitor {
    /// The token that every form of this session carries; empty where nobody is signed in.
    pub(crate) fn form_token(&self) -> &str {
        self.session.as_ref().map_or("", |session| &session.form_token)
    }

    /// The name of the person who is signed in.
    pub(crate) fn name(&self) -> Option<&str> {
        self.session.as_ref().map(|session| session.caller.name.as_str())
    }

    /// Whether somebody is signed in, for a page that says nothing to others, not
    /// even whether what they ask for is there.
    ///
    /// # Errors
    /// [`PageError::SignInFirst`] where nobody is.
    pub(crate) fn signed_in(&self) -> Result<&Caller, PageError> {
        self.who.caller().ok_or(PageError::SignInFirst)
    }

    /// Whether a form came from one of our own pages in this session.
    ///
    /// # Errors
    /// [`PageError::Forged`] where its token is not the session's.
    pub(crate) fn check_form(&self, token: &str) -> Result<(), PageError> {
        let session = self.session.as_ref().ok_or(PageError::SignInFirst)?;
        let same: bool = session.form_token.as_bytes().ct_eq(token.as_bytes()).into();
        if same { Ok(()) } else { Err(PageError::Forged) }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let session = match token(&parts.headers) {
            Some(token) => person::session(&app.world, &token).await?,
            None => None,
        };
        let who = session.as_ref().map_or(Who::Anyone, |session| Who::Person(session.caller.clone()));
        Ok(Self { who, session, path: parts.uri.path().to_owned(), demo: app.settings.demo_sign_in.is_some() })
    }
}

/// The session's token in the request's cookies.
pub(crate) fn token(headers: &HeaderMap) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| Token::parse(value))
}
