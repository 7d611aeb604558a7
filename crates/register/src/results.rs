//! Published measures of a school, each with its state.

use crate::school::Fact;
use kernel::Urn;
use serde::{Deserialize, Serialize};

/// What one source says of one school's results in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultSheet {
    /// The school.
    pub urn: Urn,
    /// Which table it comes from.
    pub dataset: Dataset,
    /// The academic year, ‘2015/16’, or ‘undated’ where the file does not say
    /// and nobody told the import.
    pub period: String,
    /// Measure, by the column's own name in the official file, and its value
    /// or state. Blank cells are left out.
    pub measures: Vec<(String, Fact)>,
}

/// A family of published tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// Key stage 2 under levels, to 2014/15.
    Ks2Levels,
    /// Key stage 2 with scaled scores, from 2015/16.
    Ks2Scaled,
    /// The school census in the performance tables.
    Census,
    /// Absence in the performance tables.
    Absence,
}

impl Dataset {
    /// The short name under which it is stored and exported.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ks2Levels => "ks2_levels",
            Self::Ks2Scaled => "ks2_scaled",
            Self::Census => "census",
            Self::Absence => "absence",
        }
    }

    /// What a page calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ks2Levels => "Key stage 2, levels (to 2015)",
            Self::Ks2Scaled => "Key stage 2, scaled scores (from 2016)",
            Self::Census => "School census",
            Self::Absence => "Absence",
        }
    }

    /// The dataset with this short name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Ks2Levels, Self::Ks2Scaled, Self::Census, Self::Absence].into_iter().find(|dataset| dataset.key() == key)
    }
}
