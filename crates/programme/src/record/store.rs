//! SQL of the public record.

use super::{
    access::MayImport,
    facts::Facts,
    merging::Empty,
    model::{ImportRun, Outcome, RunState, Source},
};
use crate::error::{Error, Result};
use kernel::{LaEstab, Timestamp, Urn};
use register::{
    inspection::{Inspection, InspectionKey, InspectionKind},
    lineage::{Link, LinkKind},
    public_record::{Event, PublicRecord, SchoolIn},
    results::Dataset,
    school::{Fact, SchoolField as Field},
};
use store::{
    Conn, Row, StoreError, Tx, Value,
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
};
const INSPECTIONS: Upsert = Upsert {
    table: "inspection",
    columns: &[
        "urn",
        "start_date",
        "kind",
        "framework",
        "overall",
        "category",
        "detail_json",
    ],
    key: &["urn", "start_date", "kind"],
};
const LINKS: Upsert = Upsert {
    table: "school_link",
    columns: &["urn", "other", "kind", "established", "source_id"],
    key: &["urn", "other", "kind"],
};
const RESULTS: Upsert = Upsert {
    table: "result",
    columns: &["urn", "dataset", "period", "facts_json"],
    key: &["urn", "dataset", "period"],
};

const SCHOOLS_OF: Lookup = Lookup {
    table: "school",
    columns: &["urn", "former_names_json", "facts_json"],
    key: "urn",
};
const INSPECTIONS_OF: Lookup = Lookup {
    table: "inspection",
    columns: &["urn", "start_date", "kind", "detail_json"],
    key: "urn",
};
const LINKS_OF: Lookup = Lookup {
    table: "school_link",
    columns: &["urn", "other", "kind", "established", "source_id"],
    key: "urn",
};
const RESULTS_OF: Lookup = Lookup {
    table: "result",
    columns: &["urn", "dataset", "period", "facts_json"],
    key: "urn",
};

/// Generated statements, for the test that prepares every text.
pub const UPSERTS: &[Upsert] = &[SCHOOLS, INSPECTIONS, LINKS, RESULTS];
/// Generated look-ups, for the test that prepares every text.
pub const LOOKUPS: &[Lookup] = &[SCHOOLS_OF, INSPECTIONS_OF, LINKS_OF, RESULTS_OF];

statement!(
    /// One import at a time, on every node: the row is locked until the end.
    LOCK,
    "UPDATE register_state SET version = version WHERE id = 1"
);
statement!(
    CHANGED,
    "UPDATE register_state SET version = version + 1, changed_at = $1 WHERE id = 1"
);
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
statement!(
    FINISH_SOURCE,
    "UPDATE source SET rows_read = $2 WHERE id = $1"
);
statement!(ANY_SCHOOL, "SELECT urn FROM school LIMIT 1");
statement!(ANY_INSPECTION, "SELECT urn FROM inspection LIMIT 1");
statement!(ANY_LINK, "SELECT urn FROM school_link LIMIT 1");
statement!(ANY_RESULT, "SELECT urn FROM result LIMIT 1");
statement!(
    FORGET_INSPECTION,
    "DELETE FROM inspection WHERE urn = $1 AND start_date = $2 AND kind = $3"
);
statement!(
    ALL_SCHOOLS,
    "SELECT urn, name, former_names_json, status, phase, kind, la_name, la_code, estab, town, postcode, opened, closed,
         latitude, longitude
     FROM school ORDER BY urn"
);
statement!(
    ALL_INSPECTIONS,
    "SELECT urn, start_date, kind, detail_json FROM inspection ORDER BY urn, start_date, kind"
);
statement!(
    ALL_LINKS,
    "SELECT urn, other, kind, established, source_id FROM school_link ORDER BY urn, other, kind"
);
statement!(
    RESULTS_BY_URN,
    "SELECT urn, dataset, period, facts_json FROM result WHERE urn = $1 ORDER BY dataset, period"
);
statement!(FACTS_BY_URN, "SELECT facts_json FROM school WHERE urn = $1");
statement!(
    INSPECTIONS_BY_URN,
    "SELECT urn, start_date, kind, detail_json FROM inspection WHERE urn = $1 ORDER BY start_date, kind"
);
statement!(
    INSERT_RUN,
    "INSERT INTO import_run (id, file_name, state, started_at, started_by, bytes_total, bytes_done)
     VALUES ($1, $2, $3, $4, $5, $6, 0)"
);
statement!(
    FINISH_RUN,
    "UPDATE import_run SET state = $2, finished_at = $3, bytes_done = bytes_total, report_json = $4 WHERE id = $1"
);
statement!(
    RUNS,
    "SELECT id, file_name, state, started_at, finished_at, started_by, bytes_total, bytes_done, report_json
     FROM import_run ORDER BY started_at DESC, id DESC LIMIT 100"
);
statement!(
    RUN,
    "SELECT id, file_name, state, started_at, finished_at, started_by, bytes_total, bytes_done, report_json
     FROM import_run WHERE id = $1"
);
statement!(
    INTERRUPTED,
    "UPDATE import_run SET state = 'interrupted', finished_at = $1 WHERE state = 'running'"
);

/// A school as its row holds it.
pub(super) struct SchoolRow {
    pub(super) urn: i64,
    former: Vec<String>,
    pub(super) facts: Facts,
}

impl SchoolRow {
    pub(super) fn new(urn: i64) -> Self {
        Self {
            urn,
            former: Vec::new(),
            facts: Facts::default(),
        }
    }

    /// Notes names that it had before, each once, and none that it has now.
    pub(super) fn add_former(&mut self, names: Vec<String>) {
        self.former.extend(names);
        let now = self.text(Field::Name).unwrap_or_default();
        let mut seen: Vec<String> = vec![now.to_lowercase()];
        self.former.retain(|name| {
            let folded = name.to_lowercase();
            let new = !seen.contains(&folded);
            seen.push(folded);
            new
        });
    }

    fn fact(&self, field: Field) -> Option<&Fact> {
        self.facts.get(field.key()).map(|(fact, _)| fact)
    }

    fn text(&self, field: Field) -> Option<String> {
        self.fact(field).and_then(Fact::text).map(str::to_owned)
    }

    fn values(&self) -> [Value; 20] {
        let whole = |field| Value::from(self.fact(field).and_then(Fact::whole));
        let text = |field| Value::from(self.text(field));
        let place = self.place();
        let name = self
            .text(Field::Name)
            .unwrap_or_else(|| format!("School {}", self.urn));
        let former = if self.former.is_empty() {
            "[]".to_owned()
        } else {
            serde_json::to_string(&self.former).unwrap_or_default()
        };
        [
            self.urn.into(),
            name.into(),
            former.into(),
            text(Field::Status),
            text(Field::Phase),
            text(Field::Kind),
            whole(Field::LaCode),
            text(Field::LaName),
            whole(Field::EstabNumber),
            text(Field::Town),
            text(Field::Postcode),
            text(Field::Region),
            text(Field::Opened),
            text(Field::Closed),
            whole(Field::Easting),
            whole(Field::Northing),
            place.map(|(latitude, _)| latitude).into(),
            place.map(|(_, longitude)| longitude).into(),
            whole(Field::Pupils),
            self.facts.to_json().into(),
        ]
    }

    /// Latitude and longitude as published, or from the National Grid.
    fn place(&self) -> Option<(f64, f64)> {
        let number = |field| self.fact(field).and_then(Fact::number);
        match (number(Field::Latitude), number(Field::Longitude)) {
            (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
            _ => register::place::from_grid(number(Field::Easting)?, number(Field::Northing)?),
        }
    }
}

/// A link as its row holds it.
#[derive(Clone)]
pub(super) struct LinkRow {
    pub(super) urn: i64,
    pub(super) other: i64,
    pub(super) kind: &'static str,
    pub(super) established: Option<String>,
    pub(super) source: i64,
}

impl LinkRow {
    pub(super) fn of(link: &Link, source: i64) -> Self {
        Self {
            urn: link.urn.get().into(),
            other: link.other.get().into(),
            kind: link.kind.key(),
            established: link.established.map(|date| date.to_string()),
            source,
        }
    }
}

/// URN, dataset, period.
pub(super) type ResultKey = (i64, Dataset, String);

pub(super) async fn lock_register(tx: &mut Tx, _leave: &MayImport) -> Result<(), StoreError> {
    tx.execute(LOCK, Vec::new()).await.map(drop)
}

pub(super) async fn register_changed(
    tx: &mut Tx,
    _leave: &MayImport,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(CHANGED, vec![now.into()]).await.map(drop)
}

/// The version of the register; it goes up with every import.
pub(super) async fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.row(VERSION, Vec::new())
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

pub(super) async fn sources(conn: &mut Conn) -> Result<Vec<Source>> {
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

pub(super) async fn insert_source(
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

pub(super) async fn finish_source(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    rows: u64,
) -> Result<(), StoreError> {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    tx.execute(FINISH_SOURCE, vec![id.into(), rows.into()])
        .await
        .map(drop)
}

pub(super) async fn empty(conn: &mut Conn) -> Result<Empty, StoreError> {
    Ok(Empty {
        schools: conn.row(ANY_SCHOOL, Vec::new()).await?.is_none(),
        inspections: conn.row(ANY_INSPECTION, Vec::new()).await?.is_none(),
        links: conn.row(ANY_LINK, Vec::new()).await?.is_none(),
        results: conn.row(ANY_RESULT, Vec::new()).await?.is_none(),
    })
}

pub(super) async fn schools(conn: &mut Conn, urns: &[i64]) -> Result<Vec<SchoolRow>> {
    let mut texts = Vec::with_capacity(urns.len());
    SCHOOLS_OF
        .each(conn, urns, |row| {
            texts.push((row.int(0)?, row.text(1)?, row.text(2)?));
            Ok(())
        })
        .await?;
    texts
        .into_iter()
        .map(|(urn, former, facts)| {
            let former = serde_json::from_str(&former).map_err(unreadable)?;
            Ok(SchoolRow {
                urn,
                former,
                facts: Facts::from_json(&facts).map_err(unreadable)?,
            })
        })
        .collect()
}

pub(super) async fn write_schools<'r>(
    tx: &mut Tx,
    _leave: &MayImport,
    rows: impl Iterator<Item = &'r SchoolRow>,
) -> Result<(), StoreError> {
    SCHOOLS
        .write(tx, rows.flat_map(SchoolRow::values).collect())
        .await
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

pub(super) async fn inspections(conn: &mut Conn, urns: &[i64]) -> Result<Vec<Inspection>> {
    let mut rows = Vec::new();
    INSPECTIONS_OF
        .each(conn, urns, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
    rows.iter().map(inspection_in).collect()
}

pub(super) async fn inspections_of(conn: &mut Conn, urn: Urn) -> Result<Vec<Inspection>> {
    conn.rows(INSPECTIONS_BY_URN, vec![urn.into()])
        .await?
        .iter()
        .map(inspection_in)
        .collect()
}

pub(super) async fn write_inspections(
    tx: &mut Tx,
    _leave: &MayImport,
    inspections: &[&Inspection],
) -> Result<(), StoreError> {
    let values = inspections.iter().flat_map(|inspection| {
        let key = inspection.key();
        [
            Value::from(key.urn_at_inspection),
            key.start.into(),
            key.kind.key().into(),
            inspection.framework.key().into(),
            inspection.overall.into(),
            inspection
                .category
                .map(register::inspection::Category::code)
                .into(),
            inspection.to_detail().into(),
        ]
    });
    INSPECTIONS.write(tx, values.collect()).await
}

pub(super) async fn forget_inspection(
    tx: &mut Tx,
    _leave: &MayImport,
    key: &InspectionKey,
) -> Result<(), StoreError> {
    let values = vec![
        key.urn_at_inspection.into(),
        key.start.into(),
        key.kind.key().into(),
    ];
    tx.execute(FORGET_INSPECTION, values).await.map(drop)
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

pub(super) async fn links_of(conn: &mut Conn, urns: &[i64]) -> Result<Vec<LinkRow>, StoreError> {
    let mut links = Vec::new();
    LINKS_OF
        .each(conn, urns, |row| {
            links.extend(link_in(&row)?);
            Ok(())
        })
        .await?;
    Ok(links)
}

pub(super) async fn write_links(
    tx: &mut Tx,
    _leave: &MayImport,
    links: &[LinkRow],
) -> Result<(), StoreError> {
    let values = links.iter().flat_map(|link| {
        [
            Value::from(link.urn),
            link.other.into(),
            link.kind.into(),
            link.established.clone().into(),
            link.source.into(),
        ]
    });
    LINKS.write(tx, values.collect()).await
}

fn result_in(row: &Row) -> Result<Option<(ResultKey, Facts)>> {
    let Some(dataset) = Dataset::from_key(row.str(1)?) else {
        return Ok(None);
    };
    let facts = Facts::from_json(row.str(3)?).map_err(unreadable)?;
    Ok(Some(((row.int(0)?, dataset, row.text(2)?), facts)))
}

pub(super) async fn results(conn: &mut Conn, urns: &[i64]) -> Result<Vec<(ResultKey, Facts)>> {
    let mut rows = Vec::new();
    RESULTS_OF
        .each(conn, urns, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
    rows.iter()
        .filter_map(|row| result_in(row).transpose())
        .collect()
}

pub(super) async fn results_of(conn: &mut Conn, urn: Urn) -> Result<Vec<(ResultKey, Facts)>> {
    let rows = conn.rows(RESULTS_BY_URN, vec![urn.into()]).await?;
    rows.iter()
        .filter_map(|row| result_in(row).transpose())
        .collect()
}

pub(super) async fn facts_of(conn: &mut Conn, urn: Urn) -> Result<Facts> {
    match conn.row(FACTS_BY_URN, vec![urn.into()]).await? {
        Some(row) => Facts::from_json(row.str(0)?).map_err(unreadable),
        None => Ok(Facts::default()),
    }
}

pub(super) async fn write_results<'r>(
    tx: &mut Tx,
    _leave: &MayImport,
    results: impl Iterator<Item = (&'r ResultKey, &'r Facts)>,
) -> Result<(), StoreError> {
    let values = results.flat_map(|((urn, dataset, period), facts)| {
        [
            Value::from(*urn),
            dataset.key().into(),
            period.as_str().into(),
            facts.to_json().into(),
        ]
    });
    RESULTS.write(tx, values.collect()).await
}

/// The whole public record, from one state of the database.
pub(super) async fn public_record(conn: &mut Conn) -> Result<PublicRecord> {
    let version = version(conn).await?;
    let mut schools = Vec::new();
    conn.each(ALL_SCHOOLS, Vec::new(), |row| {
        schools.push(school_in(&row)?);
        Ok(())
    })
    .await?;
    let mut events: Vec<Event> = Vec::new();
    let mut unreadable = None;
    conn.each(ALL_INSPECTIONS, Vec::new(), |row| {
        match inspection_in(&row) {
            Ok(inspection) => events.push(Event::of(&inspection)),
            Err(error) => unreadable = Some(error),
        }
        Ok(())
    })
    .await?;
    if let Some(error) = unreadable {
        return Err(error);
    }
    let mut links = Vec::new();
    conn.each(ALL_LINKS, Vec::new(), |row| {
        if let Some(kind) = LinkKind::from_key(row.str(2)?) {
            links.push(Link {
                urn: row.urn(0)?,
                other: row.urn(1)?,
                kind,
                established: row.opt_date(3)?,
            });
        }
        Ok(())
    })
    .await?;
    tokio::task::spawn_blocking(move || PublicRecord::of(version, schools, events, &links))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))
}

fn school_in(row: &Row) -> Result<SchoolIn, StoreError> {
    let text = |column| Ok::<_, StoreError>(row.opt_text(column)?.unwrap_or_default());
    let number =
        |column| Ok::<_, StoreError>(row.opt_int(column)?.and_then(|n| u16::try_from(n).ok()));
    let former = row.str(2)?;
    Ok(SchoolIn {
        urn: row.urn(0)?.get(),
        name: row.text(1)?,
        former: if former == "[]" {
            Vec::new()
        } else {
            serde_json::from_str(former).unwrap_or_default()
        },
        status: text(3)?,
        phase: text(4)?,
        kind: text(5)?,
        authority: text(6)?,
        laestab: number(7)?
            .zip(number(8)?)
            .and_then(|(authority, estab)| LaEstab::new(authority, estab)),
        town: text(9)?,
        postcode: text(10)?,
        opened: row.opt_date(11)?,
        closed: row.opt_date(12)?,
        place: row.opt_real(13)?.zip(row.opt_real(14)?),
    })
}

pub(super) async fn insert_run(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    file_name: &str,
    bytes: u64,
    now: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    let values = vec![
        id.into(),
        file_name.into(),
        RunState::Running.key().into(),
        now.into(),
        by.into(),
        i64::try_from(bytes).unwrap_or(i64::MAX).into(),
    ];
    tx.execute(INSERT_RUN, values).await.map(drop)
}

pub(super) async fn finish_run(
    tx: &mut Tx,
    _leave: &MayImport,
    id: i64,
    state: RunState,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<()> {
    let outcome = serde_json::to_string(outcome).map_err(unreadable)?;
    tx.execute(
        FINISH_RUN,
        vec![id.into(), state.key().into(), now.into(), outcome.into()],
    )
    .await?;
    Ok(())
}

fn run_in(row: &Row) -> Result<ImportRun> {
    Ok(ImportRun {
        id: row.int(0)?,
        file_name: row.text(1)?,
        state: RunState::from_key(row.str(2)?),
        started_at: row.moment(3)?,
        finished_at: row.opt_int(4)?.map(|_| row.moment(4)).transpose()?,
        started_by: row.text(5)?,
        bytes_total: row.int(6)?,
        bytes_done: row.int(7)?,
        outcome: row
            .opt_text(8)?
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(unreadable)?,
    })
}

pub(super) async fn runs(conn: &mut Conn) -> Result<Vec<ImportRun>> {
    conn.rows(RUNS, Vec::new())
        .await?
        .iter()
        .map(run_in)
        .collect()
}

pub(super) async fn run(conn: &mut Conn, id: i64) -> Result<Option<ImportRun>> {
    conn.row(RUN, vec![id.into()])
        .await?
        .as_ref()
        .map(run_in)
        .transpose()
}

pub(super) async fn end_interrupted(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(INTERRUPTED, vec![now.into()]).await
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Unexpected(format!(
        "what the database keeps of the public record cannot be read: {error}"
    ))
}
