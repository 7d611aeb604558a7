//! People of the demo, and signing in as one of them by a click.

use super::{
    access, invited,
    model::{NewPerson, Token},
    password,
    session::{self, Opening},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, Result},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

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

/// Somebody of the demo, to be made.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// The secret of an app that shows codes, base32; none where none is asked for.
    pub totp_secret: Option<String>,
}

/// Makes the demo's people, all with one password, which is hashed once; their ids.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the command line; [`Error::Invalid`].
pub async fn seed(world: &World, who: &Who, people: &[DemoAccount], password: &str) -> Result<Vec<i64>> {
    let Who::Console = who else { return Err(Error::NotFound) };
    let leave = access::make_people(who)?;
    let mut hash = None;
    let mut ids = Vec::with_capacity(people.len());
    let mut tx = world.db.begin().await?;
    for DemoAccount { email, name, totp_secret } in people {
        let person = NewPerson { email: email.clone(), name: name.clone(), password: password.to_owned() }.checked()?;
        let known = match hash.take() {
            Some(known) => known,
            None => password::hashed(world, person.password.clone()).await?,
        };
        hash = Some(known.clone());
        let id = world.id();
        store::people::insert(&mut tx, &leave, id, &person, known, world.now()).await?;
        let after = json!({"email": person.email, "name": person.name});
        let entry = Entry::of("make a person of the demo", "person", id).after(after);
        audit::record(world, &mut tx, &leave.0.by, entry).await?;
        if let Some(secret) = totp_secret {
            store::apps::set(&mut tx, id, secret, world.now(), Some(world.now())).await?;
        }
        ids.push(id);
    }
    tx.commit().await?;
    Ok(ids)
}

/// The secret of the app of somebody of the demo, base32: the same on every
/// machine, because the demo holds nothing real and whoever asks for its sign-ins
/// is to be able to use them.
#[must_use]
pub fn demo_secret(email: &str) -> String {
    let digest = Sha256::digest(format!("aspire demo {email}").as_bytes());
    totp_rs::Secret::from(&digest[..20]).to_base32()
}

/// Gives somebody of the demo an app that shows codes.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the command line.
pub async fn seed_app(world: &World, who: &Who, person: i64, secret: &str) -> Result<()> {
    let Who::Console = who else { return Err(Error::NotFound) };
    let mut tx = world.db.begin().await?;
    store::apps::set(&mut tx, person, secret, world.now(), Some(world.now())).await?;
    audit::record(world, &mut tx, who, Entry::of("add a second factor", "person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Signs in as one of the demo's people, as if a second factor had been shown.
///
/// # Errors
/// [`Error::NotFound`] where there is nobody with this address.
pub async fn demo_sign_in(world: &World, _: &DemoOnly, email: &str, device: &str) -> Result<Token> {
    let mut tx = world.db.begin().await?;
    let (person, name) = invited::by_address(&mut tx, email).await?.ok_or(Error::NotFound)?;
    let opening = Opening { by: "demo", second_factor: true, device };
    let token = session::open(world, &mut tx, person, name, opening).await?;
    tx.commit().await?;
    Ok(token)
}
