//! People who can sign in. One administrator for now; roles, invitations and
//! second factors come with people and access.

mod access;
mod actions;
mod model;
mod recover;
mod store;

pub use access::{MAKE_PEOPLE, RECOVER};
pub(crate) use actions::{as_who, open_session};
pub use actions::{create_administrator, session, sign_in, sign_out};
pub(crate) use model::sha256;
pub use model::{NewPerson, Session, SignIn, Token};
pub use recover::{set_password, unlock};
