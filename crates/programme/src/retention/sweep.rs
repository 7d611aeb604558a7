//! Erasing what is due.

use super::periods::{KeptKind, Period, periods};
use crate::{
    World,
    audit::{self, Entry},
    concern, diagnosis, draft,
    error::Result,
    plan, release, review, self_view,
    who::Actor,
};
use ::store::Tx;
use jiff::{SignedDuration, Span};
use kernel::{Date, Timestamp};
use serde_json::json;

/// What a rule erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// The rule.
    pub rule: &'static str,
    /// How many things.
    pub things: u64,
}

/// Erases what is due today by every period, each in a transaction of its own
/// with its row in the audit; what was erased, rule by rule. Doing it twice
/// erases nothing more.
///
/// # Errors
/// The database; rules before the one that failed have done their work.
pub async fn sweep(world: &World) -> Result<Vec<Swept>> {
    let mut all = Vec::new();
    for period in periods() {
        let Some(days) = period.days else { continue };
        let due = Due {
            before: world.now() - SignedDuration::from_hours(24 * i64::from(days)),
            day: world.clock.today().saturating_sub(Span::new().days(i64::from(days))),
        };
        let mut tx = world.db.begin().await?;
        let things = one(world, &mut tx, period, due).await?;
        tx.commit().await?;
        all.push(Swept { rule: &period.id, things });
    }
    Ok(all)
}

/// What lies before is due: as a moment and as a day.
#[derive(Clone, Copy)]
struct Due {
    before: Timestamp,
    day: Date,
}

async fn one(world: &World, tx: &mut Tx, period: &Period, due: Due) -> Result<u64> {
    let rule = period.id.as_str();
    match period.kind {
        KeptKind::Draft => {
            let rows = draft::drop_before(tx, due.before).await?;
            counted(world, tx, rule, "erase drafts", "draft", rows).await
        }
        KeptKind::SignIn => {
            let rows = audit::forget_sign_ins(tx, due.before).await?;
            counted(world, tx, rule, "erase sign-ins", "audit", rows).await
        }
        KeptKind::Look => {
            let all = release::drop_looks(tx, due.before).await?;
            by_school(world, tx, rule, ("erase looks", "look"), all).await
        }
        KeptKind::Release => {
            let all = release::drop_ended(tx, due.before, due.day).await?;
            by_school(world, tx, rule, ("erase releases", "item_release"), all).await
        }
        KeptKind::SelfView => {
            let schools = self_view::of_those_who_left(tx, due.day, due.before).await?;
            for school in &schools {
                self_view::erase_due(world, tx, clockwork(), *school, rule).await?;
            }
            Ok(schools.len() as u64)
        }
        KeptKind::Diagnosis => {
            let all = diagnosis::of_those_who_left(tx, due.day, due.before).await?;
            for one in &all {
                // A plan that grew from it outlives it, and says so no more.
                plan::untie(tx, one.1).await?;
                diagnosis::erase_due(world, tx, clockwork(), *one, rule).await?;
            }
            Ok(all.len() as u64)
        }
        KeptKind::Plan => {
            let schools = plan::of_those_who_left(tx, due.day, due.before).await?;
            for school in &schools {
                review::erase_due(world, tx, clockwork(), *school, rule).await?;
                plan::erase_due(world, tx, clockwork(), *school, rule).await?;
            }
            Ok(schools.len() as u64)
        }
        KeptKind::Concern => concern::erase_due(world, tx, clockwork(), due.before, rule).await,
        KeptKind::Audit => Ok(0),
    }
}

/// By the clock, nobody having asked for it.
fn clockwork() -> Actor {
    Actor { person: None, name: "Aspire".to_owned(), role: "schedule" }
}

async fn counted(world: &World, tx: &mut Tx, rule: &str, what: &str, noun: &str, rows: u64) -> Result<u64> {
    if rows > 0 {
        let why = format!("erased under rule {rule}");
        let entry = Entry::of(what, noun, rule).after(json!({"rows": rows})).why(&why);
        audit::record(world, tx, &clockwork(), entry).await?;
    }
    Ok(rows)
}

async fn by_school(
    world: &World,
    tx: &mut Tx,
    rule: &str,
    (what, noun): (&str, &str),
    all: Vec<(i64, i64)>,
) -> Result<u64> {
    let why = format!("erased under rule {rule}");
    let mut things = 0;
    for (school, rows) in all {
        let entry = Entry::of(what, noun, rule).within(school).after(json!({"rows": rows})).why(&why);
        audit::record(world, tx, &clockwork(), entry).await?;
        things += u64::try_from(rows).unwrap_or_default();
    }
    Ok(things)
}
