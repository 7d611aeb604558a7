//! Clusters: schools of a programme that work together, from a day to a day.

mod actions;
mod store;

pub(crate) use actions::of_schools;
pub use actions::{Cluster, make, of_school, place};
