//! Which papers there are.

use kernel::Date;
use papers::paper::Status;

/// One of the papers of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The self-evaluation summary.
    SelfEvaluation,
    /// The improvement plan.
    Plan,
    /// One page for governors.
    Governors,
    /// A termly review, by its id.
    Review(i64),
    /// An adviser's note of a visit, by its id.
    Note(i64),
    /// What is the reader's own in this term.
    OwnList,
}

impl Which {
    /// Its name in addresses.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::SelfEvaluation => "self-evaluation".to_owned(),
            Self::Plan => "plan".to_owned(),
            Self::Governors => "governors".to_owned(),
            Self::Review(id) => format!("review-{id}"),
            Self::Note(id) => format!("visit-{id}"),
            Self::OwnList => "my-list".to_owned(),
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let id = |text: &str| text.parse().ok().filter(|id: &i64| id.to_string() == text);
        Some(match key {
            "self-evaluation" => Self::SelfEvaluation,
            "plan" => Self::Plan,
            "governors" => Self::Governors,
            "my-list" => Self::OwnList,
            other => match other.split_once('-')? {
                ("review", rest) => Self::Review(id(rest)?),
                ("visit", rest) => Self::Note(id(rest)?),
                _ => return None,
            },
        })
    }
}

/// A paper in the list of a school's papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub which: Which,
    /// What it is called.
    pub title: String,
    /// How many changes what it is made of has seen.
    pub version: i64,
    /// The day of the last of them.
    pub date: Date,
    /// How far it is.
    pub status: Status,
    /// Who may see it, in words.
    pub seen_by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_an_address_leads_back() {
        for which in
            [Which::SelfEvaluation, Which::Plan, Which::Governors, Which::Review(12), Which::Note(7), Which::OwnList]
        {
            assert_eq!(Which::from_key(&which.key()), Some(which));
        }
        for other in ["", "review-", "review-x", "visit-+7", "visit-07", "plan.pdf", "../plan"] {
            assert_eq!(Which::from_key(other), None, "{other}");
        }
    }
}
