//! People, how they show who they are, and what opens their accounts.

mod access;
mod account;
mod breached;
mod closing;
mod demo;
mod factor;
mod feed;
mod invited;
mod limits;
mod make;
mod model;
mod passkey;
mod password;
mod recover;
mod reset;
mod session;
mod sign_in;
mod store;
mod token;

pub use access::{MAKE_PEOPLE, RECOVER};
pub use account::{Account, Me, account, me};
pub(crate) use closing::Close;
pub use closing::{CLOSE, DAYS, close_idle};
pub use demo::{DemoAccount, DemoOnly, demo_secret, demo_sign_in, seed, seed_app};
pub(crate) use factor::tell_connected;
pub use factor::{Factors, NewApp, begin_app, confirm_app, factors, remove_app, renew_codes, waiting_app};
pub use feed::{KnownFeed, end_feed, feed, make_feed};
pub(crate) use feed::{as_reader, of_feed};
pub(crate) use invited::{by_address, folded, made, opened, prepare};
pub(crate) use limits::{Asked, INVITATIONS, ask};
pub use make::create_administrator;
pub(crate) use model::sha256;
pub use model::{NewPerson, Token};
pub use passkey::{
    KnownPasskey, Question, add_passkey, begin_passkey, begin_passkey_sign_in, finish_passkey_sign_in, passkeys_work,
    remove_passkey,
};
pub use password::change_password;
pub use recover::{close_account, reset_second_factor, set_password, unlock};
pub use reset::{forgot, link_works, reset_password};
pub(crate) use session::{Entered, Opening, as_who, enter};
pub use session::{
    OpenSession, Session, confirm, end_other_sessions, end_session, may_change_account, session, sessions, sign_out,
};
pub use sign_in::{Awaited, Browser, SecondStep, SignIn, awaited, second_step, sign_in};
pub use token::{KnownToken, LONGEST_TOKEN_DAYS, bearer, make_token, revoke_token, tokens};
