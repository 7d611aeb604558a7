//! Where one is.

use askama::Template;

use crate::SafeHtml;

/// Where one is, from the start page down; the page itself is not in it.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "breadcrumbs.html")]
pub struct Breadcrumbs {
    items: Vec<(String, SafeHtml)>,
}
component!(Breadcrumbs);

impl Breadcrumbs {
    /// Starts at the start page.
    #[must_use]
    pub fn home() -> Self {
        Self::default().to("/", "Home")
    }

    /// One step down.
    #[must_use]
    pub fn to(mut self, href: impl Into<String>, text: impl Into<SafeHtml>) -> Self {
        self.items.push((href.into(), text.into()));
        self
    }
}
