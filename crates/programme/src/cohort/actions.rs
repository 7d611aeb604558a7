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
    need_rule,
};
use ::store::{StoreError, Tx};
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
    let cohort = store::cohort(&mut conn, slug)
        .await?
        .ok_or(Error::NotFound)?;
    let programme = store::programmes(&mut conn)
        .await?
        .into_iter()
        .find(|programme| programme.id == cohort.programme_id)
        .ok_or(Error::NotFound)?;
    let participations = store::participations(&mut conn, cohort.id).await?;
    let published = store::published(&mut conn, cohort.id).await?;
    Ok(CohortView {
        programme,
        cohort,
        participations,
        published,
    })
}

/// Makes a programme.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn create_programme(
    world: &World,
    who: &Who,
    name: &str,
    about: &str,
    starts: Option<Date>,
) -> Result<String> {
    let leave = access::edit(who)?;
    let mut wrong = Vec::new();
    let slug = checked_name(
        name,
        "Enter a name for the programme, of at most 100 characters",
        &mut wrong,
    );
    let starts = starts.unwrap_or_else(|| {
        wrong.push(FieldError::new(
            "starts",
            "Enter the day on which the programme starts",
        ));
        Date::default()
    });
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let programme = Programme {
        id: world.id(),
        slug,
        name: name.trim().to_owned(),
        about: about.trim().to_owned(),
        starts,
        ends: None,
    };
    let mut tx = world.db.begin().await?;
    match store::insert_programme(&mut tx, &leave, &programme).await {
        Err(StoreError::Conflict(_)) => return Err(taken("programme")),
        done => done?,
    }
    let after = json!({"name": programme.name, "starts": programme.starts});
    noted(
        world,
        &mut tx,
        who,
        "make a programme",
        "programme",
        programme.id,
        after,
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(programme.slug)
}

/// A cohort to be.
#[derive(Debug, Clone, Default)]
pub struct NewCohort {
    /// The programme's name in addresses.
    pub programme: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The day its schools join.
    pub joins_on: Option<Date>,
    /// The need rule that finds the schools like them.
    pub need_rule: String,
    /// Their phase, where it is one.
    pub phase: String,
    /// The rule set for 'good or equivalent'.
    pub good_rule: String,
}

/// Makes a cohort. What counts as good and which schools are like them is
/// chosen now and not changed later.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn create_cohort(world: &World, who: &Who, new: NewCohort) -> Result<String> {
    let leave = access::edit(who)?;
    let mut wrong = Vec::new();
    let slug = checked_name(
        &new.name,
        "Enter a name for the cohort, of at most 100 characters",
        &mut wrong,
    );
    let joins_on = new.joins_on.unwrap_or_else(|| {
        wrong.push(FieldError::new(
            "joins_on",
            "Enter the day on which its schools join",
        ));
        Date::default()
    });
    let rule = need_rule::rule(&new.need_rule, None);
    if rule.is_none() {
        wrong.push(FieldError::new(
            "need_rule",
            "Choose the rule that finds the schools like them",
        ));
    }
    if !RuleSet::all().iter().any(|rule| rule.id == new.good_rule) {
        wrong.push(FieldError::new(
            "good_rule",
            "Choose what counts as good or equivalent",
        ));
    }
    let programme = programmes(world)
        .await?
        .into_iter()
        .find(|programme| programme.slug == new.programme);
    if programme.is_none() {
        wrong.push(FieldError::new("programme", "Choose a programme"));
    }
    let (Some(programme), Some(rule), true) = (programme, rule, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let cohort = Cohort {
        id: world.id(),
        programme_id: programme.id,
        slug,
        name: new.name.trim().to_owned(),
        about: new.about.trim().to_owned(),
        joins_on,
        follow_to: None,
        need_rule: rule.id.clone(),
        need_version: rule.version,
        phase: Some(new.phase.trim().to_owned()).filter(|phase| !phase.is_empty()),
        good_rule: new.good_rule,
        story: None,
    };
    let mut tx = world.db.begin().await?;
    match store::insert_cohort(&mut tx, &leave, &cohort).await {
        Err(Error::Store(StoreError::Conflict(_))) => return Err(taken("cohort")),
        done => done?,
    }
    let after = json!({"name": cohort.name, "joins_on": cohort.joins_on, "need_rule": cohort.need_rule,
        "good_rule": cohort.good_rule});
    noted(
        world,
        &mut tx,
        who,
        "make a cohort",
        "cohort",
        cohort.id,
        after,
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(cohort.slug)
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
    let leave = access::edit(who)?;
    let urn: Urn = urn
        .parse()
        .map_err(|_| Error::field("urn", "Enter the school’s URN: six digits, such as 118291"))?;
    let record = world.record().await?;
    if record.school(urn).is_none() {
        return Err(Error::field(
            "urn",
            format!("There is no school {urn} in the register"),
        ));
    }
    let mut tx = world.db.begin().await?;
    let cohort = store::cohort(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    if store::takes_part(&mut tx, cohort.id, urn).await? {
        return Err(Error::field("urn", "This school is in the cohort already"));
    }
    let school = NewParticipation {
        named: String::new(),
        urn: Some(urn),
        certainty: "certain".to_owned(),
        note: None,
    };
    join(world, &mut tx, &leave, who, &record, &cohort, school).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a school within a transaction.
pub(super) async fn join(
    world: &World,
    tx: &mut Tx,
    leave: &MayEdit,
    who: &Who,
    record: &PublicRecord,
    cohort: &Cohort,
    new: NewParticipation,
) -> Result<()> {
    let rule = good_rule(cohort)?;
    let named = if new.named.trim().is_empty() {
        let school = new
            .urn
            .and_then(|urn| record.school(urn))
            .ok_or(Error::NotFound)?;
        school.name.to_string()
    } else {
        new.named.trim().to_owned()
    };
    let frozen = baseline_of(record, new.urn, cohort.joins_on, rule, world.clock.today());
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
    let joined = StatusRow {
        status: Status::Joined,
        since: cohort.joins_on,
        reason: "joined with its cohort".to_owned(),
    };
    store::insert_status(
        tx,
        leave,
        world.id(),
        school.id,
        &joined,
        world.now(),
        who.name(),
    )
    .await?;
    let after = json!({"cohort": cohort.slug, "urn": school.urn, "named": school.named, "baseline": school.baseline});
    noted(
        world,
        tx,
        who,
        "add a school to a cohort",
        "participation",
        school.id,
        after,
        None,
    )
    .await
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
    let leave = access::edit(who)?;
    let mut wrong = Vec::new();
    if status.is_none() {
        wrong.push(FieldError::new(
            "status",
            "Choose how its participation stands",
        ));
    }
    if since.is_none() {
        wrong.push(FieldError::new(
            "since",
            "Enter the day from which this holds",
        ));
    }
    checked_reason(reason, &mut wrong);
    let (Some(status), Some(since), true) = (status, since, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let row = StatusRow {
        status,
        since,
        reason: reason.trim().to_owned(),
    };
    let mut tx = world.db.begin().await?;
    participation_of(&mut tx, slug, participation).await?;
    store::insert_status(
        &mut tx,
        &leave,
        world.id(),
        participation,
        &row,
        world.now(),
        who.name(),
    )
    .await?;
    let after = json!({"status": status, "since": since});
    noted(
        world,
        &mut tx,
        who,
        "set a participation’s status",
        "participation",
        participation,
        after,
        Some(reason),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a school's baseline anew from the public record as it is now, as a
/// dated row beside the frozen one.
///
/// # Errors
/// [`Error::Invalid`] without a reason.
pub async fn correct_baseline(
    world: &World,
    who: &Who,
    slug: &str,
    participation: i64,
    reason: &str,
) -> Result<()> {
    let leave = access::edit(who)?;
    let mut wrong = Vec::new();
    checked_reason(reason, &mut wrong);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let record = world.record().await?;
    let mut tx = world.db.begin().await?;
    let (cohort, school) = participation_of(&mut tx, slug, participation).await?;
    let rule = good_rule(&cohort)?;
    let correction = Correction {
        baseline: baseline_of(
            &record,
            school.urn,
            school.joined,
            rule,
            world.clock.today(),
        ),
        reason: reason.trim().to_owned(),
        at: world.now(),
        by: who.name().to_owned(),
    };
    store::insert_correction(&mut tx, &leave, world.id(), participation, &correction).await?;
    let entry = Entry {
        what: "correct a baseline",
        noun: "participation",
        id: participation.to_string(),
        before: Some(json!(school.baseline)),
        after: Some(json!(correction.baseline)),
        why: Some(reason),
    };
    audit::record(world, &mut tx, who, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The number of the cohort's rule for 'good or equivalent'.
pub(super) fn good_rule(cohort: &Cohort) -> Result<usize> {
    RuleSet::all()
        .iter()
        .position(|rule| rule.id == cohort.good_rule)
        .ok_or_else(|| {
            Error::Unexpected(format!(
                "there is no rule ‘{}’ for good or equivalent",
                cohort.good_rule
            ))
        })
}

async fn participation_of(
    tx: &mut Tx,
    slug: &str,
    participation: i64,
) -> Result<(Cohort, Participation)> {
    let cohort = store::cohort(tx, slug).await?.ok_or(Error::NotFound)?;
    if store::cohort_of(tx, participation).await? != Some(cohort.id) {
        return Err(Error::NotFound);
    }
    let school = store::participations(tx, cohort.id)
        .await?
        .into_iter()
        .find(|school| school.id == participation)
        .ok_or(Error::NotFound)?;
    Ok((cohort, school))
}

fn checked_name(name: &str, message: &str, wrong: &mut Vec<FieldError>) -> String {
    let name = name.trim();
    let slug: String = name
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    if slug.is_empty() || name.chars().count() > 100 {
        wrong.push(FieldError::new("name", message));
    }
    slug
}

fn checked_reason(reason: &str, wrong: &mut Vec<FieldError>) {
    let length = reason.trim().chars().count();
    if length == 0 || length > 1_000 {
        wrong.push(FieldError::new(
            "reason",
            "Give the reason, in at most 1,000 characters",
        ));
    }
}

fn taken(noun: &str) -> Error {
    Error::field("name", format!("There is a {noun} with this name already"))
}

#[expect(
    clippy::too_many_arguments,
    reason = "an audit row has this many parts"
)]
async fn noted(
    world: &World,
    tx: &mut Tx,
    who: &Who,
    what: &str,
    noun: &str,
    id: i64,
    after: serde_json::Value,
    why: Option<&str>,
) -> Result<()> {
    let entry = Entry {
        what,
        noun,
        id: id.to_string(),
        before: None,
        after: Some(after),
        why,
    };
    Ok(audit::record(world, tx, who, entry).await?)
}
