//! The few things that SQLite and PostgreSQL write differently.

use crate::Kind;

/// Takes the lock that lets one process migrate at a time, within a
/// transaction. SQLite's BEGIN IMMEDIATE has taken it already.
pub(crate) fn migration_lock(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some("SELECT CAST(pg_advisory_xact_lock(4702111234474983745) AS TEXT)"),
    }
}

/// The names of all our tables, sorted.
pub(crate) fn table_names(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        Kind::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name COLLATE \"C\""
        }
    }
}

/// A parameter of a generated statement. SQLite looks up a numbered parameter's
/// name by a linear search, which makes a statement of thousands quadratic;
/// a plain `?` it counts itself.
pub(crate) fn parameter(kind: Kind, number: usize) -> String {
    match kind {
        Kind::Sqlite => "?".to_owned(),
        Kind::Postgres => format!("${number}"),
    }
}

/// What follows a query whose rows others may read and hold, and not change, until
/// the transaction ends. A transaction that writes on SQLite has all to itself.
pub(crate) fn shared(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "",
        Kind::Postgres => " FOR SHARE",
    }
}

/// Counts what tables hold, for whoever plans statements, and notes which of their pages
/// need not be looked at beside an index. PostgreSQL does so by itself where much changes;
/// a table of a few rows it never counts, and then takes what reads it for far less than
/// it is. SQLite plans well enough without.
pub(crate) fn tidy(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some("VACUUM (ANALYZE)"),
    }
}

/// How a reading transaction begins that must see one state throughout.
pub(crate) fn begin_snapshot(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "BEGIN",
        Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

/// Name and type of each column of the table `$1`, in order.
pub(crate) fn columns(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        Kind::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    }
}

/// Bytes that the database takes.
pub(crate) fn bytes(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        Kind::Postgres => "SELECT pg_database_size(current_database())",
    }
}

/// The database's version in its own words.
pub(crate) fn version(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
        Kind::Postgres => "SELECT 'PostgreSQL ' || current_setting('server_version')",
    }
}
