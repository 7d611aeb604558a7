//! Reading and writing a school in its own words.

use super::{
    access, drafts,
    history::{of_school, said},
    model::SelfView,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    draft::{self, Draft},
    error::{Error, Result},
    item::{self, ItemKind, Meanwhile, Texts, change, meanwhile},
    organisation::Organisation,
    release,
};
use ::store::{Conn, StoreError, Tx};

const KIND: ItemKind = ItemKind::SelfView;

/// What a reader sees.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// What it says; nothing where it has written nothing yet.
    pub view: Option<SelfView>,
    /// They see it because it was released to them.
    pub released: bool,
}

/// The school in its own words, for its leaders and for those to whom it was
/// released. A look from outside is noted in the same transaction.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for everybody else, the database.
pub async fn read(world: &World, who: &Who, organisation: i64) -> Result<Reading> {
    let mut conn = world.db.read().await?;
    let leave = access::read(&mut conn, who, organisation).await?;
    if !leave.seen.from_outside {
        let view = store::find(&mut conn, organisation).await?.filter(|view| !view.texts.is_empty());
        return Ok(Reading { school: leave.school, view, released: leave.seen.released });
    }
    drop(conn);
    let mut tx = world.db.begin().await?;
    // Asked again where it is written down, so that nothing comes in between.
    let leave = access::read(&mut tx, who, organisation).await?;
    let view = store::find(&mut tx, organisation).await?.filter(|view| !view.texts.is_empty());
    release::looked(world, &mut tx, &leave.seen, organisation, KIND, None).await?;
    tx.commit().await?;
    Ok(Reading { school: leave.school, view, released: leave.seen.released })
}

/// Whether the school has said anything yet, for those who lead it.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for everybody else, the database.
pub async fn is_written(world: &World, who: &Who, organisation: i64) -> Result<bool> {
    let mut conn = world.db.read().await?;
    access::leads(&mut conn, who, organisation).await?;
    Ok(store::find(&mut conn, organisation).await?.is_some_and(|view| !view.texts.is_empty()))
}

/// What a writer begins from.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The school.
    pub school: Organisation,
    /// What it says now; empty texts where nothing is written.
    pub texts: Texts,
    /// Its version now; 0 where nothing was written yet.
    pub revision: i64,
    /// Something is released to somebody today, so strengths must stay.
    pub released: bool,
    /// What the writer typed before and did not save.
    pub draft: Option<Draft>,
}

/// What a writer begins from, with their draft where they have one.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not, the database.
pub async fn begin(world: &World, who: &Who, organisation: i64) -> Result<Writing> {
    let mut conn = world.db.read().await?;
    let leave = access::write(&mut conn, who, organisation).await?;
    let found = store::find(&mut conn, organisation).await?;
    let draft = match drafts::of(&leave) {
        Some(of) => draft::find(&mut conn, of).await?,
        None => None,
    };
    let released = release::is_released(&mut conn, organisation, KIND, world.clock.today()).await?;
    Ok(Writing {
        school: leave.school,
        revision: found.as_ref().map_or(0, |found| found.revision),
        texts: found.map_or_else(|| Texts::empty(KIND), |found| found.texts),
        released,
        draft,
    })
}

/// A version to be.
#[derive(Debug, Clone)]
pub struct NewText {
    /// Whose.
    pub organisation: i64,
    /// What it shall say.
    pub texts: Texts,
    /// The revision from which the writer began.
    pub base: i64,
    /// Why, where they say.
    pub why: String,
}

/// How saving went.
#[derive(Debug)]
pub enum Saved {
    /// Saved, as this version.
    Done(i64),
    /// It says that already.
    Same,
    /// Somebody else changed it in the meantime; nothing was saved, and what
    /// was written is kept as the writer's draft.
    Meanwhile(Box<Meanwhile>),
}

/// Saves a version and puts the writer's draft away.
///
/// # Errors
/// [`Error::Invalid`] for a text that is too long, or without strengths while it
/// is released; [`Error::NotFound`] for whoever may not.
pub async fn save(world: &World, who: &Who, new: NewText) -> Result<Saved> {
    put(world, who, new, "write").await
}

/// Brings an earlier version back, as the newest one.
///
/// # Errors
/// As [`save`]; [`Error::NotFound`] where there is no such version or its texts
/// were erased.
pub async fn restore(world: &World, who: &Who, organisation: i64, revision: i64, base: i64) -> Result<Saved> {
    let texts = {
        let mut conn = world.db.read().await?;
        access::write(&mut conn, who, organisation).await?;
        let all = of_school(&mut conn, organisation).await?;
        let found = all.into_iter().find(|one| one.number == revision).ok_or(Error::NotFound)?;
        found.texts.ok_or(Error::NotFound)?
    };
    let new = NewText { organisation, texts, base, why: format!("version {revision} again") };
    put(world, who, new, "restore a version").await
}

async fn put(world: &World, who: &Who, new: NewText, what: &str) -> Result<Saved> {
    let mut tx = world.db.begin().await?;
    let leave = access::write(&mut tx, who, new.organisation).await?;
    new.texts.checked()?;
    let why = item::reason(&new.why)?;
    let found = store::find(&mut tx, new.organisation).await?;
    let (now, revision) =
        found.as_ref().map_or_else(|| (Texts::empty(KIND), 0), |found| (found.texts.clone(), found.revision));
    let released = release::is_released(&mut tx, new.organisation, KIND, world.clock.today()).await?;
    if released && new.texts.of("strengths").is_empty() {
        let why = "Write what your school does well: others can see this page, and they read that first";
        return Err(Error::field("strengths", why));
    }
    if now == new.texts {
        forget_draft(&mut tx, &leave).await?;
        tx.commit().await?;
        return Ok(Saved::Same);
    }
    if revision != new.base {
        return between(world, tx, &leave, new, found).await;
    }
    match store::write(&mut tx, &leave, &new.texts, revision + 1, world.now()).await {
        Ok(true) => {}
        // Two at the very same moment: the other was first.
        Ok(false) | Err(StoreError::Conflict(_)) => {
            drop(tx);
            let mut tx = world.db.begin().await?;
            let found = store::find(&mut tx, new.organisation).await?;
            return between(world, tx, &leave, new, found).await;
        }
        Err(other) => return Err(other.into()),
    }
    let (before, after) = change(&now, &new.texts, revision + 1);
    let entry = Entry::of(what, KIND.key(), new.organisation).within(new.organisation).before(before).after(after);
    let entry = match why {
        Some(why) => entry.why(why),
        None => entry,
    };
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    forget_draft(&mut tx, &leave).await?;
    tx.commit().await?;
    Ok(Saved::Done(revision + 1))
}

/// Keeps what was written as a draft, and says what happened in the meantime.
async fn between(
    world: &World,
    mut tx: Tx,
    leave: &access::MayWrite,
    new: NewText,
    found: Option<SelfView>,
) -> Result<Saved> {
    if let Some(of) = drafts::of(leave) {
        draft::keep(&mut tx, of, &new.texts, new.base, world.now()).await?;
    }
    let both = beside(&mut tx, &new, found).await?;
    tx.commit().await?;
    Ok(both.map_or(Saved::Same, |both| Saved::Meanwhile(Box::new(both))))
}

/// What happened between what a writer began from and now, beside what they
/// wrote; nothing where it says just that already. Changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn since(world: &World, who: &Who, new: &NewText) -> Result<Option<Meanwhile>> {
    let mut conn = world.db.read().await?;
    access::write(&mut conn, who, new.organisation).await?;
    let found = store::find(&mut conn, new.organisation).await?;
    beside(&mut conn, new, found).await
}

async fn beside(conn: &mut Conn, new: &NewText, found: Option<SelfView>) -> Result<Option<Meanwhile>> {
    let found = found.ok_or(Error::Changed)?;
    let base = said(&of_school(conn, new.organisation).await?, new.base);
    Ok(meanwhile(base, found.texts, new.texts.clone(), (found.revision, found.changed_by, found.changed_at)))
}

async fn forget_draft(tx: &mut Tx, leave: &access::MayWrite) -> Result<()> {
    match drafts::of(leave) {
        Some(of) => draft::drop_one(tx, of).await,
        None => Ok(()),
    }
}
