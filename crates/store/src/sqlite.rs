//! SQLite, called by whoever asks.
//!
//! A statement of ours takes microseconds, and handing it to another thread and
//! its rows back takes ten times as long. So it is run where it is asked for. A
//! few may take longer, and for their sake the program has more threads than
//! processors; what never waits here is the lock of another process, for that
//! may be held for minutes.

use crate::{
    StoreError, Value,
    durable::Durable,
    value::{Cells, CellsBuilder},
};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, Statement,
    config::DbConfig,
    types::{ToSql, ToSqlOutput, ValueRef},
};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that read at a time.
const READERS: u32 = 4;
/// Prepared statements that a connection keeps.
const PREPARED: usize = 200;
/// How long a lock of another process is waited for.
const BUSY: Duration = Duration::from_secs(30);
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

/// Connections that are lent, one to a caller at a time.
#[derive(Debug, Clone)]
pub(crate) struct Pool(Arc<Home>);

#[derive(Debug)]
struct Home {
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    patience: Duration,
}

impl Home {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    fn of(idle: Vec<Connection>, patience: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(idle.len()));
        Self(Arc::new(Home { permits, idle: Mutex::new(idle), patience }))
    }

    /// One that nobody else has until it is dropped.
    pub(crate) async fn lend(&self) -> Result<Lent, StoreError> {
        let permits = self.0.permits.clone();
        let permit = match permits.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => tokio::time::timeout(self.0.patience, permits.acquire_owned())
                .await
                .map_err(|_| busy("all its connections are in use"))?
                .map_err(|_| gone())?,
        };
        let conn = self.0.idle().pop().ok_or_else(gone)?;
        Ok(Lent { conn: Some(conn), home: self.0.clone(), permit })
    }

    async fn close(&self, all: u32) {
        // Where they are closed already there is nothing to wait for.
        let Ok(_all) = self.0.permits.acquire_many(all).await else { return };
        self.0.permits.close();
        let idle = std::mem::take(&mut *self.0.idle());
        // The last of a file moves its log into it.
        if tokio::task::spawn_blocking(move || drop(idle)).await.is_err() {
            tracing::warn!("the database was not closed in order");
        }
    }
}

/// A connection that is lent. Dropped within a transaction, it undoes it.
pub(crate) struct Lent {
    /// Always there, until it goes home.
    conn: Option<Connection>,
    home: Arc<Home>,
    /// Given back after the connection is.
    #[expect(dead_code, reason = "it is held, not read")]
    permit: OwnedSemaphorePermit,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "a transaction was not undone");
        }
        self.home.idle().push(conn);
    }
}

impl Lent {
    /// Begins a transaction that writes. Whether another process writes is
    /// looked at again and again, and not waited for within SQLite.
    pub(crate) async fn begin(&mut self) -> Result<(), StoreError> {
        let mut waited = Duration::ZERO;
        loop {
            match self.execute("BEGIN IMMEDIATE", &[]) {
                Err(StoreError::Locked) if waited < BUSY => {
                    tokio::time::sleep(LOOK_AGAIN).await;
                    waited += LOOK_AGAIN;
                }
                other => return other.map(drop),
            }
        }
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
        let mut cells = CellsBuilder::of(width);
        for column in 0..width {
            match row.get_ref(column)? {
                ValueRef::Null => cells.null(),
                ValueRef::Integer(value) => cells.int(value),
                ValueRef::Real(value) => cells.real(value),
                ValueRef::Text(bytes) => cells.text(std::str::from_utf8(bytes).map_err(|_| not_utf8())?),
                ValueRef::Blob(_) => return Err(not_utf8()),
            }
        }
        take(cells.done())?;
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

fn not_utf8() -> StoreError {
    StoreError::Unreadable { value: "bytes".to_owned(), expected: "text", place: "a column that only Aspire writes" }
}

fn busy(why: &str) -> StoreError {
    StoreError::Sql(why.into())
}

/// The file is closed, or a thread of ours has died.
pub(crate) fn gone() -> StoreError {
    StoreError::Sql("it is closed".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Row};

    async fn open(folder: &tempfile::TempDir) -> Db {
        let db = Db::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let table = "CREATE TABLE IF NOT EXISTS school (id BIGINT PRIMARY KEY, name TEXT NOT NULL, share DOUBLE PRECISION, open BOOLEAN)";
        tx.execute_of(table, Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        db
    }

    async fn insert(tx: &mut crate::Tx, id: i64) -> Result<u64, StoreError> {
        // Its parameters stand in another order than their numbers.
        let sql = "INSERT INTO school (name, share, id, open) VALUES ($2, $3, $1, $4)";
        tx.execute_of(sql, vec![id.into(), "St Mary’s".into(), 0.5.into(), true.into()]).await
    }

    async fn all(db: &Db) -> Vec<Row> {
        let mut conn = db.read().await.unwrap();
        conn.rows_of("SELECT id, name, share, open, NULL FROM school ORDER BY id", Vec::new()).await.unwrap()
    }

    #[tokio::test]
    async fn a_cell_is_what_it_was_written_as_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(&folder).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(insert(&mut tx, 7).await.unwrap(), 1);
        assert!(matches!(insert(&mut tx, 7).await, Err(StoreError::Conflict(_))));
        let none = tx.execute_of("UPDATE school SET name = $1 WHERE id = $2", vec!["x".into(), 8.into()]).await;
        assert_eq!(none.unwrap(), 0);
        tx.execute_of("DELETE FROM school WHERE id = $1", Vec::new()).await.unwrap_err();
        tx.commit().await.unwrap();
        let rows = all(&db).await;
        let row = &rows[0];
        assert_eq!(
            (row.int(0).unwrap(), row.str(1).unwrap(), row.text(1).unwrap()),
            (7, "St Mary’s", "St Mary’s".into())
        );
        assert_eq!((row.real(2).unwrap(), row.flag(3).unwrap(), row.opt_text(4).unwrap()), (0.5, true, None));
        assert_eq!(row.json().unwrap(), [7.into(), "St Mary’s".into(), 0.5.into(), 1.into(), serde_json::Value::Null]);
        for wrong in [row.text(0).err(), row.int(1).err(), row.int(4).err(), row.real(0).err(), row.str(5).err()] {
            assert!(matches!(wrong, Some(StoreError::Unreadable { .. })), "{wrong:?}");
        }
    }

    #[tokio::test]
    async fn a_transaction_that_is_dropped_leaves_nothing_and_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(&folder).await;
        let mut tx = db.begin().await.unwrap();
        insert(&mut tx, 1).await.unwrap();
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        insert(&mut tx, 2).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(all(&db).await.iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>(), [2]);
        let mut snapshot = db.snapshot().await.unwrap();
        let count = "SELECT COUNT(*) FROM school";
        assert_eq!(snapshot.rows_of(count, Vec::new()).await.unwrap()[0].int(0).unwrap(), 1);
        let mut tx = db.begin().await.unwrap();
        insert(&mut tx, 3).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(snapshot.rows_of(count, Vec::new()).await.unwrap()[0].int(0).unwrap(), 1);
        let mut reader = db.read().await.unwrap();
        reader.execute_of("DELETE FROM school", Vec::new()).await.unwrap_err();
        drop((snapshot, reader));
        db.close().await;
        assert!(db.read().await.is_err());
        assert!(!folder.path().join("a.db-wal").exists(), "the log was moved into the file");
    }

    #[tokio::test]
    async fn who_waits_for_another_process_holds_up_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, other) = (open(&folder).await, open(&folder).await);
        let mut tx = other.begin().await.unwrap();
        insert(&mut tx, 1).await.unwrap();
        let mut waiting = std::pin::pin!(ours.begin());
        // One thread: were the lock waited for within SQLite, nobody could read meanwhile.
        tokio::select! {
            _ = &mut waiting => panic!("two write at once"),
            () = async { assert!(all(&ours).await.is_empty()) } => {}
        }
        tx.commit().await.unwrap();
        let mut tx = waiting.await.unwrap();
        insert(&mut tx, 2).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(all(&other).await.len(), 2);
    }
}
