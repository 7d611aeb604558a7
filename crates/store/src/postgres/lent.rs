//! A connection while somebody has it.

use super::{Connecting, kept::Kept};
use crate::{Row, StoreError, Text, Value};
use deadpool::managed::Object;
use futures_util::future::{join, join_all};
use std::sync::Arc;
use tokio_postgres::Error;

/// Statements that may wait to be sent with the next question.
const WAITING: usize = 16;

/// A connection that is lent. Dropped within a transaction, it undoes it.
pub(crate) struct Lent {
    way: Way,
    /// What goes with the next question, before it.
    waiting: Vec<(Text, Vec<Value>)>,
    /// How a transaction is to begin that has not asked anything yet.
    begin: Option<&'static str>,
    /// A transaction was begun, and neither done nor undone.
    within: bool,
}

enum Way {
    /// Others read by it as well.
    Shared(Arc<Kept>),
    /// Nobody else has it. Always there, until it goes back.
    Own(Option<Object<Connecting>>),
}

impl Lent {
    pub(super) fn shared(kept: Arc<Kept>) -> Self {
        Self { way: Way::Shared(kept), waiting: Vec::new(), begin: None, within: false }
    }

    pub(super) fn own(kept: Object<Connecting>) -> Self {
        Self { way: Way::Own(Some(kept)), waiting: Vec::new(), begin: None, within: false }
    }

    /// Begins a transaction by this statement, with the first question that is asked.
    pub(crate) fn begin(mut self, text: &'static str) -> Self {
        self.begin = Some(text);
        self
    }

    /// Ends the transaction, done. Where a statement that waited fails, the server makes
    /// nothing of it, though it was told to.
    pub(crate) async fn commit(&mut self) -> Result<(), StoreError> {
        if self.within || !self.waiting.is_empty() {
            self.asked(async |kept| kept.client.batch_execute("COMMIT").await).await?;
            self.within = false;
        }
        Ok(())
    }

    /// Runs a statement with the next question, or with the end of the transaction: nobody
    /// wants to know more of it than that it failed.
    pub(crate) async fn later(&mut self, text: Text, values: Vec<Value>) -> Result<(), StoreError> {
        self.waiting.push((text, values));
        if self.waiting.len() < WAITING { Ok(()) } else { self.asked(async |_| Ok(())).await }
    }

    /// Runs a statement that returns no rows; the number of rows it touched.
    pub(crate) async fn execute(&mut self, text: &Text, values: &[Value]) -> Result<u64, StoreError> {
        self.asked(async |kept| kept.execute(text, values).await).await
    }

    /// Gives each row of a statement to `take`.
    pub(crate) async fn each(
        &mut self,
        text: &Text,
        values: &[Value],
        mut take: impl FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut taken = Ok(());
        let take = |row| {
            taken = take(row);
            taken.is_ok()
        };
        self.asked(async |kept| kept.each(text, values, take).await).await?;
        taken
    }

    /// Has a statement checked without running it.
    pub(crate) async fn prepare(&mut self, text: &Text) -> Result<(), StoreError> {
        self.asked(async |kept| kept.prepare(text).await).await
    }

    /// Asks the server: the beginning of the transaction, what waits and the question in one
    /// go, in this order, where they are not done yet.
    async fn asked<T>(&mut self, ask: impl AsyncFnOnce(&Kept) -> Result<T, Error>) -> Result<T, StoreError> {
        let kept = kept(&self.way)?;
        if self.begin.is_none() && self.waiting.is_empty() {
            return Ok(ask(kept).await?);
        }
        // Having one prepared is a question as well, which would come after what follows. It is
        // asked before anything is begun: where it fails, nothing has been taken from here.
        let mut prepared = Vec::with_capacity(self.waiting.len());
        for (text, values) in &self.waiting {
            prepared.push(kept.statement(text, values).await?);
        }
        let (begin, waiting) = (self.begin.take(), std::mem::take(&mut self.waiting));
        // Also where its answer is not seen: it may have begun.
        self.within |= begin.is_some();
        let began = async {
            match begin {
                Some(begin) => kept.client.batch_execute(begin).await,
                None => Ok(()),
            }
        };
        // Each is sent when it is first polled, and they are polled in this order.
        let before =
            join_all(prepared.iter().zip(&waiting).map(|(one, (_, values))| kept.client.execute_raw(one, values)));
        let (began, (before, answer)) = join(began, join(before, ask(kept))).await;
        began?;
        before.into_iter().collect::<Result<Vec<u64>, Error>>()?;
        Ok(answer?)
    }
}

fn kept(way: &Way) -> Result<&Kept, StoreError> {
    match way {
        Way::Shared(kept) => Ok(kept),
        Way::Own(kept) => {
            kept.as_deref().map(|kept| &**kept).ok_or_else(|| StoreError::Sql("the connection went back".into()))
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Way::Own(own) = &mut self.way else { return };
        let Some(kept) = own.take().filter(|_| self.within) else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            // Nobody is there to undo it: the server does, of a connection that ends.
            drop(Object::take(kept));
            return;
        };
        runtime.spawn(async move {
            if let Err(error) = kept.client.batch_execute("ROLLBACK").await {
                tracing::warn!(%error, "a transaction was not undone: its connection is closed");
                drop(Object::take(kept));
            }
        });
    }
}
