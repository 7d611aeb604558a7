//! What one can do with programmes, cohorts and participations.

use super::{
    access::{self, MayEdit},
    baseline::baseline_of,
    model::{Cohort, CohortView, Correction, Participation, Programme, Status, StatusRow},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    need_rule::{self, NeedRule},
};
use ::store::Tx;
use kernel::{Date, Urn};
use register::{good::RuleSet, public_record::PublicRecord};
use serde_json::json;

/// All programmes, by name.
///
/// # Errors
/// The database.
pub async fn programmes(world: &World) -> Result<Vec<Programme>> {
    let mut conn = world.db.read().await?;
    store::programmes(&mut conn).await
}

/// All cohorts, by name.
///
/// # Errors
/// The database.
pub async fn cohorts(world: &World) -> Result<Vec<Cohort>> {
    let mut conn = world.db.read().await?;
    store::cohorts(&mut conn).await
}

/// A cohort with its programme and its schools.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn cohort(world: &World, slug: &str) -> Result<CohortView> {
    let mut conn = world.db.read().await?;
    let cohort = store::cohort(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let programme = store::programmes(&mut conn)
        .await?
        .into_iter()
        .find(|programme| programme.id == cohort.programme_id)
        .ok_or(Error::NotFound)?;
    let participations = store::participations(&mut conn, cohort.id).await?;
    let published = store::published(&mut conn, cohort.id).await?;
    Ok(CohortView { programme, cohort, participations, published })
}

/// A school that joins.
#[derive(Debug, Clone, Default)]
pub struct NewParticipation {
    /// The name under which it joins; empty for the register's.
    pub named: String,
    /// Which school it is, where that is known.
    pub urn: Option<Urn>,
    /// How sure that is: certain, likely, ambiguous.
    pub certainty: String,
    /// A note on that.
    pub note: Option<String>,
}

/// Adds a school to a cohort and freezes its baseline from the public record.
///
/// # Errors
/// [`Error::Invalid`] for a school that is not in the register or takes part already.
pub async fn add_school(world: &World, who: &Who, slug: &str, urn: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let cohort = store::cohort(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let leave = access::edit(&mut tx, who, cohort.programme_id).await?;
    let urn: Urn =
        urn.parse().map_err(|_| Error::field("urn", "Enter the school’s URN: six digits, such as 118291"))?;
    let record = world.record().await?;
    if record.school(urn).is_none() {
        return Err(Error::field("urn", format!("There is no school {urn} in the register")));
    }
    if store::takes_part(&mut tx, cohort.id, urn).await? {
        return Err(Error::field("urn", "This school is in the cohort already"));
    }
    let school = NewParticipation { named: String::new(), urn: Some(urn), certainty: "certain".to_owned(), note: None };
    join(world, &mut tx, &leave, &record, &cohort, school).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a school within a transaction.
pub(super) async fn join(
    world: &World,
    tx: &mut Tx,
    leave: &MayEdit,
    record: &PublicRecord,
    cohort: &Cohort,
    new: NewParticipation,
) -> Result<()> {
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
    let joined =
        StatusRow { status: Status::Joined, since: cohort.joins_on, reason: "joined with its cohort".to_owned() };
    store::insert_status(tx, leave, world.id(), school.id, &joined, world.now(), &leave.0.by.name).await?;
    let after = json!({"cohort": cohort.slug, "urn": school.urn, "named": school.named, "baseline": school.baseline});
    noted(world, tx, leave, "add a school to a cohort", "participation", school.id, after, None).await
}

/// Records how a participation stands from a day on.
///
/// # Errors
/// [`Error::Invalid`] without a status, a day or a reason.
pub async fn set_status(
    world: &World,
    who: &Who,
    slug: &str,
    participation: i64,
    status: Option<Status>,
    since: Option<Date>,
    reason: &str,
) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let (_, _, leave) = participation_of(&mut tx, who, slug, participation).await?;
    let mut wrong = Vec::new();
    if status.is_none() {
        wrong.push(FieldError::new("status", "Choose how its participation stands"));
    }
    if since.is_none() {
        wrong.push(FieldError::new("since", "Enter the day from which this holds"));
    }
    checked_reason(reason, &mut wrong);
    let (Some(status), Some(since), true) = (status, since, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let row = StatusRow { status, since, reason: reason.trim().to_owned() };
    store::insert_status(&mut tx, &leave, world.id(), participation, &row, world.now(), &leave.0.by.name).await?;
    let after = json!({"status": status, "since": since});
    noted(world, &mut tx, &leave, "set a participation’s status", "participation", participation, after, Some(reason))
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a school's baseline anew from the public record as it is now, as a
/// dated row beside the frozen one.
///
/// # Errors
/// [`Error::Invalid`] without a reason.
pub async fn correct_baseline(world: &World, who: &Who, slug: &str, participation: i64, reason: &str) -> Result<()> {
    let record = world.record().await?;
    let mut tx = world.db.begin().await?;
    let (cohort, school, leave) = participation_of(&mut tx, who, slug, participation).await?;
    let mut wrong = Vec::new();
    checked_reason(reason, &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let rules = (need_rule_of(&cohort)?, good_rule(&cohort)?);
    let correction = Correction {
        baseline: baseline_of(&record, school.urn, school.joined, rules, world.clock.today()),
        reason: reason.trim().to_owned(),
        at: world.now(),
        by: leave.0.by.name.clone(),
    };
    store::insert_correction(&mut tx, &leave, world.id(), participation, &correction).await?;
    let entry = Entry {
        what: "correct a baseline",
        noun: "participation",
        id: participation.to_string(),
        organisation: None,
        before: Some(json!(school.baseline)),
        after: Some(json!(correction.baseline)),
        why: Some(reason),
    };
    audit::record(world, &mut tx, &leave.0.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The cohort's need rule, in the version chosen for it.
pub(super) fn need_rule_of(cohort: &Cohort) -> Result<&'static NeedRule> {
    need_rule::rule(&cohort.need_rule, Some(cohort.need_version))
        .ok_or_else(|| Error::Unexpected(format!("there is no need rule ‘{}’", cohort.need_rule)))
}

/// The number of the cohort's rule for 'good or equivalent'.
pub(super) fn good_rule(cohort: &Cohort) -> Result<usize> {
    RuleSet::all()
        .iter()
        .position(|rule| rule.id == cohort.good_rule)
        .ok_or_else(|| Error::Unexpected(format!("there is no rule ‘{}’ for good or equivalent", cohort.good_rule)))
}

/// A cohort, a participation of it, and leave to edit them.
async fn participation_of(
    tx: &mut Tx,
    who: &Who,
    slug: &str,
    participation: i64,
) -> Result<(Cohort, Participation, MayEdit)> {
    let cohort = store::cohort(tx, slug).await?.ok_or(Error::NotFound)?;
    let leave = access::edit(tx, who, cohort.programme_id).await?;
    if store::cohort_of(tx, participation).await? != Some(cohort.id) {
        return Err(Error::NotFound);
    }
    let school = store::participations(tx, cohort.id)
        .await?
        .into_iter()
        .find(|school| school.id == participation)
        .ok_or(Error::NotFound)?;
    Ok((cohort, school, leave))
}

fn checked_reason(reason: &str, wrong: &mut Vec<FieldError>) {
    let length = reason.trim().chars().count();
    if length == 0 || length > 1_000 {
        wrong.push(FieldError::new("reason", "Give the reason, in at most 1,000 characters"));
    }
}

#[expect(clippy::too_many_arguments, reason = "an audit row has this many parts")]
pub(super) async fn noted(
    world: &World,
    tx: &mut Tx,
    leave: &MayEdit,
    what: &str,
    noun: &str,
    id: i64,
    after: serde_json::Value,
    why: Option<&str>,
) -> Result<()> {
    let entry = Entry { what, noun, id: id.to_string(), organisation: None, before: None, after: Some(after), why };
    Ok(audit::record(world, tx, &leave.0.by, entry).await?)
}
