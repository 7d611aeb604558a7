//! What can go wrong with a database.

/// What the database itself said.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong, in words for the person who runs Aspire.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("‘{0}’ is no database address: write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// An address does not say in PostgreSQL's words how it is to be encrypted.
    #[error("sslmode is ‘{0}’; expected disable, prefer, require or verify-full")]
    SslMode(String),
    /// The database was made by a newer Aspire.
    #[error(
        "the database has schema version {found}, this Aspire knows versions up to {known}: use a newer Aspire, the schema never goes back"
    )]
    Newer {
        /// Version of the database.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// A migration that was applied has another text here.
    #[error("migration {0} was changed after it was applied; migrations are never edited")]
    Edited(i64),
    /// Something with the same key is there already.
    #[error("it is there already")]
    Conflict(#[source] Cause),
    /// Another process writes, and has for longer than we wait.
    #[error("the database is locked: another process has been writing for 30 seconds; try again when it is done")]
    Locked,
    /// A column holds what this Aspire cannot read.
    #[error("the database holds ‘{value}’ where {expected} was expected ({place})")]
    Unreadable {
        /// What it holds.
        value: String,
        /// What was expected.
        expected: &'static str,
        /// Table and column.
        place: &'static str,
    },
    /// A backup that cannot be used, with the reason.
    #[error("the backup cannot be used: {0}")]
    Backup(String),
    /// Reading or writing a file.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The database said no.
    #[error("the database: {0}")]
    Sql(#[source] Cause),
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(code) if *code == tokio_postgres::error::SqlState::UNIQUE_VIOLATION => Self::Conflict(error.into()),
            _ => Self::Sql(with_causes(&error).into()),
        }
    }
}

/// In one sentence: by itself the error says no more than ‘db error’.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(because) = cause {
        words = format!("{words}: {because}");
        cause = because.source();
    }
    words
}
