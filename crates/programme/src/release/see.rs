//! Who may see an item, decided where it is read.

use super::{
    access::{SEE_ITEMS, STAFF},
    model::{Release, ToMe},
    store,
};
use crate::{
    Who, World,
    error::{Error, Result},
    item::ItemKind,
    who::{Actor, Caller, Held, Role},
};
use ::store::Conn;
use kernel::Date;
use std::collections::{HashMap, hash_map::Entry};

/// That somebody may see items of a kind of an organisation.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Who, in the role that lets them.
    pub(crate) by: Actor,
    /// They hold no role in the organisation: the look is noted.
    pub(crate) from_outside: bool,
    /// They see it by a release.
    pub(crate) released: bool,
}

/// Leave to see an item: for the school's own leaders, and for those to whom it
/// was released and is today.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for everybody else, the database.
pub(crate) async fn may_see(
    conn: &mut Conn,
    who: &Who,
    organisation: i64,
    kind: ItemKind,
    item: Option<i64>,
) -> Result<Seen> {
    match STAFF.over(conn, who, organisation).await {
        Ok(grant) => return Ok(Seen { by: grant.by, from_outside: false, released: false }),
        Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    let caller = SEE_ITEMS.own(who)?;
    let release = released_to(conn, caller, organisation, kind, item).await?.ok_or(Error::NotFound)?;
    let from_outside = caller.roles.iter().all(|held| held.organisation != organisation);
    Ok(Seen { by: who.acting(release.role), from_outside, released: true })
}

/// The release by which a caller may see an item today, if there is one.
///
/// # Errors
/// The database.
pub async fn released_to(
    conn: &mut Conn,
    caller: &Caller,
    organisation: i64,
    kind: ItemKind,
    item: Option<i64>,
) -> Result<Option<Release>> {
    let holding = store::holding(conn, organisation, kind, item, caller.today).await?;
    Ok(holding.into_iter().find(|release| release.to().is_some_and(|to| to.reaches(caller))))
}

/// What schools let the holders of a role in an organisation see today: the
/// school, the kind and the one item, if it is one; for a noun that tells it to those holders.
pub(crate) async fn reaching_role(
    conn: &mut Conn,
    organisation: i64,
    role: Role,
    today: Date,
) -> Result<Vec<(i64, ItemKind, Option<i64>)>> {
    let held = Held { role, organisation, strand: None };
    let all = store::holding_to(conn, held, today).await?;
    Ok(all.into_iter().map(|(release, school, _)| (school, release.kind, release.item)).collect())
}

/// What schools let a caller see of a kind today, by release: the school, the one
/// item, if it is one, and leave to see it.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub(crate) async fn reaching_caller(
    conn: &mut Conn,
    who: &Who,
    kind: ItemKind,
) -> Result<Vec<(i64, Option<i64>, Seen)>> {
    let caller = SEE_ITEMS.own(who)?;
    let mut all = Vec::new();
    for held in caller.roles.iter() {
        let those = store::holding_to(conn, *held, caller.today).await?;
        let those = those.into_iter().filter(|(release, ..)| release.kind == kind);
        let those = those.filter(|(release, ..)| release.to().is_some_and(|to| to.reaches(caller)));
        all.extend(those.map(|(release, school, _)| {
            let from_outside = caller.roles.iter().all(|held| held.organisation != school);
            (school, release.item, Seen { by: who.acting(release.role), from_outside, released: true })
        }));
    }
    Ok(all)
}

/// To whom items of a kind are released today, in words; for a noun that has
/// leave to tell it.
pub(crate) async fn reaching(
    conn: &mut Conn,
    organisation: i64,
    kind: ItemKind,
    item: Option<i64>,
    today: Date,
) -> Result<Vec<String>> {
    let holding = store::holding(conn, organisation, kind, item, today).await?;
    let reached = holding.into_iter().filter(|release| release.to().is_some());
    Ok(reached.map(|release| release.to_words()).collect())
}

/// Everything that is released to the caller today, by school; for their start page.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn to_me(world: &World, who: &Who) -> Result<Vec<ToMe>> {
    let caller = SEE_ITEMS.own(who)?;
    let mut conn = world.db.read().await?;
    let mut all: HashMap<(i64, ItemKind, Option<i64>), ToMe> = HashMap::new();
    for held in caller.roles.iter() {
        for (release, organisation, name) in store::holding_to(&mut conn, *held, caller.today).await? {
            if !release.to().is_some_and(|to| to.reaches(caller)) {
                continue;
            }
            let new = ToMe { organisation, name, kind: release.kind, item: release.item, until: release.until };
            match all.entry((organisation, new.kind, new.item)) {
                // Of two releases of one thing, the longer counts.
                Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.until = known.until.and_then(|until| new.until.map(|new| until.max(new)));
                }
                Entry::Vacant(place) => {
                    place.insert(new);
                }
            }
        }
    }
    let mut all: Vec<ToMe> = all.into_values().collect();
    all.sort_by(|a, b| (&a.name, a.organisation, a.kind, a.item).cmp(&(&b.name, b.organisation, b.kind, b.item)));
    Ok(all)
}
