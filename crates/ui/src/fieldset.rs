//! Fields that belong together.

use askama::Template;

use crate::field::{Group, field_builders};
use crate::SafeHtml;

/// Fields that belong together, under one legend.
#[derive(Debug, Clone, Template)]
#[template(path = "fieldset.html")]
pub struct Fieldset {
    group: Group,
    fields: Vec<SafeHtml>,
}
component!(Fieldset);

impl Fieldset {
    /// A group with this id and legend.
    #[must_use]
    pub fn new(id: impl Into<String>, legend: impl Into<SafeHtml>) -> Self {
        Self {
            group: Group::new(id, legend),
            fields: Vec::new(),
        }
    }

    field_builders!(group);

    /// One more field in it.
    #[must_use]
    pub fn field(mut self, field: impl Into<SafeHtml>) -> Self {
        self.fields.push(field.into());
        self
    }
}
