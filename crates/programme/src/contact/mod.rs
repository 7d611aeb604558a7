//! That a programme and a school were in touch: a day, a kind, when next; never
//! what was said.

mod access;
mod actions;
mod model;
mod store;

pub use access::RECORD;
pub(crate) use actions::lately;
pub use actions::{NewContact, of_school, record, through};
pub use model::{Contact, Kind, latest};
