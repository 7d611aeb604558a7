//! Making administrators.

use super::{access, model::NewPerson, password, store};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
    organisation,
    role::{self, NewRole},
    who::Role,
};
use ::store::StoreError;
use serde_json::json;

/// Makes an administrator.
///
/// # Errors
/// [`Error::Invalid`] where a field does not fit or the address is taken.
pub async fn create_administrator(world: &World, who: &Who, person: NewPerson) -> Result<i64> {
    let leave = access::make_people(who)?;
    let person = person.checked()?;
    let hash = password::hashed(world, person.password.clone()).await?;
    let id = world.id();
    let mut tx = world.db.begin().await?;
    match store::people::insert(&mut tx, &leave, id, &person, hash, world.now()).await {
        Err(StoreError::Conflict(_)) => {
            return Err(Error::field("email", "There is somebody with this e-mail address already"));
        }
        done => done?,
    }
    let entry =
        Entry::of("make an administrator", "person", id).after(json!({"email": person.email, "name": person.name}));
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    let administrator = NewRole {
        person: id,
        organisation: organisation::INSTALLATION,
        role: Role::Administrator,
        strand: None,
        since: world.clock.today(),
    };
    role::given(world, &mut tx, who, administrator).await?;
    tx.commit().await?;
    Ok(id)
}
