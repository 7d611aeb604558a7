//! Papers: what a school hands to somebody, made of what its other nouns know.
//! One entry feeds them all: nothing is typed for a paper.
//!
//! A paper is made for its reader, of what they may see at that moment: each
//! part is read by its own noun's action, which decides and notes the look.

mod access;
mod governors;
mod list;
mod make;
mod model;
mod note;
mod own_list;
mod plan_paper;
mod review_paper;
mod self_evaluation;
mod stand;
mod words;

pub use access::SEE;
pub use list::{Listing, list};
pub use make::{Made, make};
pub use model::{Listed, Which};
