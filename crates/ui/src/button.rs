//! A button, or a link that looks like one.

use askama::Template;

use crate::SafeHtml;

/// A button that submits its form. The first action of a page is plain, others
/// `secondary`, what cannot be undone `warning`.
#[derive(Debug, Clone, Template)]
#[template(path = "button.html")]
pub struct Button {
    text: SafeHtml,
    class: &'static str,
    href: Option<String>,
    named: Option<(String, String)>,
    id: Option<String>,
    start: bool,
    once: bool,
}
component!(Button);

impl Button {
    /// A button that submits its form.
    #[must_use]
    pub fn new(text: impl Into<SafeHtml>) -> Self {
        Self {
            text: text.into(),
            class: "",
            href: None,
            named: None,
            id: None,
            start: false,
            once: false,
        }
    }

    /// Beside a more important one.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.class = " govuk-button--secondary";
        self
    }

    /// For what cannot be undone.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.class = " govuk-button--warning";
        self
    }

    /// Goes to `href` instead of submitting.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Sends `name=value` when it is the one pressed.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.named = Some((name.into(), value.into()));
        self
    }

    /// An id to link to.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The one button that starts a service; wants a `link`.
    #[must_use]
    pub fn start(mut self) -> Self {
        self.start = true;
        self
    }

    /// Ignores a second press within a second (needs JavaScript; the server
    /// must bear a second press anyway).
    #[must_use]
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }
}
