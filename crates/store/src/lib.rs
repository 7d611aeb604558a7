//! The database: SQLite in one file by default, PostgreSQL by URL.
//!
//! - [`Db`] opens either; [`Conn`] reads, [`Tx`] writes and is one transaction,
//!   a [`Desk`] one whose writes nobody waits for.
//! - [`statement!`] names one portable SQL text and puts it into the
//!   [`catalogue`], so that a test can prepare every text on both databases.
//! - What differs between the two stands in [`dialect`] and nowhere else.
//! - [`queue`] is the SQL of the queue, whose rules stand in `jobs`.
//! - [`migrate`] moves the schema forward only; [`backup`] writes and reads a
//!   backup that either database can restore.

pub mod backup;
pub mod bulk;
pub mod catalogue;
mod conn;
mod db;
mod desk;
mod dialect;
mod durable;
mod error;
mod ids;
pub mod migrate;
mod postgres;
pub mod private;
#[expect(
    unsafe_code,
    reason = "the catalogue's entries lie in a section of their own; elsewhere the lint does not look into statement!"
)]
pub mod queue;
pub mod size;
mod sqlite;
mod tables;
mod text;
mod value;

pub use conn::{Conn, Tx};
pub use db::{Db, Kind};
pub use desk::Desk;
pub use durable::Durable;
pub use error::StoreError;
pub use ids::Ids;
pub(crate) use text::Text;
pub use value::{Row, Value};

#[doc(hidden)]
pub use linkme;
