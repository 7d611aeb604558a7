//! What several operations answer with.

use kernel::Date;
use programme::record::Source;
use register::{
    good::RuleSet,
    school::{Fact, State},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A day as YYYY-MM-DD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Date, examples("2013-05-01"))]
pub(crate) struct Day(pub(crate) Date);

/// A file that was imported: where figures come from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceView {
    /// Its id, to which facts point back.
    pub(crate) id: i64,
    /// What the file is.
    pub(crate) title: String,
    /// Who publishes it.
    pub(crate) publisher: String,
    /// Under which licence.
    pub(crate) licence: String,
    /// The file's name.
    pub(crate) file: String,
    /// The day on which its facts stood.
    pub(crate) as_of: Day,
    /// What to beware of.
    pub(crate) caveat: Option<String>,
}

impl SourceView {
    pub(crate) fn of(source: &Source) -> Self {
        Self {
            id: source.id,
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            licence: source.licence.clone(),
            file: source.file_name.clone(),
            as_of: Day(source.as_of),
            caveat: source.caveat.clone(),
        }
    }
}

/// A published number or text.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Datum {
    /// A whole number.
    Whole(i64),
    /// A decimal number; percentages run from 0 to 100.
    Decimal(f64),
    /// A text, or a day as YYYY-MM-DD.
    Text(String),
}

/// A fact as its value, or else as the reason why there is none with the
/// marker that stands in the file.
pub(crate) fn value_or_state(fact: &Fact) -> (Option<Datum>, Option<&'static str>, Option<String>) {
    match fact {
        Fact::Whole(n) => (Some(Datum::Whole(*n)), None, None),
        Fact::Decimal(n) => (Some(Datum::Decimal(*n)), None, None),
        Fact::Text(text) => (Some(Datum::Text(text.clone())), None, None),
        Fact::State { state, marker } => (None, Some(state_key(*state)), Some(marker.clone())),
    }
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Suppressed => "suppressed",
        State::NotApplicable => "not_applicable",
        State::NotCollected => "not_collected",
    }
}

/// A rule for ‘good or equivalent’, chosen in advance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoodRule {
    /// Short name with its version, such as standard-v1.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// The rule in words.
    pub(crate) words: String,
}

impl GoodRule {
    pub(crate) fn of(id: &str) -> Self {
        let rule = RuleSet::by_id(id);
        Self {
            id: id.to_owned(),
            name: rule.map_or(String::new(), |rule| rule.name.clone()),
            words: rule.map_or(String::new(), |rule| rule.words.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_its_value_or_the_reason_why_there_is_none() {
        let (value, state, marker) = value_or_state(&Fact::Whole(208));
        assert_eq!(
            (serde_json::to_value(value).unwrap(), state, marker),
            (208.into(), None, None)
        );
        let held_back = Fact::State {
            state: State::Suppressed,
            marker: "SUPP".to_owned(),
        };
        assert_eq!(
            value_or_state(&held_back),
            (None, Some("suppressed"), Some("SUPP".to_owned()))
        );
    }

    /// The names of states are those of the database.
    #[test]
    fn a_state_has_one_name() {
        for state in [State::Suppressed, State::NotApplicable, State::NotCollected] {
            assert_eq!(serde_json::to_value(state).unwrap(), state_key(state));
        }
    }

    #[test]
    fn a_good_rule_says_itself_in_words() {
        assert!(
            GoodRule::of("standard-v1")
                .words
                .contains("overall effectiveness")
        );
    }
}
