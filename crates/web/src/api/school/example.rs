//! A school's record as the reference shows it: its lists cut to one.

use super::{
    super::{
        inspection_view::{InspectionSource, InspectionView, JudgementView},
        parts::{Datum, Day, SourceView},
        school_facts::{Characteristic, Measure, ResultsView},
    },
    Kin, SchoolView,
};
use jiff::civil::date;
use serde::Serialize;
use std::collections::BTreeMap;

/// An answer as the reference shows it.
pub(in crate::api) fn example() -> impl Serialize {
    let as_of = Day(date(2026, 5, 31));
    SchoolView {
        urn: 118_291,
        name: "Headcorn Primary School".to_owned(),
        former_names: Vec::new(),
        phase: "Primary".to_owned(),
        kind: "Community school".to_owned(),
        status: "open".to_owned(),
        local_authority: "Kent".to_owned(),
        laestab: Some("886/2165".to_owned()),
        postcode: "TN27 9QT".to_owned(),
        opened: None,
        closed: None,
        latitude: Some(51.17),
        longitude: Some(0.62),
        lineage: vec![Kin { urn: 118_291, name: "Headcorn Primary School".to_owned(), relation: "self", distance: 0 }],
        inspections: vec![InspectionView {
            urn_at_inspection: 118_291,
            start_date: Day(date(2013, 6, 19)),
            dated_by: "start",
            end_date: None,
            published: None,
            kind: "graded",
            framework: "S5_2012b".to_owned(),
            overall: Some(2),
            overall_words: Some("Good".to_owned()),
            judgements: BTreeMap::from([(
                "leadership".to_owned(),
                JudgementView {
                    area: "Quality of leadership in, and management of, the school".to_owned(),
                    code: Some(2),
                    label: Some("Good".to_owned()),
                    raw: "2".to_owned(),
                    dated: None,
                },
            )]),
            category_of_concern: None,
            category_words: None,
            safeguarding: None,
            outcome: None,
            standing: "published",
            predecessor: false,
            good_or_equivalent: BTreeMap::from([("standard-v1".to_owned(), Some(true))]),
            source: Some(InspectionSource {
                id: 3,
                title: "Graded inspections 2005 to 2026, compiled".to_owned(),
                file: "graded-inspections-2005-2026.csv".to_owned(),
                as_of,
            }),
        }],
        characteristics: vec![Characteristic {
            key: "pupils".to_owned(),
            label: "Pupils".to_owned(),
            value: Some(Datum::Whole(329)),
            state: None,
            marker: None,
            source: 1,
        }],
        results: vec![ResultsView {
            dataset: "ks2_scaled".to_owned(),
            title: "Key stage 2, scaled scores (from 2016)".to_owned(),
            period: "2016/17".to_owned(),
            measures: vec![Measure {
                measure: "READ_AVERAGE".to_owned(),
                value: Some(Datum::Whole(104)),
                state: None,
                marker: None,
                source: 5,
            }],
        }],
        sources: vec![SourceView {
            id: 3,
            title: "Graded inspections 2005 to 2026, compiled".to_owned(),
            publisher: "Ofsted".to_owned(),
            licence: "Open Government Licence v3.0".to_owned(),
            file: "graded-inspections-2005-2026.csv".to_owned(),
            as_of,
            caveat: None,
        }],
    }
}
