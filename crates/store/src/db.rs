//! Opening a database.

use crate::{
    Conn, StoreError, Tx,
    conn::Inner,
    dialect,
    postgres::Server,
    sqlite::{self, File},
};
use std::path::Path;

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
    Sqlite(File),
    /// A server.
    Postgres(Server),
}

impl Db {
    /// Opens `sqlite:PATH` (made where it is missing) or `postgres://…`. The
    /// scheme is required, so that a mistyped address cannot make an empty file.
    ///
    /// # Errors
    /// An address of another form; a file or server that cannot be opened.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(File::open(Path::new(path.trim_start_matches("//"))).await?))
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Ok(Self::Postgres(Server::open(address).await?))
        } else {
            Err(StoreError::Address(address.to_owned()))
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
        }
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// No connection to be had.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        Ok(Conn::new(match self {
            Self::Sqlite(file) => Inner::Sqlite(file.readers.lend().await?),
            Self::Postgres(server) => Inner::Postgres(server.read().await?),
        }))
    }

    /// A connection that sees one state of the database throughout.
    ///
    /// # Errors
    /// No connection to be had.
    pub async fn snapshot(&self) -> Result<Conn, StoreError> {
        let begin = dialect::begin_snapshot(self.kind());
        Ok(Conn::new(match self {
            Self::Sqlite(file) => {
                let mut lent = file.readers.lend().await?;
                lent.execute(begin, &[])?;
                Inner::Sqlite(lent)
            }
            Self::Postgres(server) => Inner::Postgres(server.own().await?.begin(begin)),
        }))
    }

    /// Begins a transaction that writes. Dropped without [`Tx::commit`], it
    /// leaves nothing.
    ///
    /// # Errors
    /// No connection to be had, or the database is locked for longer than we wait.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => {
                let mut lent = file.writer.lend().await?;
                lent.begin(sqlite::BUSY).await?;
                Tx::new(Conn::new(Inner::Sqlite(lent)), Some(file.durable.clone()))
            }
            Self::Postgres(server) => Tx::new(Conn::new(Inner::Postgres(server.own().await?.begin("BEGIN"))), None),
        })
    }

    /// Commits a transaction of very many rows. SQLite has them in its log then;
    /// moving them from there into the file is begun, and not waited for:
    /// [`Db::close`] does.
    ///
    /// # Errors
    /// The database could not; then nothing was done.
    pub async fn commit_many(&self, mut tx: Tx) -> Result<(), StoreError> {
        let Self::Sqlite(file) = self else {
            return tx.commit().await;
        };
        tx.execute_of("PRAGMA wal_autocheckpoint = 0", Vec::new()).await?;
        let committed = tx.commit().await;
        // Also where it could not be done: later changes are moved as they always were.
        file.writer.lend().await?.execute("PRAGMA wal_autocheckpoint = 1000", &[])?;
        committed?;
        let mut lent = file.readers.lend().await?;
        tokio::task::spawn_blocking(move || {
            // Where it does not come about, a later commit does it.
            if let Err(error) = lent.execute("PRAGMA wal_checkpoint(PASSIVE)", &[]) {
                tracing::warn!(%error, "the log was not moved into the database");
            }
        });
        Ok(())
    }

    /// Lets the database put its tables in order and count what they hold, after much was written and from
    /// time to time: it plans by that how it looks things up.
    ///
    /// # Errors
    /// The database said no.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        match (self, dialect::tidy(self.kind())) {
            (Self::Postgres(server), Some(text)) => server.own().await?.execute(&text.into(), &[]).await.map(drop),
            _ => Ok(()),
        }
    }

    /// Makes an empty database beside this one on the same PostgreSQL server;
    /// for tests, which have one each.
    ///
    /// # Errors
    /// A name that is not plain, a database that is no server, or what it says.
    pub async fn create_database(&self, name: &str) -> Result<(), StoreError> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let (Self::Postgres(server), true) = (self, plain) else {
            return Err(StoreError::Address(name.to_owned()));
        };
        // A name cannot be a parameter; it is letters, digits and underscores.
        let text = format!("CREATE DATABASE {name}").into();
        server.own().await?.execute(&text, &[]).await.map(drop)
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
            Self::Sqlite(file) => file.close().await,
            Self::Postgres(server) => server.close(),
        }
    }
}
