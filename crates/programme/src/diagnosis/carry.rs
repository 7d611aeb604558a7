//! Whole diagnoses: taken along with their school, brought from elsewhere, and
//! erased when their time is over.
//!
//! Who takes a school's record along must not learn from it what nobody is told:
//! views that are still given alone stay behind, so do those of fewer than three,
//! and without names a view goes without its person and in an order that says
//! nothing.

use super::{
    access,
    model::{Diagnosis, Names, Participant, State, View},
    record::Meeting,
    spread::FEWEST,
    store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::Result,
    who::Actor,
};
use ::store::{Conn, Tx};
use kernel::{Date, Timestamp};
use serde_json::json;

/// A diagnosis with all that may go along.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    /// The diagnosis.
    pub(crate) diagnosis: Diagnosis,
    /// Who takes part.
    pub(crate) participants: Vec<Participant>,
    /// Views that may go along, each with when it was given.
    pub(crate) views: Vec<(View, Timestamp)>,
    /// What the meeting wrote down.
    pub(crate) meeting: Meeting,
}

/// All diagnoses of a school with all that may go along, the first first.
pub(crate) async fn carried(conn: &mut Conn, organisation: i64) -> Result<Vec<Carried>> {
    let mut all = Vec::new();
    for diagnosis in store::of_school(conn, organisation).await?.into_iter().rev() {
        let participants = store::participants(conn, diagnosis.id).await?;
        let views = store::all_views(conn, diagnosis.id).await?;
        let meeting = store::meeting(conn, diagnosis.id).await?;
        let views = may_go(&diagnosis, &views);
        all.push(Carried { diagnosis, participants, views, meeting });
    }
    all.sort_by_key(|one| (one.diagnosis.opened_at, one.diagnosis.id));
    Ok(all)
}

fn may_go(diagnosis: &Diagnosis, views: &[(View, Timestamp)]) -> Vec<(View, Timestamp)> {
    let Some(open_since) = diagnosis.together_at.filter(|_| diagnosis.state != State::Alone) else {
        return Vec::new();
    };
    let mut going = Vec::new();
    for statement in diagnosis.statements() {
        let mut those: Vec<_> = views.iter().filter(|(view, _)| view.statement == statement.id).cloned().collect();
        if those.len() < FEWEST {
            continue;
        }
        if diagnosis.names == Names::Hidden {
            for (view, at) in &mut those {
                (view.person, *at) = (None, open_since);
            }
            those.sort_by(|(a, _), (b, _)| (a.answer, &a.because).cmp(&(b.answer, &b.because)));
        }
        going.extend(those);
    }
    going
}

/// A diagnosis that came with its school from another installation.
pub(crate) async fn took_over(world: &World, tx: &mut Tx, carried: &Carried) -> Result<()> {
    store::take_over(tx, &carried.diagnosis, &carried.participants, &carried.meeting).await?;
    let views: Vec<_> = carried.views.iter().map(|(view, at)| (world.id(), view.clone(), *at)).collect();
    Ok(store::take_over_views(tx, carried.diagnosis.id, &views).await?)
}

/// Diagnoses whose time is over: the school and the diagnosis.
pub(crate) async fn of_those_who_left(conn: &mut Conn, day: Date, before: Timestamp) -> Result<Vec<(i64, i64)>> {
    Ok(store::of_those_who_left(conn, day, before).await?)
}

/// Erases what is due by a rule of retention, within its transaction: that there
/// was a diagnosis stays known, what it said does not.
pub(crate) async fn erase_due(
    world: &World,
    tx: &mut Tx,
    by: Actor,
    (organisation, id): (i64, i64),
    rule: &str,
) -> Result<()> {
    store::empty(tx, &access::erase_due(), id).await?;
    audit::blank(tx, "diagnosis", id).await?;
    let why = format!("erased under rule {rule}");
    let entry = Entry::of("erase", "diagnosis", id).within(organisation);
    let entry = entry.after(json!({"erased": true, "rule": rule})).why(&why);
    Ok(audit::record(world, tx, by, entry).await?)
}
