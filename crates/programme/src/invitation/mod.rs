//! Invitations by e-mail: somebody to a role in an organisation, a school to a
//! programme. The secret that accepts one is only in the letter.

mod accept;
mod access;
mod actions;
mod letter;
mod model;
mod school;
mod store;

pub use accept::{Accepted, Looked, NewAccount, accept, decline, is_open, look};
pub(crate) use actions::of_programme;
pub use actions::{NewInvitation, Place, invite, of_organisation, send_again, withdraw};
pub use model::{DAYS, Invitation, State};
pub use school::{InvitedAll, SchoolToInvite, Which, invite_schools};
