//! What happened, one after the other.

use askama::Template;

use crate::SafeHtml;

/// Something that happened on a day.
#[derive(Debug, Clone)]
pub struct TimelineItem {
    when: SafeHtml,
    title: SafeHtml,
    content: SafeHtml,
    strong: bool,
}

impl TimelineItem {
    /// When, and what.
    #[must_use]
    pub fn new(when: impl Into<SafeHtml>, title: impl Into<SafeHtml>) -> Self {
        Self {
            when: when.into(),
            title: title.into(),
            content: SafeHtml::empty(),
            strong: false,
        }
    }

    /// More about it.
    #[must_use]
    pub fn content(mut self, content: impl Into<SafeHtml>) -> Self {
        self.content = content.into();
        self
    }

    /// A turn in the story (a new name, a new framework): its mark is filled.
    #[must_use]
    pub fn turn(mut self) -> Self {
        self.strong = true;
        self
    }
}

/// What happened, one after the other, as an ordered list.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "timeline.html")]
pub struct Timeline {
    items: Vec<TimelineItem>,
}
component!(Timeline);

impl Timeline {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more thing, after the others.
    #[must_use]
    pub fn item(mut self, item: TimelineItem) -> Self {
        self.items.push(item);
        self
    }
}
