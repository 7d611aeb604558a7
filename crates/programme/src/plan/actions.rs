//! Opening, changing and closing priorities.

use super::{
    access,
    meanwhile::{Field, Meanwhile, meanwhile},
    model::{Closing, How, MOST, Priority},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    diagnosis,
    error::{Error, FieldError, Result},
    strategy,
    who::Strand,
};
use ::store::{StoreError, Tx};
use serde_json::{Value as Json, json};

/// Most characters of a text.
const LONGEST: usize = 2_000;

/// A priority to be, or as somebody changes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPriority {
    /// Its name.
    pub title: String,
    /// Why this one.
    pub why: String,
    /// For whom.
    pub whom: String,
    /// The strand under which it falls.
    pub strand: Option<Strand>,
    /// The chosen strategy; empty for none yet.
    pub strategy: String,
    /// The diagnosis from which it grew.
    pub diagnosis: Option<i64>,
    /// Its statements that say why.
    pub statements: Vec<String>,
    /// Why there is one more than five.
    pub beyond: String,
}

/// Opens a priority; its id. A sixth needs a reason.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn open(world: &World, who: &Who, organisation: i64, new: NewPriority) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    store::hold(&mut tx, &leave).await?;
    let open = store::priorities(&mut tx, organisation).await?.iter().filter(|one| one.closed.is_none()).count();
    let new = checked(&mut tx, organisation, new, open >= MOST).await?;
    let by = leave.grant.by.name.clone();
    let one = Priority {
        id: world.id(),
        title: new.title,
        why: new.why,
        whom: new.whom,
        strand: new.strand.map(|strand| strand.key().to_owned()),
        strategy: Some(new.strategy).filter(|key| !key.is_empty()),
        diagnosis: new.diagnosis,
        statements: new.statements,
        beyond: if open >= MOST { new.beyond } else { String::new() },
        opened_on: world.clock.today(),
        opened_by: by.clone(),
        closed: None,
        revision: 1,
        changed_at: world.now(),
        changed_by: by,
    };
    store::insert(&mut tx, &leave, &one).await?;
    let entry = Entry::of("open a priority", "priority", one.id).within(leave.school.id).after(says(&one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// How a change went.
#[derive(Debug)]
pub enum Changed {
    /// Written, as this version.
    Done(i64),
    /// It says that already.
    Same,
    /// Somebody else wrote in the meantime. Nothing was changed.
    Meanwhile(Box<Meanwhile>),
}

/// Changes a priority. The second of two is shown what the first did.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit, and for one that is
/// closed; [`Error::NotFound`] for whoever may not.
pub async fn change(
    world: &World,
    who: &Who,
    organisation: i64,
    id: i64,
    new: NewPriority,
    base: i64,
) -> Result<Changed> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let old = store::priority(&mut tx, organisation, id).await?.ok_or(Error::NotFound)?;
    not_closed(&old)?;
    let new = checked(&mut tx, organisation, new, !old.beyond.is_empty()).await?;
    let one = Priority {
        title: new.title,
        why: new.why,
        whom: new.whom,
        strand: new.strand.map(|strand| strand.key().to_owned()),
        strategy: Some(new.strategy).filter(|key| !key.is_empty()),
        diagnosis: new.diagnosis,
        statements: new.statements,
        beyond: if old.beyond.is_empty() { String::new() } else { new.beyond },
        revision: old.revision + 1,
        changed_at: world.now(),
        changed_by: leave.grant.by.name.clone(),
        ..old.clone()
    };
    if texts(&one) == texts(&old) {
        return Ok(Changed::Same);
    }
    if base != old.revision {
        let before = audit::of(&mut tx, "priority", id).await?;
        let both = meanwhile(&before, base, FIELDS, &texts(&old), &texts(&one), &old.changed_by, old.revision);
        return Ok(Changed::Meanwhile(Box::new(both)));
    }
    match store::update(&mut tx, &leave, &one).await {
        Ok(true) => {}
        Ok(false) | Err(StoreError::Conflict(_)) => return Err(Error::Changed),
        Err(other) => return Err(other.into()),
    }
    let entry =
        Entry::of("change a priority", "priority", id).within(leave.school.id).before(says(&old)).after(says(&one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(Changed::Done(one.revision))
}

/// Closes a priority, with how it ended and why.
///
/// # Errors
/// [`Error::Invalid`] without how and why, and for one that is closed;
/// [`Error::NotFound`] for whoever may not.
pub async fn close(world: &World, who: &Who, organisation: i64, id: i64, how: Option<How>, why: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let old = store::priority(&mut tx, organisation, id).await?.ok_or(Error::NotFound)?;
    not_closed(&old)?;
    let why = tidy(why);
    let mut wrong = Vec::new();
    if how.is_none() {
        wrong.push(FieldError::new("how", "Choose how it ends"));
    }
    if why.is_empty() {
        wrong.push(FieldError::new("why", "Say why, with what you have seen"));
    }
    too_long(&mut wrong, "why", &why);
    let (Some(how), true) = (how, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let by = leave.grant.by.name.clone();
    let closed = Some(Closing { on: world.clock.today(), how, why: why.clone(), by: by.clone() });
    let one = Priority { closed, revision: old.revision + 1, changed_at: world.now(), changed_by: by, ..old };
    if !store::update(&mut tx, &leave, &one).await? {
        return Err(Error::Changed);
    }
    let after = json!({"revision": one.revision, "closed": how.key()});
    let entry = Entry::of("close a priority", "priority", id).within(leave.school.id).after(after).why(&why);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) fn not_closed(priority: &Priority) -> Result<()> {
    match &priority.closed {
        None => Ok(()),
        Some(_) => Err(Error::field("state", "This priority is closed, so nothing of it changes any more")),
    }
}

/// What of a priority people write, in the order of [`FIELDS`].
pub(super) fn texts(one: &Priority) -> Vec<String> {
    vec![
        one.title.clone(),
        one.why.clone(),
        one.whom.clone(),
        one.strand.clone().unwrap_or_default(),
        one.strategy.clone().unwrap_or_default(),
        one.statements.join(" "),
        one.beyond.clone(),
    ]
}

pub(super) const FIELDS: &[Field] = &[
    Field { key: "title", name: "its name" },
    Field { key: "why", name: "why this one" },
    Field { key: "whom", name: "for whom" },
    Field { key: "strand", name: "its strand" },
    Field { key: "strategy", name: "the strategy" },
    Field { key: "statements", name: "the statements" },
    Field { key: "beyond", name: "why one more than five" },
];

/// As the audit keeps it.
fn says(one: &Priority) -> Json {
    super::meanwhile::kept(FIELDS, &texts(one), one.revision)
}

async fn checked(tx: &mut Tx, organisation: i64, new: NewPriority, beyond: bool) -> Result<NewPriority> {
    let mut new = NewPriority {
        title: tidy(&new.title),
        why: tidy(&new.why),
        whom: tidy(&new.whom),
        beyond: tidy(&new.beyond),
        ..new
    };
    let mut wrong = Vec::new();
    if new.title.is_empty() || new.title.chars().count() > 100 {
        wrong
            .push(FieldError::new("title", "Name it in at most 100 characters, as you would say it in the staff room"));
    }
    if new.why.is_empty() {
        wrong.push(FieldError::new("why", "Say why this one"));
    }
    if new.whom.is_empty() {
        wrong.push(FieldError::new("whom", "Say for whom"));
    }
    if beyond && new.beyond.is_empty() {
        wrong.push(FieldError::new(
            "beyond",
            "You have five open already. Say why you add one more, or close one first",
        ));
    }
    if !new.strategy.is_empty() && !strategy::exists(tx, organisation, &new.strategy).await? {
        wrong.push(FieldError::new("strategy", "Choose one of the strategies, or none"));
    }
    match new.diagnosis {
        None => new.statements.clear(),
        Some(id) => match diagnosis::basis(tx, organisation, id).await? {
            None => wrong.push(FieldError::new("statements", "Choose statements of a diagnosis that is agreed")),
            Some(basis) => new.statements.retain(|one| basis.diagnosis.statement(one).is_some()),
        },
    }
    if new.statements.is_empty() {
        new.diagnosis = None;
    }
    for (field, text) in [("why", &new.why), ("whom", &new.whom), ("beyond", &new.beyond)] {
        too_long(&mut wrong, field, text);
    }
    if wrong.is_empty() { Ok(new) } else { Err(Error::Invalid(wrong)) }
}

pub(crate) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

pub(crate) fn too_long(wrong: &mut Vec<FieldError>, field: &'static str, text: &str) {
    if text.chars().count() > LONGEST {
        wrong.push(FieldError::new(field, "Shorten this to 2,000 characters"));
    }
}
