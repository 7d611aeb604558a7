//! A link.

use askama::Template;

use crate::SafeHtml;

/// A link. Its words say where it goes, also without the sentence around it.
#[derive(Debug, Clone, Template)]
#[template(path = "link.html")]
pub struct Link {
    href: String,
    text: SafeHtml,
    hidden: Option<SafeHtml>,
    class: &'static str,
}
component!(Link);

impl Link {
    /// A link to `href`. An address that is neither of this site nor of the
    /// web, mail or telephone (a register may hold anything) leads nowhere.
    #[must_use]
    pub fn new(href: impl Into<String>, text: impl Into<SafeHtml>) -> Self {
        let href = href.into();
        Self {
            href: if is_harmless(&href) {
                href
            } else {
                "#".to_owned()
            },
            text: text.into(),
            hidden: None,
            class: "",
        }
    }

    /// Words only a screen reader reads, after the text: ‘Change **the date**’.
    #[must_use]
    pub fn hidden(mut self, hidden: impl Into<SafeHtml>) -> Self {
        self.hidden = Some(hidden.into());
        self
    }

    /// Looks the same once it has been followed.
    #[must_use]
    pub fn no_visited(mut self) -> Self {
        self.class = " govuk-link--no-visited-state";
        self
    }
}

/// Whether the address has no scheme at all or one of those that only lead
/// somewhere. Control characters and blanks before the scheme are ignored by
/// browsers, so an address with any is refused.
fn is_harmless(href: &str) -> bool {
    if href.chars().any(char::is_control) || href.starts_with(' ') {
        return false;
    }
    let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto", "tel"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_addresses_lead_anywhere() {
        for good in ["/schools/118291", "?q=a:b", "#x", "https://a.example/", "mailto:a@b"] {
            assert!(is_harmless(good), "{good}");
        }
        for bad in ["javascript:alert(1)", "JavaScript:x", " javascript:x", "java\tscript:x", "data:text/html,x"] {
            assert!(!is_harmless(bad), "{bad}");
        }
    }
}
