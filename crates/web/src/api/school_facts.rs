//! Characteristics and results as the API tells of them: each a value, or the
//! state that stands for it, with its source.

use super::parts::{Datum, value_or_state};
use programme::record::ResultTable;
use register::school::{Fact, SchoolField};
use serde::Serialize;
use utoipa::ToSchema;

/// A fact about a school.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Characteristic {
    /// Short name of the fact.
    #[schema(examples("pupils"))]
    pub(super) key: String,
    /// What a page calls it.
    pub(super) label: String,
    /// Its value; null where a state stands instead.
    pub(super) value: Option<Datum>,
    /// Why there is no value: suppressed, not_applicable or not_collected.
    pub(super) state: Option<&'static str>,
    /// The marker for that state in the file, such as SUPP.
    pub(super) marker: Option<String>,
    /// Id of the source that says so.
    pub(super) source: i64,
}

impl Characteristic {
    pub(super) fn of((field, fact, source): &(SchoolField, Fact, i64)) -> Self {
        let (value, state, marker) = value_or_state(fact);
        Self {
            key: field.key().to_owned(),
            label: field.label().to_owned(),
            value,
            state,
            marker,
            source: *source,
        }
    }
}

/// One published table of one period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultsView {
    /// Short name of the table: ks2_levels, ks2_scaled, census or absence.
    #[schema(examples("ks2_scaled"))]
    pub(super) dataset: String,
    /// What a page calls it.
    pub(super) title: String,
    /// Academic year such as 2015/16, or ‘undated’.
    pub(super) period: String,
    /// Its measures, by name.
    pub(super) measures: Vec<Measure>,
}

/// A published measure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Measure {
    /// The column’s own name in the official file.
    pub(super) measure: String,
    /// Its value; null where a state stands instead.
    pub(super) value: Option<Datum>,
    /// Why there is no value: suppressed, not_applicable or not_collected.
    pub(super) state: Option<&'static str>,
    /// The marker for that state in the file, such as SUPP.
    pub(super) marker: Option<String>,
    /// Id of the source that says so.
    pub(super) source: i64,
}

impl ResultsView {
    pub(super) fn of(table: &ResultTable) -> Self {
        Self {
            dataset: table.dataset.key().to_owned(),
            title: table.dataset.title().to_owned(),
            period: table.period.clone(),
            measures: table
                .measures
                .iter()
                .map(|(measure, fact, source)| {
                    let (value, state, marker) = value_or_state(fact);
                    Measure {
                        measure: measure.clone(),
                        value,
                        state,
                        marker,
                        source: *source,
                    }
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::{results::Dataset, school::State};

    #[test]
    fn a_measure_keeps_its_marker() {
        let held_back = Fact::State {
            state: State::Suppressed,
            marker: "SUPP".to_owned(),
        };
        let table = ResultTable {
            dataset: Dataset::Ks2Levels,
            period: "2014/15".to_owned(),
            measures: vec![
                ("PTREADX".to_owned(), Fact::Decimal(89.0), 3),
                ("PTMATX".to_owned(), held_back, 3),
            ],
        };
        let json = serde_json::to_value(ResultsView::of(&table)).unwrap();
        assert_eq!(json["measures"][0]["value"], 89.0);
        assert_eq!(json["measures"][0]["source"], 3);
        assert!(json["measures"][1]["value"].is_null());
        assert_eq!(json["measures"][1]["state"], "suppressed");
        assert_eq!(json["measures"][1]["marker"], "SUPP");
    }

    #[test]
    fn a_characteristic_has_its_key_and_label() {
        let json = serde_json::to_value(Characteristic::of(&(
            SchoolField::Pupils,
            Fact::Whole(329),
            2,
        )))
        .unwrap();
        assert_eq!(
            (&json["key"], &json["value"]),
            (&"pupils".into(), &329.into())
        );
    }
}
