//! A table as a CSV download.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// An answer that a browser saves as `name`.
pub(crate) fn download(name: &str, text: impl Into<Vec<u8>>) -> Response {
    // A name is made of our own words and slugs; anything else is dropped.
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, text.into()).into_response()
}
