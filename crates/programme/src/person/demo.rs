//! People of the demo, and signing in as one of them by a click.

use super::{
    access, invited,
    model::{NewPerson, SignIn, Token},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use serde_json::json;

/// That this Aspire is the demo, which holds nothing real. Only `aspire demo`
/// makes it; without it nobody signs in without a password.
#[derive(Debug, Clone)]
pub struct DemoOnly(());

impl DemoOnly {
    /// To be called by `aspire demo` alone.
    #[must_use]
    pub fn this_is_the_demo() -> Self {
        Self(())
    }
}

/// Makes the demo's people: addresses and names, all with one password, which
/// is hashed once.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the command line; [`Error::Invalid`].
pub async fn seed(world: &World, who: &Who, people: &[(String, String)], password: &str) -> Result<Vec<i64>> {
    let Who::Console = who else { return Err(Error::NotFound) };
    let leave = access::make_people(who)?;
    let mut hash = None;
    let mut ids = Vec::with_capacity(people.len());
    let mut tx = world.db.begin().await?;
    for (email, name) in people {
        let person = NewPerson { email: email.clone(), name: name.clone(), password: password.to_owned() }.checked()?;
        let known = match hash.take() {
            Some(known) => known,
            None => super::actions::hash_in_background(world, person.password.clone()).await?,
        };
        hash = Some(known.clone());
        let id = world.id();
        store::insert(&mut tx, &leave, id, &person, known, world.now()).await?;
        let after = json!({"email": person.email, "name": person.name});
        let entry = Entry::of("make a person of the demo", "person", id).after(after);
        audit::record(world, &mut tx, &leave.0.by, entry).await?;
        ids.push(id);
    }
    tx.commit().await?;
    Ok(ids)
}

/// Signs in as one of the demo's people.
///
/// # Errors
/// [`Error::NotFound`] where there is nobody with this address.
pub async fn demo_sign_in(world: &World, _: &DemoOnly, email: &str) -> Result<SignIn> {
    let mut tx = world.db.begin().await?;
    let (person, name) = invited::by_address(&mut tx, email).await?.ok_or(Error::NotFound)?;
    let who = Who::Person(super::actions::caller(world, &mut tx, person, name).await?);
    let token: Token = invited::opened(world, &mut tx, &who).await?;
    tx.commit().await?;
    Ok(SignIn::Done(token))
}
