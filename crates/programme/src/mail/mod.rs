//! Letters by mail, and the outbox they wait in.
//!
//! [`send`] puts a letter into the outbox in the transaction of the change that
//! it tells of; a worker takes it from there (`post.rs`), and tries again until
//! the mail server took it or refused it for good.
//!
//! A letter's link is a secret of its reader. It stands in the outbox, in
//! `letter_json`, only as long as the letter waits: with the word that it was
//! sent, refused, given up or came too late, that column becomes null in the
//! same statement (`store::END`). What stays is to whom, which letter, when and
//! how it ended, and that for 90 days ([`tidy`]).
//!
//! What a letter says is in [`Letter`]: typed fields, none of which can hold a
//! judgement of a school or a word about a child.

mod access;
mod actions;
mod letter;
mod model;
mod post;
mod store;
#[cfg(test)]
mod tests;
mod weekly;

pub use access::{SEE, TRY};
pub(crate) use actions::{about, given_up, is_address};
pub use actions::{is_set_up, kept, outbox, send, send_trial};
pub use letter::{FactorChange, Letter};
pub use model::{Outbox, Posted, State};
pub(crate) use post::{Post, Tidy};
pub use post::{SEND, TIDY};
pub use weekly::{WeeklyLine, WeeklyWhat};
