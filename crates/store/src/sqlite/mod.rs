//! SQLite, called by whoever asks.
//!
//! A statement of ours takes microseconds, and handing it to another thread and
//! its rows back takes ten times as long. So it is run where it is asked for. A
//! few may take longer, and for their sake the program has more threads than
//! processors; what never waits here is the lock of another process, for that
//! may be held for minutes.

mod cells;
mod pool;

use crate::{StoreError, Value, durable::Durable};
pub(crate) use cells::Cells;
pub(crate) use pool::{Lent, Pool};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, Statement,
    config::DbConfig,
    types::{ToSql, ToSqlOutput, ValueRef},
};
use std::{path::Path, time::Duration};

/// Connections that read at a time.
const READERS: u32 = 4;
/// Prepared statements that a connection keeps.
const PREPARED: usize = 200;
/// How long a lock of another process is waited for.
pub(crate) const BUSY: Duration = Duration::from_secs(30);
/// Between two looks whether another process still holds it.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// An open file: a single writer and a pool of readers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct File {
    pub(crate) writer: Pool,
    pub(crate) readers: Pool,
    pub(crate) durable: Durable,
}

impl File {
    /// Opens a file, which is made where it is missing.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let path = path.to_owned();
        tokio::task::spawn_blocking(move || Self::open_now(&path)).await.map_err(|_| gone())?
    }

    fn open_now(path: &Path) -> Result<Self, StoreError> {
        // Its log gets the rights of the file. Where it is there, or cannot be made, SQLite has the word.
        drop(crate::private::create_new(path));
        let writer = connect(path, OpenFlags::SQLITE_OPEN_CREATE, &[("cache_size", "-8000")])?;
        // Its wait for the lock is ours (`Lent::begin`), so that it holds up nobody else.
        writer.busy_timeout(Duration::ZERO)?;
        // Readers keep little: what is read often, the system keeps.
        let reader = || connect(path, OpenFlags::empty(), &[("query_only", "1"), ("cache_size", "-2000")]);
        let readers = (0..READERS).map(|_| reader()).collect::<Result<_, _>>()?;
        Ok(Self {
            writer: Pool::of(vec![writer], Duration::from_secs(120)),
            readers: Pool::of(readers, Duration::from_secs(30)),
            durable: Durable::of(path),
        })
    }

    /// Closes all connections once they have been given back, the writer's last:
    /// it moves what is in the log into the file.
    pub(crate) async fn close(&self) {
        self.readers.close(READERS).await;
        self.writer.close(1).await;
    }
}

fn connect(path: &Path, more: OpenFlags, pragmas: &[(&str, &str)]) -> Result<Connection, StoreError> {
    // Whoever holds a connection has it alone, so it needs no lock of its own.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    // A plan does not depend on the values: a statement would be planned anew for each of them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let all = [
        // Of a new file: what is known of a school takes more than a third of a usual page.
        ("page_size", "8192"),
        ("journal_mode", "WAL"),
        // A commit waits for the disk itself (durable.rs), so that what was acknowledged is
        // there even if the power fails, and others can write meanwhile.
        ("synchronous", "NORMAL"),
        ("foreign_keys", "1"),
    ];
    for (name, value) in all.iter().chain(pragmas) {
        run(&mut conn.prepare(&format!("PRAGMA {name} = {value}"))?, &[], &mut |_| Ok(()))?;
    }
    Ok(conn)
}

impl Lent {
    /// Begins a transaction that writes. Whether another process writes is
    /// looked at again and again, and not waited for within SQLite.
    pub(crate) async fn begin(&mut self, patience: Duration) -> Result<(), StoreError> {
        let begun = async {
            loop {
                match self.execute("BEGIN IMMEDIATE", &[]) {
                    Err(StoreError::Locked) => tokio::time::sleep(LOOK_AGAIN).await,
                    other => return other.map(drop),
                }
            }
        };
        tokio::time::timeout(patience, begun).await.unwrap_or(Err(StoreError::Locked))
    }

    /// Runs a statement; the number of rows it changed.
    pub(crate) fn execute(&mut self, text: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.each(text, values, |_| Ok(()))?;
        Ok(self.conn()?.changes())
    }

    /// Gives each row of a statement to `take`.
    pub(crate) fn each(
        &mut self,
        text: &str,
        values: &[Value],
        mut take: impl FnMut(Cells) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.conn()?.prepare_cached(text)?;
        run(&mut statement, values, &mut take)
    }

    /// Whether SQLite can prepare a text.
    pub(crate) fn prepare(&mut self, text: &str) -> Result<(), StoreError> {
        self.conn()?.prepare(text)?;
        Ok(())
    }

    fn conn(&self) -> Result<&Connection, StoreError> {
        self.conn.as_ref().ok_or_else(gone)
    }
}

fn run(
    statement: &mut Statement<'_>,
    values: &[Value],
    take: &mut dyn FnMut(Cells) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for index in 1..=statement.parameter_count() {
        // SQLite counts parameters as they come; `$2` means our second wherever it stands.
        let number = statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse().ok());
        let value = values.get(number.unwrap_or(index) - 1);
        statement.raw_bind_parameter(index, value.ok_or_else(|| missing(index))?)?;
    }
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        take(Cells::of(row, width)?)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(Some(value)) => ValueRef::Integer(*value),
            Self::Real(Some(value)) => ValueRef::Real(*value),
            Self::Text(Some(value)) => ValueRef::Text(value.as_bytes()),
            Self::Bool(Some(value)) => ValueRef::Integer(i64::from(*value)),
            Self::Int(None) | Self::Real(None) | Self::Text(None) | Self::Bool(None) => ValueRef::Null,
        }))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        let Some(said) = error.sqlite_error() else {
            return Self::Sql(error.into());
        };
        match (said.code, said.extended_code) {
            (_, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) => Self::Conflict(error.into()),
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Locked,
            _ => Self::Sql(error.into()),
        }
    }
}

fn missing(index: usize) -> StoreError {
    StoreError::Sql(format!("a statement has no value for its parameter {index}").into())
}

fn in_use() -> StoreError {
    StoreError::Sql("all its connections were in use for too long".into())
}

/// The file is closed, or a thread of ours has died.
pub(crate) fn gone() -> StoreError {
    StoreError::Sql("it is closed".into())
}

#[cfg(test)]
mod tests;
