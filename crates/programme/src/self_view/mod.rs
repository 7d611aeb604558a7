//! The school in its own words: four short texts, one of each a school. The
//! first thing that a school owns; others use the same machinery (`item`,
//! `release`, `draft`, and the audit for its history).

mod access;
mod actions;
mod drafts;
mod erase;
mod history;
mod model;
mod store;

pub use access::{ERASE, HISTORY, READ, WRITE};
pub use actions::{NewText, Reading, Saved, Writing, begin, is_written, read, restore, save, since};
pub use drafts::{Keep, keep_draft, put_away};
pub(crate) use erase::erase_due;
pub use erase::{Erasable, erasable, erase};
pub use history::{History, history, version};
pub(crate) use model::wants;
pub use model::{FIELDS, SelfView};
pub(crate) use store::{find, of_those_who_left, took_over};
