//! Which frameworks there are: the product's own files, and a user's.

use super::{Framework, parse};
use std::sync::OnceLock;

/// The product's own framework files, oldest first.
pub(super) const FILES: &[&str] = &[
    include_str!("../../../../data/frameworks/S5_2005.json"),
    include_str!("../../../../data/frameworks/S5_2009.json"),
    include_str!("../../../../data/frameworks/S5_2012a.json"),
    include_str!("../../../../data/frameworks/S5_2012b.json"),
    include_str!("../../../../data/frameworks/CIF_2015.json"),
    include_str!("../../../../data/frameworks/EIF_2019.json"),
    include_str!("../../../../data/frameworks/EIF_2024_no_OE.json"),
    include_str!("../../../../data/frameworks/EIF_2025_report_card.json"),
];

/// The frameworks that this process knows; set once, by [`Frameworks::install`]
/// or by the first question.
pub(super) static KNOWN: OnceLock<Frameworks> = OnceLock::new();

/// A set of frameworks without a gap or an overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Frameworks {
    pub(super) list: Vec<Framework>,
}

/// Why a framework's text is not used: the field, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("framework file, ‘{field}’: expected {expected}")]
pub struct FrameworkError {
    /// Where in the file: `scale[2].code`.
    pub field: String,
    /// What was expected, and what stands there.
    pub expected: String,
}

impl FrameworkError {
    pub(crate) fn new(field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            expected: expected.into(),
        }
    }
}

impl Frameworks {
    /// The product's own.
    #[must_use]
    pub fn built_in() -> Self {
        // A test parses every file; one that does not parse cannot be shipped.
        let list = FILES
            .iter()
            .filter_map(|text| Self::parse(text).ok())
            .collect();
        Self { list }
    }

    /// Reads one framework from the text of its file.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn parse(text: &str) -> Result<Framework, FrameworkError> {
        parse::framework(text)
    }

    /// These and `extra`. A framework that had no last day ends the day before
    /// the next one starts, so that a new file needs no change to an old one.
    ///
    /// # Errors
    /// Where a short name is taken, two are in force on one day, or a day
    /// between the first and the last belongs to none.
    pub fn with(mut self, extra: Vec<Framework>) -> Result<Self, FrameworkError> {
        self.list.extend(extra);
        self.list.sort_by_key(|framework| framework.from);
        if self.list.len() > usize::from(u8::MAX) {
            return Err(FrameworkError::new("id", "at most 255 frameworks"));
        }
        for at in 1..self.list.len() {
            let (before, after) = self.list.split_at_mut(at);
            let (Some(before), Some(next)) = (before.last_mut(), after.first()) else {
                continue;
            };
            let day_before = next.from.yesterday().ok();
            before.to = before.to.or(day_before);
            if before.to != day_before {
                return Err(FrameworkError::new(
                    "from",
                    format!(
                        "the day after the last day of {}; {} starts on {}",
                        before.id, next.id, next.from
                    ),
                ));
            }
            if before.to.is_some_and(|to| to < before.from) {
                return Err(FrameworkError::new(
                    "from",
                    format!("a later day than that of {}", before.id),
                ));
            }
        }
        let mut ids: Vec<&str> = self.list.iter().map(|f| f.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            let expected = format!("a short name that no other has; ‘{}’ is taken", pair[0]);
            return Err(FrameworkError::new("id", expected));
        }
        Ok(self)
    }

    /// Makes these the frameworks of this process.
    ///
    /// # Errors
    /// Where a question has been asked, or others installed, before: gives them back.
    pub fn install(self) -> Result<(), Self> {
        KNOWN.set(self)
    }

    /// The frameworks, oldest first.
    #[must_use]
    pub fn list(&self) -> &[Framework] {
        &self.list
    }
}
