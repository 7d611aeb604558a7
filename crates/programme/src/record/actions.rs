//! What a page shows of a school, and of the sources.

use super::{facts::Facts, model::Source, store};
use crate::{
    World,
    error::{Error, Result},
};
use kernel::Urn;
use register::{
    inspection::Inspection,
    public_record::PublicRecord,
    results::Dataset,
    school::{Fact, SchoolField},
};
use std::{collections::HashMap, sync::Arc};

/// Everything public about a school.
pub struct SchoolRecord {
    /// The register it is taken from.
    pub record: Arc<PublicRecord>,
    /// The school.
    pub urn: Urn,
    /// Inspections of it and of those it came from, by day.
    pub inspections: Vec<Inspection>,
    /// Facts in the order in which a page shows them, each with its source's id.
    pub facts: Vec<(SchoolField, Fact, i64)>,
    /// Results by dataset and period: measure, value or state, source's id.
    pub results: Vec<ResultTable>,
    /// The sources that say any of it, by id.
    pub sources: HashMap<i64, Source>,
}

/// One dataset of one period.
pub struct ResultTable {
    /// The dataset.
    pub dataset: Dataset,
    /// The period.
    pub period: String,
    /// Measure, value or state, source's id; by measure.
    pub measures: Vec<(String, Fact, i64)>,
}

/// The public record of a school.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn school(world: &World, urn: Urn) -> Result<SchoolRecord> {
    let record = world.record().await?;
    let _ = record.school(urn).ok_or(Error::NotFound)?;
    let mut conn = world.db.read().await?;
    let mut inspections = store::inspections_of(&mut conn, urn).await?;
    for (before, _) in record.lineages().ancestors(urn) {
        inspections.extend(store::inspections_of(&mut conn, before).await?);
    }
    let line: Vec<Urn> =
        record.lineages().ancestors(urn).into_iter().map(|(before, _)| before).chain([urn]).collect();
    inspections.retain(|inspection| line.contains(&inspection.of_school()));
    inspections.sort_by_key(|inspection| (inspection.start, inspection.urn_at_inspection));
    let known: Facts = store::facts_of(&mut conn, urn).await?;
    let facts = SchoolField::ALL
        .iter()
        .filter_map(|field| {
            known
                .get(field.key())
                .map(|(fact, source)| (*field, fact.clone(), source))
        })
        .collect();
    let results = store::results_of(&mut conn, urn)
        .await?
        .into_iter()
        .map(|((_, dataset, period), facts)| {
            let mut measures: Vec<(String, Fact, i64)> = facts
                .iter()
                .map(|(measure, fact, source)| (measure.to_owned(), fact.clone(), source))
                .collect();
            measures.sort_by(|a, b| a.0.cmp(&b.0));
            ResultTable {
                dataset,
                period,
                measures,
            }
        })
        .collect();
    let sources = store::sources(&mut conn)
        .await?
        .into_iter()
        .map(|source| (source.id, source))
        .collect();
    Ok(SchoolRecord {
        record,
        urn,
        inspections,
        facts,
        results,
        sources,
    })
}

/// All sources, in the order in which they were imported.
///
/// # Errors
/// The database.
pub async fn sources(world: &World) -> Result<Vec<Source>> {
    let mut conn = world.db.read().await?;
    store::sources(&mut conn).await
}
