//! Reading concerns: those about one school, one of them, those about all one's
//! schools.

use super::{
    access::{self, LIST, MaySee},
    actions::going,
    list::{self, List, Planned},
    model::{Concern, ReadBy, Step},
    store,
};
use crate::{
    Who, World,
    cohort::TakesPart,
    error::{Error, Result},
    organisation::Organisation,
};
use ::store::Conn;
use kernel::Date;

/// A concern as far as somebody reads it.
#[derive(Debug, Clone)]
pub struct Read {
    /// The concern.
    pub concern: Concern,
    /// Its steps, the first first.
    pub steps: Vec<Step>,
}

impl Read {
    /// The step that was taken last, as far as they read it.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// True where the school has not answered what it was shown last.
    #[must_use]
    pub fn waits_for_school(&self) -> bool {
        let shown = |step: &Step| step.shown_at.is_some() && step.answered_at.is_none();
        self.concern.closed_at.is_none() && self.steps.last().is_some_and(shown)
    }
}

/// The concerns about a school that somebody reads.
#[derive(Debug, Clone)]
pub struct OfSchool {
    /// The school.
    pub school: Organisation,
    /// They lead it.
    pub leads: bool,
    /// The concerns, in the order in which they were raised, the open ones first.
    pub all: Vec<Read>,
    /// The programmes in which the school takes part, each with its list: what is
    /// done and what comes after.
    pub lists: Vec<(String, List)>,
}

/// The concerns about a school that somebody reads, and the lists that hold for it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn of_school(world: &World, who: &Who, organisation: i64) -> Result<OfSchool> {
    let (today, mut conn) = (world.clock.today(), world.db.read().await?);
    let leave = access::see(&mut conn, who, organisation).await?;
    let all = readable(&mut conn, &leave, today).await?;
    let mut lists = Vec::new();
    let mut known = Vec::new();
    for part in crate::cohort::parts_of(&mut conn, organisation).await? {
        let theirs = leave.leads || leave.programmes.contains(&part.programme);
        if theirs && part.goes_on(today) && !known.contains(&part.programme) {
            lists.push((part.programme_name, list::of(&mut conn, part.programme).await?));
            known.push(part.programme);
        }
    }
    Ok(OfSchool { school: leave.school, leads: leave.leads, all, lists })
}

async fn readable(conn: &mut Conn, leave: &MaySee, today: Date) -> Result<Vec<Read>> {
    let steps = store::steps(conn, leave.school.id).await?;
    let mut all = Vec::new();
    for concern in store::concerns(conn, leave.school.id).await? {
        let of_it = steps.iter().filter(|step| step.concern == concern.id && leave.reads(&concern, step, today));
        let steps: Vec<Step> = of_it.cloned().collect();
        if !steps.is_empty() {
            all.push(Read { concern, steps });
        }
    }
    all.sort_by_key(|one| (one.concern.closed_at.is_some(), one.concern.id));
    Ok(all)
}

/// A concern with what may come next.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// They lead the school.
    pub leads: bool,
    /// The concern, as far as they read it.
    pub read: Read,
    /// Who has read which step, and when first.
    pub readings: Vec<ReadBy>,
    /// What the list has after the step that was taken last.
    pub after: Option<Planned>,
}

/// A concern. That it was read is noted for everybody who reads it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn read(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Reading> {
    let (today, mut tx) = (world.clock.today(), world.db.begin().await?);
    let leave = access::see(&mut tx, who, organisation).await?;
    let found = readable(&mut tx, &leave, today).await?.into_iter().find(|one| one.concern.id == id);
    let read = found.ok_or(Error::NotFound)?;
    let mut readings = store::readings(&mut tx, organisation).await?;
    readings.retain(|one| read.steps.iter().any(|step| step.id == one.step));
    if let Some(person) = leave.person {
        for step in read.steps.iter().filter(|step| step.shown_at.is_some() && step.person != Some(person)) {
            if readings.iter().any(|one| one.step == step.id && one.person == Some(person)) {
                continue;
            }
            let by = &leave.grant.by;
            let one = ReadBy {
                id: world.id(),
                step: step.id,
                person: by.person,
                name: by.name.clone(),
                role: by.role.to_owned(),
                at: world.now(),
            };
            store::insert_reading(&mut tx, &leave, &one).await?;
            readings.push(one);
        }
    }
    let after = match (read.concern.programme, read.last()) {
        (Some(programme), Some(last)) => {
            let list = list::of(&mut tx, programme).await?;
            usize::try_from(last.number).ok().and_then(|at| list.steps.get(at).cloned())
        }
        _ => None,
    };
    tx.commit().await?;
    Ok(Reading { school: leave.school, leads: leave.leads, read, readings, after })
}

/// In which of one's programmes a concern about a school could be raised today.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not raise one.
pub async fn raisable(world: &World, who: &Who, organisation: i64) -> Result<(Organisation, Vec<TakesPart>)> {
    let mut conn = world.db.read().await?;
    let leave = access::raise(&mut conn, who, organisation).await?;
    let parts = going(&mut conn, &leave, world.clock.today()).await?;
    Ok((leave.school, parts))
}

/// The concerns about all one's schools that somebody reads, by the school's name.
///
/// # Errors
/// [`Error::NotFound`] for whoever has none to read anywhere.
pub async fn mine(world: &World, who: &Who) -> Result<Vec<(Organisation, Vec<Read>)>> {
    LIST.somewhere(who)?;
    let (today, mut conn) = (world.clock.today(), world.db.read().await?);
    let mut schools = Vec::new();
    for programme in LIST.organisations(who) {
        schools.extend(store::schools(&mut conn, programme).await?);
    }
    schools.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    schools.dedup();
    let mut all = Vec::new();
    for (school, _) in schools {
        let leave = match access::see(&mut conn, who, school).await {
            Ok(leave) => leave,
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        };
        let read = readable(&mut conn, &leave, today).await?;
        if !read.is_empty() {
            all.push((leave.school, read));
        }
    }
    Ok(all)
}

/// What a school was shown and has not answered, the first first: the concern and
/// the last day on which the school alone reads it. For those who lead it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn to_answer(world: &World, who: &Who, organisation: i64) -> Result<Vec<(i64, Date)>> {
    let mut conn = world.db.read().await?;
    let leave = access::lead(&mut conn, who, organisation).await?;
    store::unanswered(&mut conn, &leave).await
}
