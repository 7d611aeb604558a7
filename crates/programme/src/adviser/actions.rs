//! What one can do with advisers' schools.

use super::{access, model::Assignment, store};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, Which},
    error::{Error, FieldError, Result},
    organisation, role,
    who::{Actor, Role},
};
use ::store::{Conn, Tx};
use kernel::Date;
use serde_json::json;

/// An adviser to accompany a school.
#[derive(Debug, Clone, Default)]
pub struct NewAssignment {
    /// The adviser.
    pub person: Option<i64>,
    /// From which day.
    pub since: Option<Date>,
    /// Whether they or their employer have a tie with the school: asked each
    /// time, so never taken for granted.
    pub tie: Option<bool>,
    /// What tie that is.
    pub conflict: String,
}

/// An adviser accompanies a school of the programme from a day on.
///
/// Only a school that takes part gets one, since an adviser may look at the
/// schools they accompany.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`].
pub async fn assign(world: &World, who: &Who, programme: i64, school: i64, new: NewAssignment) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::assign(&mut tx, who, programme).await?;
    let today = world.clock.today();
    let parts = cohort::parts_of(&mut tx, school).await?;
    if !parts.iter().any(|part| part.programme == programme && part.goes_on(today)) {
        return Err(Error::NotFound);
    }
    let advisers = role::everybody(&mut tx, programme).await?;
    let chosen = new.person.and_then(|person| {
        let is_one = |member: &&role::Member| {
            member.person == person
                && member.roles.iter().any(|held| held.role == Role::Adviser && held.until.is_none())
        };
        advisers.iter().find(is_one)
    });
    let mut wrong = Vec::new();
    if chosen.is_none() {
        wrong.push(FieldError::new("person", "Choose one of the programme’s advisers"));
    }
    if new.since.is_none() {
        wrong.push(FieldError::new("since", "Enter the day from which they accompany the school"));
    }
    let conflict = new.conflict.trim();
    match new.tie {
        None => wrong.push(FieldError::new("tie", "Say whether they or their employer have a tie with this school")),
        Some(true) if conflict.is_empty() => wrong.push(FieldError::new("conflict", "Say what the tie is")),
        Some(_) => {}
    }
    if conflict.chars().count() > 500 {
        wrong.push(FieldError::new("conflict", "Say what the tie is in at most 500 characters"));
    }
    let now = store::of_programme(&mut tx, programme, Which::All).await?;
    let same = |one: &&Assignment| one.school == school && Some(one.person) == new.person && one.until.is_none();
    if now.iter().any(|one| same(&one)) {
        wrong.push(FieldError::new("person", "They accompany this school already"));
    }
    let (Some(chosen), Some(since), true) = (chosen, new.since, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let assignment = Assignment {
        id: world.id(),
        programme,
        school,
        school_name: organisation::find(&mut tx, school).await?.name,
        person: chosen.person,
        name: chosen.name.clone(),
        since,
        until: None,
        why: None,
        conflict: (new.tie == Some(true)).then(|| conflict.to_owned()),
    };
    store::insert(&mut tx, &leave, &assignment, world.now()).await?;
    let after = json!({"adviser": assignment.name, "since": since, "conflict": assignment.conflict});
    let entry = Entry::of("assign an adviser", "adviser_assignment", assignment.id).within(school).after(after);
    audit::record(world, &mut tx, &leave.0, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// An adviser no longer accompanies a school, from a day on.
///
/// # Errors
/// [`Error::Invalid`] for a day before the first; [`Error::NotFound`].
pub async fn end(
    world: &World,
    who: &Who,
    programme: i64,
    assignment: i64,
    until: Option<Date>,
    why: &str,
) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::assign(&mut tx, who, programme).await?;
    let all = store::of_programme(&mut tx, programme, Which::All).await?;
    let one = all.iter().find(|one| one.id == assignment && one.until.is_none()).ok_or(Error::NotFound)?;
    let until = match until {
        Some(until) if until >= one.since => until,
        Some(_) => return Err(Error::field("until", "Enter a day on or after the day on which it began")),
        None => return Err(Error::field("until", "Enter the first day without this adviser")),
    };
    if why.chars().count() > 500 {
        return Err(Error::field("why", "Give the reason in at most 500 characters"));
    }
    stop(world, &mut tx, &leave, one, until, why.trim()).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends accompaniments with the participation that they were for, within its transaction.
pub(crate) async fn ended_with(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    programme: i64,
    school: i64,
    until: Date,
) -> Result<()> {
    let leave = access::with_participation(by);
    for one in store::of_programme(tx, programme, Which::All).await? {
        if one.school == school && one.until.is_none() {
            stop(world, tx, &leave, &one, until.max(one.since), "the school no longer takes part").await?;
        }
    }
    Ok(())
}

/// Ends what an adviser accompanies with their role in the programme, within its transaction.
pub(crate) async fn ended_with_role(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    programme: i64,
    person: i64,
    until: Date,
) -> Result<()> {
    let leave = access::with_participation(by);
    for one in store::of_programme(tx, programme, Which::All).await? {
        if one.person == person && one.until.is_none() {
            stop(world, tx, &leave, &one, until.max(one.since), "their role as adviser ended").await?;
        }
    }
    Ok(())
}

async fn stop(
    world: &World,
    tx: &mut Tx,
    leave: &access::MayAssign,
    one: &Assignment,
    until: Date,
    why: &str,
) -> Result<()> {
    let reason = Some(why).filter(|why| !why.is_empty());
    if !store::end(tx, leave, one.id, until, reason).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("end an adviser’s accompaniment", "adviser_assignment", one.id)
        .within(one.school)
        .before(json!({"adviser": one.name, "since": one.since}))
        .after(json!({"until": until}));
    let entry = Entry { why: reason, ..entry };
    Ok(audit::record(world, tx, &leave.0, entry).await?)
}

/// Who accompanies a school and who did.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn of_school(world: &World, who: &Who, school: i64) -> Result<Vec<Assignment>> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, school).await?;
    store::of_school(&mut conn, &leave).await
}

/// The schools that somebody accompanies today, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no adviser, or the database.
pub async fn own(world: &World, who: &Who) -> Result<Vec<Assignment>> {
    let leave = access::own(who)?;
    let today = world.clock.today();
    let mut conn = world.db.read().await?;
    let all = store::of_person(&mut conn, &leave).await?;
    Ok(all.into_iter().filter(|one| one.on(today)).collect())
}

/// All of a programme, for another noun that decides itself who may know.
pub(crate) async fn of_programme(conn: &mut Conn, programme: i64, which: Which) -> Result<Vec<Assignment>> {
    store::of_programme(conn, programme, which).await
}
