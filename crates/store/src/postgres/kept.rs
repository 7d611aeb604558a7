//! A connection and the statements that it has prepared.

use super::address::Address;
use crate::{Row, Text, Value};
use bytes::BytesMut;
use futures_util::TryStreamExt as _;
use std::{
    collections::HashMap,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio_postgres::{
    Client, Error, Statement,
    types::{IsNull, ToSql, Type, to_sql_checked},
};

/// Prepared statements that a connection keeps: all of the catalogue, and as many of
/// those that are made for a number of rows.
const PREPARED: usize = 1_000;

/// A connection to the server.
pub(super) struct Kept {
    pub(super) client: Client,
    prepared: Mutex<HashMap<Text, Statement>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("closed", &self.is_closed()).finish_non_exhaustive()
    }
}

impl Kept {
    pub(super) async fn connect(address: &Address) -> Result<Self, Error> {
        let (client, connection) = address.config.connect(address.tls.clone()).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a connection to PostgreSQL ended");
            }
        });
        Ok(Self { client, prepared: Mutex::default() })
    }

    /// True where the server or the way to it is gone.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepared(&self) -> MutexGuard<'_, HashMap<Text, Statement>> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn statement(&self, text: &Text, values: &[Value]) -> Result<Statement, Error> {
        if let Some(found) = self.prepared().get(text) {
            return Ok(found.clone());
        }
        let types: Vec<Type> = values.iter().map(Value::postgres_type).collect();
        let made = self.client.prepare_typed(text.as_str(), &types).await?;
        let mut prepared = self.prepared();
        if prepared.len() >= PREPARED {
            prepared.clear();
        }
        prepared.insert(text.clone(), made.clone());
        Ok(made)
    }

    /// Runs a statement that returns no rows; the number of rows it touched.
    pub(super) async fn execute(&self, text: &Text, values: &[Value]) -> Result<u64, Error> {
        let statement = self.statement(text, values).await?;
        self.client.execute_raw(&statement, values).await
    }

    /// Gives each row of a statement to `take`, until it says no.
    pub(super) async fn each(
        &self,
        text: &Text,
        values: &[Value],
        mut take: impl FnMut(Row) -> bool,
    ) -> Result<(), Error> {
        let statement = self.statement(text, values).await?;
        let mut rows = pin!(self.client.query_raw(&statement, values).await?);
        while let Some(row) = rows.try_next().await? {
            if !take(Row::Postgres(row)) {
                break;
            }
        }
        Ok(())
    }

    /// Has a statement checked without running it, and does not keep it.
    pub(super) async fn prepare(&self, text: &Text) -> Result<(), Error> {
        self.client.prepare(text.as_str()).await.map(drop)
    }
}

impl Value {
    fn postgres_type(&self) -> Type {
        match self {
            Self::Int(_) => Type::INT8,
            Self::Real(_) => Type::FLOAT8,
            Self::Text(_) => Type::TEXT,
            Self::Bool(_) => Type::BOOL,
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self, to: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Int(value) => value.to_sql_checked(to, out),
            Self::Real(value) => value.to_sql_checked(to, out),
            Self::Text(value) => value.to_sql_checked(to, out),
            Self::Bool(value) => value.to_sql_checked(to, out),
        }
    }

    /// Whether it fits is seen with the value.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
