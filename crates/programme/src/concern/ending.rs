//! What the school says to a step, and how a concern ends.

use super::{
    access,
    model::{Concern, Step},
    store::{self, MayWrite},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    mail::{self, Letter},
    organisation,
    plan::{tidy, too_long},
    role,
    who::Actor,
};
use ::store::Tx;
use jiff::ToSpan as _;
use kernel::Date;
use serde_json::json;

/// Days for which it is news that a school has answered.
const NEWS_DAYS: i32 = 14;

/// The school answers a step, which then may be read by others in the programme.
/// It may have read it and say nothing to it. Whoever wrote the step gets a letter.
///
/// # Errors
/// [`Error::Invalid`] for what is too long, or comes after the next step or the
/// end; [`Error::NotFound`] for whoever may not, and for what it was not shown.
pub async fn answer(world: &World, who: &Who, organisation: i64, id: i64, step: i64, words: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::answer(&mut tx, who, organisation, id).await?;
    let old = leave.steps.iter().find(|one| one.id == step).ok_or(Error::NotFound)?;
    let latest = leave.steps.last().map_or(0, |one| one.number);
    let words = tidy(words);
    let mut wrong = Vec::new();
    if !old.may_be_answered(&leave.concern, latest) {
        wrong.push(FieldError::new("answer", "Your answer to this step stands as it is"));
    }
    too_long(&mut wrong, "answer", &words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let one = Step {
        answer: words,
        answered_at: Some(world.now()),
        answered_by: leave.grant.by.name.clone(),
        revision: old.revision + 1,
        ..old.clone()
    };
    if !store::update_step(&mut tx, MayWrite::School(&leave), &one).await? {
        return Err(Error::Changed);
    }
    let entry = Entry::of("answer a concern", "concern", id).within(organisation);
    let entry = entry.before(json!({"answer": old.answer})).after(json!({"step": one.name, "answer": one.answer}));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    let today = world.clock.today();
    if let Some(to) = writer(&mut tx, &leave.concern, &one, organisation, today).await? {
        let letter = Letter::Answered {
            school: organisation::find(&mut tx, organisation).await?.name,
            by: leave.grant.by.name.clone(),
            link: world.link(&format!("/organisations/{organisation}/concerns/{id}")),
            until: today.saturating_add(NEWS_DAYS.days()),
        };
        mail::send(world, &mut tx, &to, &letter).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The address of whoever wrote a step, where they still read it.
async fn writer(tx: &mut Tx, concern: &Concern, step: &Step, school: i64, today: Date) -> Result<Option<String>> {
    let (Some(person), Some(programme)) = (step.person, concern.programme) else {
        return Ok(None);
    };
    if !access::works_with(tx, person, (school, programme), today).await? {
        return Ok(None);
    }
    let all = role::everybody(tx, programme).await?;
    Ok(all.into_iter().find(|one| one.person == person).map(|one| one.email))
}

/// Closes a concern, at whatever step it is. A draft of a next step goes.
///
/// # Errors
/// [`Error::Invalid`] without a reason, for what is closed, and for what the
/// school was never shown; [`Error::NotFound`] for whoever may not.
pub async fn close(world: &World, who: &Who, organisation: i64, id: i64, why: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::go_on(&mut tx, who, organisation, id, world.clock.today()).await?;
    let why = tidy(why);
    let mut wrong = Vec::new();
    if leave.concern.closed_at.is_some() {
        wrong.push(FieldError::new("why", "This concern is closed already"));
    } else if leave.steps.iter().all(|step| step.shown_at.is_none()) {
        wrong.push(FieldError::new("why", "The school was shown nothing yet: put the draft away instead"));
    } else if why.is_empty() {
        wrong.push(FieldError::new("why", "Say why it is closed: what was put right, or what you agreed"));
    }
    too_long(&mut wrong, "why", &why);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let by = &leave.leave.grant.by;
    let one = Concern {
        closed_at: Some(world.now()),
        closed_by: by.name.clone(),
        closed_why: why.clone(),
        revision: leave.concern.revision + 1,
        ..leave.concern.clone()
    };
    if !store::update(&mut tx, &leave, &one).await? {
        return Err(Error::Changed);
    }
    store::drop_drafts(&mut tx, &leave).await?;
    let entry = Entry::of("close a concern", "concern", id).within(organisation);
    let entry = entry.after(json!({"revision": one.revision, "closed": true})).why(&why);
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes what is open about a school in a programme that it leaves or has
/// completed; in the transaction that says so.
pub(crate) async fn ended_with(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    (programme, school): (i64, i64),
    why: &str,
) -> Result<()> {
    let leave = access::with_participation();
    for id in store::open_of(tx, school, programme).await? {
        if store::close(tx, &leave, id, (world.now(), by.name.as_str(), why)).await? {
            let entry = Entry::of("close a concern", "concern", id).within(school).after(json!({"closed": true}));
            audit::record(world, tx, by, entry.why(why)).await?;
        }
    }
    Ok(())
}
