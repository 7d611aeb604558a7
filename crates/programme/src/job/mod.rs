//! The queue, for whoever keeps this Aspire: what waits, what failed and why.

mod access;
mod actions;
mod model;

pub use access::{DECIDE, SEE, may_see};
pub use actions::{give_up, queue, try_again};
pub use jobs::{Job, Worker};
pub use model::{Queue, Recurring};
