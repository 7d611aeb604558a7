//! Making programmes and cohorts.

use super::{
    access::{self, MayEdit},
    actions::{noted, programmes},
    model::{Cohort, Programme, ShownTo},
    store,
};
use crate::{
    Who, World,
    error::{Error, FieldError, Result},
    need_rule,
    organisation::{self, Kind, NewOrganisation},
    role::{self, NewRole},
    who::Role,
};
use ::store::{StoreError, Tx};
use kernel::Date;
use register::good::RuleSet;
use serde_json::json;

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
    let leave = access::make(who)?;
    let mut wrong = Vec::new();
    let slug = checked_name(name, "Enter a name for the programme, of at most 100 characters", &mut wrong);
    let starts = starts.unwrap_or_else(|| {
        wrong.push(FieldError::new("starts", "Enter the day on which the programme starts"));
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
        paid_by: None,
        funder: None,
    };
    let mut tx = world.db.begin().await?;
    match store::insert_programme(&mut tx, &leave, &programme).await {
        Err(StoreError::Conflict(_)) => return Err(taken("programme")),
        done => done?,
    }
    let after = json!({"name": programme.name, "starts": programme.starts});
    noted(world, &mut tx, &leave, "make a programme", "programme", programme.id, after, None).await?;
    found_organisation(world, &mut tx, who, &leave, &programme).await?;
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
    /// Who may see its page; the programme's own people, unless said otherwise.
    pub shown_to: Option<ShownTo>,
}

/// Makes a cohort. What counts as good and which schools are like them is
/// chosen now and not changed later.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit.
pub async fn create_cohort(world: &World, who: &Who, new: NewCohort) -> Result<String> {
    let programme = programmes(world).await?.into_iter().find(|programme| programme.slug == new.programme);
    let leave = match &programme {
        Some(programme) => access::edit(&mut world.db.read().await?, who, programme.id).await?,
        None => access::make(who)?,
    };
    let mut wrong = Vec::new();
    let slug = checked_name(&new.name, "Enter a name for the cohort, of at most 100 characters", &mut wrong);
    let joins_on = new.joins_on.unwrap_or_else(|| {
        wrong.push(FieldError::new("joins_on", "Enter the day on which its schools join"));
        Date::default()
    });
    let rule = need_rule::rule(&new.need_rule, None);
    if rule.is_none() {
        wrong.push(FieldError::new("need_rule", "Choose the rule that finds the schools like them"));
    }
    if !RuleSet::all().iter().any(|rule| rule.id == new.good_rule) {
        wrong.push(FieldError::new("good_rule", "Choose what counts as good or equivalent"));
    }
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
        shown_to: new.shown_to.unwrap_or(ShownTo::Programme),
        story: None,
    };
    let mut tx = world.db.begin().await?;
    match store::insert_cohort(&mut tx, &leave, &cohort).await {
        Err(Error::Store(StoreError::Conflict(_))) => return Err(taken("cohort")),
        done => done?,
    }
    let after = json!({"name": cohort.name, "joins_on": cohort.joins_on, "need_rule": cohort.need_rule,
        "good_rule": cohort.good_rule, "shown_to": cohort.shown_to});
    noted(world, &mut tx, &leave, "make a cohort", "cohort", cohort.id, after, None).await?;
    tx.commit().await?;
    Ok(cohort.slug)
}

/// A programme is an organisation as well, with the same id; whoever leads one
/// and makes another leads that, too.
pub(super) async fn found_organisation(
    world: &World,
    tx: &mut Tx,
    who: &Who,
    leave: &MayEdit,
    programme: &Programme,
) -> Result<()> {
    let new = NewOrganisation { kind: Kind::Programme, name: programme.name.clone(), urn: None, group: None };
    organisation::created(world, tx, who, programme.id, new).await?;
    if let (Some(Role::ProgrammeLead), Some(person)) = (leave.0.role, who.person()) {
        let lead = NewRole {
            person,
            organisation: programme.id,
            role: Role::ProgrammeLead,
            strand: None,
            since: world.clock.today(),
        };
        role::given(world, tx, who, lead).await?;
    }
    Ok(())
}

pub(super) fn checked_name(name: &str, message: &str, wrong: &mut Vec<FieldError>) -> String {
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

fn taken(noun: &str) -> Error {
    Error::field("name", format!("There is a {noun} with this name already"))
}
