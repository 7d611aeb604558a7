//! Limits on what can be tried, counted in the database, so that they hold on
//! all nodes together.

use super::{model::sha256, store::rates};
use crate::{World, error::Result};
use ::store::Tx;
use jiff::SignedDuration;
use kernel::Timestamp;

/// How often something may be tried within a window of time that begins on the
/// round minute.
pub(crate) struct Limit {
    /// What is tried; stored, it never changes.
    pub(crate) what: &'static str,
    /// How often.
    pub(crate) most: i64,
    /// The window's minutes.
    pub(crate) minutes: i64,
}

/// Passwords for one address.
pub(super) const PASSWORDS: Limit = Limit { what: "password", most: 10, minutes: 15 };

/// Wrong passwords from one network address, behind which a whole school may sit.
pub(super) const FROM_ONE_PLACE: Limit = Limit { what: "from one place", most: 200, minutes: 15 };

/// Second factors of one person.
pub(super) const CODES: Limit = Limit { what: "code", most: 10, minutes: 15 };

/// Letters with a link for a new password to one address.
pub(super) const LINKS: Limit = Limit { what: "password link", most: 3, minutes: 60 };

/// Invitations by one person.
pub(crate) const INVITATIONS: Limit = Limit { what: "invitation", most: 300, minutes: 24 * 60 };

/// What asking leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It may be tried, and is counted.
    Go,
    /// It was tried too often; how many minutes it is until it may be tried again.
    Wait(i64),
}

/// Counts one more try of a subject; whether it may go on.
pub(crate) async fn ask(world: &World, tx: &mut Tx, limit: &Limit, subject: &str) -> Result<Asked> {
    let now = world.now();
    let begins = begins(now, limit.minutes);
    let taken = rates::take(tx, limit.what, &sha256(subject), begins).await?;
    Ok(if taken > limit.most {
        tracing::warn!(what = limit.what, "a limit was reached");
        let ends = begins + SignedDuration::from_mins(limit.minutes);
        Asked::Wait((ends.duration_since(now).as_secs() + 59) / 60)
    } else {
        Asked::Go
    })
}

/// Takes back what was counted last, because it was right.
pub(super) async fn give_back(world: &World, tx: &mut Tx, limit: &Limit, subject: &str) -> Result<()> {
    Ok(rates::give_back(tx, limit.what, &sha256(subject), begins(world.now(), limit.minutes)).await?)
}

/// Forgets what was tried, because it was right at last.
pub(super) async fn forget(tx: &mut Tx, limit: &Limit, subject: &str) -> Result<()> {
    Ok(rates::forget(tx, limit.what, &sha256(subject)).await?)
}

/// Forgets windows that ended long ago.
pub(super) async fn forget_old(world: &World, tx: &mut Tx) -> Result<u64> {
    Ok(rates::forget_old(tx, world.now() - SignedDuration::from_hours(48)).await?)
}

/// The first moment of the window that holds a moment.
fn begins(now: Timestamp, minutes: i64) -> Timestamp {
    let window = minutes * 60;
    Timestamp::from_second(now.as_second().div_euclid(window) * window).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_on_the_round_minute() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(begins(at("2026-11-24T09:14:59.5Z"), 15), at("2026-11-24T09:00:00Z"));
        assert_eq!(begins(at("2026-11-24T09:15:00Z"), 15), at("2026-11-24T09:15:00Z"));
        assert_eq!(begins(at("2026-11-24T09:15:00Z"), 24 * 60), at("2026-11-24T00:00:00Z"));
    }
}
