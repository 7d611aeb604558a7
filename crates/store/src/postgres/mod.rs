//! PostgreSQL: a few connections that all readers share, and some that one has alone.
//!
//! Reading asks one short question after the other, and what a question costs is mostly
//! the way there and back: two programs that wake each other. So readers share a few
//! connections, on which questions follow each other without waiting for answers. A
//! transaction has a connection to itself.

mod address;
mod kept;
mod lent;

use crate::StoreError;
use address::Address;
use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Pool, PoolError, QueueMode, RecycleError, RecycleResult},
};
use kept::Kept;
pub(crate) use lent::Lent;
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::Mutex;

/// Connections that readers share.
const SHARED: usize = 4;
/// Connections for transactions.
const OWN: usize = 20;
/// How long a free or a new one is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server's connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Server {
    own: Pool<Connecting>,
    shared: Arc<[Shared]>,
}

/// A connection that readers share; made when it is first wanted, and anew when it broke.
#[derive(Debug, Default)]
struct Shared {
    now: RwLock<Option<Arc<Kept>>>,
    /// Held while it is made, so that one makes it and the others wait.
    making: Mutex<()>,
}

impl Shared {
    fn standing(&self) -> Option<Arc<Kept>> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.as_ref().filter(|kept| !kept.is_closed()).cloned()
    }

    /// How many hold it; one that is not there yet is as good as one that nobody reads by.
    fn holders(&self) -> usize {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.as_ref().map_or(1, Arc::strong_count)
    }

    async fn get(&self, address: &Address) -> Result<Arc<Kept>, StoreError> {
        if let Some(kept) = self.standing() {
            return Ok(kept);
        }
        let _making = self.making.lock().await;
        if let Some(kept) = self.standing() {
            return Ok(kept);
        }
        let made = Arc::new(Kept::connect(address).await?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
        Ok(made)
    }
}

/// How a connection is made.
#[derive(Debug)]
struct Connecting(Arc<Address>);

impl Manager for Connecting {
    type Type = Box<Kept>;
    type Error = tokio_postgres::Error;

    async fn create(&self) -> Result<Box<Kept>, tokio_postgres::Error> {
        Kept::connect(&self.0).await.map(Box::new)
    }

    async fn recycle(&self, kept: &mut Box<Kept>, _: &Metrics) -> RecycleResult<tokio_postgres::Error> {
        if kept.is_closed() { Err(RecycleError::message("the connection ended")) } else { Ok(()) }
    }
}

impl Server {
    /// The server at this address, which answers.
    pub(crate) async fn open(address: &str) -> Result<Self, StoreError> {
        let address = Arc::new(Address::parse(address)?);
        let own = Pool::builder(Connecting(address))
            .max_size(OWN)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            // Who was used last has its statements prepared and in the caches.
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Sql(error.into()))?;
        let server = Self { own, shared: std::iter::repeat_with(Shared::default).take(SHARED).collect() };
        server.read().await?;
        Ok(server)
    }

    /// A connection for reading, by which others read as well: by the one with the fewest.
    pub(crate) async fn read(&self) -> Result<Lent, StoreError> {
        let least = self.shared.iter().min_by_key(|shared| shared.holders());
        let least = least.ok_or_else(|| StoreError::Sql("no connection to PostgreSQL".into()))?;
        Ok(Lent::shared(least.get(&self.own.manager().0).await?))
    }

    /// A connection that nobody else has until it is dropped.
    pub(crate) async fn own(&self) -> Result<Lent, StoreError> {
        Ok(Lent::own(self.own.get().await?))
    }

    /// Closes all connections, those that are lent once they come back.
    pub(crate) fn close(&self) {
        self.own.close();
        for shared in self.shared.iter() {
            *shared.now.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

impl From<PoolError<tokio_postgres::Error>> for StoreError {
    fn from(error: PoolError<tokio_postgres::Error>) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            other => Self::Sql(other.into()),
        }
    }
}
