//! The programme: one folder a noun.
//!
//! Each noun has `model.rs` (what it is, its rules), `access.rs` (who may),
//! `store.rs` (its SQL) and `actions.rs` (what one can do). A noun calls
//! another noun's actions, never its store. Nothing here knows HTTP.

pub mod audit;
pub mod cohort;
pub mod elsewhere;
pub mod error;
pub mod need_rule;
pub mod organisation;
pub mod person;
pub mod record;
pub mod rights;
pub mod role;
pub mod who;
pub mod world;

pub use error::Error;
pub use who::Who;
pub use world::World;
