//! A programme as its leads know it: what it is, who pays, which schools.

use super::{
    access,
    model::{Cohort, CohortSchool, Participation, Programme},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::{self, Kind},
    rights::Grant,
    who::Actor,
};
use ::store::Conn;
use kernel::Date;
use serde_json::json;

/// The programmes that somebody leads, or keeps, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever leads none, or the database.
pub async fn mine(world: &World, who: &Who) -> Result<Vec<Programme>> {
    access::SEE.somewhere(who)?;
    let mut conn = world.db.read().await?;
    let all = store::programmes(&mut conn).await?;
    Ok(all.into_iter().filter(|programme| access::SEE.directly(who, programme.id)).collect())
}

/// A programme that somebody leads, or keeps.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn programme(world: &World, who: &Who, slug: &str) -> Result<Programme> {
    access::SEE.somewhere(who)?;
    let all = mine(world, who).await?;
    all.into_iter().find(|programme| programme.slug == slug).ok_or(Error::NotFound)
}

/// A programme with its cohorts and their schools.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn with_schools(
    world: &World,
    who: &Who,
    slug: &str,
) -> Result<(Programme, Vec<(Cohort, Vec<Participation>)>)> {
    let programme = programme(world, who, slug).await?;
    let mut conn = world.db.read().await?;
    let cohorts = schools_of(&mut conn, programme.id).await?;
    Ok((programme, cohorts))
}

/// Which of a programme's schools: there may be hundreds, and often one is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// All of them.
    All,
    /// The school with this organisation.
    One(i64),
    /// Those that this person accompanies or accompanied.
    AccompaniedBy(i64),
}

impl Which {
    /// As statements take it: the organisation or 0, the person or 0.
    pub(crate) fn values(self) -> [::store::Value; 2] {
        match self {
            Self::All => [0.into(), 0.into()],
            Self::One(organisation) => [organisation.into(), 0.into()],
            Self::AccompaniedBy(person) => [0.into(), person.into()],
        }
    }
}

/// The cohorts of a programme with their schools, for another noun that decides
/// itself who may know.
pub(crate) async fn schools_of(conn: &mut Conn, programme: i64) -> Result<Vec<(Cohort, Vec<Participation>)>> {
    let mut all = Vec::new();
    for cohort in store::cohorts_of(conn, programme).await? {
        let schools = store::participations(conn, cohort.id, Which::All).await?;
        all.push((cohort, schools));
    }
    Ok(all)
}

/// The cohorts of a programme with some of their schools, without baselines; cohorts
/// without any of them are there too.
pub(crate) async fn schools_among(
    conn: &mut Conn,
    programme: i64,
    which: Which,
) -> Result<Vec<(Cohort, Vec<CohortSchool>)>> {
    let mut schools = store::of_programme(conn, programme, which).await?;
    let cohorts = store::cohorts_of(conn, programme).await?;
    let with_schools = |cohort: Cohort| {
        let schools = schools.remove(&cohort.id).unwrap_or_default();
        (cohort, schools)
    };
    Ok(cohorts.into_iter().map(with_schools).collect())
}

/// A programme as it is edited.
#[derive(Debug, Clone, Default)]
pub struct Edited {
    /// Name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// First day.
    pub starts: Option<Date>,
    /// Last day; `Some(None)` where it has none, `None` where what was typed is no day.
    pub ends: Option<Option<Date>>,
    /// Who pays, in words.
    pub paid_by: String,
    /// The funder's organisation.
    pub funder: Option<i64>,
}

/// Edits a programme. Its name in addresses stays, so that links do.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`].
pub async fn edit_programme(world: &World, who: &Who, slug: &str, new: Edited) -> Result<()> {
    let old = programme(world, who, slug).await?;
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, old.id).await?;
    let mut wrong = Vec::new();
    super::make::checked_name(&new.name, "Enter a name for the programme, of at most 100 characters", &mut wrong);
    if new.starts.is_none() {
        wrong.push(FieldError::new("starts", "Enter the day on which the programme starts"));
    }
    match (new.starts, new.ends) {
        (_, None) => wrong.push(FieldError::new("ends", "Enter the last day, or leave it empty")),
        (Some(starts), Some(Some(ends))) if ends < starts => {
            wrong.push(FieldError::new("ends", "Enter a last day that is not before the first"));
        }
        _ => {}
    }
    if new.paid_by.chars().count() > 200 {
        wrong.push(FieldError::new("paid_by", "Say who pays in at most 200 characters"));
    }
    if let Some(funder) = new.funder
        && organisation::find(&mut tx, funder).await.map(|one| one.kind).ok() != Some(Kind::Funder)
    {
        wrong.push(FieldError::new("funder", "Choose one of the funders in the list"));
    }
    let (Some(starts), Some(ends), true) = (new.starts, new.ends, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let edited = Programme {
        id: old.id,
        slug: old.slug.clone(),
        name: new.name.trim().to_owned(),
        about: new.about.trim().to_owned(),
        starts,
        ends,
        paid_by: Some(new.paid_by.trim().to_owned()).filter(|paid_by| !paid_by.is_empty()),
        funder: new.funder,
    };
    store::edit_programme(&mut tx, &leave, &edited).await?;
    organisation::renamed(&mut tx, edited.id, &edited.name).await?;
    let facts = |one: &Programme| {
        json!({"name": one.name, "about": one.about, "starts": one.starts, "ends": one.ends,
            "paid_by": one.paid_by, "funder": one.funder})
    };
    let entry = Entry::of("edit a programme", "programme", old.id).within(old.id);
    audit::record(world, &mut tx, &leave.0.by, entry.before(facts(&old)).after(facts(&edited))).await?;
    tx.commit().await?;
    Ok(())
}

/// A school takes part, for the demo, at the command line: elsewhere its head
/// accepts an invitation.
///
/// # Errors
/// [`Error::NotFound`] for anybody else or where there is no such cohort, or the database.
pub async fn seed_school(world: &World, who: &Who, cohort: &str, school: i64) -> Result<i64> {
    let Who::Console = who else { return Err(Error::NotFound) };
    let record = world.record().await?;
    let mut tx = world.db.begin().await?;
    let cohort = store::cohort(&mut tx, cohort).await?.ok_or(Error::NotFound)?;
    let school = organisation::find(&mut tx, school).await?;
    let id = super::joined(world, &mut tx, &Actor::from(who), cohort.id, &school, &record).await?;
    tx.commit().await?;
    Ok(id)
}

/// Leave to edit a programme, for another noun: an invitation, an adviser's school.
pub(crate) async fn may_edit_programme(conn: &mut Conn, who: &Who, programme: i64) -> Result<Grant> {
    access::edit(conn, who, programme).await.map(|leave| leave.0)
}

/// The programmes that an organisation pays for.
pub(crate) async fn funded_by(conn: &mut Conn, funder: i64) -> Result<Vec<Programme>> {
    store::programmes_of_funder(conn, funder).await
}

/// A cohort, for another noun that decides itself who may know.
pub(crate) async fn cohort_by_id(conn: &mut Conn, id: i64) -> Result<Cohort> {
    store::cohort_by_id(conn, id).await?.ok_or(Error::NotFound)
}

/// A programme, for another noun that decides itself who may know.
pub(crate) async fn programme_by_id(conn: &mut Conn, id: i64) -> Result<Programme> {
    store::programmes(conn).await?.into_iter().find(|programme| programme.id == id).ok_or(Error::NotFound)
}
