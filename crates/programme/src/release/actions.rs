//! What one can do with releases.

use super::{
    access,
    choices::chosen,
    model::{NewRelease, Release},
    store::{self, Named},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    diagnosis,
    error::{Error, FieldError, Result},
    item::ItemKind,
    who::Actor,
};
use ::store::{Conn, Tx};
use kernel::{Date, Timestamp};
use serde_json::json;

/// Lets somebody see something of the school. What they can see already by
/// another release may be released again, with another last day.
///
/// # Errors
/// [`Error::Invalid`] for somebody who is none of [`super::choices`], a last day
/// in the past, or an item that is not ready to be shown.
pub async fn grant(world: &World, who: &Who, new: NewRelease) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::manage(&mut tx, who, new.organisation).await?;
    let today = world.clock.today();
    let mut wrong = Vec::new();
    if let Some(why) = new.kind.wants(&mut tx, new.organisation).await? {
        wrong.push(FieldError::new("kind", why));
    }
    if wrong.is_empty() && !is_there(&mut tx, &new).await? {
        wrong.push(FieldError::new("kind", "Choose one of your diagnoses that is agreed"));
    }
    let choice = chosen(&mut tx, new.organisation, today, new.to).await?;
    if choice.is_none() {
        wrong.push(FieldError::new("to", "Choose who may see it"));
    }
    if new.until.is_some_and(|until| until < today) {
        wrong.push(FieldError::new("until", "Enter a last day that is today or later"));
    }
    let (Some(choice), true) = (choice, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let id = world.id();
    let names = Named { organisation: &choice.organisation, person: choice.person.as_deref() };
    store::insert(&mut tx, &leave, id, &new, &names, world.now()).await?;
    let after = json!({"kind": new.kind.key(), "one": new.item.is_some(), "to": choice.words, "until": new.until});
    let entry = Entry::of("release", "item_release", id).within(new.organisation).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// What is released alone is the school's, and ready to be shown.
async fn is_there(conn: &mut Conn, new: &NewRelease) -> Result<bool> {
    match (new.kind, new.item) {
        (_, None) => Ok(true),
        (ItemKind::Diagnosis, Some(id)) => diagnosis::is_agreed(conn, new.organisation, id).await,
        _ => Ok(false),
    }
}

/// Withdraws a release; from then on nobody sees anything by it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or where there is no such release.
pub async fn withdraw(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Release> {
    let mut tx = world.db.begin().await?;
    let leave = access::manage(&mut tx, who, organisation).await?;
    let release = store::all_of(&mut tx, organisation).await?.into_iter().find(|release| release.id == id);
    let release = release.filter(|release| release.withdrawn_at.is_none()).ok_or(Error::NotFound)?;
    take_back(world, &mut tx, &leave.grant.by, organisation, &release, None).await?;
    tx.commit().await?;
    Ok(release)
}

/// Withdraws all releases of a school; how many there were.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn withdraw_all(world: &World, who: &Who, organisation: i64) -> Result<u64> {
    let mut tx = world.db.begin().await?;
    let leave = access::manage(&mut tx, who, organisation).await?;
    let done = withdrawn_all(world, &mut tx, &leave.grant.by, organisation, None).await?;
    tx.commit().await?;
    Ok(done)
}

/// Withdraws all releases of a school within a caller's transaction, whose
/// leave is theirs: a school that leaves its programme; how many there were.
///
/// # Errors
/// The database.
pub async fn withdrawn_all(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    organisation: i64,
    why: Option<&str>,
) -> Result<u64> {
    let today = world.clock.today();
    let mut done = 0;
    for release in store::all_of(tx, organisation).await?.iter().filter(|release| release.holds(today)) {
        take_back(world, tx, by, organisation, release, why).await?;
        done += 1;
    }
    Ok(done)
}

async fn take_back(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    organisation: i64,
    release: &Release,
    why: Option<&str>,
) -> Result<()> {
    if !store::withdraw(tx, organisation, release.id, world.now(), &by.name).await? {
        return Err(Error::NotFound);
    }
    let before = json!({"kind": release.kind.key(), "to": release.to_words(), "until": release.until});
    let entry = Entry::of("withdraw a release", "item_release", release.id).within(organisation).before(before);
    let entry = match why {
        Some(why) => entry.why(why),
        None => entry,
    };
    Ok(audit::record(world, tx, by, entry).await?)
}

/// All releases of a school, also those that ended, by who may see what.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn list(world: &World, who: &Who, organisation: i64) -> Result<Vec<Release>> {
    let mut conn = world.db.read().await?;
    let leave = access::oversee(&mut conn, who, organisation).await?;
    store::of_organisation(&mut conn, &leave).await
}

/// True where something of a kind is released to anybody on a day.
pub(crate) async fn is_released(conn: &mut Conn, organisation: i64, kind: ItemKind, today: Date) -> Result<bool> {
    Ok(!store::holding(conn, organisation, kind, None, today).await?.is_empty())
}

/// All releases of an organisation; for its export.
pub(crate) async fn all_of_organisation(conn: &mut Conn, organisation: i64) -> Result<Vec<Release>> {
    store::all_of(conn, organisation).await
}

/// A release that came with a school from another installation.
pub(crate) async fn took_over(tx: &mut Tx, organisation: i64, release: &Release) -> Result<()> {
    Ok(store::insert_as(tx, organisation, release).await?)
}

/// Deletes releases that ended before a moment and a day; how many of which organisation.
pub(crate) async fn drop_ended(tx: &mut Tx, before: Timestamp, day: Date) -> Result<Vec<(i64, i64)>> {
    let counted = store::ended(tx, before, day).await?;
    store::drop_ended(tx, before, day).await?;
    Ok(counted)
}
