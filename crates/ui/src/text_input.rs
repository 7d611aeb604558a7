//! A line of text.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// How wide an input is; as wide as what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// For two characters.
    Two,
    /// For three.
    Three,
    /// For four.
    Four,
    /// For five.
    Five,
    /// For ten.
    Ten,
    /// For twenty.
    Twenty,
    /// Half the column on a wide screen.
    Half,
    /// Two thirds of the column on a wide screen.
    TwoThirds,
}

impl Width {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Two => " govuk-input--width-2",
            Self::Three => " govuk-input--width-3",
            Self::Four => " govuk-input--width-4",
            Self::Five => " govuk-input--width-5",
            Self::Ten => " govuk-input--width-10",
            Self::Twenty => " govuk-input--width-20",
            Self::Half => " govuk-!-width-one-half",
            Self::TwoThirds => " govuk-!-width-two-thirds",
        }
    }
}

/// What keyboard a phone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputMode {
    /// Digits only; the type stays text, as GOV.UK advises.
    Numeric,
    /// Digits and a point.
    Decimal,
    /// An email address.
    Email,
    /// A telephone number.
    Telephone,
}

/// A line of text.
#[derive(Debug, Clone, Template)]
#[template(path = "text_input.html")]
pub struct TextInput {
    field: Field,
    value: String,
    width: Option<Width>,
    mode: Option<InputMode>,
    autocomplete: Option<String>,
    suffix: Option<SafeHtml>,
    plain: bool,
}
component!(TextInput);

impl TextInput {
    /// An input with this name (also its id) and label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            value: String::new(),
            width: None,
            mode: None,
            autocomplete: None,
            suffix: None,
            plain: false,
        }
    }

    field_builders!(field);

    /// What stands in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// How wide it is.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = Some(width);
        self
    }

    /// What keyboard a phone shows.
    #[must_use]
    pub fn mode(mut self, mode: InputMode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// What a browser may fill in: ‘email’, ‘name’, ‘one-time-code’.
    #[must_use]
    pub fn autocomplete(mut self, token: impl Into<String>) -> Self {
        self.autocomplete = Some(token.into());
        self
    }

    /// A unit behind it.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<SafeHtml>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }

    /// A code or number: no spell checking.
    #[must_use]
    pub fn no_spelling(mut self) -> Self {
        self.plain = true;
        self
    }

    fn width_class(&self) -> &'static str {
        self.width.map_or("", Width::class)
    }

    fn input_type(&self) -> &'static str {
        match self.mode {
            Some(InputMode::Email) => "email",
            Some(InputMode::Telephone) => "tel",
            _ => "text",
        }
    }

    fn input_mode(&self) -> Option<&'static str> {
        match self.mode {
            Some(InputMode::Numeric) => Some("numeric"),
            Some(InputMode::Decimal) => Some("decimal"),
            _ => None,
        }
    }

    fn no_spell_check(&self) -> bool {
        self.plain || self.mode == Some(InputMode::Email)
    }
}
