//! A value the form carries unseen.

use askama::Template;


/// A value the form carries unseen, such as the token against forged requests.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<input type="hidden" name="{{ name }}" value="{{ value }}">"#
)]
pub struct Hidden {
    name: String,
    value: String,
}
component!(Hidden);

impl Hidden {
    /// `name=value`.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}
