//! What the page found, said before anything is shown.

use askama::Template;

use crate::SafeHtml;

/// What the page found, in large words: the first thing on it. Numbers that
/// matter may stand in `<strong>`.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="app-findings"><p>{{ content }}</p></div>"#
)]
pub struct Findings {
    content: SafeHtml,
}
component!(Findings);

impl Findings {
    /// One paragraph.
    #[must_use]
    pub fn new(content: impl Into<SafeHtml>) -> Self {
        Self {
            content: content.into(),
        }
    }
}
