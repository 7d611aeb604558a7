//! Where a figure is from.

use askama::Template;

use crate::SafeHtml;

/// Where a figure is from: source, its date, the rule's version, who is
/// counted. Small and grey, and under every figure.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<p class="app-source">{{ content }}</p>"#
)]
pub struct SourceLine {
    content: SafeHtml,
}
component!(SourceLine);

impl SourceLine {
    /// A source line.
    #[must_use]
    pub fn new(content: impl Into<SafeHtml>) -> Self {
        Self {
            content: content.into(),
        }
    }
}
