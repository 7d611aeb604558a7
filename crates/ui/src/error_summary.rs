//! What is wrong with a form, at its top and at each field.

use askama::Template;

use crate::SafeHtml;

/// What is wrong with a form: for each problem the field's id and what to do.
/// One list serves the summary at the top and, by id, the fields themselves, so
/// that the two always say the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// Nothing is wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a problem with the field `id`; an empty id for what belongs to no
    /// field.
    pub fn add(&mut self, id: impl Into<String>, message: impl Into<String>) {
        self.0.push((id.into(), message.into()));
    }

    /// The first problem of the field `id`.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == id)
            .map(|(_, message)| message.as_str())
    }

    /// True where nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The problems of a form, above everything else on the page. Nothing at all
/// where there are none, so that it can always stand in a template.
#[derive(Debug, Clone, Template)]
#[template(path = "error_summary.html")]
pub struct ErrorSummary {
    items: Vec<(String, SafeHtml)>,
}
component!(ErrorSummary);

impl ErrorSummary {
    /// The summary of these errors.
    #[must_use]
    pub fn new(errors: &Errors) -> Self {
        Self {
            items: errors
                .0
                .iter()
                .map(|(id, message)| (id.clone(), SafeHtml::from(message)))
                .collect(),
        }
    }
}
