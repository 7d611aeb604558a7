//! A word in a box.

use askama::Template;

use crate::SafeHtml;

/// Colours of a tag; the word says it, the colour only helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the colours")]
pub enum TagColour {
    Grey,
    Green,
    Teal,
    Blue,
    Purple,
    Magenta,
    Red,
    Orange,
    Yellow,
}

/// A word in a box: how something stands.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<strong class="govuk-tag{{ self.class() }}">{{ text }}</strong>"#
)]
pub struct Tag {
    text: SafeHtml,
    colour: Option<TagColour>,
}
component!(Tag);

impl Tag {
    /// A tag with this word.
    #[must_use]
    pub fn new(text: impl Into<SafeHtml>) -> Self {
        Self {
            text: text.into(),
            colour: None,
        }
    }

    /// Its colour; blue unless told otherwise.
    #[must_use]
    pub fn colour(mut self, colour: TagColour) -> Self {
        self.colour = Some(colour);
        self
    }

    fn class(&self) -> &'static str {
        match self.colour {
            None => "",
            Some(TagColour::Grey) => " govuk-tag--grey",
            Some(TagColour::Green) => " govuk-tag--green",
            Some(TagColour::Teal) => " govuk-tag--teal",
            Some(TagColour::Blue) => " govuk-tag--blue",
            Some(TagColour::Purple) => " govuk-tag--purple",
            Some(TagColour::Magenta) => " govuk-tag--magenta",
            Some(TagColour::Red) => " govuk-tag--red",
            Some(TagColour::Orange) => " govuk-tag--orange",
            Some(TagColour::Yellow) => " govuk-tag--yellow",
        }
    }
}
