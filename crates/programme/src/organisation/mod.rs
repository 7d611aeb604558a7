//! Organisations: programmes, schools, groups, supporters, funders. A school
//! here is a member with people and a record of its own; the public record's
//! facts about it stand under its URN.

mod access;
mod actions;
mod model;
mod store;

pub use access::{LIST, MAKE, SEE};
pub use actions::{create, of_kind, of_urn, organisation, seed};
pub(crate) use actions::{created, find, found, known_in, renamed, school};
pub use model::{INSTALLATION, Kind, NewOrganisation, Organisation};
