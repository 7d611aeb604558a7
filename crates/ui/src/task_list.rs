//! Tasks and how they stand.

use askama::Template;

use crate::{SafeHtml, Tag};

/// How a task stands.
#[derive(Debug, Clone)]
pub enum TaskStatus {
    /// A word in a box: something is to be done.
    Tag(Tag),
    /// Plain words: done, nothing to do.
    Text(SafeHtml),
}

impl TaskStatus {
    fn html(&self) -> SafeHtml {
        match self {
            Self::Tag(tag) => tag.clone().into(),
            Self::Text(text) => text.clone(),
        }
    }
}

#[derive(Debug, Clone)]
struct Item {
    title: SafeHtml,
    href: Option<String>,
    hint: Option<SafeHtml>,
    status: TaskStatus,
}

/// Tasks and how they stand: what to do, why and how long it takes, when.
#[derive(Debug, Clone, Template)]
#[template(path = "task_list.html")]
pub struct TaskList {
    id: String,
    items: Vec<Item>,
}
component!(TaskList);

impl TaskList {
    /// An empty list; its parts' ids begin with `id`.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            items: Vec::new(),
        }
    }

    /// One more task, which `href` opens.
    #[must_use]
    pub fn task(
        mut self,
        href: impl Into<String>,
        title: impl Into<SafeHtml>,
        hint: Option<&str>,
        status: TaskStatus,
    ) -> Self {
        self.items.push(Item {
            title: title.into(),
            href: Some(href.into()),
            hint: hint.map(SafeHtml::from),
            status,
        });
        self
    }

    /// One more that cannot be opened yet.
    #[must_use]
    pub fn closed_task(
        mut self,
        title: impl Into<SafeHtml>,
        hint: Option<&str>,
        status: TaskStatus,
    ) -> Self {
        self.items.push(Item {
            title: title.into(),
            href: None,
            hint: hint.map(SafeHtml::from),
            status,
        });
        self
    }
}
