//! Any of a few.

use askama::Template;

use crate::field::{Group, field_builders};
use crate::radios::{Choice, item_id};
use crate::SafeHtml;

/// Any of a few; also a single yes.
#[derive(Debug, Clone, Template)]
#[template(path = "checkboxes.html")]
pub struct Checkboxes {
    group: Group,
    choices: Vec<Choice>,
    chosen: Vec<String>,
    class: &'static str,
}
component!(Checkboxes);

impl Checkboxes {
    /// Choices with this name (also the first one's id) and legend.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<SafeHtml>) -> Self {
        Self {
            group: Group::new(name, legend),
            choices: Vec::new(),
            chosen: Vec::new(),
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

    /// The values that are chosen.
    #[must_use]
    pub fn chosen<V: Into<String>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.chosen = values.into_iter().map(Into::into).collect();
        self
    }

    /// Smaller; for filters beside a result.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.class = " govuk-checkboxes--small";
        self
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == value)
    }

    fn item_id(&self, index: &usize) -> String {
        item_id(&self.group.id, *index)
    }
}
