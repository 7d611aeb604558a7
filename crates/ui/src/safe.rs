//! HTML somebody vouches for.

use std::fmt;

use askama::filters::Escaper as _;

/// HTML that may stand in a page as it is, and who says so.
///
/// Text becomes `SafeHtml` by being escaped (`SafeHtml::from("a < b")`), a
/// component by having escaped what it was given. Anything else has to be
/// vouched for by name, so that `grep vouched` lists every place to distrust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml {
    html: String,
    by: &'static str,
}

impl SafeHtml {
    /// `html` as it is; `by` says who escaped it and how: ‘charts::svg escapes
    /// labels’.
    #[must_use]
    pub fn vouched(by: &'static str, html: impl Into<String>) -> Self {
        Self {
            html: html.into(),
            by,
        }
    }

    /// A page's own askama template (with an `.html` path, so that askama
    /// escapes), rendered.
    ///
    /// # Errors
    /// What askama reports where a value's `Display` fails.
    pub fn of_template(template: &impl askama::Template) -> askama::Result<Self> {
        Ok(Self::vouched("askama escapes by .html", template.render()?))
    }

    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::vouched("nothing", "")
    }

    /// Several pieces, one after the other.
    #[must_use]
    pub fn join(pieces: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let between = Self::from(between);
        let mut html = String::new();
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                html.push_str(&between.html);
            }
            html.push_str(&piece.html);
        }
        Self::vouched("its pieces", html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.html
    }

    /// The HTML, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.html
    }

    /// Who vouches for it.
    #[must_use]
    pub fn vouched_by(&self) -> &'static str {
        self.by
    }

    /// True where there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

impl From<&str> for SafeHtml {
    fn from(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        // Writing to a String cannot fail.
        let _ = askama::filters::Html.write_escaped_str(&mut html, text);
        Self::vouched("escaped as text", html)
    }
}

impl From<&String> for SafeHtml {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for SafeHtml {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<std::borrow::Cow<'_, str>> for SafeHtml {
    fn from(text: std::borrow::Cow<'_, str>) -> Self {
        Self::from(text.as_ref())
    }
}

impl From<&Self> for SafeHtml {
    fn from(html: &Self) -> Self {
        html.clone()
    }
}

/// A missing value shows nothing; words for it (‘not collected’) are the
/// page's to choose.
impl<T: Into<Self>> From<Option<T>> for SafeHtml {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::empty, Into::into)
    }
}

macro_rules! from_numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for SafeHtml {
            fn from(number: $number) -> Self {
                Self::vouched("a number has nothing to escape", number.to_string())
            }
        })+
    };
}
from_numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_once() {
        let html = SafeHtml::from("St Mary's <b>& All</b> \"Saints\"");
        assert_eq!(
            html.as_str(),
            "St Mary&#39;s &#60;b&#62;&#38; All&#60;/b&#62; &#34;Saints&#34;"
        );
        assert_eq!(SafeHtml::from(&html), html);
        assert_eq!(html.vouched_by(), "escaped as text");
    }

    #[test]
    fn pieces_join_with_escaped_text_between() {
        let joined = SafeHtml::join(["a", "b"].map(SafeHtml::from), " < ");
        assert_eq!(joined.as_str(), "a &#60; b");
    }
}
