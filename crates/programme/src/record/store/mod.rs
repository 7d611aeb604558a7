//! SQL of the public record.

mod rows;
mod runs;
mod whole;

pub(in crate::record) use rows::{LinkRow, ResultKey, SchoolRow};
pub(in crate::record) use runs::{end_interrupted, finish_run, insert_run, run, runs};
pub(in crate::record) use whole::public_record;

use crate::error::{Error, Result};
use crate::record::{access::MayImport, facts::Facts, merging::Empty, model::Source};
use kernel::{Timestamp, Urn};
use register::{
    inspection::{Inspection, InspectionKey, InspectionKind},
    lineage::LinkKind,
    results::Dataset,
};
use store::{
    Conn, Desk, Row, StoreError, Tx, Value,
    bulk::{Lookup, Upsert},
    statement,
};

const SCHOOLS: Upsert = Upsert {
    table: "school",
    columns: &[
        "urn",
        "name",
        "former_names_json",
        "status",
        "phase",
        "kind",
        "la_code",
        "la_name",
        "estab",
        "town",
        "postcode",
        "region",
        "opened",
        "closed",
        "easting",
        "northing",
        "latitude",
        "longitude",
        "pupils",
        "facts_json",
    ],
    key: &["urn"],
    kept: &[],
};
const INSPECTIONS: Upsert = Upsert {
    table: "inspection",
    columns: &["urn", "start_date", "kind", "framework", "overall", "category", "detail_json"],
    key: &["urn", "start_date", "kind"],
    kept: &[],
};
const LINKS: Upsert = Upsert {
    table: "school_link",
    columns: &["urn", "other", "kind", "established", "source_id"],
    key: &["urn", "other", "kind"],
    kept: &[],
};
const RESULTS: Upsert = Upsert {
    table: "result",
    columns: &["urn", "dataset", "period", "facts_json"],
    key: &["urn", "dataset", "period"],
    kept: &[],
};

const SCHOOLS_OF: Lookup = Lookup { table: "school", columns: &["urn", "former_names_json", "facts_json"], key: "urn" };
const INSPECTIONS_OF: Lookup =
    Lookup { table: "inspection", columns: &["urn", "start_date", "kind", "detail_json"], key: "urn" };
const LINKS_OF: Lookup =
    Lookup { table: "school_link", columns: &["urn", "other", "kind", "established", "source_id"], key: "urn" };
const RESULTS_OF: Lookup = Lookup { table: "result", columns: &["urn", "dataset", "period", "facts_json"], key: "urn" };

/// Generated statements, for the test that prepares every text.
pub const UPSERTS: &[Upsert] = &[SCHOOLS, INSPECTIONS, LINKS, RESULTS];
/// Generated look-ups, for the test that prepares every text.
pub const LOOKUPS: &[Lookup] = &[SCHOOLS_OF, INSPECTIONS_OF, LINKS_OF, RESULTS_OF];

statement!(
    /// One import at a time, on every node: the row is locked until the end.
    LOCK,
    "UPDATE register_state SET version = version WHERE id = 1"
);
statement!(CHANGED, "UPDATE register_state SET version = version + 1, changed_at = $1 WHERE id = 1");
statement!(VERSION, "SELECT version FROM register_state WHERE id = 1");
statement!(
    SOURCES,
    "SELECT id, layout, title, publisher, licence, file_name, sha256, as_of, caveat, rows_read FROM source ORDER BY id"
);
statement!(
    INSERT_SOURCE,
    "INSERT INTO source (id, layout, title, publisher, licence, file_name, sha256, as_of, caveat, rows_read, imported_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)"
);
statement!(FINISH_SOURCE, "UPDATE source SET rows_read = $2 WHERE id = $1");
statement!(ANY_SCHOOL, "SELECT urn FROM school LIMIT 1");
statement!(ANY_INSPECTION, "SELECT urn FROM inspection LIMIT 1");
statement!(ANY_LINK, "SELECT urn FROM school_link LIMIT 1");
statement!(ANY_RESULT, "SELECT urn FROM result LIMIT 1");
statement!(FORGET_INSPECTION, "DELETE FROM inspection WHERE urn = $1 AND start_date = $2 AND kind = $3");
statement!(
    RESULTS_BY_URN,
    "SELECT urn, dataset, period, facts_json FROM result WHERE urn = $1 ORDER BY dataset, period"
);
statement!(FACTS_BY_URN, "SELECT facts_json FROM school WHERE urn = $1");
statement!(
    INSPECTIONS_BY_URN,
    "SELECT urn, start_date, kind, detail_json FROM inspection WHERE urn = $1 ORDER BY start_date, kind"
);

pub(in crate::record) async fn lock_register(tx: &mut Tx, _leave: &MayImport) -> Result<(), StoreError> {
    tx.execute(LOCK, Vec::new()).await.map(drop)
}

pub(in crate::record) async fn register_changed(
    tx: &mut Tx,
    _leave: &MayImport,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(CHANGED, vec![now.into()]).await.map(drop)
}

/// The version of the register; it goes up with every import.
pub(in crate::record) async fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.row(VERSION, Vec::new()).await?.map_or(Ok(0), |row| row.int(0))
}

pub(in crate::record) async fn sources(conn: &mut Conn) -> Result<Vec<Source>> {
    let rows = conn.rows(SOURCES, Vec::new()).await?;
    rows.iter()
        .map(|row| {
            Ok(Source {
                id: row.int(0)?,
                layout: row.text(1)?,
                title: row.text(2)?,
                publisher: row.text(3)?,
                licence: row.text(4)?,
                file_name: row.text(5)?,
                sha256: row.text(6)?,
                as_of: row.date(7)?,
                caveat: row.opt_text(8)?,
                rows_read: row.int(9)?,
            })
        })
        .collect()
}

pub(in crate::record) async fn insert_source(
    tx: &mut Tx,
    _leave: &MayImport,
    source: &Source,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = vec![
        source.id.into(),
        source.layout.as_str().into(),
        source.title.as_str().into(),
        source.publisher.as_str().into(),
        source.licence.as_str().into(),
        source.file_name.as_str().into(),
        source.sha256.as_str().into(),
        source.as_of.into(),
        source.caveat.clone().into(),
        now.into(),
    ];
    tx.execute(INSERT_SOURCE, values).await.map(drop)
}

pub(in crate::record) async fn finish_source(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    rows: u64,
) -> Result<(), StoreError> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    tx.execute(FINISH_SOURCE, vec![id.into(), rows.into()]).await.map(drop)
}

pub(in crate::record) async fn empty(conn: &mut Conn) -> Result<Empty, StoreError> {
    Ok(Empty {
        schools: conn.row(ANY_SCHOOL, Vec::new()).await?.is_none(),
        inspections: conn.row(ANY_INSPECTION, Vec::new()).await?.is_none(),
        links: conn.row(ANY_LINK, Vec::new()).await?.is_none(),
        results: conn.row(ANY_RESULT, Vec::new()).await?.is_none(),
    })
}

pub(in crate::record) async fn schools(desk: &mut Desk, urns: &[i64]) -> Result<Vec<SchoolRow>> {
    let school = |row: &Row| {
        let former = serde_json::from_str(row.str(1)?).map_err(unreadable)?;
        Ok(SchoolRow { urn: row.int(0)?, former, facts: Facts::from_json(row.str(2)?).map_err(unreadable)? })
    };
    desk.rows(&SCHOOLS_OF, urns).await?.iter().map(school).collect()
}

pub(in crate::record) async fn write_schools<'r>(
    desk: &mut Desk,
    _leave: &MayImport,
    rows: impl Iterator<Item = &'r SchoolRow>,
) -> Result<(), StoreError> {
    desk.write(&SCHOOLS, rows, |row, values| values.extend(row.values())).await
}

fn inspection_in(row: &Row) -> Result<Inspection> {
    let kind = row.str(2)?;
    let key = InspectionKey {
        urn_at_inspection: row.urn(0)?,
        start: row.date(1)?,
        kind: InspectionKind::from_key(kind)
            .ok_or_else(|| Error::Unexpected(format!("there is no kind of inspection ‘{kind}’")))?,
    };
    Inspection::from_detail(key, row.str(3)?).map_err(unreadable)
}

pub(in crate::record) async fn inspections(desk: &mut Desk, urns: &[i64]) -> Result<Vec<Inspection>> {
    desk.rows(&INSPECTIONS_OF, urns).await?.iter().map(inspection_in).collect()
}

pub(in crate::record) async fn inspections_of(conn: &mut Conn, urn: Urn) -> Result<Vec<Inspection>> {
    conn.rows(INSPECTIONS_BY_URN, vec![urn.into()]).await?.iter().map(inspection_in).collect()
}

pub(in crate::record) async fn write_inspections(
    desk: &mut Desk,
    _leave: &MayImport,
    inspections: &[&Inspection],
) -> Result<(), StoreError> {
    desk.write(&INSPECTIONS, inspections.iter(), |inspection, values| {
        let key = inspection.key();
        values.extend([
            Value::from(key.urn_at_inspection),
            key.start.into(),
            key.kind.key().into(),
            inspection.framework.key().into(),
            inspection.overall.into(),
            inspection.category.map(register::inspection::Category::code).into(),
            inspection.to_detail().into(),
        ]);
    })
    .await
}

pub(in crate::record) async fn forget_inspection(
    desk: &mut Desk,
    _leave: &MayImport,
    key: &InspectionKey,
) -> Result<(), StoreError> {
    let values = vec![key.urn_at_inspection.into(), key.start.into(), key.kind.key().into()];
    desk.execute(FORGET_INSPECTION, values).await
}

fn link_in(row: &Row) -> Result<Option<LinkRow>, StoreError> {
    let Some(kind) = LinkKind::from_key(row.str(2)?) else {
        return Ok(None);
    };
    Ok(Some(LinkRow {
        urn: row.int(0)?,
        other: row.int(1)?,
        kind: kind.key(),
        established: row.opt_text(3)?,
        source: row.int(4)?,
    }))
}

pub(in crate::record) async fn links_of(desk: &mut Desk, urns: &[i64]) -> Result<Vec<LinkRow>, StoreError> {
    desk.rows(&LINKS_OF, urns).await?.iter().filter_map(|row| link_in(row).transpose()).collect()
}

pub(in crate::record) async fn write_links(
    desk: &mut Desk,
    _leave: &MayImport,
    links: &[LinkRow],
) -> Result<(), StoreError> {
    desk.write(&LINKS, links.iter(), |link, values| {
        values.extend([
            Value::from(link.urn),
            link.other.into(),
            link.kind.into(),
            link.established.clone().into(),
            link.source.into(),
        ]);
    })
    .await
}

fn result_in(row: &Row) -> Result<Option<(ResultKey, Facts)>> {
    let Some(dataset) = Dataset::from_key(row.str(1)?) else {
        return Ok(None);
    };
    let facts = Facts::from_json(row.str(3)?).map_err(unreadable)?;
    Ok(Some(((row.int(0)?, dataset, row.text(2)?), facts)))
}

/// Results of these schools in these tables.
pub(in crate::record) async fn results(
    desk: &mut Desk,
    urns: &[i64],
    tables: &[(Dataset, String)],
) -> Result<Vec<(ResultKey, Facts)>> {
    let mut results = Vec::new();
    for row in desk.rows(&RESULTS_OF, urns).await? {
        let (dataset, period) = (row.str(1)?, row.str(2)?);
        if tables.iter().any(|(wanted, when)| wanted.key() == dataset && when == period) {
            results.extend(result_in(&row)?);
        }
    }
    Ok(results)
}

pub(in crate::record) async fn results_of(conn: &mut Conn, urn: Urn) -> Result<Vec<(ResultKey, Facts)>> {
    let rows = conn.rows(RESULTS_BY_URN, vec![urn.into()]).await?;
    rows.iter().filter_map(|row| result_in(row).transpose()).collect()
}

pub(in crate::record) async fn facts_of(conn: &mut Conn, urn: Urn) -> Result<Facts> {
    match conn.row(FACTS_BY_URN, vec![urn.into()]).await? {
        Some(row) => Facts::from_json(row.str(0)?).map_err(unreadable),
        None => Ok(Facts::default()),
    }
}

pub(in crate::record) async fn write_results<'r>(
    desk: &mut Desk,
    _leave: &MayImport,
    results: impl Iterator<Item = (&'r ResultKey, &'r Facts)>,
) -> Result<(), StoreError> {
    desk.write(&RESULTS, results, |((urn, dataset, period), facts), values| {
        values.extend([(*urn).into(), dataset.key().into(), period.as_str().into(), facts.to_json().into()]);
    })
    .await
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn unreadable(error: serde_json::Error) -> Error {
    Error::Unexpected(format!("what the database keeps of the public record cannot be read: {error}"))
}
