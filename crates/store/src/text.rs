//! The text of a statement.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

/// A statement's text: one of the catalogue's, or one that this crate has made of names
/// in this program. Nothing that somebody wrote is ever in it. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) enum Text {
    Fixed(&'static str),
    Made(Arc<str>),
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Made(text) => text,
        }
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Made(text.into())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}
