//! Erasing a school's own words, with all their versions, for good.

use super::{
    access::{self, MayErase},
    history::of_school,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    draft,
    error::{Error, Result},
    item::{ERASE, ItemKind, confirmed},
    organisation::Organisation,
    who::Actor,
};
use ::store::Tx;
use serde_json::json;

const KIND: ItemKind = ItemKind::SelfView;

/// What would go.
#[derive(Debug, Clone)]
pub struct Erasable {
    /// The school.
    pub school: Organisation,
    /// How many versions.
    pub versions: usize,
}

/// What would go, for whoever may erase it; without a word of what it says.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or where there is nothing.
pub async fn erasable(world: &World, who: &Who, organisation: i64) -> Result<Erasable> {
    let mut conn = world.db.read().await?;
    let leave = access::erase(&mut conn, who, organisation).await?;
    let texts = of_school(&mut conn, organisation).await?.into_iter().filter_map(|one| one.texts);
    let versions = texts.filter(|texts| !texts.is_empty()).count();
    Ok(Erasable { school: leave.school, versions })
}

/// Erases what the school says now, all that it said before, and drafts of it.
/// That it was erased, when and by whom stays known; what it said does not.
///
/// # Errors
/// [`Error::Invalid`] where the school's name was not typed;
/// [`Error::NotFound`] for whoever may not, or where there is nothing.
pub async fn erase(world: &World, who: &Who, organisation: i64, typed: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::erase(&mut tx, who, organisation).await?;
    confirmed(typed, &leave.school.name)?;
    gone(world, &mut tx, &leave, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Erases what is due by a rule of retention, within its transaction.
pub(crate) async fn erase_due(world: &World, tx: &mut Tx, by: Actor, organisation: i64, rule: &str) -> Result<()> {
    let leave = access::erase_due(tx, by, organisation).await?;
    gone(world, tx, &leave, Some(rule)).await
}

async fn gone(world: &World, tx: &mut Tx, leave: &MayErase, rule: Option<&str>) -> Result<()> {
    let organisation = leave.school.id;
    let revision = store::find(tx, organisation).await?.ok_or(Error::NotFound)?.revision + 1;
    if !store::empty(tx, leave, revision, world.now()).await? {
        return Err(Error::Changed);
    }
    audit::blank(tx, KIND.key(), organisation).await?;
    draft::drop_all_of(tx, organisation, KIND, 0).await?;
    let fields: Vec<&str> = KIND.fields().iter().map(|field| field.key).collect();
    let after = json!({"revision": revision, "erased": fields, "rule": rule});
    let why = rule.map(|rule| format!("erased under rule {rule}"));
    let entry = Entry::of(ERASE, KIND.key(), organisation).within(organisation).after(after);
    let entry = match &why {
        Some(why) => entry.why(why),
        None => entry,
    };
    Ok(audit::record(world, tx, &leave.by, entry).await?)
}
