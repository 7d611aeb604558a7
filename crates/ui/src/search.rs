//! One box to search with.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// A search box with its button, in one line where there is room. It stands in
/// a GET form, so that a result can be bookmarked.
#[derive(Debug, Clone, Template)]
#[template(path = "search.html")]
pub struct Search {
    field: Field,
    value: String,
    button: SafeHtml,
}
component!(Search);

impl Search {
    /// A box with this name (`q`) and label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            value: String::new(),
            button: SafeHtml::from("Search"),
        }
    }

    field_builders!(field);

    /// What was searched for.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The button's word.
    #[must_use]
    pub fn button(mut self, text: impl Into<SafeHtml>) -> Self {
        self.button = text.into();
        self
    }
}
