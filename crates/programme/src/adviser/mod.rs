//! Which adviser accompanies which school, from when to when, and whether a
//! tie with the school was declared.

mod access;
mod actions;
mod model;
mod store;

pub use access::OWN;
pub use actions::{NewAssignment, assign, end, of_school, own};
pub(crate) use actions::{ended_with, ended_with_role, of_programme};
pub use model::Assignment;
