//! Raising a concern, and the steps after.

use super::{
    access::{self, MayGoOn, MayRaise},
    list::{self, Planned},
    model::{By, Concern, Step, school_days_after},
    store::{self, MayWrite},
};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, Status, TakesPart},
    error::{Error, FieldError, Result},
    mail::{self, Letter},
    plan::{self, tidy, too_long},
    role,
    who::Role,
};
use ::store::Tx;
use kernel::{Date, words::long_date};
use serde_json::json;

/// A concern as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewConcern {
    /// In which programme; none where the school takes part in one only.
    pub programme: Option<i64>,
    /// What was noticed.
    pub noticed: String,
    /// What would put it right.
    pub remedy: String,
    /// By when.
    pub by_when: Option<Date>,
}

/// Begins a concern, as a draft that nobody else reads; its id.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit, and while the school takes a break;
/// [`Error::NotFound`] for whoever may not.
pub async fn raise(world: &World, who: &Who, organisation: i64, new: NewConcern) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::raise(&mut tx, who, organisation).await?;
    let parts = going(&mut tx, &leave, world.clock.today()).await?;
    let part = match (new.programme, parts.as_slice()) {
        (Some(id), all) => all.iter().find(|part| part.programme == id),
        (None, [one]) => Some(one),
        _ => None,
    };
    let mut wrong = checked(&new, world.clock.today());
    if part.is_none() {
        let words = match parts.is_empty() {
            true => "The school takes part in nothing of yours now, or takes a break: nothing is asked of it",
            false => "Choose the programme that it is about",
        };
        wrong.push(FieldError::new("programme", words));
    }
    let (Some(part), Some(by_when), true) = (part, new.by_when, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let list = list::of(&mut tx, part.programme).await?;
    let first = list.steps.first().ok_or_else(|| Error::Unexpected("an escalation list without a step".to_owned()))?;
    may_take(first, &leave)?;
    let by = &leave.grant.by;
    let one = Concern {
        id: world.id(),
        programme: Some(part.programme),
        programme_name: part.programme_name.clone(),
        noticed: tidy(&new.noticed),
        remedy: tidy(&new.remedy),
        by_when,
        person: by.person,
        name: by.name.clone(),
        role: by.role.to_owned(),
        raised_at: world.now(),
        closed_at: None,
        closed_by: String::new(),
        closed_why: String::new(),
        revision: 1,
    };
    let step = drafted(world, &leave, one.id, 1, first, String::new());
    store::insert(&mut tx, &leave, &one).await?;
    store::insert_step(&mut tx, &leave, &step).await?;
    // A draft is its writer's: it is not in the school's history, whose readers are others.
    let entry = Entry::of("draft a concern", "concern", one.id).after(json!({"revision": 1}));
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// The participations in which a concern can be raised by somebody today.
pub(super) async fn going(conn: &mut ::store::Conn, leave: &MayRaise, today: Date) -> Result<Vec<TakesPart>> {
    let mut all = cohort::parts_of(conn, leave.school.id).await?;
    all.retain(|part| {
        let goes = part.goes_on(today) && part.on(today).is_none_or(|row| row.status == Status::Joined);
        goes && part.joined <= today && leave.sees.programmes.contains(&part.programme)
    });
    all.dedup_by_key(|part| part.programme);
    Ok(all)
}

fn checked(new: &NewConcern, today: Date) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let (noticed, remedy) = (tidy(&new.noticed), tidy(&new.remedy));
    if noticed.is_empty() {
        wrong.push(FieldError::new("noticed", "Write what was missed or left without an answer, and when"));
    }
    if remedy.is_empty() {
        wrong.push(FieldError::new("remedy", "Write what would put it right"));
    }
    too_long(&mut wrong, "noticed", &noticed);
    too_long(&mut wrong, "remedy", &remedy);
    if new.by_when.is_none_or(|day| day <= today) {
        wrong.push(FieldError::new("by_when", "Enter a day after today, with time to do it"));
    }
    wrong
}

/// An adviser takes an adviser's steps; a lead takes any, as a school may have no
/// adviser.
fn may_take(step: &Planned, leave: &MayRaise) -> Result<()> {
    match (step.by, leave.grant.role) {
        (By::ProgrammeLead, Some(Role::Adviser)) => Err(Error::field("next", "The programme lead takes this step")),
        _ => Ok(()),
    }
}

fn drafted(world: &World, leave: &MayRaise, concern: i64, number: i64, planned: &Planned, words: String) -> Step {
    Step {
        id: world.id(),
        concern,
        number,
        name: planned.name.clone(),
        what: planned.what.clone(),
        by: planned.by,
        days: planned.days,
        words,
        person: leave.grant.by.person,
        written_by: leave.grant.by.name.clone(),
        role: leave.grant.by.role.to_owned(),
        written_at: world.now(),
        shown_at: None,
        alone_until: None,
        next_from: None,
        answer: String::new(),
        answered_at: None,
        answered_by: String::new(),
        revision: 1,
    }
}

/// Changes one's own draft: of the first step the concern itself, of a later one
/// its words.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may
/// not, and for what the school was shown: that stands.
pub async fn change(world: &World, who: &Who, organisation: i64, id: i64, new: NewConcern, words: &str) -> Result<()> {
    let (today, mut tx) = (world.clock.today(), world.db.begin().await?);
    let leave = access::go_on(&mut tx, who, organisation, id, today).await?;
    let draft = own_draft(&leave)?;
    let words = tidy(words);
    let wrong = if draft.number == 1 { checked(&new, today) } else { said(&words) };
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let old = &leave.concern;
    let one = match (draft.number, new.by_when) {
        (1, Some(by_when)) => {
            Concern { noticed: tidy(&new.noticed), remedy: tidy(&new.remedy), by_when, ..old.clone() }
        }
        _ => old.clone(),
    };
    let one = Concern { revision: old.revision + 1, ..one };
    let words = if draft.number == 1 { String::new() } else { words };
    let step = Step { words, written_at: world.now(), revision: draft.revision + 1, ..draft.clone() };
    write(&mut tx, &leave, &one, Some(&step)).await?;
    let entry = Entry::of("draft a concern", "concern", id).after(json!({"revision": one.revision}));
    audit::record(world, &mut tx, &leave.leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn said(words: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Write what has happened since, and what you offer now"));
    }
    too_long(&mut wrong, "words", words);
    wrong
}

/// Shows one's own draft to the school, which reads it before anyone else: its
/// head and deputies get a letter that says only that there is something to read.
/// The last day on which the school alone reads it.
///
/// # Errors
/// [`Error::Invalid`] where nobody leads the school, so that nobody could read it
/// first; [`Error::NotFound`] for whoever may not, and for what is no draft of theirs.
pub async fn show(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Date> {
    let (today, mut tx) = (world.clock.today(), world.db.begin().await?);
    let leave = access::go_on(&mut tx, who, organisation, id, today).await?;
    let draft = own_draft(&leave)?;
    let programme = leave.concern.programme.ok_or(Error::NotFound)?;
    if going(&mut tx, &leave.leave, today).await?.iter().all(|part| part.programme != programme) {
        return Err(Error::field("show", "The school takes a break: nothing is asked of it until it goes on"));
    }
    let calendar = plan::calendar(world, &mut tx, organisation).await?;
    let until = school_days_after(&calendar, today, list::of(&mut tx, programme).await?.alone_days);
    let step = Step {
        shown_at: Some(world.now()),
        alone_until: Some(until),
        next_from: Some(school_days_after(&calendar, today, draft.days)),
        revision: draft.revision + 1,
        ..draft.clone()
    };
    let one = Concern { revision: leave.concern.revision + 1, ..leave.concern.clone() };
    write(&mut tx, &leave, &one, Some(&step)).await?;
    let school = &leave.leave.school;
    let leaders = leaders(&mut tx, organisation, today).await?;
    if leaders.is_empty() {
        return Err(Error::field("show", "Nobody leads the school here now, so nobody could read it first"));
    }
    let link = world.link(&format!("/organisations/{organisation}/concerns/{id}"));
    let by = &leave.leave.grant.by;
    let letter = Letter::ReadFirst { school: school.name.clone(), by: by.name.clone(), link, until };
    for to in leaders {
        mail::send(world, &mut tx, &to, &letter).await?;
    }
    let after = json!({"revision": one.revision, "step": step.name, "words": step.words, "noticed": one.noticed,
        "remedy": one.remedy, "by_when": one.by_when, "alone_until": until});
    let entry = Entry::of("show a concern", "concern", id).within(organisation).after(after);
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(until)
}

/// The addresses of those who lead a school today.
async fn leaders(tx: &mut Tx, organisation: i64, today: Date) -> Result<Vec<String>> {
    let all = role::everybody(tx, organisation).await?;
    let leads = |held: &role::RoleHeld| matches!(held.role, Role::Head | Role::Deputy) && held.on(today);
    Ok(all.into_iter().filter(|one| one.roles.iter().any(leads)).map(|one| one.email).collect())
}

/// Begins the next step of the list, as a draft: one at a time, not before the
/// days of the last have passed, and only when the programme may read it.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may not.
pub async fn next(world: &World, who: &Who, organisation: i64, id: i64, words: &str) -> Result<()> {
    let (today, mut tx) = (world.clock.today(), world.db.begin().await?);
    let leave = access::go_on(&mut tx, who, organisation, id, today).await?;
    let Some(last) = leave.steps.last().filter(|_| leave.concern.closed_at.is_none()) else {
        return Err(Error::field("next", "This concern is closed"));
    };
    let others = store::steps(&mut tx, organisation).await?;
    if others.iter().any(|step| step.concern == id && step.number > last.number) {
        return Err(Error::field("next", "Somebody else is taking the next step"));
    }
    if last.shown_at.is_none() {
        return Err(Error::field("next", "Show this step to the school first"));
    }
    if let Some(from) = last.next_from.filter(|from| today < *from) {
        let words = format!("The school has time until then: the next step may be taken from {}", long_date(from));
        return Err(Error::field("next", words));
    }
    if !last.is_open(&leave.concern, today) {
        let until = last.alone_until.map(long_date).unwrap_or_default();
        let words = format!("The school alone reads this step until {until}, unless it answers before");
        return Err(Error::field("next", words));
    }
    let programme = leave.concern.programme.ok_or(Error::NotFound)?;
    let list = list::of(&mut tx, programme).await?;
    let planned = usize::try_from(last.number).ok().and_then(|at| list.steps.get(at));
    let planned = planned.ok_or_else(|| Error::field("next", "The list has no step after this one"))?;
    may_take(planned, &leave.leave)?;
    let words = tidy(words);
    let wrong = said(&words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let one = Concern { revision: leave.concern.revision + 1, ..leave.concern.clone() };
    write(&mut tx, &leave, &one, None).await?;
    let step = drafted(world, &leave.leave, id, last.number + 1, planned, words);
    store::insert_step(&mut tx, &leave.leave, &step).await?;
    let entry = Entry::of("draft a concern", "concern", id).after(json!({"revision": one.revision}));
    audit::record(world, &mut tx, &leave.leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts one's own draft away, and the concern with it where it is the first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and for what is no draft of theirs.
pub async fn discard(world: &World, who: &Who, organisation: i64, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::go_on(&mut tx, who, organisation, id, world.clock.today()).await?;
    own_draft(&leave)?;
    store::drop_drafts(&mut tx, &leave).await?;
    let entry = Entry::of("put a draft away", "concern", id);
    audit::record(world, &mut tx, &leave.leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn own_draft(leave: &MayGoOn) -> Result<&Step> {
    let draft = leave.steps.last().filter(|step| step.shown_at.is_none() && leave.concern.closed_at.is_none());
    draft.ok_or(Error::NotFound)
}

/// Writes a concern's next version, which nobody else does meanwhile, and a step's.
async fn write(tx: &mut Tx, leave: &MayGoOn, one: &Concern, step: Option<&Step>) -> Result<()> {
    let mut done = store::update(tx, leave, one).await?;
    if let (true, Some(step)) = (done, step) {
        done = store::update_step(tx, MayWrite::Programme(leave), step).await?;
    }
    if done { Ok(()) } else { Err(Error::Changed) }
}
