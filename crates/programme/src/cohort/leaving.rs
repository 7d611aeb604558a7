//! A school takes a break, goes on, leaves, has completed.

use super::{
    access::{self, MayNote},
    actions::checked_reason,
    model::{Status, StatusRow, TakesPart},
    store,
};
use crate::{
    Who, World, adviser,
    audit::{self, Entry},
    concern,
    error::{Error, FieldError, Result},
    organisation, release, rights,
    who::Role,
};
use ::store::{Conn, Tx};
use kernel::Date;
use serde_json::json;

/// How a participation is to stand.
pub(super) struct Mark {
    pub(super) participation: i64,
    pub(super) school: Option<i64>,
    pub(super) programme: i64,
    pub(super) status: Status,
    pub(super) since: Date,
}

/// Notes how a participation stands. Where it is over, its adviser's
/// accompaniment is, too, and so are concerns.
pub(super) async fn mark_within(world: &World, tx: &mut Tx, leave: &MayNote, mark: Mark, reason: &str) -> Result<()> {
    let reason = reason.trim();
    let row = StatusRow {
        id: world.id(),
        status: mark.status,
        since: mark.since,
        reason: reason.to_owned(),
        recorded_at: world.now(),
    };
    store::insert_status(tx, leave, mark.participation, &row).await?;
    let after = json!({"status": mark.status, "since": mark.since});
    let entry = Entry::of("set a participation’s status", "participation", mark.participation).after(after).why(reason);
    audit::record(world, tx, &leave.0, Entry { organisation: mark.school, ..entry }).await?;
    if let (Status::Left | Status::Completed, Some(school)) = (mark.status, mark.school) {
        adviser::ended_with(world, tx, &leave.0, mark.programme, school, mark.since).await?;
        let why = match mark.status {
            Status::Left => "The school leaves the programme",
            _ => "The school has completed the programme",
        };
        concern::ended_with(world, tx, &leave.0, (mark.programme, school), why).await?;
    }
    Ok(())
}

/// What a head decides about their school's participation.
#[derive(Debug, Clone, Default)]
pub struct HeadSays {
    /// Which participation.
    pub participation: i64,
    /// Paused, joined again after a break, or left.
    pub status: Option<Status>,
    /// From which day.
    pub since: Option<Date>,
    /// Why.
    pub reason: String,
    /// Withdraw all that the school released to anybody, on leaving.
    pub withdraw_releases: bool,
}

/// A head pauses their school's participation, goes on with it, or leaves.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn head_says(world: &World, who: &Who, school: i64, says: HeadSays) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::leave(&mut tx, who, school).await?;
    let all = store::of_organisation(&mut tx, school).await?;
    let part = all.into_iter().find(|part| part.participation == says.participation).ok_or(Error::NotFound)?;
    let today = world.clock.today();
    let mut wrong = Vec::new();
    let offered = choices(&part, today);
    let status = says.status.filter(|status| offered.contains(status));
    if status.is_none() {
        wrong.push(FieldError::new("status", "Choose what your school wants to do"));
    }
    match says.since {
        None => wrong.push(FieldError::new("since", "Enter the day from which this holds")),
        Some(day) if day < part.joined => {
            wrong.push(FieldError::new("since", "Enter a day on or after the day on which your school joined"));
        }
        Some(_) => {}
    }
    checked_reason(&says.reason, &mut wrong);
    let (Some(status), Some(since), true) = (status, says.since, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let mark =
        Mark { participation: part.participation, school: Some(school), programme: part.programme, status, since };
    mark_within(world, &mut tx, &leave, mark, &says.reason).await?;
    if status == Status::Left && says.withdraw_releases {
        release::withdrawn_all(world, &mut tx, &leave.0, school, Some(says.reason.trim())).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What a head may do about a participation as it stands.
#[must_use]
pub fn choices(part: &TakesPart, today: Date) -> &'static [Status] {
    match part.on(today).map(|row| row.status) {
        _ if part.has_left() => &[],
        Some(Status::Completed | Status::Left) => &[],
        Some(Status::Paused) => &[Status::Joined, Status::Left],
        _ => &[Status::Paused, Status::Left],
    }
}

/// What a school takes part in, or took part in. Somebody who belongs to one
/// programme only sees that one.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not know the school, or the database.
pub async fn of_school(world: &World, who: &Who, school: i64) -> Result<Vec<TakesPart>> {
    let mut conn = world.db.read().await?;
    let grant = organisation::SEE.over(&mut conn, who, school).await?;
    let all = store::of_organisation(&mut conn, school).await?;
    Ok(all.into_iter().filter(|part| concerns(who, &grant, part)).collect())
}

fn concerns(who: &Who, grant: &rights::Grant, part: &TakesPart) -> bool {
    match grant.role {
        Some(Role::ProgrammeLead | Role::Adviser | Role::Evaluator) => {
            who.caller().is_some_and(|caller| caller.roles.iter().any(|held| held.organisation == part.programme))
        }
        _ => true,
    }
}

/// As [`of_school`], for another noun that decides itself who may know.
pub(crate) async fn parts_of(conn: &mut Conn, school: i64) -> Result<Vec<TakesPart>> {
    store::of_organisation(conn, school).await
}
