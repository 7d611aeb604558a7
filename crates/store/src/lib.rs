//! Db (SQLite or PostgreSQL), transactions, the catalogue of SQL, migrations, backup.
