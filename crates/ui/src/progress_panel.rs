//! A panel that keeps itself up to date.

use askama::Template;

use crate::SafeHtml;

/// How something long is getting on. While it is going on, aspire.js fetches the
/// page again every few seconds and replaces the panel; without JavaScript the
/// page's own link ‘see how far it is’ does.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<section class="app-progress" id="{{ id }}" aria-live="polite"{% if let Some(seconds) = every %} data-refresh="{{ seconds }}"{% endif %}>{{ content }}</section>"#
)]
pub struct ProgressPanel {
    id: String,
    content: SafeHtml,
    every: Option<u32>,
}
component!(ProgressPanel);

impl ProgressPanel {
    /// A panel that has come to its end.
    #[must_use]
    pub fn new(id: impl Into<String>, content: impl Into<SafeHtml>) -> Self {
        Self {
            id: id.into(),
            content: content.into(),
            every: None,
        }
    }

    /// It is still going on: look again every so many seconds. When the panel
    /// comes without this, the whole page is loaded anew.
    #[must_use]
    pub fn refresh(mut self, seconds: u32) -> Self {
        self.every = Some(seconds);
        self
    }
}
