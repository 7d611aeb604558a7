//! A passage set apart.

use askama::Template;

use crate::SafeHtml;

/// A passage set apart: a quotation, an example, something to know.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="govuk-inset-text">{{ content }}</div>"#
)]
pub struct InsetText {
    content: SafeHtml,
}
component!(InsetText);

impl InsetText {
    /// A passage.
    #[must_use]
    pub fn new(content: impl Into<SafeHtml>) -> Self {
        Self {
            content: content.into(),
        }
    }
}
