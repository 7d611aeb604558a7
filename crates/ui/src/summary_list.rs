//! Facts about one thing.

use askama::Template;

use crate::{Link, SafeHtml};

#[derive(Debug, Clone)]
struct Row {
    key: SafeHtml,
    value: SafeHtml,
    actions: Vec<Link>,
}

/// Facts about one thing: what it is called, what it is, and what one can do
/// about it.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "summary_list.html")]
pub struct SummaryList {
    rows: Vec<Row>,
    no_border: bool,
}
component!(SummaryList);

impl SummaryList {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One more fact.
    #[must_use]
    pub fn row(mut self, key: impl Into<SafeHtml>, value: impl Into<SafeHtml>) -> Self {
        self.rows.push(Row {
            key: key.into(),
            value: value.into(),
            actions: Vec::new(),
        });
        self
    }

    /// One more fact, where it is known.
    #[must_use]
    pub fn row_if<V: Into<SafeHtml>>(self, key: impl Into<SafeHtml>, value: Option<V>) -> Self {
        match value {
            Some(value) => self.row(key, value),
            None => self,
        }
    }

    /// One more fact, and a link to change it. Give the link a hidden end
    /// (`Link::new(href, "Change").hidden("the date")`).
    #[must_use]
    pub fn row_with(
        mut self,
        key: impl Into<SafeHtml>,
        value: impl Into<SafeHtml>,
        action: Link,
    ) -> Self {
        self.rows.push(Row {
            key: key.into(),
            value: value.into(),
            actions: vec![action],
        });
        self
    }

    /// One more link for the last row.
    #[must_use]
    pub fn also(mut self, action: Link) -> Self {
        if let Some(row) = self.rows.last_mut() {
            row.actions.push(action);
        }
        self
    }

    /// Without lines between the rows.
    #[must_use]
    pub fn no_border(mut self) -> Self {
        self.no_border = true;
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }
}
