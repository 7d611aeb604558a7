//! Who may make people, let them in again, and change what opens an account.

use super::{model::FRESH_MINUTES, session::Session};
use crate::{
    Who, World,
    error::{Error, Result},
    rights::{Grant, Reach::All, Right, SIGNED_IN_WRITES},
    who::{Actor, Caller, Role},
};
use jiff::SignedDuration;

/// Making people otherwise than by invitation.
pub const MAKE_PEOPLE: Right = Right::write("person.make", &[(Role::Administrator, All)]);

/// Leave to make people.
pub(super) struct MayMakePeople(pub(super) Grant);

/// Whoever invited had leave to, and the letter came to the address.
pub(super) fn by_invitation() -> MayMakePeople {
    MayMakePeople(Grant { by: Actor { person: None, name: "an invitation".to_owned(), role: "invited" }, role: None })
}

pub(super) fn make_people(who: &Who) -> Result<MayMakePeople> {
    MAKE_PEOPLE.everywhere(who).map(MayMakePeople)
}

/// Letting somebody in again who is locked out: by no role, because whoever
/// could do it over the network could take over anybody's account.
pub const RECOVER: Right = Right::write("person.recover", &[]);

/// Leave to let people in again.
pub(super) struct MayRecover(pub(super) Grant);

pub(super) fn recover(who: &Who) -> Result<MayRecover> {
    RECOVER.everywhere(who).map(MayRecover)
}

/// Leave to change what opens an account: its person's own.
pub(super) struct MayChangeAccount(pub(super) Who);

impl MayChangeAccount {
    /// The person whose account it is.
    pub(super) fn caller(&self) -> Result<&Caller> {
        self.0.caller().ok_or(Error::NotFound)
    }
}

/// Whoever is signed in and has shown within the last minutes who they are:
/// a browser that was left open changes no password.
pub(super) fn change_account(world: &World, session: &Session) -> Result<MayChangeAccount> {
    let who = Who::Person(session.caller.clone());
    SIGNED_IN_WRITES.own(&who)?;
    let fresh = world.now() - SignedDuration::from_mins(FRESH_MINUTES) <= session.confirmed_at;
    if fresh { Ok(MayChangeAccount(who)) } else { Err(Error::ConfirmFirst) }
}

/// Whoever has a letter's link has the address that it went to.
pub(super) fn by_letter(caller: Caller) -> MayChangeAccount {
    MayChangeAccount(Who::Person(caller))
}

/// Leave to close accounts: the clock's, and of whoever recovers people.
pub(super) struct MayClose(pub(super) Actor);

pub(super) fn close_by(actor: Actor) -> MayClose {
    MayClose(actor)
}

pub(super) fn close_by_the_clock() -> MayClose {
    MayClose(Actor { person: None, name: "Aspire".to_owned(), role: "schedule" })
}
