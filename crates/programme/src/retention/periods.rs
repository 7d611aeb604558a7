//! The periods, as data.

use serde::Deserialize;
use std::sync::OnceLock;

const FILE: &str = include_str!("../../../../data/retention/periods.json");

/// What is kept for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptKind {
    /// What somebody typed and did not save.
    Draft,
    /// A school in its own words.
    SelfView,
    /// A diagnosis.
    Diagnosis,
    /// A plan, with its reviews.
    Plan,
    /// Concerns that were closed.
    Concern,
    /// Releases that ended.
    Release,
    /// Who from outside looked.
    Look,
    /// Who signed in.
    SignIn,
    /// What was changed.
    Audit,
}

/// How long one kind of thing is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The rule's name, as it stands in the audit.
    pub id: String,
    /// Of what.
    pub kind: KeptKind,
    /// The same in words.
    pub what: String,
    /// How many days; none where it stays.
    pub days: Option<u32>,
    /// From when they are counted.
    pub counted_from: String,
    /// Why just as long.
    pub why: String,
    /// Who can decide otherwise.
    pub decides: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "says which form the file has; there is one")]
    version: u8,
    periods: Vec<Period>,
}

/// All periods, in the order in which they are explained.
#[must_use]
pub fn periods() -> &'static [Period] {
    static ALL: OnceLock<Vec<Period>> = OnceLock::new();
    ALL.get_or_init(|| serde_json::from_str::<File>(FILE).map(|file| file.periods).unwrap_or_default())
}

impl Period {
    /// How long, in words: ‘90 days’, ‘three years’, ‘as long as the record’.
    #[must_use]
    pub fn words(&self) -> String {
        match self.days {
            None => "As long as the record".to_owned(),
            Some(365) => "One year".to_owned(),
            Some(days) if days % 365 == 0 => {
                let words = kernel::words::number(u64::from(days / 365));
                let mut letters = words.chars();
                let first = letters.next().map(|letter| letter.to_ascii_uppercase());
                format!("{}{} years", first.into_iter().collect::<String>(), letters.as_str())
            }
            Some(days) => format!("{days} days"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_period_is_explained_and_has_a_name_of_its_own() {
        let all = periods();
        assert!(all.len() >= 6, "the file is read");
        for (index, one) in all.iter().enumerate() {
            assert!(all[..index].iter().all(|other| other.id != one.id && other.kind != one.kind), "{}", one.id);
            for text in [&one.what, &one.counted_from, &one.why, &one.decides] {
                assert!(text.len() > 8, "{}", one.id);
            }
            assert!(one.days.is_none_or(|days| days > 0), "{}", one.id);
        }
        let words: Vec<String> = all.iter().map(Period::words).collect();
        assert!(words.contains(&"90 days".to_owned()) && words.contains(&"Three years".to_owned()), "{words:?}");
    }
}
