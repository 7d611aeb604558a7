//! Strategies: what a school may try. A library as data, with what is known of
//! each, and a short sheet of our own; and what schools add themselves.

mod access;
mod actions;
mod carry;
mod library;
mod store;

pub use access::{ADD, SEE};
pub use actions::{Chosen, NewStrategy, Own, add, chosen, own};
pub(crate) use actions::{exists, local, local_key, names};
pub(crate) use carry::{all_of, erase_all, took_over};
pub use library::{Evidence, Library, Sheet, Strategy, library};
