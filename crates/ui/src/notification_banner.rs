//! What just happened, or what one should know first.

use askama::Template;

use crate::SafeHtml;

/// What just happened, or what one should know before all else on the page.
#[derive(Debug, Clone, Template)]
#[template(path = "notification_banner.html")]
pub struct NotificationBanner {
    title: SafeHtml,
    content: SafeHtml,
    heading: bool,
    success: bool,
}
component!(NotificationBanner);

impl NotificationBanner {
    /// Something to know, in one sentence.
    #[must_use]
    pub fn important(text: impl Into<SafeHtml>) -> Self {
        Self {
            title: SafeHtml::from("Important"),
            content: text.into(),
            heading: true,
            success: false,
        }
    }

    /// Something that was done, in one sentence.
    #[must_use]
    pub fn success(text: impl Into<SafeHtml>) -> Self {
        Self {
            title: SafeHtml::from("Success"),
            success: true,
            ..Self::important(text)
        }
    }

    /// Another title.
    #[must_use]
    pub fn title(mut self, title: impl Into<SafeHtml>) -> Self {
        self.title = title.into();
        self
    }

    /// The content brings its own headings and paragraphs.
    #[must_use]
    pub fn several_parts(mut self) -> Self {
        self.heading = false;
        self
    }
}
