//! The page around every page.

use askama::Template;

use crate::{BackLink, Breadcrumbs, NotificationBanner, SafeHtml};

/// Where the style sheet, the script and the icon are served.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The style sheet's address.
    pub css: String,
    /// The script's address.
    pub js: String,
    /// The icon's address.
    pub icon: String,
}

/// Who is signed in, and what signing out needs.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person's name.
    pub name: String,
    /// Where signing out is posted to.
    pub sign_out: String,
    /// The token against forged requests.
    pub csrf: String,
}

#[derive(Debug, Clone)]
struct NavItem {
    href: String,
    text: SafeHtml,
}

/// The page around every page: head, header with navigation, the way here, the
/// content, footer. The web crate builds one with service, navigation and person,
/// and each page gives it a title and its content.
#[derive(Debug, Clone, Template)]
#[template(path = "page.html")]
pub struct Page {
    title: String,
    service: String,
    assets: Assets,
    nav: Vec<NavItem>,
    path: String,
    signed_in: Option<SignedIn>,
    way: Option<SafeHtml>,
    banner: Option<NotificationBanner>,
    content: SafeHtml,
    error: bool,
    wide: bool,
    noindex: bool,
}
component!(Page);

impl Page {
    /// An empty page titled `title`, which is the words of its h1.
    #[must_use]
    pub fn new(title: impl Into<String>, assets: Assets) -> Self {
        Self {
            title: title.into(),
            service: "Aspire".to_owned(),
            assets,
            nav: Vec::new(),
            path: String::new(),
            signed_in: None,
            way: None,
            banner: None,
            content: SafeHtml::empty(),
            error: false,
            wide: false,
            noindex: false,
        }
    }

    /// The service's name, where it is not ‘Aspire’.
    #[must_use]
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service = name.into();
        self
    }

    /// One more link in the header.
    #[must_use]
    pub fn nav(mut self, href: impl Into<String>, text: impl Into<SafeHtml>) -> Self {
        self.nav.push(NavItem {
            href: href.into(),
            text: text.into(),
        });
        self
    }

    /// The path of this page: the longest link of the header that it lies
    /// under is marked as the current one.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Somebody is signed in.
    #[must_use]
    pub fn signed_in(mut self, who: SignedIn) -> Self {
        self.signed_in = Some(who);
        self
    }

    /// Where the page stands.
    #[must_use]
    pub fn breadcrumbs(mut self, breadcrumbs: Breadcrumbs) -> Self {
        self.way = Some(breadcrumbs.into());
        self
    }

    /// The way back, in a task of several pages.
    #[must_use]
    pub fn back(mut self, back: BackLink) -> Self {
        self.way = Some(back.into());
        self
    }

    /// What just happened, above the content.
    #[must_use]
    pub fn banner(mut self, banner: NotificationBanner) -> Self {
        self.banner = Some(banner);
        self
    }

    /// The content, beginning with an error summary if there is one, then h1.
    #[must_use]
    pub fn content(mut self, content: impl Into<SafeHtml>) -> Self {
        self.content = content.into();
        self
    }

    /// The form on it has errors: the title says so first.
    #[must_use]
    pub fn with_error(mut self, error: bool) -> Self {
        self.error = error;
        self
    }

    /// Wider than 960 px, for a page with a large table or map.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Not for search engines.
    #[must_use]
    pub fn noindex(mut self) -> Self {
        self.noindex = true;
        self
    }

    /// The index of the current link; a link to `/` only for the page itself.
    fn current(&self) -> Option<usize> {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        let lies_under = |href: &str| {
            path == href
                || (href != "/"
                    && path
                        .strip_prefix(href)
                        .is_some_and(|rest| rest.starts_with('/')))
        };
        self.nav
            .iter()
            .enumerate()
            .filter(|(_, item)| lies_under(&item.href))
            .max_by_key(|(_, item)| item.href.len())
            .map(|(index, _)| index)
    }

    fn is_current(&self, index: &usize) -> bool {
        self.current() == Some(*index)
    }

    fn container(&self) -> &'static str {
        if self.wide {
            "govuk-width-container app-width-wide"
        } else {
            "govuk-width-container"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Page {
        Page::new("Find St Mary's", assets())
            .nav("/", "Home")
            .nav("/schools", "Find a school")
            .nav("/schools/needing", "Who needs help")
            .at(path)
    }

    fn assets() -> Assets {
        Assets {
            css: "/assets/a.css".into(),
            js: "/assets/a.js".into(),
            icon: "/assets/a.svg".into(),
        }
    }

    #[test]
    fn the_longest_link_is_current() {
        for (path, current) in [
            ("/", Some(0)),
            ("/schools", Some(1)),
            ("/schools?q=x", Some(1)),
            ("/schools/118291", Some(1)),
            ("/schools/needing/it", Some(2)),
            ("/schoolsx", None),
            ("/help", None),
        ] {
            assert_eq!(page(path).current(), current, "{path}");
        }
    }

    #[test]
    fn the_title_says_when_there_is_an_error() {
        let html = page("/").with_error(true).to_string();
        assert!(html.contains("<title>Error: Find St Mary&#39;s – Aspire</title>"), "{html}");
    }

    #[test]
    fn nothing_on_a_page_needs_an_exception_from_the_policy() {
        let html = page("/").signed_in(SignedIn {
            name: "O'Brien <b>".into(),
            sign_out: "/sign-out".into(),
            csrf: "t".into(),
        });
        let html = html.to_string();
        assert!(!html.contains(" style="), "inline style");
        assert!(!html.contains(" on"), "inline handler");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("O&#39;Brien &#60;b&#62;"));
    }
}
