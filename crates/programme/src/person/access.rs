//! Who may make people.

use crate::{
    Who,
    error::Result,
    rights::{Grant, Reach::All, Right},
    who::Role,
};

/// Making people otherwise than by invitation.
pub const MAKE_PEOPLE: Right = Right::write("person.make", &[(Role::Administrator, All)]);

/// Leave to make people.
pub(super) struct MayMakePeople(pub(super) Grant);

pub(super) fn make_people(who: &Who) -> Result<MayMakePeople> {
    MAKE_PEOPLE.everywhere(who).map(MayMakePeople)
}
