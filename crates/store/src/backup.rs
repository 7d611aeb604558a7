//! A backup that either database can write and either can restore.
//!
//! The file is zstd-compressed lines of JSON: a header, then for each table a
//! line with its columns and one line a row, at last a line with the number of
//! rows. A file that breaks off lacks the last line and is refused.

use crate::{Db, Kind, Row, StoreError, Value, bulk::Upsert, migrate};
use kernel::Timestamp;
use serde_json::{Value as Json, json};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};
use std::io::{BufRead as _, BufReader, BufWriter, Read, Write};

/// A table as the backup knows it: name, columns, key.
type Table = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// All tables, parents before children. `schema_migration` is not among them:
/// a restore makes the schema itself.
pub const TABLES: &[Table] = &[
    ("register_state", &["id", "version", "changed_at"], &["id"]),
    (
        "source",
        &[
            "id",
            "layout",
            "title",
            "publisher",
            "licence",
            "file_name",
            "sha256",
            "as_of",
            "caveat",
            "rows_read",
            "imported_at",
        ],
        &["id"],
    ),
    (
        "school",
        &[
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
        &["urn"],
    ),
    (
        "school_link",
        &["urn", "other", "kind", "established", "source_id"],
        &["urn", "other", "kind"],
    ),
    (
        "inspection",
        &[
            "urn",
            "start_date",
            "kind",
            "framework",
            "overall",
            "category",
            "detail_json",
        ],
        &["urn", "start_date", "kind"],
    ),
    (
        "result",
        &["urn", "dataset", "period", "facts_json"],
        &["urn", "dataset", "period"],
    ),
    (
        "import_run",
        &[
            "id",
            "file_name",
            "state",
            "started_at",
            "finished_at",
            "started_by",
            "bytes_total",
            "bytes_done",
            "report_json",
        ],
        &["id"],
    ),
    (
        "person",
        &["id", "email", "name", "password_hash", "role", "created_at"],
        &["id"],
    ),
    (
        "session",
        &[
            "token_sha256",
            "person_id",
            "form_token",
            "created_at",
            "seen_at",
            "expires_at",
        ],
        &["token_sha256"],
    ),
    ("sign_in_attempt", &["id", "email_sha256", "at"], &["id"]),
    (
        "audit",
        &[
            "id",
            "at",
            "who",
            "role",
            "what",
            "noun",
            "noun_id",
            "before_json",
            "after_json",
            "why",
        ],
        &["id"],
    ),
    (
        "programme",
        &["id", "slug", "name", "about", "starts", "ends", "revision"],
        &["id"],
    ),
    (
        "cohort",
        &[
            "id",
            "programme_id",
            "slug",
            "name",
            "about",
            "joins_on",
            "follow_to",
            "need_rule",
            "need_version",
            "phase",
            "good_rule",
            "story",
            "revision",
        ],
        &["id"],
    ),
    (
        "published_figure",
        &[
            "cohort_id",
            "as_at",
            "words",
            "good",
            "schools",
            "share",
            "source",
        ],
        &["cohort_id", "as_at", "words"],
    ),
    (
        "participation",
        &[
            "id",
            "cohort_id",
            "urn",
            "named",
            "certainty",
            "note",
            "joined",
            "baseline_json",
        ],
        &["id"],
    ),
    (
        "participation_status",
        &[
            "id",
            "participation_id",
            "status",
            "since",
            "reason",
            "recorded_at",
            "recorded_by",
        ],
        &["id"],
    ),
    (
        "baseline_correction",
        &[
            "id",
            "participation_id",
            "baseline_json",
            "reason",
            "recorded_at",
            "recorded_by",
        ],
        &["id"],
    ),
    (
        "need_decision",
        &[
            "id",
            "rule",
            "urn",
            "kind",
            "reason",
            "recorded_at",
            "recorded_by",
        ],
        &["id"],
    ),
];

/// Sessions and attempts are not worth carrying over: everybody signs in anew.
const LEFT_OUT: &[&str] = &["session", "sign_in_attempt"];

/// Writes all tables as they stood at one moment; the number of rows written.
///
/// # Errors
/// The database or the file said no.
pub async fn backup(db: &Db, out: impl Write, now: Timestamp) -> Result<u64, StoreError> {
    let mut conn = db.snapshot().await?;
    let schema = migrate::version(&mut conn).await?;
    let mut out = BufWriter::new(zstd::Encoder::new(out, 6)?);
    let header = json!({"aspire_backup": 1, "schema": schema, "made_at": now.to_string()});
    writeln!(out, "{header}")?;
    let mut total = 0;
    for (table, columns, key) in kept() {
        writeln!(out, "{}", json!({"table": table, "columns": columns}))?;
        let text = format!(
            "SELECT {} FROM {table} ORDER BY {}",
            columns.join(", "),
            key.join(", ")
        );
        conn.each_of(sqlx::AssertSqlSafe(text), Vec::new(), |row| {
            total += 1;
            writeln!(out, "{}", Json::Array(cells(&row)?))?;
            Ok(())
        })
        .await?;
    }
    writeln!(out, "{}", json!({"end": true, "rows": total}))?;
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)?
        .finish()?
        .flush()?;
    Ok(total)
}

/// Restores a backup into an empty database (a fresh file, a fresh schema), all
/// or nothing; the number of rows restored.
///
/// # Errors
/// A file that is no backup, breaks off or is newer than this Aspire; a
/// database that holds something already.
pub async fn restore(db: &Db, file: impl Read, now: Timestamp) -> Result<u64, StoreError> {
    let mut lines =
        BufReader::new(zstd::Decoder::new(file).map_err(|_| unusable("it is no Aspire backup"))?)
            .lines();
    let mut next = || -> Result<Option<Json>, StoreError> {
        match lines.next() {
            None => Ok(None),
            Some(line) => {
                let line = line.map_err(|_| unusable("it is damaged or breaks off"))?;
                serde_json::from_str(&line)
                    .map(Some)
                    .map_err(|_| unusable("it is damaged"))
            }
        }
    };
    let header = next()?.ok_or_else(|| unusable("it is empty"))?;
    if header["aspire_backup"] != 1 {
        return Err(unusable("it is no Aspire backup"));
    }
    let schema = header["schema"].as_i64().unwrap_or(i64::MAX);
    if schema > migrate::newest() {
        return Err(StoreError::Newer {
            found: schema,
            known: migrate::newest(),
        });
    }
    migrate::migrate(db, now).await?;
    let mut tx = db.begin().await?;
    for (table, ..) in kept().filter(|(table, ..)| *table != "register_state") {
        let text = format!("SELECT COUNT(*) FROM {table}");
        let rows = tx.rows_of(sqlx::AssertSqlSafe(text), Vec::new()).await?;
        if rows.first().map_or(Ok(0), |row| row.int(0))? > 0 {
            return Err(unusable(&format!(
                "the database is not empty (table {table}); restore into a new one"
            )));
        }
    }
    let mut total = 0;
    let mut current: Option<(Upsert, Vec<Value>)> = None;
    loop {
        let line = next()?.ok_or_else(|| unusable("it breaks off: its last line is missing"))?;
        if let Json::Array(cells) = line {
            let (upsert, values) = current
                .as_mut()
                .ok_or_else(|| unusable("a row stands before its table"))?;
            if cells.len() != upsert.columns.len() {
                return Err(unusable(&format!(
                    "a row of {} has {} cells",
                    upsert.table,
                    cells.len()
                )));
            }
            for (column, cell) in upsert.columns.iter().zip(cells) {
                values.push(value(upsert.table, column, cell)?);
            }
            total += 1;
            if values.len() > 50_000 {
                upsert.write(&mut tx, std::mem::take(values)).await?;
            }
            continue;
        }
        if let Some((upsert, values)) = current.take() {
            upsert.write(&mut tx, values).await?;
        }
        if line["end"] == true {
            if line["rows"].as_u64() != Some(total) {
                return Err(unusable(
                    "its number of rows is not what its last line says",
                ));
            }
            break;
        }
        let name = line["table"].as_str().unwrap_or_default();
        let (table, columns, key) = kept().find(|(table, ..)| *table == name).ok_or_else(|| {
            unusable(&format!(
                "it has a table ‘{name}’ that this Aspire does not know"
            ))
        })?;
        if line["columns"] != json!(columns) {
            return Err(unusable(&format!("table {table} has other columns")));
        }
        current = Some((
            Upsert {
                table,
                columns,
                key,
            },
            Vec::new(),
        ));
    }
    tx.commit().await?;
    Ok(total)
}

fn kept() -> impl Iterator<Item = Table> {
    TABLES
        .iter()
        .copied()
        .filter(|(table, ..)| !LEFT_OUT.contains(table))
}

fn unusable(why: &str) -> StoreError {
    StoreError::Backup(why.to_owned())
}

/// Columns of type BIGINT and DOUBLE PRECISION, as the schema has them; all
/// others are TEXT. (No table that is kept has a BOOLEAN yet.)
fn value(table: &str, column: &str, cell: Json) -> Result<Value, StoreError> {
    const WHOLE: &[&str] = &[
        "id",
        "urn",
        "other",
        "version",
        "changed_at",
        "rows_read",
        "imported_at",
        "la_code",
        "estab",
        "easting",
        "northing",
        "pupils",
        "source_id",
        "overall",
        "started_at",
        "finished_at",
        "bytes_total",
        "bytes_done",
        "created_at",
        "at",
        "revision",
        "programme_id",
        "need_version",
        "cohort_id",
        "good",
        "schools",
        "participation_id",
        "recorded_at",
    ];
    const REAL: &[&str] = &["latitude", "longitude", "share"];
    let wrong = || unusable(&format!("{table}.{column} holds a value of the wrong type"));
    if WHOLE.contains(&column) {
        return match cell {
            Json::Null => Ok(Value::Int(None)),
            cell => cell.as_i64().map(Value::from).ok_or_else(wrong),
        };
    }
    if REAL.contains(&column) {
        return match cell {
            Json::Null => Ok(Value::Real(None)),
            cell => cell.as_f64().map(Value::from).ok_or_else(wrong),
        };
    }
    match cell {
        Json::Null => Ok(Value::Text(None)),
        Json::String(text) => Ok(text.into()),
        _ => Err(wrong()),
    }
}

fn cells(row: &Row) -> Result<Vec<Json>, StoreError> {
    let width = match row {
        Row::Sqlite(row) => row.columns().len(),
        Row::Postgres(row) => row.columns().len(),
    };
    (0..width).map(|column| cell(row, column)).collect()
}

fn cell(row: &Row, column: usize) -> Result<Json, StoreError> {
    let (null, kind) = match row {
        Row::Sqlite(row) => {
            let raw = row.try_get_raw(column)?;
            (raw.is_null(), raw.type_info().name().to_owned())
        }
        Row::Postgres(row) => {
            let raw = row.try_get_raw(column)?;
            (
                raw.is_null(),
                row.column(column).type_info().name().to_owned(),
            )
        }
    };
    if null {
        return Ok(Json::Null);
    }
    Ok(match kind.as_str() {
        "INTEGER" | "INT8" | "BIGINT" => json!(row.int(column)?),
        "REAL" | "FLOAT8" => json!(row.real(column)?),
        "BOOLEAN" | "BOOL" => json!(row.flag(column)?),
        _ => json!(row.text(column)?),
    })
}

/// A plain copy of an SQLite file, made while it is in use.
///
/// # Errors
/// The database said no, or it is not SQLite.
pub async fn copy_sqlite(db: &Db, to: &std::path::Path) -> Result<(), StoreError> {
    if db.kind() != Kind::Sqlite {
        return Err(unusable("only an SQLite database can be copied as a file"));
    }
    let mut conn = db.read().await?;
    conn.execute_of(
        "VACUUM INTO $1",
        vec![to.to_string_lossy().into_owned().into()],
    )
    .await?;
    Ok(())
}
