//! What all form fields share: label, hint, error, and how they are tied to the
//! field for a screen reader.

use askama::Template;

use crate::heading::Size;
use crate::{Errors, SafeHtml};

/// Label, hint and error message of a field with one control.
#[derive(Debug, Clone, Template)]
#[template(path = "field.html")]
pub(crate) struct Field {
    pub(crate) id: String,
    pub(crate) name: String,
    label: SafeHtml,
    size: Option<Size>,
    hidden_label: bool,
    heading: bool,
    hint: Option<SafeHtml>,
    error: Option<String>,
}
component!(Field);

impl Field {
    pub(crate) fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            label: label.into(),
            size: None,
            hidden_label: false,
            heading: false,
            hint: None,
            error: None,
        }
    }

    pub(crate) fn has_error(&self) -> bool {
        self.error.is_some()
    }

    /// The value of `aria-describedby`, with the attribute; nothing where there
    /// is neither hint nor error.
    pub(crate) fn described_by(&self) -> SafeHtml {
        described_by(&self.id, self.hint.is_some(), self.error.is_some())
    }

    fn label_class(&self) -> &'static str {
        match (self.hidden_label, self.size) {
            (true, _) => " govuk-visually-hidden",
            (false, Some(Size::Xl)) => " govuk-label--xl",
            (false, Some(Size::L)) => " govuk-label--l",
            (false, Some(Size::M)) => " govuk-label--m",
            (false, Some(Size::S)) => " govuk-label--s",
            (false, None) => "",
        }
    }

    pub(crate) fn set_id(&mut self, id: String) {
        self.id = id;
    }
    pub(crate) fn set_hint(&mut self, hint: SafeHtml) {
        self.hint = Some(hint);
    }
    pub(crate) fn set_error(&mut self, error: Option<String>) {
        self.error = error;
    }
    pub(crate) fn set_size(&mut self, size: Size) {
        self.size = Some(size);
    }
    pub(crate) fn set_heading(&mut self) {
        self.heading = true;
    }
    pub(crate) fn hide_label(&mut self) {
        self.hidden_label = true;
    }
    pub(crate) fn find_error(&self, errors: &Errors) -> Option<String> {
        errors.of(&self.id).map(str::to_owned)
    }
}

/// Legend, hint and error message of a field with several controls.
#[derive(Debug, Clone, Template)]
#[template(path = "group.html")]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
    legend: SafeHtml,
    size: Option<Size>,
    hidden_label: bool,
    heading: bool,
    hint: Option<SafeHtml>,
    error: Option<String>,
}
component!(Group);

impl Group {
    pub(crate) fn new(name: impl Into<String>, legend: impl Into<SafeHtml>) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            legend: legend.into(),
            size: None,
            hidden_label: false,
            heading: false,
            hint: None,
            error: None,
        }
    }

    pub(crate) fn has_error(&self) -> bool {
        self.error.is_some()
    }

    pub(crate) fn described_by(&self) -> SafeHtml {
        described_by(&self.id, self.hint.is_some(), self.error.is_some())
    }

    fn legend_class(&self) -> &'static str {
        match (self.hidden_label, self.size) {
            (true, _) => " govuk-visually-hidden",
            (false, Some(Size::Xl)) => " govuk-fieldset__legend--xl",
            (false, Some(Size::L)) => " govuk-fieldset__legend--l",
            (false, Some(Size::M)) => " govuk-fieldset__legend--m",
            (false, Some(Size::S)) => " govuk-fieldset__legend--s",
            (false, None) => "",
        }
    }

    pub(crate) fn set_id(&mut self, id: String) {
        self.id = id;
    }
    pub(crate) fn set_hint(&mut self, hint: SafeHtml) {
        self.hint = Some(hint);
    }
    pub(crate) fn set_error(&mut self, error: Option<String>) {
        self.error = error;
    }
    pub(crate) fn set_size(&mut self, size: Size) {
        self.size = Some(size);
    }
    pub(crate) fn set_heading(&mut self) {
        self.heading = true;
    }
    pub(crate) fn hide_label(&mut self) {
        self.hidden_label = true;
    }
    pub(crate) fn find_error(&self, errors: &Errors) -> Option<String> {
        ["", "-day", "-month", "-year"]
            .iter()
            .find_map(|part| errors.of(&format!("{}{part}", self.id)))
            .map(str::to_owned)
    }
}

fn described_by(id: &str, hint: bool, error: bool) -> SafeHtml {
    let id = SafeHtml::from(id);
    let value = match (hint, error) {
        (false, false) => return SafeHtml::empty(),
        (true, false) => format!("{id}-hint"),
        (false, true) => format!("{id}-error"),
        (true, true) => format!("{id}-hint {id}-error"),
    };
    SafeHtml::vouched(
        "the id is escaped",
        format!(" aria-describedby=\"{value}\""),
    )
}

/// The builder methods every field offers; `$part` is its [`Field`] or [`Group`].
macro_rules! field_builders {
    ($part:ident) => {
        /// The id, where it is not the name.
        #[must_use]
        pub fn id(mut self, id: impl Into<String>) -> Self {
            self.$part.set_id(id.into());
            self
        }

        /// Help that stands above the control.
        #[must_use]
        pub fn hint(mut self, hint: impl Into<$crate::SafeHtml>) -> Self {
            self.$part.set_hint(hint.into());
            self
        }

        /// What is wrong with the value.
        #[must_use]
        pub fn error(mut self, error: impl Into<String>) -> Self {
            self.$part.set_error(Some(error.into()));
            self
        }

        /// Takes its error, if it has one, from the form's errors by its id.
        #[must_use]
        pub fn errors(mut self, errors: &$crate::Errors) -> Self {
            let found = self.$part.find_error(errors);
            self.$part.set_error(found);
            self
        }

        /// How large the label or legend is.
        #[must_use]
        pub fn size(mut self, size: $crate::Size) -> Self {
            self.$part.set_size(size);
            self
        }

        /// The label or legend is the page's heading (h1), for a page that asks
        /// one question.
        #[must_use]
        pub fn as_heading(mut self) -> Self {
            self.$part.set_heading();
            self
        }

        /// The label or legend is for screen readers only.
        #[must_use]
        pub fn hidden_label(mut self) -> Self {
            self.$part.hide_label();
            self
        }
    };
}
pub(crate) use field_builders;
