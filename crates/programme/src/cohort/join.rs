//! A school joins a cohort: how it stood is taken from the public record once,
//! and frozen.

use super::{
    access::{self, MayNote},
    actions::{good_rule, need_rule_of},
    baseline::baseline_of,
    model::{Cohort, Participation, Status, StatusRow},
    store,
};
use crate::{
    World,
    audit::{self, Entry},
    error::{Error, Result},
    organisation::Organisation,
    who::Actor,
};
use ::store::Tx;
use kernel::Urn;
use register::public_record::PublicRecord;
use serde_json::json;

/// What stands beside a school that is in no register.
const NO_RECORD: &str = "It is in no register, so there is no public record of where it stood";

/// A school that joins.
#[derive(Debug, Clone, Default)]
pub struct NewParticipation {
    /// The name under which it joins; empty for the register's.
    pub named: String,
    /// Which school it is, where that is known.
    pub urn: Option<Urn>,
    /// Its organisation, where its head has joined it.
    pub organisation: Option<i64>,
    /// How sure it is that the URN is this school: certain, likely, ambiguous.
    pub certainty: String,
    /// A note on that.
    pub note: Option<String>,
}

/// Adds a school within a transaction; the participation.
pub(super) async fn join(
    world: &World,
    tx: &mut Tx,
    leave: &MayNote,
    record: &PublicRecord,
    cohort: &Cohort,
    new: NewParticipation,
) -> Result<i64> {
    let rules = (need_rule_of(cohort)?, good_rule(cohort)?);
    let named = if new.named.trim().is_empty() {
        let school = new.urn.and_then(|urn| record.school(urn)).ok_or(Error::NotFound)?;
        school.name.to_string()
    } else {
        new.named.trim().to_owned()
    };
    let frozen = baseline_of(record, new.urn, cohort.joins_on, rules, world.clock.today());
    let school = Participation {
        id: world.id(),
        organisation: new.organisation,
        urn: new.urn,
        named,
        certainty: new.certainty,
        note: new.note.filter(|note| !note.is_empty()),
        joined: cohort.joins_on,
        baseline: frozen.clone(),
        frozen,
        corrections: Vec::new(),
        statuses: Vec::new(),
    };
    store::insert_participation(tx, leave, cohort.id, &school).await?;
    mark_joined(world, tx, leave, cohort, school.id, "joined with its cohort").await?;
    let after = json!({"cohort": cohort.slug, "urn": school.urn, "named": school.named, "baseline": school.baseline});
    let entry = Entry::of("add a school to a cohort", "participation", school.id).after(after);
    let entry = Entry { organisation: school.organisation, ..entry };
    audit::record(world, tx, &leave.0, entry).await?;
    Ok(school.id)
}

async fn mark_joined(
    world: &World,
    tx: &mut Tx,
    leave: &MayNote,
    cohort: &Cohort,
    participation: i64,
    reason: &str,
) -> Result<()> {
    let since = if reason == BACK { world.clock.today() } else { cohort.joins_on };
    let row = StatusRow {
        id: world.id(),
        status: Status::Joined,
        since,
        reason: reason.to_owned(),
        recorded_at: world.now(),
    };
    Ok(store::insert_status(tx, leave, participation, &row).await?)
}

/// Why a school that had left takes part again.
const BACK: &str = "came back by a new invitation";

/// A school joins a cohort because its head accepted an invitation, within the
/// transaction in which that is noted; the participation.
///
/// One that was entered by hand before keeps its frozen baseline and becomes the
/// school's; one that had left comes back with the baseline it had.
///
/// # Errors
/// [`Error::Invalid`] where the school takes part already.
pub(crate) async fn joined(
    world: &World,
    tx: &mut Tx,
    by: &Actor,
    cohort: i64,
    school: &Organisation,
    record: &PublicRecord,
) -> Result<i64> {
    let leave = access::by_invitation(by);
    let cohort = store::cohort_by_id(tx, cohort).await?.ok_or(Error::NotFound)?;
    let known = store::participation_in(tx, cohort.id, school.id, school.urn).await?;
    let Some((participation, organisation)) = known else {
        let in_register = school.urn.is_some_and(|urn| record.school(urn).is_some());
        let new = NewParticipation {
            named: school.name.clone(),
            urn: school.urn,
            organisation: Some(school.id),
            certainty: "certain".to_owned(),
            note: (!in_register).then(|| NO_RECORD.to_owned()),
        };
        return join(world, tx, &leave, record, &cohort, new).await;
    };
    let left = store::latest_mark(tx, participation).await? == Some(Status::Left);
    if organisation.is_some() && !left {
        return Err(Error::field("accept", format!("{} is in this cohort already", school.name)));
    }
    store::adopt(tx, &leave, participation, school.id).await?;
    if left {
        mark_joined(world, tx, &leave, &cohort, participation, BACK).await?;
    }
    let entry = Entry::of("join a cohort", "participation", participation)
        .within(school.id)
        .after(json!({"cohort": cohort.slug, "school": school.name}));
    audit::record(world, tx, &leave.0, entry).await?;
    Ok(participation)
}
