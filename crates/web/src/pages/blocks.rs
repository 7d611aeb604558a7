//! A page made of blocks, one below the other: headings, paragraphs, lists,
//! forms. What the pages of the plan and of reviews share.

use super::diagnosis_words::status;
use crate::{error::PageError, frame, visitor::Visitor};
use askama::Template;
use axum::response::{IntoResponse as _, Response};
use ui::{Breadcrumbs, ErrorSummary, Errors, Heading, Hidden, NotificationBanner, SafeHtml, Size};

/// A page made of blocks.
#[derive(Template)]
#[template(path = "blocks.html")]
pub(crate) struct Blocks {
    summary: ErrorSummary,
    heading: Heading,
    lead: String,
    blocks: Vec<SafeHtml>,
    title: String,
}

impl Blocks {
    /// A page with this title, for what is of this school.
    pub(crate) fn new(title: &str, caption: &str, errors: &Errors) -> Self {
        let heading = Heading::new(title).size(Size::Xl);
        let heading = if caption.is_empty() { heading } else { heading.caption(caption) };
        let summary = ErrorSummary::new(errors);
        Self { summary, heading, lead: String::new(), blocks: Vec::new(), title: title.to_owned() }
    }

    /// The sentence below the title.
    pub(crate) fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = lead.into();
        self
    }

    /// One more block.
    pub(crate) fn block(mut self, block: impl Into<SafeHtml>) -> Self {
        self.blocks.push(block.into());
        self
    }

    /// One more block, where there is one.
    pub(super) fn block_if(self, block: Option<impl Into<SafeHtml>>) -> Self {
        match block {
            Some(block) => self.block(block),
            None => self,
        }
    }

    /// More blocks.
    pub(super) fn all(mut self, blocks: impl IntoIterator<Item = SafeHtml>) -> Self {
        self.blocks.extend(blocks);
        self
    }

    /// A heading within the page.
    pub(super) fn h2(self, words: impl Into<SafeHtml>) -> Self {
        self.block(Heading::new(words).level(2).size(Size::M))
    }

    /// A paragraph.
    pub(super) fn say(self, words: impl Into<SafeHtml>) -> Self {
        self.block(say(words))
    }

    /// The answer.
    pub(crate) fn show(
        self,
        visitor: &Visitor,
        way: Breadcrumbs,
        errors: &Errors,
        done: Option<impl Into<SafeHtml>>,
    ) -> Result<Response, PageError> {
        let mut page =
            frame::page(visitor, self.title.clone()).breadcrumbs(way).noindex().with_error(!errors.is_empty());
        if let Some(words) = done {
            page = page.banner(NotificationBanner::success(words));
        }
        Ok((status(errors), frame::show(page, &self)?).into_response())
    }
}

/// A paragraph.
pub(crate) fn say(words: impl Into<SafeHtml>) -> SafeHtml {
    around("p", "govuk-body", &words.into())
}

/// Words in smaller, grey letters.
pub(super) fn hint(words: impl Into<SafeHtml>) -> SafeHtml {
    around("p", "govuk-hint", &words.into())
}

fn around(tag: &str, class: &str, content: &SafeHtml) -> SafeHtml {
    SafeHtml::vouched("its content is escaped", format!("<{tag} class=\"{class}\">{content}</{tag}>"))
}

/// A list of points.
pub(super) fn points<P: Into<SafeHtml>>(all: impl IntoIterator<Item = P>) -> SafeHtml {
    let all =
        all.into_iter().map(|one| SafeHtml::vouched("its content is escaped", format!("<li>{}</li>", one.into())));
    let points = SafeHtml::join(all, "");
    SafeHtml::vouched("its points are escaped", format!("<ul class=\"govuk-list govuk-list--bullet\">{points}</ul>"))
}

/// A form to one of our addresses, with the visitor's token.
pub(crate) fn form(visitor: &Visitor, to: &str, parts: impl IntoIterator<Item = SafeHtml>) -> SafeHtml {
    let to = SafeHtml::from(to);
    let csrf = Hidden::new("csrf", visitor.form_token());
    let parts = SafeHtml::join(parts, "");
    SafeHtml::vouched(
        "its parts escape what they are given",
        format!("<form action=\"{to}\" method=\"post\" novalidate>{csrf}{parts}</form>"),
    )
}

/// Words that only a screen reader says, after those that all see.
pub(super) fn with_hidden(words: &str, hidden: &str) -> SafeHtml {
    let hidden = SafeHtml::from(format!(": {hidden}"));
    let hidden = SafeHtml::vouched("escaped", format!("<span class=\"govuk-visually-hidden\">{hidden}</span>"));
    SafeHtml::join([SafeHtml::from(words), hidden], "")
}

/// What is folded away, unfolded where that is asked for: what is wrong in it
/// has to be seen.
pub(super) fn open_where(open: bool, details: ui::Details) -> ui::Details {
    if open { details.open() } else { details }
}
