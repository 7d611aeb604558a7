//! The page's heading, with what stands above it.

use askama::Template;

use crate::SafeHtml;

/// Sizes of headings, labels and legends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 48 px on a desktop screen.
    Xl,
    /// 36 px.
    L,
    /// 24 px.
    M,
    /// 19 px.
    S,
}

/// A heading (h1 unless told otherwise), with a grey line above it that says
/// where one is. A heading says the finding, not the module.
#[derive(Debug, Clone, Template)]
#[template(path = "heading.html")]
pub struct Heading {
    text: SafeHtml,
    caption: Option<SafeHtml>,
    size: Size,
    level: u8,
    id: Option<String>,
}
component!(Heading);

impl Heading {
    /// The page's h1.
    #[must_use]
    pub fn new(text: impl Into<SafeHtml>) -> Self {
        Self {
            text: text.into(),
            caption: None,
            size: Size::L,
            level: 1,
            id: None,
        }
    }

    /// The grey line above.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<SafeHtml>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// Its size; large unless told otherwise.
    #[must_use]
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// Its level, 1 to 6.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = level.clamp(1, 6);
        self
    }

    /// An id to link to.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn letter(&self) -> &'static str {
        match self.size {
            Size::Xl => "xl",
            Size::L => "l",
            Size::M => "m",
            Size::S => "s",
        }
    }

    /// There is no small caption: it takes the middle one's class.
    fn caption_letter(&self) -> &'static str {
        match self.size {
            Size::S => "m",
            _ => self.letter(),
        }
    }
}
