//! Opening a database.

use crate::{Conn, StoreError, Tx, conn::Inner, dialect, durable::Durable};
use sqlx::{
    Connection as _, Executor as _,
    postgres::{PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One file, in this process.
    Sqlite,
    /// A server, shared by several nodes.
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// One file: a single writer and a pool of readers.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
        /// Waits for the disk.
        durable: Durable,
    },
    /// A server.
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:PATH` (made where it is missing) or `postgres://…`. The
    /// scheme is required, so that a mistyped address cannot make an empty file.
    ///
    /// # Errors
    /// An address of another form; a file or server that cannot be opened.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            Self::open_sqlite(Path::new(path.trim_start_matches("//"))).await
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                // Whether it still stands is asked of one that lay idle, not before each use:
                // asking is a way to the server and back.
                .test_before_acquire(false)
                .before_acquire(|conn, lay| {
                    Box::pin(async move {
                        if lay.idle_for > Duration::from_secs(1) {
                            conn.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect(address)
                .await?;
            Ok(Self::Postgres(pool))
        } else {
            Err(StoreError::Address(address.to_owned()))
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            // Of a new file: what is known of a school takes more than a third of a usual page.
            .page_size(8192)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit waits for the disk itself (durable.rs), so that what was acknowledged is
            // there even if the power fails, and others can write meanwhile.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(30))
            .statement_cache_capacity(200);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(120))
            .idle_timeout(None)
            .max_lifetime(None)
            // It is in this process: it stands.
            .test_before_acquire(false)
            .connect_with(options.clone().pragma("cache_size", "-8000").row_buffer_size(512))
            .await?;
        // Readers keep little: what is read often, the system keeps.
        let options = options.pragma("query_only", "1").pragma("cache_size", "-2000");
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .connect_with(options.row_buffer_size(512))
            .await?;
        Ok(Self::Sqlite { writer, readers, durable: Durable::of(path) })
    }

    /// Which database it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sqlite { .. } => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
        }
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// No connection to be had.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        Ok(Conn::new(match self {
            Self::Sqlite { readers, .. } => Inner::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Inner::Postgres(pool.acquire().await?),
        }))
    }

    /// A connection that sees one state of the database throughout.
    ///
    /// # Errors
    /// No connection to be had.
    pub async fn snapshot(&self) -> Result<Conn, StoreError> {
        let begin = dialect::begin_snapshot(self.kind());
        Ok(Conn::new(match self {
            Self::Sqlite { readers, .. } => Inner::SqliteTx(readers.begin_with(begin).await?),
            Self::Postgres(pool) => Inner::PostgresTx(pool.begin_with(begin).await?),
        }))
    }

    /// Begins a transaction that writes. Dropped without [`Tx::commit`], it
    /// leaves nothing.
    ///
    /// # Errors
    /// No connection to be had, or the database is locked for longer than we wait.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, durable, .. } => {
                let tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                Tx::new(Conn::new(Inner::SqliteTx(tx)), Some(durable.clone()))
            }
            Self::Postgres(pool) => Tx::new(Conn::new(Inner::PostgresTx(pool.begin().await?)), None),
        })
    }

    /// Commits a transaction of very many rows. SQLite has them in its log then;
    /// moving them from there into the file is begun, and not waited for:
    /// [`Db::close`] does.
    ///
    /// # Errors
    /// The database could not; then nothing was done.
    pub async fn commit_many(&self, mut tx: Tx) -> Result<(), StoreError> {
        let Self::Sqlite { writer, readers, .. } = self else {
            return tx.commit().await;
        };
        tx.execute_of("PRAGMA wal_autocheckpoint = 0", Vec::new()).await?;
        let committed = tx.commit().await;
        // Also where it could not be done: later changes are moved as they always were.
        writer.acquire().await?.execute("PRAGMA wal_autocheckpoint = 1000").await?;
        committed?;
        let mut conn = readers.acquire().await?;
        tokio::spawn(async move {
            // Where it does not come about, a later commit does it.
            if let Err(error) = conn.execute("PRAGMA wal_checkpoint(PASSIVE)").await {
                tracing::warn!(%error, "the log was not moved into the database");
            }
        });
        Ok(())
    }

    /// Makes an empty database beside this one on the same PostgreSQL server;
    /// for tests, which have one each.
    ///
    /// # Errors
    /// A name that is not plain, a database that is no server, or what it says.
    pub async fn create_database(&self, name: &str) -> Result<(), StoreError> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let Self::Postgres(pool) = self else {
            return Err(StoreError::Address(name.to_owned()));
        };
        if !plain {
            return Err(StoreError::Address(name.to_owned()));
        }
        // A name cannot be a parameter; it is letters, digits and underscores.
        let text = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        pool.execute(text).await.map(drop)?;
        Ok(())
    }

    /// The names of the tables, sorted.
    ///
    /// # Errors
    /// The database said no.
    pub async fn table_names(&self) -> Result<Vec<String>, StoreError> {
        let mut conn = self.read().await?;
        conn.rows_of(dialect::table_names(self.kind()), Vec::new()).await?.iter().map(|row| row.text(0)).collect()
    }

    /// Closes all connections after they have finished.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
