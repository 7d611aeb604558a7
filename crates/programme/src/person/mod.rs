//! People who can sign in.

mod access;
mod actions;
mod demo;
mod invited;
mod model;
mod recover;
mod store;

pub use access::{MAKE_PEOPLE, RECOVER};
pub(crate) use actions::{as_who, open_session};
pub use actions::{create_administrator, session, sign_in, sign_out};
pub use demo::{DemoOnly, demo_sign_in, seed};
pub(crate) use invited::{by_address, folded, made, opened, prepare};
pub(crate) use model::sha256;
pub use model::{NewPerson, Session, SignIn, Token};
pub use recover::{set_password, unlock};
