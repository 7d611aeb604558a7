//! The weekly letter that a person chooses: what is due to them, what is overdue,
//! what waits for them. It holds counts, days, names of places and links, and
//! nothing that anybody wrote.

mod actions;
mod gather;
mod store;
mod work;

pub use actions::{Chosen, choose, chosen, end, knows, stop};
pub(crate) use store::forget;
pub use work::WEEKLY;
pub(crate) use work::Weekly;
