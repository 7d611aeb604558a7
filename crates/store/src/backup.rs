//! A backup that either database can write and either can restore.
//!
//! The file is zstd-compressed lines of JSON: a header, then for each table a
//! line with its columns and one line a row, at last a line with the number of
//! rows. A file that breaks off lacks the last line and is refused.
//!
//! The columns are those that the database itself names, so a new column needs
//! nothing here. A backup of an older schema is read into that schema, and
//! moved forward as any database is.

pub use crate::tables::TABLES;
use crate::{Conn, Db, Kind, StoreError, Value, dialect, migrate, tables::LEFT_OUT};
use kernel::Timestamp;
use serde_json::{Value as Json, json};
use std::{
    fmt::Write as _,
    io::{BufReader, BufWriter, Read, Write},
};

/// What a restored job says until somebody has looked at it.
const RESTORED: &str = "It waited when the backup was made that this Aspire was restored from. It may have been done since. Look, then try again or give up.";

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
    for (table, order) in kept() {
        let columns: Vec<String> = columns(&mut conn, table).await?.into_iter().map(|column| column.name).collect();
        if columns.is_empty() {
            continue; // a table of a later schema
        }
        writeln!(out, "{}", json!({"table": table, "columns": columns}))?;
        let text = format!("SELECT {} FROM {table} ORDER BY {order}", columns.join(", "));
        conn.each_of(text, Vec::new(), |row| {
            total += 1;
            writeln!(out, "{}", Json::Array(row.json()?))?;
            Ok(())
        })
        .await?;
    }
    writeln!(out, "{}", json!({"end": true, "rows": total}))?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish()?.flush()?;
    Ok(total)
}

/// Restores a backup into an empty database (a fresh file, a fresh schema), all
/// or nothing; the number of rows restored.
///
/// # Errors
/// A file that is no backup, breaks off or is newer than this Aspire; a
/// database that holds something already.
pub async fn restore(db: &Db, file: impl Read, now: Timestamp) -> Result<u64, StoreError> {
    let mut lines = Lines(BufReader::new(zstd::Decoder::new(file).map_err(|_| unusable("it is no Aspire backup"))?));
    let header = lines.next()?.ok_or_else(|| unusable("it is empty"))?;
    if header["aspire_backup"] != 1 {
        return Err(unusable("it is no Aspire backup"));
    }
    let schema = header["schema"].as_i64().unwrap_or(i64::MAX);
    if schema > migrate::newest() {
        return Err(StoreError::Newer { found: schema, known: migrate::newest() });
    }
    let mut tx = db.begin().await?;
    if migrate::version_or_none(&mut tx).await? > schema {
        require_empty(&mut tx).await?;
        return Err(unusable("the database has a newer schema than the backup; restore into a new one"));
    }
    migrate::migrate_within(&mut tx, now, schema).await?;
    require_empty(&mut tx).await?;
    let total = fill(&mut tx, &mut lines).await?;
    migrate::migrate_within(&mut tx, now, migrate::newest()).await?;
    hold_jobs(&mut tx, now).await?;
    tx.commit().await?;
    // It is there and whole, whether or not it is counted.
    if let Err(error) = db.tidy().await {
        tracing::warn!(%error, "the restored tables were not counted: statements may be slow for a day");
    }
    Ok(total)
}

/// What waited when the backup was made may have been done since, and a copy may
/// be made only to look at: no restored job runs before somebody says so.
async fn hold_jobs(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    let jobs =
        "UPDATE job SET state = 'failed', failed_at = $1, last_error = $2, leased_until = NULL WHERE state = 'waits'";
    conn.execute_of(jobs, vec![now.into(), RESTORED.into()]).await?;
    let letters = "UPDATE letter SET state = 'failed', said = $1 WHERE state = 'waits'";
    conn.execute_of(letters, vec![RESTORED.into()]).await.map(drop)
}

/// Reads the tables of a backup into the database; the number of rows.
async fn fill(conn: &mut Conn, lines: &mut Lines<impl std::io::BufRead>) -> Result<u64, StoreError> {
    let mut total = 0;
    let mut current: Option<Filling> = None;
    loop {
        let line = lines.next()?.ok_or_else(|| unusable("it breaks off: its last line is missing"))?;
        if let Json::Array(cells) = line {
            let filling = current.as_mut().ok_or_else(|| unusable("a row stands before its table"))?;
            filling.take(conn, cells).await?;
            total += 1;
            continue;
        }
        if let Some(filling) = current.take() {
            filling.finish(conn).await?;
        }
        if line["end"] == true {
            if line["rows"].as_u64() != Some(total) {
                return Err(unusable("its number of rows is not what its last line says"));
            }
            return Ok(total);
        }
        current = Some(Filling::of(conn, &line).await?);
    }
}

async fn require_empty(conn: &mut Conn) -> Result<(), StoreError> {
    let known = conn.rows_of(dialect::table_names(conn.kind()), Vec::new()).await?;
    let known = known.iter().map(|row| row.text(0)).collect::<Result<Vec<String>, _>>()?;
    // Two tables hold a row from the start.
    let from_the_start = |table: &str| ["register_state", "organisation"].contains(&table);
    for (table, _) in kept().filter(|(table, _)| !from_the_start(table) && known.iter().any(|one| one == table)) {
        let text = format!("SELECT COUNT(*) FROM {table}");
        let rows = conn.rows_of(text, Vec::new()).await?;
        if rows.first().map_or(Ok(0), |row| row.int(0))? > 0 {
            return Err(unusable(&format!("the database is not empty (table {table}); restore into a new one")));
        }
    }
    Ok(())
}

struct Lines<R>(R);

impl<R: std::io::BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<Json>, StoreError> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line).map_err(|_| unusable("it is damaged or breaks off"))?;
        if read == 0 {
            return Ok(None);
        }
        serde_json::from_str(&line).map(Some).map_err(|_| unusable("it is damaged"))
    }
}

/// A column as the database names it.
struct DbColumn {
    name: String,
    kind: ColumnKind,
}

#[derive(Clone, Copy)]
enum ColumnKind {
    Whole,
    Real,
    Text,
    Flag,
}

async fn columns(conn: &mut Conn, table: &str) -> Result<Vec<DbColumn>, StoreError> {
    let rows = conn.rows_of(dialect::columns(conn.kind()), vec![table.into()]).await?;
    rows.iter()
        .map(|row| {
            let kind = match row.text(1)?.to_uppercase().as_str() {
                "BIGINT" => ColumnKind::Whole,
                "DOUBLE PRECISION" => ColumnKind::Real,
                "BOOLEAN" => ColumnKind::Flag,
                _ => ColumnKind::Text,
            };
            Ok(DbColumn { name: row.text(0)?, kind })
        })
        .collect()
}

/// A table that is being filled.
struct Filling {
    table: &'static str,
    columns: Vec<DbColumn>,
    values: Vec<Value>,
}

/// How many values one statement carries; both databases take more.
const AT_ONCE: usize = 2_000;

impl Filling {
    /// The table and columns that a line of the backup names, if the schema has just them.
    async fn of(conn: &mut Conn, line: &Json) -> Result<Self, StoreError> {
        let name = line["table"].as_str().unwrap_or_default();
        let (table, _) = kept()
            .find(|(table, _)| *table == name)
            .ok_or_else(|| unusable(&format!("it has a table ‘{name}’ that this Aspire does not know")))?;
        let columns = columns(conn, table).await?;
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        if names.is_empty() || line["columns"] != json!(names) {
            return Err(unusable(&format!("table {table} has other columns")));
        }
        // A schema brings rows of its own, which the backup has as well.
        let text = format!("DELETE FROM {table}");
        conn.execute_of(text, Vec::new()).await?;
        Ok(Self { table, columns, values: Vec::new() })
    }

    async fn take(&mut self, conn: &mut Conn, cells: Vec<Json>) -> Result<(), StoreError> {
        if cells.len() != self.columns.len() {
            return Err(unusable(&format!("a row of {} has {} cells", self.table, cells.len())));
        }
        for (column, cell) in self.columns.iter().zip(cells) {
            let wrong = || unusable(&format!("{}.{} holds a value of the wrong type", self.table, column.name));
            self.values.push(column.kind.value(&cell).ok_or_else(wrong)?);
        }
        if self.values.len() + self.columns.len() > AT_ONCE {
            self.write(conn).await?;
        }
        Ok(())
    }

    async fn finish(mut self, conn: &mut Conn) -> Result<(), StoreError> {
        if self.values.is_empty() { Ok(()) } else { self.write(conn).await }
    }

    async fn write(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        let width = self.columns.len();
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let mut text = format!("INSERT INTO {} ({}) VALUES ", self.table, names.join(", "));
        for number in 0..self.values.len() {
            let before = if number == 0 {
                "("
            } else if number % width == 0 {
                "), ("
            } else {
                ", "
            };
            let _ = write!(text, "{before}{}", dialect::parameter(conn.kind(), number + 1));
        }
        text.push(')');
        // Names are the schema's own; values are parameters.
        conn.execute_of(text, std::mem::take(&mut self.values)).await.map(drop)
    }
}

impl ColumnKind {
    /// A cell of this kind; `None` where it is of another.
    fn value(self, cell: &Json) -> Option<Value> {
        let null = cell.is_null();
        Some(match self {
            Self::Whole if null => Value::Int(None),
            Self::Whole => cell.as_i64()?.into(),
            Self::Real if null => Value::Real(None),
            Self::Real => cell.as_f64()?.into(),
            Self::Flag if null => Value::Bool(None),
            // SQLite says BOOLEAN of a column, but of a value 0 or 1.
            Self::Flag => cell.as_bool().or_else(|| Some(cell.as_i64()? != 0))?.into(),
            Self::Text if null => Value::Text(None),
            Self::Text => cell.as_str()?.into(),
        })
    }
}

fn kept() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().copied().filter(|(table, _)| !LEFT_OUT.contains(table))
}

fn unusable(why: &str) -> StoreError {
    StoreError::Backup(why.to_owned())
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
    conn.execute_of("VACUUM INTO $1", vec![to.to_string_lossy().into_owned().into()]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_backup_of_an_older_schema_is_moved_forward() {
        let folder = tempfile::tempdir().unwrap();
        let open =
            async |name: &str| Db::open(&format!("sqlite:{}", folder.path().join(name).display())).await.unwrap();
        let (old, new) = (open("old.db").await, open("new.db").await);
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let mut tx = old.begin().await.unwrap();
        migrate::migrate_within(&mut tx, now, 1).await.unwrap();
        let person = "INSERT INTO person VALUES (7, 'sam@example.org', 'Sam', '$argon2id$', 'administrator', 5)";
        tx.execute_of(person, Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        let mut file = Vec::new();
        backup(&old, &mut file, now).await.unwrap();
        restore(&new, file.as_slice(), now).await.unwrap();
        let mut conn = new.read().await.unwrap();
        assert_eq!(migrate::version(&mut conn).await.unwrap(), migrate::newest());
        let held = "SELECT role_held.role, password.hash FROM role_held JOIN password ON password.person_id = role_held.person_id";
        let rows = conn.rows_of(held, Vec::new()).await.unwrap();
        assert_eq!((rows[0].str(0).unwrap(), rows[0].str(1).unwrap()), ("administrator", "$argon2id$"));
    }
}
