//! One file an operation of the JSON API.
//!
//! [`answer`] is what all of them answer with, [`parts`] what several have in
//! common, [`openapi`] describes them. To add one: its file here, its line in
//! [`crate::routes::ROUTES`] and in [`openapi`]; a test says when they differ.

pub(crate) mod answer;
pub(crate) mod cohort_path;
pub(crate) mod cohort_path_view;
pub(crate) mod cohorts;
pub(crate) mod inspection_view;
pub(crate) mod me;
pub(crate) mod need_rule_schools;
pub(crate) mod need_rules;
pub(crate) mod openapi;
mod parts;
pub(crate) mod school;
mod school_facts;
pub(crate) mod schools;

use axum::{
    http::Uri,
    response::{IntoResponse, Response},
};

/// Whether an address is one of this interface, so that no page leaks out of it.
fn is_ours(uri: &Uri) -> bool {
    uri.path().strip_prefix("/api").is_some_and(|rest| rest.starts_with('/'))
}

/// There is nothing at an address: a problem here, a page elsewhere.
pub(crate) async fn nothing_here(uri: Uri) -> Response {
    if is_ours(&uri) {
        return answer::Problem::no_operation().into_response();
    }
    crate::error::PageError::NotFound.into_response()
}

/// An address does not take a method: a problem here, a bare status elsewhere.
pub(crate) async fn not_this_method(uri: Uri) -> Response {
    if is_ours(&uri) {
        return answer::Problem::read_only().into_response();
    }
    axum::http::StatusCode::METHOD_NOT_ALLOWED.into_response()
}
