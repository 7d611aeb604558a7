//! PostgreSQL: connections that are kept and lent.
//!
//! sqlx speaks to the server; which connection is whose is deadpool's. sqlx's own
//! pool asks the server after each use whether the connection still stands, which
//! for a page of three short questions is as much as they are.

use crate::{Row, StoreError, Value};
use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, QueueMode, RecycleResult},
};
use futures_util::TryStreamExt as _;
use sqlx::{
    Arguments as _, ConnectOptions as _, Connection as _, Executor as _, SqlStr,
    postgres::{PgArguments, PgConnectOptions, PgConnection},
};
use std::time::Duration;

/// Connections at a time.
const CONNECTIONS: usize = 16;
/// How long one that is free, or a new one, is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Whether it still stands is asked of one that was not used for so long: asking is
/// a way to the server and back.
const LAY: Duration = Duration::from_secs(1);
/// Prepared statements that a connection keeps.
const PREPARED: usize = 200;

/// A server's connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Server(Pool<Connecting>);

/// How a connection is made.
#[derive(Debug)]
struct Connecting(PgConnectOptions);

impl Manager for Connecting {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<PgConnection, sqlx::Error> {
        self.0.connect().await
    }

    async fn recycle(&self, conn: &mut PgConnection, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.last_used() > LAY {
            conn.ping().await?;
        }
        Ok(())
    }
}

impl Server {
    /// The server at this address, which answers.
    pub(crate) async fn open(address: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions = address.parse()?;
        let pool = Pool::builder(Connecting(options.statement_cache_capacity(PREPARED)))
            .max_size(CONNECTIONS)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            // Who was used last has its statements prepared and in the caches.
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Sql(error.into()))?;
        let server = Self(pool);
        server.lend().await?;
        Ok(server)
    }

    /// A connection that nobody else has until it is dropped.
    pub(crate) async fn lend(&self) -> Result<Lent, StoreError> {
        Ok(Lent { conn: Some(self.0.get().await?), asking: false, within: false })
    }

    /// Closes all connections, once they have come back.
    pub(crate) async fn close(&self) {
        loop {
            let open = self.0.status().size;
            // No new one is made for us.
            self.0.resize(open);
            if open == 0 {
                return self.0.close();
            }
            let Ok(conn) = self.0.get().await else { return self.0.close() };
            // One that can't be told is gone.
            drop(Object::take(conn).close().await);
        }
    }
}

impl From<PoolError<sqlx::Error>> for StoreError {
    fn from(error: PoolError<sqlx::Error>) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            other => Self::Sql(other.into()),
        }
    }
}

/// A connection that is lent. Dropped within a transaction, it undoes it.
pub(crate) struct Lent {
    /// Always there, until it goes back.
    conn: Option<Object<Connecting>>,
    /// A statement was begun, and its end was not seen.
    asking: bool,
    /// A transaction was begun, and neither done nor undone.
    within: bool,
}

impl Lent {
    /// Begins a transaction by this statement.
    pub(crate) async fn begin(&mut self, text: &'static str) -> Result<(), StoreError> {
        // Also where its answer is not seen: it may have begun.
        self.within = true;
        self.say(text).await
    }

    /// Ends the transaction, done.
    pub(crate) async fn commit(&mut self) -> Result<(), StoreError> {
        self.say("COMMIT").await?;
        self.within = false;
        Ok(())
    }

    async fn say(&mut self, text: &'static str) -> Result<(), StoreError> {
        self.asked(async |conn| conn.execute(sqlx::raw_sql(text)).await.map(drop)).await
    }

    /// Runs a statement that returns no rows; the number of rows it touched.
    pub(crate) async fn execute(&mut self, text: SqlStr, values: Vec<Value>) -> Result<u64, StoreError> {
        let query = sqlx::query_with(text, arguments(values)?);
        self.asked(async |conn| Ok(query.execute(conn).await?.rows_affected())).await
    }

    /// Gives each row of a statement to `take`.
    pub(crate) async fn each(
        &mut self,
        text: SqlStr,
        values: Vec<Value>,
        mut take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query_with(text, arguments(values)?);
        let mut taken = Ok(());
        let asked = self.asked(async |conn| {
            let mut rows = query.fetch(conn);
            while let Some(row) = rows.try_next().await? {
                taken = take(Row::Postgres(row));
                if taken.is_err() {
                    break;
                }
            }
            Ok(())
        });
        asked.await?;
        taken
    }

    /// Has a statement checked without running it.
    pub(crate) async fn prepare(&mut self, text: SqlStr) -> Result<(), StoreError> {
        self.asked(async |conn| conn.prepare(text).await.map(drop)).await
    }

    /// Asks the server. Unless its answer was seen, be it a refusal, the connection
    /// is nobody else's any more: what comes next on it might be that answer.
    async fn asked<T>(
        &mut self,
        ask: impl AsyncFnOnce(&mut PgConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, StoreError> {
        let conn = self.conn.as_deref_mut().ok_or_else(|| StoreError::Sql("the connection is gone".into()))?;
        self.asking = true;
        let answer = ask(conn).await;
        self.asking = !matches!(answer, Ok(_) | Err(sqlx::Error::Database(_)));
        Ok(answer?)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        if self.asking {
            drop(Object::take(conn));
        } else if self.within {
            let Ok(runtime) = tokio::runtime::Handle::try_current() else {
                drop(Object::take(conn));
                return;
            };
            runtime.spawn(async move {
                if let Err(error) = conn.execute(sqlx::raw_sql("ROLLBACK")).await {
                    tracing::warn!(%error, "a transaction was not undone: its connection is closed");
                    drop(Object::take(conn));
                }
            });
        }
    }
}

fn arguments(values: Vec<Value>) -> Result<PgArguments, StoreError> {
    let mut arguments = PgArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        match value {
            Value::Int(v) => arguments.add(v),
            Value::Real(v) => arguments.add(v),
            Value::Text(v) => arguments.add(v),
            Value::Bool(v) => arguments.add(v),
        }
        .map_err(StoreError::Sql)?;
    }
    Ok(arguments)
}
