//! When a school is open: the calendar of its authority, with the school's own
//! dates laid over it. Due dates fall on school days.

use super::{access, store};
use crate::{
    Who, World,
    audit::{self, Entry},
    calendar::calendar_for,
    error::{Error, Result},
    organisation::{self, Organisation},
};
use ::store::Conn;
use kernel::{
    Date, Urn,
    calendar::{Calendar, Days, OwnDates, Term},
};
use serde_json::json;
use std::collections::HashMap;

/// The calendar that a school keeps.
pub(crate) async fn calendar(world: &World, conn: &mut Conn, organisation: i64) -> Result<Calendar> {
    let school = organisation::find(conn, organisation).await?;
    let shared = shared(world, school.urn).await?;
    let (own, _) = store::dates(conn, organisation).await?;
    Ok(with(shared, &own))
}

/// The calendar of the authority of the school with this number.
async fn shared(world: &World, urn: Option<Urn>) -> Result<&'static Calendar> {
    let authority = match urn {
        Some(urn) => world
            .record()
            .await?
            .school(urn)
            .and_then(|found| found.laestab)
            .map(|code| format!("{:03}", code.get() / 10_000)),
        None => None,
    };
    calendar_for(authority.as_deref())
        .ok_or_else(|| Error::Unexpected("there is no calendar, not even the typical one".to_owned()))
}

/// The term in which a day lies for each school of a programme; schools for
/// which it lies in no term are not among them.
pub(crate) async fn terms_on(world: &World, conn: &mut Conn, programme: i64, day: Date) -> Result<HashMap<i64, Term>> {
    let mut all = HashMap::new();
    for (school, urn, own) in store::own_dates(conn, programme).await? {
        let shared = shared(world, urn).await?;
        let term = match own {
            Some(own) => with(shared, &own).term_on(day),
            None => shared.term_on(day),
        };
        if let Some(term) = term {
            all.insert(school, term);
        }
    }
    Ok(all)
}

/// A shared calendar may have changed since the school laid its dates over it;
/// dates that no longer fit are left out rather than the plan be unreadable.
fn with(shared: &Calendar, own: &OwnDates) -> Calendar {
    shared.with(own, "your dates").unwrap_or_else(|error| {
        tracing::warn!("a school’s dates do not fit its calendar: {error}");
        shared.clone()
    })
}

/// A due date that somebody typed, as the plan keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The school day.
    pub on: Date,
    /// What was typed, where it was none.
    pub moved_from: Option<Date>,
}

/// The school day on which something is due that somebody set for `day`. Beyond
/// what the calendar knows, the day stays as it was set.
#[must_use]
pub fn due(calendar: &Calendar, day: Date) -> Due {
    let known = calendar.years().any(|year| year == kernel::AcademicYear::of(day));
    let on = if known { calendar.school_day_from(day).unwrap_or(day) } else { day };
    Due { on, moved_from: (on != day).then_some(day) }
}

/// What a school does otherwise than its calendar.
#[derive(Debug, Clone)]
pub struct Dates {
    /// The school.
    pub school: Organisation,
    /// Its calendar, with its own dates.
    pub calendar: Calendar,
    /// Its own dates.
    pub own: OwnDates,
}

/// When a school is open, for its leaders.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn dates(world: &World, who: &Who, organisation: i64) -> Result<Dates> {
    let mut conn = world.db.read().await?;
    let leave = access::choose(&mut conn, who, organisation).await?;
    let (own, _) = store::dates(&mut conn, organisation).await?;
    Ok(Dates { school: leave.0, calendar: calendar(world, &mut conn, organisation).await?, own })
}

/// A change of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnDay {
    /// Staff are in, children are not.
    Inset,
    /// The school is closed.
    Closed,
    /// It is open although the calendar says otherwise.
    Open,
    /// As the calendar says.
    Usual,
}

impl OwnDay {
    /// The one with this name in forms.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "inset" => Self::Inset,
            "closed" => Self::Closed,
            "open" => Self::Open,
            "usual" => Self::Usual,
            _ => return None,
        })
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Inset => "inset",
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Usual => "usual",
        }
    }
}

/// Says how a school keeps a day.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may not.
pub async fn set_day(
    world: &World,
    who: &Who,
    organisation: i64,
    day: Option<Date>,
    how: Option<OwnDay>,
    why: &str,
) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    store::hold(&mut tx, &leave).await?;
    let day = day.ok_or_else(|| Error::field("day", "Enter a day"))?;
    let how = how.ok_or_else(|| Error::field("how", "Choose how you keep it"))?;
    let why = why.trim().to_owned();
    if why.is_empty() && matches!(how, OwnDay::Inset | OwnDay::Closed) {
        return Err(Error::field("why", "Say what it is for"));
    }
    if why.chars().count() > 100 {
        return Err(Error::field("why", "Say it in at most 100 characters"));
    }
    let (mut own, revision) = store::dates(&mut tx, organisation).await?;
    own.inset.retain(|(one, _)| *one != day);
    own.closed.retain(|(days, _)| !days.holds(day));
    own.open.retain(|one| *one != day);
    match how {
        OwnDay::Inset => own.inset.push((day, why.clone())),
        OwnDay::Closed => own.closed.push((Days { first: day, last: day }, why.clone())),
        OwnDay::Open => own.open.push(day),
        OwnDay::Usual => {}
    }
    own.inset.sort();
    own.closed.sort_by_key(|(days, _)| days.first);
    own.open.sort();
    let before = calendar(world, &mut tx, organisation).await?;
    if let Some(shared) = calendar_for(before.authority.as_deref()) {
        shared.with(&own, "your dates").map_err(|bad| {
            Error::field(
                "day",
                format!("{} does not fit: {} was expected", kernel::words::long_date(day), bad.expected),
            )
        })?;
    }
    store::put_dates(&mut tx, &leave, &own, revision + 1, world.now()).await?;
    let after = json!({"day": day, "how": how.key(), "why": why});
    let entry = Entry::of("set a day", "school_dates", organisation).within(organisation).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_due_date_is_moved_to_a_school_day_and_says_so() {
        let calendar = calendar_for(None).unwrap();
        let saturday = date(2026, 11, 28);
        assert_eq!(due(calendar, saturday), Due { on: date(2026, 11, 30), moved_from: Some(saturday) });
        let monday = date(2026, 11, 30);
        assert_eq!(due(calendar, monday), Due { on: monday, moved_from: None });
        let far = date(2099, 5, 2);
        assert_eq!(due(calendar, far), Due { on: far, moved_from: None }, "nobody knows yet");
        let own = OwnDates { inset: vec![(monday, "Phonics".to_owned())], ..OwnDates::default() };
        assert_eq!(due(&with(calendar, &own), saturday).on, date(2026, 12, 1));
    }
}
