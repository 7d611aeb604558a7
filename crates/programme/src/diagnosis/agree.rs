//! From views given alone to what school and adviser sign.

use super::{
    access,
    meeting::{tidy, too_long},
    model::State,
    record::{Differing, Side, Signature},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
};
use serde_json::json;

/// Lays all views open: from now on the group looks together, and no view changes.
///
/// # Errors
/// [`Error::Invalid`] where nobody has given a view yet, or they are open already;
/// [`Error::NotFound`] for whoever may not.
pub async fn look_together(world: &World, who: &Who, organisation: i64, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    if store::count(&mut tx, id).await? == 0 {
        return Err(Error::field("state", "Nobody has given a view yet, so there is nothing to look at together"));
    }
    if !store::lay_open(&mut tx, id, world.now()).await? {
        return Err(Error::field("state", "You look together already"));
    }
    let entry = Entry::of("look together", "diagnosis", id).within(leave.school.id);
    audit::record(world, &mut tx, &leave.grant.by, entry.after(json!({"all_are_in": false}))).await?;
    tx.commit().await?;
    Ok(())
}

/// The group has agreed. Strengths first: it cannot without one, and without what
/// will be done with it.
///
/// # Errors
/// [`Error::Invalid`] with what is still to be done; [`Error::NotFound`] for
/// whoever may not.
pub async fn agree(world: &World, who: &Who, organisation: i64, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    super::meeting::together(&mut tx, &leave.diagnosis).await?;
    let meeting = store::meeting(&mut tx, id).await?;
    let wants = meeting.wants(&leave.diagnosis);
    if !wants.is_empty() {
        let all = wants.into_iter().map(|want| FieldError::new("agree", format!("Before you can agree: {want}")));
        return Err(Error::Invalid(all.collect()));
    }
    if !store::agree(&mut tx, id, world.now(), &leave.grant.by.name).await? {
        return Err(Error::Changed);
    }
    let after = json!({"findings": meeting.findings.len(), "strengths": meeting.strengths.len()});
    let entry = Entry::of("agree", "diagnosis", id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Talks about an agreed diagnosis once more: signatures go, what was written
/// stays, and others see nothing of it until it is agreed again.
///
/// # Errors
/// [`Error::Invalid`] without a reason, or where it is not agreed;
/// [`Error::NotFound`] for whoever may not.
pub async fn reopen(world: &World, who: &Who, organisation: i64, id: i64, why: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    let why = tidy(why);
    if why.is_empty() || why.chars().count() > 500 {
        return Err(Error::field("why", "Say why you talk about it once more, in at most 500 characters"));
    }
    if !store::reopen(&mut tx, id).await? {
        return Err(Error::field("why", "It is not agreed, so you can talk about it anyway"));
    }
    let signatures = store::drop_signatures(&mut tx, &leave).await?;
    let before = json!({"agreed_by": leave.diagnosis.agreed_by, "signatures": signatures});
    let entry = Entry::of("talk once more", "diagnosis", id).within(leave.school.id).before(before).why(&why);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Signs an agreed diagnosis, for the school or as its adviser.
///
/// # Errors
/// [`Error::Invalid`] where it is not agreed or that side has signed;
/// [`Error::NotFound`] for whoever may not.
pub async fn sign(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Side> {
    let mut tx = world.db.begin().await?;
    let leave = access::sign(&mut tx, who, organisation, id).await?;
    if !store::hold(&mut tx, id, State::Agreed).await? {
        return Err(Error::field("sign", "Agree it first; then it can be signed"));
    }
    let by = &leave.grant.by;
    let one = Signature { side: leave.side, person: by.person, name: by.name.clone(), at: world.now() };
    if !store::sign(&mut tx, &leave, &one).await? {
        return Err(Error::field("sign", "It is signed already"));
    }
    let entry = Entry::of("sign", "diagnosis", id).within(organisation).after(json!({"side": leave.side.key()}));
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(leave.side)
}

/// What an adviser sees differently, as a form carries it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Otherwise<'a> {
    /// Of which statement; empty: of the whole.
    pub statement: &'a str,
    /// The point of the scale that they would choose for it; empty: they do not say.
    pub point: &'a str,
    /// In their own words.
    pub words: &'a str,
}

/// Puts what the adviser sees differently beside what the school says, where it stays.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may not.
pub async fn differ(world: &World, who: &Who, organisation: i64, id: i64, says: Otherwise<'_>) -> Result<()> {
    let Otherwise { statement, point, words } = says;
    let mut tx = world.db.begin().await?;
    let leave = access::differ(&mut tx, who, organisation, id).await?;
    let words = tidy(words);
    let mut wrong = Vec::new();
    if !statement.is_empty() && leave.diagnosis.statement(statement).is_none() {
        wrong.push(FieldError::new("statement", "Choose one of the statements, or the whole"));
    }
    let point = match (point, point.parse().ok().filter(|value| leave.diagnosis.framework.has(*value))) {
        ("", _) => None,
        (_, None) => {
            wrong.push(FieldError::new("point", "Choose a word of the scale, or none"));
            None
        }
        (_, Some(_)) if statement.is_empty() => {
            wrong.push(FieldError::new("statement", "Choose the statement that your word is about"));
            None
        }
        (_, point) => point,
    };
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Say what you see differently"));
    }
    too_long(&mut wrong, "words", &words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    if !store::hold(&mut tx, id, State::Agreed).await? {
        return Err(Error::Changed);
    }
    let by = &leave.grant.by;
    let one = Differing {
        id: world.id(),
        statement: statement.to_owned(),
        point,
        person: by.person,
        name: by.name.clone(),
        words,
        at: world.now(),
    };
    store::add_differing(&mut tx, &leave, &one).await?;
    let after = json!({"statement": one.statement, "point": one.point, "words": one.words});
    let entry = Entry::of("see it differently", "diagnosis", id).within(organisation).after(after);
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(())
}
