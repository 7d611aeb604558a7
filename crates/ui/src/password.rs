//! A password, which can be shown while typing.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// A password. Never carries a value: what was typed is not sent back.
#[derive(Debug, Clone, Template)]
#[template(path = "password.html")]
pub struct Password {
    field: Field,
    autocomplete: &'static str,
}
component!(Password);

impl Password {
    /// The password of somebody who signs in.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            autocomplete: "current-password",
        }
    }

    field_builders!(field);

    /// A password being chosen: a password manager may offer one.
    #[must_use]
    pub fn choosing(mut self) -> Self {
        self.autocomplete = "new-password";
        self
    }
}
