//! What a school owns, whatever it is: which kinds there are, the texts they are
//! made of, how two people's changes are brought together, and how an item's
//! history is read. A new kind is a line in [`ItemKind`] and a noun of its own.

mod history;
mod merge;
mod model;
#[cfg(test)]
mod tests;

pub use history::{Comparison, Piece, Revision, compare, replay};
pub(crate) use history::{ERASE, change, revisions};
pub use merge::{FieldMerge, Meanwhile, Pick, meanwhile, resolve};
pub use model::{Field, ItemKind, LONGEST, Texts};
pub(crate) use model::{confirmed, reason};
