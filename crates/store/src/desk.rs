//! A transaction that takes writes without making anybody wait for them.

use crate::{
    Conn, Kind, Row, StoreError, Text, Tx, Value,
    bulk::{Lookup, Upsert},
    catalogue::Sql,
};
use std::ops::DerefMut as _;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Statements that may wait: enough that neither side waits for the other, and
/// few enough to need little memory.
const WAITING: usize = 8;

/// A transaction in a task of its own. What is given to it is done in the order
/// in which it was given, so that a look-up sees the writes before it. Dropped
/// without [`Desk::finish`], nothing was done.
pub struct Desk {
    kind: Kind,
    orders: mpsc::Sender<Order>,
    done: Option<JoinHandle<Result<Tx, StoreError>>>,
    tables: Vec<Waiting>,
}

/// Rows of a table that do not yet fill a statement.
struct Waiting {
    upsert: &'static Upsert,
    /// The text of a full statement.
    text: Text,
    values: Vec<Value>,
}

enum Order {
    Write(Text, Vec<Value>),
    Ask(Text, Vec<Value>, oneshot::Sender<Vec<Row>>),
}

impl Desk {
    /// Takes the transaction over. To be called in a runtime of tokio.
    #[must_use]
    pub fn new(tx: Tx) -> Self {
        let (orders, waiting) = mpsc::channel(WAITING);
        Self { kind: tx.kind(), orders, done: Some(tokio::spawn(work(tx, waiting))), tables: Vec::new() }
    }

    /// Runs a statement that returns no rows. An error is that of an earlier
    /// statement: this one's comes with a later call, at the latest with
    /// [`Desk::finish`].
    ///
    /// # Errors
    /// The database said no to what was given before.
    pub async fn execute(&mut self, sql: &Sql, values: Vec<Value>) -> Result<(), StoreError> {
        self.flush().await?;
        self.give(Order::Write(sql.text.into(), values)).await
    }

    /// Writes all rows; `values` adds one row's values, in the columns' order. No
    /// two rows may have the same key, unless something was asked in between.
    ///
    /// # Errors
    /// As [`Desk::execute`].
    pub async fn write<T>(
        &mut self,
        upsert: &'static Upsert,
        rows: impl Iterator<Item = T>,
        values: impl Fn(T, &mut Vec<Value>),
    ) -> Result<(), StoreError> {
        let full = upsert.rows_at_once() * upsert.columns.len();
        let at = self.table(upsert);
        for row in rows {
            let waiting = &mut self.tables[at];
            values(row, &mut waiting.values);
            debug_assert_eq!(waiting.values.len() % upsert.columns.len(), 0, "whole rows of {}", upsert.table);
            if waiting.values.len() == full {
                let values = std::mem::replace(&mut waiting.values, Vec::with_capacity(full));
                let text = waiting.text.clone();
                self.give(Order::Write(text, values)).await?;
            }
        }
        Ok(())
    }

    /// Where the rows of a table wait.
    fn table(&mut self, upsert: &'static Upsert) -> usize {
        if let Some(at) = self.tables.iter().position(|waiting| waiting.upsert.table == upsert.table) {
            return at;
        }
        let text = Text::from(upsert.text(self.kind, upsert.rows_at_once()));
        self.tables.push(Waiting { upsert, text, values: Vec::new() });
        self.tables.len() - 1
    }

    /// Gives what does not fill a statement.
    async fn flush(&mut self) -> Result<(), StoreError> {
        for at in 0..self.tables.len() {
            let Waiting { upsert, values, .. } = &mut self.tables[at];
            if !values.is_empty() {
                let values = std::mem::take(values);
                let text = upsert.text(self.kind, values.len() / upsert.columns.len());
                self.give(Order::Write(text.into(), values)).await?;
            }
        }
        Ok(())
    }

    /// The rows with one of `keys`, in no particular order.
    ///
    /// # Errors
    /// The database said no, to this or to what was given before.
    pub async fn rows(&mut self, lookup: &Lookup, keys: &[i64]) -> Result<Vec<Row>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        self.flush().await?;
        let text = Text::from(lookup.text(self.kind));
        let mut all = Vec::new();
        for values in Lookup::values(keys) {
            let (answer, answered) = oneshot::channel();
            self.give(Order::Ask(text.clone(), values, answer)).await?;
            match answered.await {
                Ok(rows) => all.extend(rows),
                Err(_) => return Err(self.failed().await),
            }
        }
        Ok(all)
    }

    /// Waits until everything is done and gives the transaction back.
    ///
    /// # Errors
    /// The database said no to something that was given.
    pub async fn finish(mut self) -> Result<Tx, StoreError> {
        self.flush().await?;
        let Some(done) = self.done.take() else {
            return Err(gone());
        };
        drop(self.orders);
        done.await.unwrap_or_else(|_| Err(gone()))
    }

    async fn give(&mut self, order: Order) -> Result<(), StoreError> {
        match self.orders.send(order).await {
            Ok(()) => Ok(()),
            Err(_) => Err(self.failed().await),
        }
    }

    /// Why the task has ended.
    async fn failed(&mut self) -> StoreError {
        match self.done.take() {
            Some(done) => done.await.unwrap_or_else(|_| Err(gone())).err().unwrap_or_else(gone),
            None => gone(),
        }
    }
}

/// The task is gone, and its transaction with it.
fn gone() -> StoreError {
    StoreError::Sql("what was written is lost: its task has ended".into())
}

async fn work(mut tx: Tx, mut waiting: mpsc::Receiver<Order>) -> Result<Tx, StoreError> {
    while let Some(order) = waiting.recv().await {
        let conn: &mut Conn = tx.deref_mut();
        match order {
            Order::Write(text, values) => conn.execute_of(text, values).await.map(drop)?,
            Order::Ask(text, values, answer) => {
                let rows = conn.rows_of(text, values).await?;
                // Whoever asked may have given up.
                let _ = answer.send(rows);
            }
        }
    }
    Ok(tx)
}
