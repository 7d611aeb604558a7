//! Who may make people.

use crate::{
    Who,
    error::{Error, Result},
};

/// Leave to make people and change their roles.
pub(super) struct MayMakePeople(());

pub(super) fn make_people(who: &Who) -> Result<MayMakePeople> {
    match who {
        Who::Anyone => Err(Error::SignInFirst),
        who if who.keeps_the_installation() => Ok(MayMakePeople(())),
        _ => Err(Error::NotFound),
    }
}
