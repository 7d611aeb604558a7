//! `GET /api/v1/schools/{urn}`: a school's public record.

use super::{
    answer::{self, Answer, Named, Problem},
    inspection_view::{InspectionSource, InspectionView, JudgementView},
    parts::{Datum, Day, SourceView},
    school_facts::{Characteristic, Measure, ResultsView},
};
use crate::App;
use axum::extract::State;
use jiff::civil::date;
use kernel::Urn;
use programme::record::{self, SchoolRecord};
use register::public_record::PublicRecord;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A school’s public record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SchoolView {
    /// Unique reference number.
    urn: u32,
    /// Name.
    name: String,
    /// Names that it had before.
    former_names: Vec<String>,
    /// Phase of education as published, or of the school it became; empty where nobody says.
    phase: String,
    /// Type of establishment as published.
    #[serde(rename = "type")]
    kind: String,
    /// Status in the register’s words; empty where nobody says.
    status: String,
    /// Local authority.
    local_authority: String,
    /// Authority’s and establishment’s number, such as 886/2345.
    laestab: Option<String>,
    /// Postcode.
    postcode: String,
    /// Opened, where known or told by its links.
    opened: Option<Day>,
    /// Closed, where known.
    closed: Option<Day>,
    /// Latitude, degrees (WGS84).
    latitude: Option<f32>,
    /// Longitude, degrees (WGS84).
    longitude: Option<f32>,
    /// The school itself, those that it came from and those that it became.
    lineage: Vec<Kin>,
    /// Inspections of it and of those it came from, by day.
    inspections: Vec<InspectionView>,
    /// What the registers say of it.
    characteristics: Vec<Characteristic>,
    /// Published results, by table and period.
    results: Vec<ResultsView>,
    /// The files that say any of it.
    sources: Vec<SourceView>,
}

/// A school of the lineage.
#[derive(Debug, Serialize, ToSchema)]
struct Kin {
    /// Unique reference number.
    urn: u32,
    /// Name; empty where the register has no entry.
    name: String,
    /// self, predecessor or successor.
    #[schema(examples("predecessor"))]
    relation: &'static str,
    /// Steps between the two: 0 for the school itself, 1 for a direct predecessor or successor.
    distance: u32,
}

/// A school’s public record
///
/// Its inspections over all frameworks and through its predecessors, characteristics and results
/// with their states, each with the file that says so.
#[utoipa::path(
    get,
    path = "/api/v1/schools/{urn}",
    operation_id = "getSchool",
    tag = "Schools",
    params(("urn" = u32, Path, minimum = 100_000, maximum = 999_999, description = "Unique reference number, six digits.", example = 118_291)),
    responses(
        (status = 200, description = "The school.", body = SchoolView),
        (status = 400, description = "This is no URN.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No file that was imported speaks of such a school.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(app): State<App>,
    Named(urn): Named,
) -> Result<Answer<SchoolView>, Problem> {
    let urn = answer::urn(&urn)?;
    match record::school(&app.world, urn).await {
        Ok(school) => SchoolView::of(&school)
            .map(Answer)
            .ok_or_else(|| unknown(urn)),
        Err(programme::Error::NotFound) => Err(unknown(urn)),
        Err(error) => Err(error.into()),
    }
}

fn unknown(urn: Urn) -> Problem {
    Problem::not_found(format!(
        "There is no school {urn} in the register. Look for it by name with /api/v1/schools?q=; schools in Scotland, Wales and Northern Ireland are not in it."
    ))
}

impl SchoolView {
    fn of(found: &SchoolRecord) -> Option<Self> {
        let record = &*found.record;
        let school = record.school(found.urn)?;
        Some(Self {
            urn: school.urn.get(),
            name: school.name.to_string(),
            former_names: record.former_names(school).map(str::to_owned).collect(),
            phase: record.phase(school).to_owned(),
            kind: record.kind(school).to_owned(),
            status: record.status(school).to_owned(),
            local_authority: record.authority(school).to_owned(),
            laestab: school.laestab.map(|number| number.to_string()),
            postcode: school.postcode.to_string(),
            opened: school.opened.map(Day),
            closed: school.closed.map(Day),
            latitude: school.place.map(|(latitude, _)| latitude),
            longitude: school.place.map(|(_, longitude)| longitude),
            lineage: lineage(record, school.urn),
            inspections: found
                .inspections
                .iter()
                .map(|inspection| InspectionView::of(inspection, school.urn, &found.sources))
                .collect(),
            characteristics: found.facts.iter().map(Characteristic::of).collect(),
            results: found.results.iter().map(ResultsView::of).collect(),
            sources: sources(found),
        })
    }
}

fn lineage(record: &PublicRecord, urn: Urn) -> Vec<Kin> {
    let kin = |urn: Urn, relation, distance| Kin {
        urn: urn.get(),
        name: record
            .school(urn)
            .map_or(String::new(), |school| school.name.to_string()),
        relation,
        distance,
    };
    let lineages = record.lineages();
    let before = lineages
        .ancestors(urn)
        .into_iter()
        .map(|(urn, steps)| kin(urn, "predecessor", steps));
    let after = lineages
        .descendants(urn)
        .into_iter()
        .map(|(urn, steps)| kin(urn, "successor", steps));
    std::iter::once(kin(urn, "self", 0))
        .chain(before)
        .chain(after)
        .collect()
}

/// The files that say any of it, by id.
fn sources(found: &SchoolRecord) -> Vec<SourceView> {
    let of_facts = found.facts.iter().map(|(_, _, source)| *source);
    let of_results = found
        .results
        .iter()
        .flat_map(|table| table.measures.iter().map(|(_, _, source)| *source));
    let of_inspections = found.inspections.iter().flat_map(|inspection| {
        inspection
            .said_by
            .iter()
            .map(|said| i64::from(said.origin.source.0))
    });
    let said: BTreeSet<i64> = of_facts.chain(of_results).chain(of_inspections).collect();
    said.iter()
        .filter_map(|id| found.sources.get(id))
        .map(SourceView::of)
        .collect()
}

/// An answer as the reference shows it.
pub(super) fn example() -> impl Serialize {
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
        lineage: vec![Kin {
            urn: 118_291,
            name: "Headcorn Primary School".to_owned(),
            relation: "self",
            distance: 0,
        }],
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

#[cfg(test)]
mod tests {
    use super::super::inspection_view::tests::urn;
    use super::*;
    use register::{
        lineage::{Link, LinkKind},
        public_record::SchoolIn,
    };

    #[test]
    fn a_lineage_says_who_came_before_and_how_far() {
        let schools = [100_001, 100_002, 100_003]
            .map(|urn| SchoolIn {
                urn,
                name: format!("School {urn}"),
                ..SchoolIn::default()
            })
            .to_vec();
        let link = |before, after| Link {
            urn: urn(after),
            other: urn(before),
            kind: LinkKind::Predecessor,
            established: None,
        };
        let links = [link(100_001, 100_002), link(100_002, 100_003)];
        let record = PublicRecord::of(1, schools, Vec::new(), &links);
        let told = |of| {
            let kin = lineage(&record, urn(of));
            kin.iter()
                .map(|kin| (kin.urn, kin.relation, kin.distance))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told(100_002),
            [
                (100_002, "self", 0),
                (100_001, "predecessor", 1),
                (100_003, "successor", 1)
            ]
        );
        assert_eq!(
            told(100_003),
            [
                (100_003, "self", 0),
                (100_002, "predecessor", 1),
                (100_001, "predecessor", 2)
            ]
        );
    }

    #[test]
    fn the_names_that_others_rely_on_are_there() {
        let school = serde_json::to_value(example()).unwrap();
        for name in [
            "name",
            "phase",
            "type",
            "local_authority",
            "lineage",
            "inspections",
            "characteristics",
            "results",
            "sources",
        ] {
            assert!(school.get(name).is_some(), "{name}");
        }
        assert_eq!(school["characteristics"][0]["value"], 329);
    }
}
