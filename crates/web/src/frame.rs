//! The page around every page of ours.

use crate::{assets, error::PageError, visitor::Visitor};
use askama::Template;
use axum::response::Html;
use programme::job;
use ui::{Page, SafeHtml, SignedIn};

/// The menu.
pub(crate) fn menu(page: Page) -> Page {
    page.nav("/schools", "Find a school")
        .nav("/need-rules", "Who needs help")
        .nav("/cohorts", "Cohorts")
        .nav("/imports", "Imports")
}

/// The page titled `title` for this visitor. The title is the words of its h1.
pub(crate) fn page(visitor: &Visitor, title: impl Into<String>) -> Page {
    let page = Page::new(title, assets::addresses()).at(visitor.path.clone());
    let page = if visitor.demo { page.nav("/cohorts/naht-aspire-pilot", "The pilot") } else { page };
    let page = menu(page);
    let page = if visitor.demo { page.nav("/demo/letters", "Letters") } else { page };
    let page = if job::may_see(&visitor.who) {
        page.nav("/admin", "Health").nav("/admin/jobs", "Jobs").nav("/admin/mail", "Mail")
    } else {
        page
    };
    match visitor.name() {
        Some(name) => page.nav("/start", "Your start page").nav("/account", "Your account").signed_in(SignedIn {
            name: name.to_owned(),
            sign_out: "/sign-out".to_owned(),
            csrf: visitor.form_token().to_owned(),
        }),
        None => page.nav("/sign-in", "Sign in"),
    }
}

/// A page's answer: the frame around a template's content.
pub(crate) fn show(page: Page, content: &impl Template) -> Result<Html<String>, PageError> {
    Ok(Html(page.content(SafeHtml::of_template(content)?).to_string()))
}
