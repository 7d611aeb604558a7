//! What a school says of itself.

use super::store;
use crate::{
    error::Result,
    item::{Field, Texts},
};
use ::store::Conn;
use kernel::Timestamp;

/// Its four texts.
pub const FIELDS: &[Field] = &[
    Field {
        key: "strengths",
        question: "What do we do well?",
        hint: "Begin here. Two or three things, each with what one would see or hear in your school",
        name: "what we do well",
    },
    Field {
        key: "improve",
        question: "What do we want to get better at?",
        hint: "The few things that matter most, as you would say them in your staff room",
        name: "what we want to get better at",
    },
    Field {
        key: "visitors",
        question: "What should visitors know about us?",
        hint: "Where you are, who comes to you, what has changed lately. Write nothing about a single child",
        name: "what visitors should know about us",
    },
    Field {
        key: "help",
        question: "What would help us now?",
        hint: "A visit, a question answered, time, somebody who has done it already",
        name: "what would help us now",
    },
];

/// The school in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfView {
    /// Its texts.
    pub texts: Texts,
    /// Its version: 1, 2, 3 …
    pub revision: i64,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// What is still to be done before it can be released: strengths first.
pub(crate) async fn wants(conn: &mut Conn, organisation: i64) -> Result<Option<&'static str>> {
    let found = store::find(conn, organisation).await?;
    let strengths = found.is_some_and(|found| !found.texts.of("strengths").is_empty());
    Ok((!strengths).then_some("Write what your school does well first; then it can be released"))
}
