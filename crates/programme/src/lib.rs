//! The programme: one folder a noun.
//!
//! Each noun has `model.rs` (what it is, its rules), `access.rs` (who may),
//! `store.rs` (its SQL) and `actions.rs` (what one can do). A noun calls
//! another noun's actions, never its store. Nothing here knows HTTP.

pub mod adviser;
pub mod audit;
pub mod calendar;
pub mod cluster;
pub mod cohort;
pub mod concern;
pub mod contact;
pub mod diagnosis;
pub mod digest;
pub mod draft;
pub mod elsewhere;
pub mod error;
pub mod feed;
pub mod health;
pub mod invitation;
pub mod item;
pub mod job;
pub mod mail;
pub mod need_rule;
pub mod organisation;
pub mod overview;
pub mod paper;
pub mod person;
pub mod plan;
pub mod record;
pub mod release;
pub mod retention;
pub mod review;
pub mod rights;
pub mod role;
pub mod school_export;
pub mod self_view;
pub mod start;
pub mod strategy;
pub mod subject_access;
pub mod sums;
pub mod warning;
pub mod who;
pub mod work;
pub mod world;

pub use error::Error;
pub use who::Who;
pub use world::World;
