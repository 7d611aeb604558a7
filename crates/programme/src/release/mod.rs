//! Releases: the school's permission for named people to see a named thing of
//! it, until a day or until it is withdrawn. And who looked.
//!
//! Whoever reads an item of a school asks [`may_see`], which looks at the
//! releases in the database at that moment, so that a withdrawn one ends at
//! once and an expired one by itself.

mod access;
mod actions;
mod choices;
mod looks;
mod model;
mod see;
mod store;

pub use access::{MANAGE, SEE_ITEMS};
pub(crate) use actions::{all_of_organisation, drop_ended, is_released, took_over};
pub use actions::{grant, list, withdraw, withdraw_all, withdrawn_all};
pub use choices::{Choice, PARTNERS, choices};
pub use looks::{Look, looks};
pub(crate) use looks::{all_looks, drop_looks, looked, looks_by, took_over_look};
pub use model::{NewRelease, Release, To, ToMe, plural};
pub(crate) use see::{Seen, may_see, reaching, reaching_caller, reaching_role};
pub use see::{released_to, to_me};
