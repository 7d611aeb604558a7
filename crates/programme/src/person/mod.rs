//! People who can sign in. One administrator for now; roles, invitations and
//! second factors come with people and access.

mod access;
mod actions;
mod model;
mod store;

pub use access::MAKE_PEOPLE;
pub use actions::{create_administrator, session, sign_in, sign_out};
pub use model::{NewPerson, Session, SignIn, Token};
