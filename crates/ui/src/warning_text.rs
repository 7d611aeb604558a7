//! A warning.

use askama::Template;

use crate::SafeHtml;

/// Something with consequences, said before it happens.
#[derive(Debug, Clone, Template)]
#[template(path = "warning_text.html")]
pub struct WarningText {
    content: SafeHtml,
}
component!(WarningText);

impl WarningText {
    /// A warning.
    #[must_use]
    pub fn new(content: impl Into<SafeHtml>) -> Self {
        Self {
            content: content.into(),
        }
    }
}
