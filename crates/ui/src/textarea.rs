//! Several lines of text.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// Several lines of text.
#[derive(Debug, Clone, Template)]
#[template(path = "textarea.html")]
pub struct Textarea {
    field: Field,
    value: String,
    rows: u8,
}
component!(Textarea);

impl Textarea {
    /// A box with this name (also its id) and label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            value: String::new(),
            rows: 5,
        }
    }

    field_builders!(field);

    /// What stands in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// How many lines are seen at once.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }
}
