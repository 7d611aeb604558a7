//! One of a list, folded.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// One of a list, folded. For up to seven or so, radios are easier.
#[derive(Debug, Clone, Template)]
#[template(path = "select.html")]
pub struct Select {
    field: Field,
    options: Vec<(String, String)>,
    chosen: Option<String>,
}
component!(Select);

impl Select {
    /// A list with this name (also its id) and label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            options: Vec::new(),
            chosen: None,
        }
    }

    field_builders!(field);

    /// One more to choose: what is sent, what is read.
    #[must_use]
    pub fn option(mut self, value: impl Into<String>, text: impl Into<String>) -> Self {
        self.options.push((value.into(), text.into()));
        self
    }

    /// More to choose.
    #[must_use]
    pub fn options<V: Into<String>, T: Into<String>>(
        mut self,
        options: impl IntoIterator<Item = (V, T)>,
    ) -> Self {
        let options = options.into_iter().map(|(v, t)| (v.into(), t.into()));
        self.options.extend(options);
        self
    }

    /// The value that is chosen.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<String>) -> Self {
        self.chosen = Some(value.into());
        self
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen.as_deref() == Some(value)
    }
}
