//! A table as a CSV download.

use crate::{api::answer::Problem, error::PageError};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use papers::csv_out::CsvOut;

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

/// A plain table: one header row, then a row each with as many cells.
pub(crate) fn table<'h, R>(
    headers: impl IntoIterator<Item = &'h str>,
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, PageError>
where
    R: IntoIterator<Item = String>,
{
    let write = || {
        let mut out = CsvOut::new(Vec::new());
        out.row(headers)?;
        for row in rows {
            out.row(row)?;
        }
        out.finish()
    };
    write().map_err(|error: std::io::Error| PageError::Unexpected(error.to_string()))
}

/// A cell that may be empty.
pub(crate) fn cell(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// What an operation has against a question, on a page: downloads are asked
/// with the same parameters.
impl From<Problem> for PageError {
    fn from(problem: Problem) -> Self {
        match problem.status {
            404 => Self::NotFound,
            400 => Self::Invalid(problem.detail.trim_end_matches('.').to_owned()),
            _ => Self::Unexpected(problem.detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_plain_and_harmless() {
        let rows = [
            ["St Mary’s, Hove".to_owned(), cell(Some(0.5))],
            ["=1+1".to_owned(), cell(None::<u8>)],
        ];
        let text = String::from_utf8(table(["name", "share"], rows).unwrap()).unwrap();
        assert_eq!(text, "name,share\r\n\"St Mary’s, Hove\",0.5\r\n'=1+1,\r\n");
    }

    #[test]
    fn a_file_s_name_cannot_break_its_header() {
        let response = download("a\"\r\nb/../c.csv", "");
        assert_eq!(
            response.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename=\"ab..c.csv\""
        );
    }
}
