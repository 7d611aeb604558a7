//! What one can do with programmes, cohorts and participations.

use super::{
    access::{self, MayEdit, Sight},
    baseline::baseline_of,
    join::{NewParticipation, join},
    leaving::{Mark, mark_within},
    model::{Cohort, CohortView, Correction, Participation, Programme, Status},
    programmes::Which,
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
use register::good::RuleSet;
use serde_json::json;

/// All programmes, by name.
///
/// # Errors
/// The database.
pub async fn programmes(world: &World) -> Result<Vec<Programme>> {
    let mut conn = world.db.read().await?;
    store::programmes(&mut conn).await
}

/// The cohorts that `who` may see whole, by name.
///
/// # Errors
/// The database.
pub async fn cohorts(world: &World, who: &Who) -> Result<Vec<Cohort>> {
    let mut conn = world.db.read().await?;
    let programmes = store::programmes(&mut conn).await?;
    let mut seen = Vec::new();
    for cohort in store::cohorts(&mut conn).await? {
        let Some(programme) = programmes.iter().find(|one| one.id == cohort.programme_id) else { continue };
        match access::sight(&mut conn, who, &cohort, programme).await {
            Ok(Sight::Whole) => seen.push(cohort),
            Ok(Sight::SumsOnly) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(seen)
}

/// A cohort with its programme and its schools.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn cohort(world: &World, who: &Who, slug: &str) -> Result<CohortView> {
    match seen(world, who, slug).await? {
        (view, Sight::Whole) => Ok(view),
        (_, Sight::SumsOnly) => Err(Error::NotFound),
    }
}

/// A cohort, and how much of it may be told to `who`.
pub(super) async fn seen(world: &World, who: &Who, slug: &str) -> Result<(CohortView, Sight)> {
    let mut conn = world.db.read().await?;
    let cohort = store::cohort(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let programme = store::programmes(&mut conn)
        .await?
        .into_iter()
        .find(|programme| programme.id == cohort.programme_id)
        .ok_or(Error::NotFound)?;
    let sight = access::sight(&mut conn, who, &cohort, &programme).await?;
    let participations = store::participations(&mut conn, cohort.id, Which::All).await?;
    let published = store::published(&mut conn, cohort.id).await?;
    Ok((CohortView { programme, cohort, participations, published }, sight))
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
    let school = NewParticipation { urn: Some(urn), certainty: "certain".to_owned(), ..NewParticipation::default() };
    join(world, &mut tx, &leave.note(), &record, &cohort, school).await?;
    tx.commit().await?;
    Ok(())
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
    let (cohort, school, leave) = participation_of(&mut tx, who, slug, participation).await?;
    let mut wrong = Vec::new();
    if school.has_left() {
        wrong.push(FieldError::new(
            "status",
            "It has left, which nobody can take back for it. It comes back when its head accepts a new invitation",
        ));
    }
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
    let mark = Mark { participation, school: school.organisation, programme: cohort.programme_id, status, since };
    mark_within(world, &mut tx, &leave.note(), mark, reason).await?;
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
    let school = store::participations(tx, cohort.id, Which::All)
        .await?
        .into_iter()
        .find(|school| school.id == participation)
        .ok_or(Error::NotFound)?;
    Ok((cohort, school, leave))
}

pub(super) fn checked_reason(reason: &str, wrong: &mut Vec<FieldError>) {
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
