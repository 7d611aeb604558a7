//! Signing in with another organisation's account, by OpenID Connect.
//!
//! An account elsewhere opens ours only where its owner connected the two, while
//! signed in here: an address that a provider tells is no proof that its holder
//! is the person who has that address with us.

mod actions;
mod model;
mod store;

pub use actions::{Back, accounts, begin, disconnect, finish};
pub use model::{Connected, Finished, Providers};
