//! Something folded away.

use askama::Template;

use crate::SafeHtml;

/// Something folded away that most do not need.
#[derive(Debug, Clone, Template)]
#[template(path = "details.html")]
pub struct Details {
    summary: SafeHtml,
    content: SafeHtml,
    open: bool,
    id: Option<String>,
}
component!(Details);

impl Details {
    /// `summary` is read; `content` shows when it is opened.
    #[must_use]
    pub fn new(summary: impl Into<SafeHtml>, content: impl Into<SafeHtml>) -> Self {
        Self {
            summary: summary.into(),
            content: content.into(),
            open: false,
            id: None,
        }
    }

    /// Open from the start.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// An id to link to.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}
