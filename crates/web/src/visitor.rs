//! Who is on the other side of a request.

use crate::{App, cookie, error::PageError, middleware::called_by};
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

    /// The session in which somebody is signed in.
    ///
    /// # Errors
    /// [`PageError::SignInFirst`] where nobody is, or a program asks with a token.
    pub(crate) fn session(&self) -> Result<&Session, PageError> {
        self.session.as_ref().ok_or(PageError::SignInFirst)
    }

    /// The session, for a page on which one changes what opens the account: its
    /// person has shown within the last minutes who they are.
    ///
    /// # Errors
    /// [`PageError::SignInFirst`]; [`PageError::ConfirmFirst`], which leads back here.
    pub(crate) fn confirmed(&self, app: &App) -> Result<&Session, PageError> {
        let session = self.session()?;
        match person::may_change_account(&app.world, session) {
            Err(programme::Error::ConfirmFirst) => Err(PageError::ConfirmFirst(self.path.clone())),
            may => may.map(|()| session).map_err(PageError::from),
        }
    }

    /// Whether a form came from one of our own pages in this session.
    ///
    /// # Errors
    /// [`PageError::Forged`] where its token is not the session's.
    pub(crate) fn check_form(&self, token: &str) -> Result<(), PageError> {
        let session = self.session()?;
        let same: bool = session.form_token.as_bytes().ct_eq(token.as_bytes()).into();
        if same { Ok(()) } else { Err(PageError::Forged) }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let path = parts.uri.path().to_owned();
        let demo = app.settings.demo_sign_in.is_some();
        if let Some(text) = bearer(&parts.headers) {
            let caller = person::bearer(&app.world, text).await?.ok_or(PageError::BadToken)?;
            let who = Who::Person(caller);
            called_by(who.person());
            return Ok(Self { who, session: None, path, demo });
        }
        let session = match token(app, &parts.headers) {
            Some(token) => person::session(&app.world, &token, about(&path)).await?,
            None => None,
        };
        let who = session.as_ref().map_or(Who::Anyone, |session| Who::Person(session.caller.clone()));
        called_by(who.person());
        Ok(Self { who, session, path, demo })
    }
}

/// The organisation that a page is about, by its path: nearly all that it asks is about it.
fn about(path: &str) -> Option<i64> {
    path.strip_prefix("/organisations/")?.split('/').next()?.parse().ok()
}

/// The session's token in the request's cookies.
pub(crate) fn token(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::parse(&cookie::SESSION.of(app.settings.https, headers)?)
}

/// What a program shows instead of a cookie: `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
