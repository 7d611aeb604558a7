//! Many rows in one statement.

use crate::{Conn, StoreError, Text, Tx, Value, dialect};
use std::fmt::Write as _;

/// How many parameters one statement may carry: well under SQLite's 32,766 and
/// PostgreSQL's 65,535, and few enough to stay in the caches.
const PARAMETERS: usize = 2_000;

/// A table and what to do with rows for it.
#[derive(Debug, Clone, Copy)]
pub struct Upsert {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order in which rows give their values.
    pub columns: &'static [&'static str],
    /// The columns of its key; a row with the same key is replaced in all other columns
    /// that are not kept.
    pub key: &'static [&'static str],
    /// Columns in which a row that is there stays as it is.
    pub kept: &'static [&'static str],
}

impl Upsert {
    /// The statement for `rows` rows.
    #[must_use]
    pub fn text(&self, kind: crate::Kind, rows: usize) -> String {
        let mut text = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns.join(", "));
        let mut number = 0;
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns.len() {
                number += 1;
                let comma = if column == 0 { "" } else { ", " };
                let _ = write!(text, "{comma}{}", dialect::parameter(kind, number));
            }
            text.push(')');
        }
        let _ = write!(text, " ON CONFLICT ({}) DO ", self.key.join(", "));
        let rest: Vec<String> = self
            .columns
            .iter()
            .filter(|column| !self.key.contains(column) && !self.kept.contains(column))
            .map(|column| format!("{column} = excluded.{column}"))
            .collect();
        if rest.is_empty() {
            text.push_str("NOTHING");
        } else {
            let _ = write!(text, "UPDATE SET {}", rest.join(", "));
        }
        text
    }

    /// Writes a few rows in one statement; no two may have the same key.
    ///
    /// # Errors
    /// The database said no.
    pub async fn put(&self, tx: &mut Tx, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let text = self.text(tx.kind(), rows.len());
        tx.execute_of(text, rows.into_iter().flatten().collect()).await.map(drop)
    }

    /// Asks the database to prepare the statements for one row and for many.
    ///
    /// # Errors
    /// What the database has against them.
    pub async fn prepare(&self, conn: &mut Conn) -> Result<(), StoreError> {
        for rows in [1, self.rows_at_once()] {
            conn.prepare_of(self.text(conn.kind(), rows)).await?;
        }
        Ok(())
    }

    /// Rows in one statement.
    pub(crate) fn rows_at_once(&self) -> usize {
        (PARAMETERS / self.columns.len()).max(1)
    }
}

/// How many keys one look-up asks for; the text has always this many
/// parameters, so that there is one statement to prepare.
const KEYS: usize = 400;

/// Rows by many keys at once.
#[derive(Debug, Clone, Copy)]
pub struct Lookup {
    /// The table.
    pub table: &'static str,
    /// The columns wanted.
    pub columns: &'static [&'static str],
    /// The BIGINT column that holds the key.
    pub key: &'static str,
}

impl Lookup {
    /// The statement.
    #[must_use]
    pub fn text(&self, kind: crate::Kind) -> String {
        let parameters: Vec<String> = (1..=KEYS).map(|number| dialect::parameter(kind, number)).collect();
        format!(
            "SELECT {} FROM {} WHERE {} IN ({})",
            self.columns.join(", "),
            self.table,
            self.key,
            parameters.join(", ")
        )
    }

    /// Gives each row with one of `keys` to `take`, in no particular order.
    ///
    /// # Errors
    /// The database said no, or `take` did.
    pub async fn each(
        &self,
        conn: &mut Conn,
        keys: &[i64],
        mut take: impl FnMut(crate::Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let text = Text::from(self.text(conn.kind()));
        for values in Self::values(keys) {
            conn.each_of(text.clone(), values, &mut take).await?;
        }
        Ok(())
    }
    /// The parameters of the statements that ask for `keys`.
    pub(crate) fn values(keys: &[i64]) -> impl Iterator<Item = Vec<Value>> {
        keys.chunks(KEYS).map(|keys| {
            let padding = std::iter::repeat_n(keys.last().unwrap_or(&0), KEYS - keys.len());
            keys.iter().chain(padding).map(|key| Value::from(*key)).collect()
        })
    }
}
