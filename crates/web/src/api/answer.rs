//! What every operation answers with: JSON that anyone may use, or a problem
//! in the form of RFC 9457 that says what to do.

use crate::error::PageError;
use axum::{
    Json,
    extract::{FromRequestParts, Path, Query, rejection::PathRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Date, Urn};
use programme::Error;
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

/// The facts are public, so any site's page may ask for them.
const ANYONE: (header::HeaderName, &str) = (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");

/// An answer as JSON.
pub(crate) struct Answer<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        ([ANYONE, (header::CACHE_CONTROL, "public, max-age=60")], Json(self.0)).into_response()
    }
}

/// Why there is no answer, in the form of RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem; the address explains it.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// The problem in a few words, the same for all of its kind.
    pub(crate) title: &'static str,
    /// The HTTP status again.
    pub(crate) status: u16,
    /// What is wrong here, and what to do.
    pub(crate) detail: String,
    /// The parameter that does not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter: Option<&'static str>,
    /// The value that was given for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) value: Option<Box<str>>,
    /// What was expected instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) expected: Option<Box<str>>,
}

impl Problem {
    fn new(kind: &'static str, title: &'static str, status: StatusCode, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { kind, title, status: status.as_u16(), detail, parameter: None, value: None, expected: None }
    }

    /// There is no such thing; `detail` says what, and how to find the right one.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new("/api#not-found", "There is no such thing", StatusCode::NOT_FOUND, detail)
    }

    /// A parameter does not fit.
    pub(crate) fn bad(parameter: &'static str, value: &str, expected: impl Into<String>) -> Self {
        let expected = expected.into();
        // Enough to recognise it by; nobody is helped by getting a novel back.
        let value: String = value.chars().take(100).collect();
        let detail = format!("The parameter ‘{parameter}’ is ‘{value}’. Expected: {expected}.");
        Self {
            parameter: Some(parameter),
            value: Some(value.into()),
            expected: Some(expected.into()),
            ..Self::unreadable(detail)
        }
    }

    /// What was asked cannot be read at all.
    fn unreadable(detail: impl Into<String>) -> Self {
        Self::new("/api#bad-parameter", "A parameter does not fit", StatusCode::BAD_REQUEST, detail)
    }

    /// No operation at this address.
    pub(crate) fn no_operation() -> Self {
        Self::not_found(
            "There is no operation at this address. /api/v1/openapi.json lists all of them; /api explains them.",
        )
    }

    /// Nobody asks.
    pub(crate) fn nobody() -> Self {
        let detail = "Make a token on your account page and send it as ‘Authorization: Bearer …’.";
        Self::new("/api#nobody", "This needs a token", StatusCode::UNAUTHORIZED, detail)
    }

    /// A token that does not work.
    pub(crate) fn bad_token() -> Self {
        let (status, title, detail) = PageError::BadToken.words();
        Self::new("/api#bad-token", title, status, detail)
    }

    /// The operation reads only.
    pub(crate) fn read_only() -> Self {
        let detail = "This address answers GET only: the interface reads public facts and changes nothing.";
        Self::new("/api#read-only", "This can only be read", StatusCode::METHOD_NOT_ALLOWED, detail)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::SignInFirst => Self::no_operation(),
            Error::ConfirmFirst
            | Error::Invalid(_)
            | Error::BadCell { .. }
            | Error::BadFile { .. }
            | Error::Changed => Self::unreadable(format!("{error}.")),
            Error::Store(_) | Error::Unexpected(_) => {
                tracing::error!(%error, "an operation failed");
                let (status, title, detail) = PageError::Unexpected(String::new()).words();
                Self::new("/api#unexpected", title, status, detail)
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [ANYONE, (header::CONTENT_TYPE, "application/problem+json")];
        // Json sets its own content type first; ours replaces it.
        let mut response = (status, Json(self)).into_response();
        for (name, value) in headers {
            response.headers_mut().insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}

/// The query of an operation. What it does not know is passed over.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(input)) => Ok(Self(input)),
            Err(why) => Err(Problem::unreadable(format!("{}. Give each parameter once.", why.body_text()))),
        }
    }
}

/// The name in the path of an operation.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let named: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        named.map(|Path(name)| Self(name)).map_err(|why| Problem::unreadable(format!("{}.", why.body_text())))
    }
}

/// A URN as a path carries it.
pub(crate) fn urn(text: &str) -> Result<Urn, Problem> {
    text.parse().map_err(|_| Problem::bad("urn", text, "a URN of six digits, such as 118291"))
}

/// A day as a query carries it; `None` where none is given.
pub(crate) fn day(parameter: &'static str, text: &str) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // The parser also takes other forms and times of day; one form is promised.
    let written_out = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match text.parse() {
        Ok(day) if written_out => Ok(Some(day)),
        _ => Err(Problem::bad(parameter, text, "a day as YYYY-MM-DD, such as 2013-05-01")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_parameter_its_value_and_what_was_expected() {
        let problem = serde_json::to_value(urn("12x").unwrap_err()).unwrap();
        assert_eq!(problem["status"], 400);
        assert_eq!(problem["parameter"], "urn");
        assert_eq!(problem["value"], "12x");
        assert_eq!(problem["expected"], "a URN of six digits, such as 118291");
        assert_eq!(problem["type"], "/api#bad-parameter");
        let missing = serde_json::to_value(Problem::no_operation()).unwrap();
        assert!(missing.get("parameter").is_none(), "{missing}");
    }

    #[test]
    fn a_problem_has_the_content_type_of_one() {
        let response = Problem::no_operation().into_response();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(response.headers().get_all(header::CONTENT_TYPE).iter().count(), 1);
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    }

    #[test]
    fn what_the_database_says_stays_inside() {
        let problem = Problem::from(Error::Unexpected("table secret is on fire".to_owned()));
        assert_eq!(problem.status, 500);
        assert!(!format!("{problem:?}").contains("secret"));
    }

    #[test]
    fn a_day_has_one_form() {
        assert_eq!(day("on", "2013-05-01").unwrap().unwrap().to_string(), "2013-05-01");
        assert_eq!(day("on", " ").unwrap(), None);
        for wrong in ["2013-02-30", "01/05/2013", "20130501", "2013-05-01T10:00", "soon", "2013-5-1"] {
            assert_eq!(day("on", wrong).unwrap_err().parameter, Some("on"), "{wrong}");
        }
    }

    #[test]
    fn an_answer_may_be_kept_for_a_minute_by_anyone() {
        let response = Answer(1).into_response();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=60");
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    }
}
