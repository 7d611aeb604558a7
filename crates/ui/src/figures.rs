//! A few numbers side by side.

use askama::Template;

use crate::SafeHtml;

/// A few numbers side by side, each with what it counts.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "figures.html")]
pub struct Figures {
    items: Vec<(SafeHtml, SafeHtml)>,
}
component!(Figures);

impl Figures {
    /// None yet; four fit in a row.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more: the number, and what it counts.
    #[must_use]
    pub fn figure(mut self, number: impl Into<SafeHtml>, what: impl Into<SafeHtml>) -> Self {
        self.items.push((number.into(), what.into()));
        self
    }
}
