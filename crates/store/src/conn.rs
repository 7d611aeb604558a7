//! Running statements.

use crate::{Row, StoreError, Text, Value, catalogue::Sql, dialect, durable::Durable, postgres, sqlite};
use std::ops::{Deref, DerefMut};

/// A connection to either database.
pub struct Conn(Inner);

// What waits for PostgreSQL is large, and every caller's future would have room for it within;
// so it is boxed where it is awaited.
pub(crate) enum Inner {
    Sqlite(sqlite::Lent),
    Postgres(postgres::Lent),
}

/// A transaction that writes. All or nothing: without [`Tx::commit`], nothing.
pub struct Tx {
    conn: Conn,
    durable: Option<Durable>,
}

impl Tx {
    pub(crate) fn new(conn: Conn, durable: Option<Durable>) -> Self {
        Self { conn, durable }
    }

    /// Makes everything that was done true at once, and returns when it is on
    /// the disk.
    ///
    /// # Errors
    /// The database could not; then nothing was done. Where the disk failed, it
    /// is not known whether it was.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.conn.0 {
            Inner::Sqlite(mut lent) => lent.execute("COMMIT", &[]).map(drop)?,
            Inner::Postgres(mut lent) => Box::pin(lent.commit()).await?,
        }
        match self.durable {
            Some(durable) => durable.wait().await,
            None => Ok(()),
        }
    }

    /// Runs a statement of which nobody wants to know more than that it failed, and that is
    /// known at the latest when the transaction is to be committed: it needs no way to the
    /// database of its own.
    ///
    /// # Errors
    /// The database said no, to this or to what was to be run before.
    pub async fn later(&mut self, sql: &Sql, values: Vec<Value>) -> Result<(), StoreError> {
        match &mut self.conn.0 {
            Inner::Sqlite(_) => self.execute(sql, values).await.map(drop),
            Inner::Postgres(lent) => Box::pin(lent.later(sql.text.into(), values)).await,
        }
    }

    /// Whether a query of one table finds a row; what it finds stays as it is until
    /// the transaction ends, while others may hold it as well. On SQLite nobody else
    /// writes meanwhile.
    ///
    /// # Errors
    /// The database said no.
    pub async fn holds(&mut self, sql: &Sql, values: Vec<Value>) -> Result<bool, StoreError> {
        let text = format!("{}{}", sql.text, dialect::shared(self.kind()));
        Ok(!self.rows_of(text, values).await?.is_empty())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Conn {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(inner)
    }

    /// Which database it is.
    #[must_use]
    pub fn kind(&self) -> crate::Kind {
        match self.0 {
            Inner::Sqlite(_) => crate::Kind::Sqlite,
            Inner::Postgres(_) => crate::Kind::Postgres,
        }
    }

    /// Runs a statement that returns no rows; the number of rows it touched.
    ///
    /// # Errors
    /// The database said no.
    pub async fn execute(&mut self, sql: &Sql, values: Vec<Value>) -> Result<u64, StoreError> {
        self.execute_of(sql.text, values).await
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// The database said no.
    pub async fn rows(&mut self, sql: &Sql, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.rows_of(sql.text, values).await
    }

    /// The one row of a statement, if there is one.
    ///
    /// # Errors
    /// The database said no.
    pub async fn row(&mut self, sql: &Sql, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows_of(sql.text, values).await?.into_iter().next())
    }

    /// Gives each row of a statement to `take`, one after the other, so that a
    /// large table needs no memory for all of it.
    ///
    /// # Errors
    /// The database said no, or `take` did.
    pub async fn each(
        &mut self,
        sql: &Sql,
        values: Vec<Value>,
        take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.each_of(sql.text, values, take).await
    }

    pub(crate) async fn execute_of(&mut self, text: impl Into<Text>, values: Vec<Value>) -> Result<u64, StoreError> {
        let text: Text = text.into();
        Ok(match &mut self.0 {
            Inner::Sqlite(conn) => {
                let changed = conn.execute(text.as_str(), &values)?;
                tokio::task::coop::consume_budget().await;
                changed
            }
            Inner::Postgres(conn) => Box::pin(conn.execute(&text, &values)).await?,
        })
    }

    pub(crate) async fn rows_of(&mut self, text: impl Into<Text>, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.each_of(text, values, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    pub(crate) async fn each_of(
        &mut self,
        text: impl Into<Text>,
        values: Vec<Value>,
        mut take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let text: Text = text.into();
        match &mut self.0 {
            Inner::Sqlite(conn) => {
                conn.each(text.as_str(), &values, |cells| take(Row::Sqlite(cells)))?;
                // Whoever asks very much lets others in between.
                tokio::task::coop::consume_budget().await;
            }
            Inner::Postgres(conn) => Box::pin(conn.each(&text, &values, take)).await?,
        }
        Ok(())
    }

    /// Asks the database to prepare a text without running it: it checks the
    /// grammar, the tables and the columns.
    ///
    /// # Errors
    /// What the database has against it.
    pub async fn prepare(&mut self, sql: &Sql) -> Result<(), StoreError> {
        self.prepare_of(sql.text).await
    }

    pub(crate) async fn prepare_of(&mut self, text: impl Into<Text>) -> Result<(), StoreError> {
        let text: Text = text.into();
        match &mut self.0 {
            Inner::Sqlite(conn) => conn.prepare(text.as_str())?,
            Inner::Postgres(conn) => Box::pin(conn.prepare(&text)).await?,
        }
        Ok(())
    }
}
