//! One of a few.

use askama::Template;

use crate::field::{Group, field_builders};
use crate::SafeHtml;

/// One choice.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: SafeHtml,
    pub(crate) hint: Option<SafeHtml>,
}

/// One of a few, all of them seen.
#[derive(Debug, Clone, Template)]
#[template(path = "radios.html")]
pub struct Radios {
    group: Group,
    choices: Vec<Choice>,
    chosen: Option<String>,
    class: &'static str,
}
component!(Radios);

impl Radios {
    /// A choice with this name (also the first one's id) and legend.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<SafeHtml>) -> Self {
        Self {
            group: Group::new(name, legend),
            choices: Vec::new(),
            chosen: None,
            class: "",
        }
    }

    field_builders!(group);

    /// One more to choose: what is sent, what is read.
    #[must_use]
    pub fn choice(mut self, value: impl Into<String>, text: impl Into<SafeHtml>) -> Self {
        self.choices.push(Choice {
            value: value.into(),
            text: text.into(),
            hint: None,
        });
        self
    }

    /// One more, with a line that explains it.
    #[must_use]
    pub fn choice_with_hint(
        mut self,
        value: impl Into<String>,
        text: impl Into<SafeHtml>,
        hint: impl Into<SafeHtml>,
    ) -> Self {
        self.choices.push(Choice {
            value: value.into(),
            text: text.into(),
            hint: Some(hint.into()),
        });
        self
    }

    /// The value that is chosen.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<String>) -> Self {
        self.chosen = Some(value.into());
        self
    }

    /// Side by side; for two short ones.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.class = " govuk-radios--inline";
        self
    }

    /// Smaller; for filters beside a result.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.class = " govuk-radios--small";
        self
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen.as_deref() == Some(value)
    }

    fn item_id(&self, index: &usize) -> String {
        item_id(&self.group.id, *index)
    }
}

/// The first has no number, so that an error summary can link to the group.
pub(crate) fn item_id(id: &str, index: usize) -> String {
    if index == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", index + 1)
    }
}
