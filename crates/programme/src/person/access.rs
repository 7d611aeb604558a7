//! Who may make people, and who may let them in again.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::{Actor, Role},
};

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
