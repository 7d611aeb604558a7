//! A file to send.

use askama::Template;

use crate::field::{Field, field_builders};
use crate::SafeHtml;

/// A file to send; its form needs `enctype="multipart/form-data"`.
#[derive(Debug, Clone, Template)]
#[template(path = "file_upload.html")]
pub struct FileUpload {
    field: Field,
    accept: Option<String>,
}
component!(FileUpload);

impl FileUpload {
    /// A file with this name (also its id) and label.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<SafeHtml>) -> Self {
        Self {
            field: Field::new(name, label),
            accept: None,
        }
    }

    field_builders!(field);

    /// What the browser offers first: `.csv,.xlsx`.
    #[must_use]
    pub fn accept(mut self, kinds: impl Into<String>) -> Self {
        self.accept = Some(kinds.into());
        self
    }
}
