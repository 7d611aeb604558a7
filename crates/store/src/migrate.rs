//! Moving the schema forward, never back.

use crate::{Conn, Db, StoreError, Tx, Value, dialect};
use kernel::Timestamp;
use sha2::{Digest as _, Sha256};

/// One step of the schema.
pub struct Migration {
    /// 1, 2, 3 … without a gap.
    pub version: i64,
    /// What it is about.
    pub name: &'static str,
    /// Portable SQL, statements separated by a semicolon at a line's end.
    pub text: &'static str,
}

/// All steps, in order. A step that was released is never edited; a mistake is
/// mended by the next one (see migrations/README.md).
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "register_and_programme",
        text: include_str!("../../../migrations/0001_register_and_programme.sql"),
    },
    Migration {
        version: 2,
        name: "people_and_roles",
        text: include_str!("../../../migrations/0002_people_and_roles.sql"),
    },
    Migration { version: 3, name: "jobs_and_mail", text: include_str!("../../../migrations/0003_jobs_and_mail.sql") },
    Migration { version: 4, name: "school_record", text: include_str!("../../../migrations/0004_school_record.sql") },
    Migration {
        version: 5,
        name: "sign_in_elsewhere",
        text: include_str!("../../../migrations/0005_sign_in_elsewhere.sql"),
    },
    Migration { version: 6, name: "clusters", text: include_str!("../../../migrations/0006_clusters.sql") },
    Migration { version: 7, name: "sign_in", text: include_str!("../../../migrations/0007_sign_in.sql") },
    Migration { version: 8, name: "diagnosis", text: include_str!("../../../migrations/0008_diagnosis.sql") },
    Migration {
        version: 9,
        name: "plan_and_review",
        text: include_str!("../../../migrations/0009_plan_and_review.sql"),
    },
    Migration { version: 10, name: "papers", text: include_str!("../../../migrations/0010_papers.sql") },
    Migration { version: 11, name: "concerns", text: include_str!("../../../migrations/0011_concerns.sql") },
    Migration { version: 12, name: "digest", text: include_str!("../../../migrations/0012_digest.sql") },
    Migration { version: 13, name: "adviser_point", text: include_str!("../../../migrations/0013_adviser_point.sql") },
    Migration { version: 14, name: "indexes", text: include_str!("../../../migrations/0014_indexes.sql") },
    Migration { version: 15, name: "sign_ins", text: include_str!("../../../migrations/0015_sign_ins.sql") },
];

/// The newest schema version that this Aspire knows.
#[must_use]
pub fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

const MADE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Applies what is missing, all in one transaction, and returns the versions applied.
///
/// # Errors
/// A database newer than this Aspire, an applied migration that was edited, or
/// what the database has against one.
pub async fn migrate(db: &Db, now: Timestamp) -> Result<Vec<i64>, StoreError> {
    let mut tx = db.begin().await?;
    let done = migrate_within(&mut tx, now, newest()).await?;
    tx.commit().await?;
    Ok(done)
}

/// Applies what is missing up to version `to`, within a transaction.
pub(crate) async fn migrate_within(tx: &mut Tx, now: Timestamp, to: i64) -> Result<Vec<i64>, StoreError> {
    if let Some(lock) = dialect::migration_lock(tx.kind()) {
        tx.rows_of(lock, Vec::new()).await?;
    }
    tx.execute_of(MADE, Vec::new()).await?;
    let applied = applied(tx).await?;
    if let Some((found, _)) = applied.last()
        && *found > newest()
    {
        return Err(StoreError::Newer { found: *found, known: newest() });
    }
    let mut done = Vec::new();
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= to) {
        let sha = hex(&Sha256::digest(migration.text.as_bytes()));
        match applied.iter().find(|(version, _)| *version == migration.version) {
            Some((_, before)) if *before == sha => {}
            Some((version, _)) => return Err(StoreError::Edited(*version)),
            None => {
                for statement in statements(migration.text) {
                    tx.execute_of(statement, Vec::new()).await?;
                }
                tx.execute_of(
                    "INSERT INTO schema_migration (version, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
                    vec![migration.version.into(), migration.name.into(), sha.into(), now.into()],
                )
                .await?;
                done.push(migration.version);
            }
        }
    }
    Ok(done)
}

/// The schema version of a database; 0 where it has none yet, not even the table that says so.
pub(crate) async fn version_or_none(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.execute_of(MADE, Vec::new()).await?;
    version(conn).await
}

/// The schema version of a database; 0 where it has none yet.
///
/// # Errors
/// The database said no.
pub async fn version(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(applied(conn).await?.last().map_or(0, |(version, _)| *version))
}

async fn applied(conn: &mut Conn) -> Result<Vec<(i64, String)>, StoreError> {
    conn.rows_of("SELECT version, sha256 FROM schema_migration ORDER BY version", Vec::<Value>::new())
        .await?
        .iter()
        .map(|row| Ok((row.int(0)?, row.text(1)?)))
        .collect()
}

fn statements(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(";\n").filter_map(|part| {
        let lines: Vec<&str> = part.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let statement = lines.join("\n").trim().trim_end_matches(';').to_owned();
        (!statement.is_empty()).then_some(statement)
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
