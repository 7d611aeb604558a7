//! What a search found.

use askama::Template;

use crate::{SafeHtml, Tag};

/// One thing found: its name, a line about it, and how it stands.
#[derive(Debug, Clone)]
pub struct ResultItem {
    href: String,
    title: SafeHtml,
    about: SafeHtml,
    note: Option<SafeHtml>,
    tag: Option<Tag>,
}

impl ResultItem {
    /// `title` opens it; `about` tells it from others of the same name (town,
    /// phase, when it opened or closed).
    #[must_use]
    pub fn new(
        href: impl Into<String>,
        title: impl Into<SafeHtml>,
        about: impl Into<SafeHtml>,
    ) -> Self {
        Self {
            href: href.into(),
            title: title.into(),
            about: about.into(),
            note: None,
            tag: None,
        }
    }

    /// A second line: ‘was called …’.
    #[must_use]
    pub fn note(mut self, note: impl Into<SafeHtml>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// How it stands: ‘closed’.
    #[must_use]
    pub fn tag(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }
}

/// What a search found: schools, most of the time.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "results.html")]
pub struct Results {
    items: Vec<ResultItem>,
}
component!(Results);

impl Results {
    /// These, in this order.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = ResultItem>) -> Self {
        Self {
            items: items.into_iter().collect(),
        }
    }
}
