//! The way back.

use askama::Template;

use crate::SafeHtml;

/// The way back to where one came from, in a task of several pages.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<a href="{{ href }}" class="govuk-back-link">{{ text }}</a>"#
)]
pub struct BackLink {
    href: String,
    text: SafeHtml,
}
component!(BackLink);

impl BackLink {
    /// ‘Back’, to `href`.
    #[must_use]
    pub fn new(href: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: SafeHtml::from("Back"),
        }
    }

    /// Other words: ‘Back to the plan’.
    #[must_use]
    pub fn text(mut self, text: impl Into<SafeHtml>) -> Self {
        self.text = text.into();
        self
    }
}
