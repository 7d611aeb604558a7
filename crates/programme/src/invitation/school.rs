//! Inviting a school to a programme: its head is asked.

use super::{
    access::{self, MayInvite},
    actions::{Written, checked_address, written},
    model::{Invitation, State},
    store,
};
use crate::{
    Who, World,
    cohort::{self, Cohort},
    error::{Error, FieldError, Result},
    organisation::{self, Kind, NewOrganisation, Organisation},
    role::{self, Member},
    who::Role,
};
use ::store::Tx;
use kernel::Urn;
use register::public_record::PublicRecord;

/// Which school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// One of the register.
    Urn(String),
    /// One that is in no register, by its name.
    Name(String),
}

/// A school to be invited, and its head.
#[derive(Debug, Clone)]
pub struct SchoolToInvite {
    /// Which.
    pub which: Which,
    /// The head's name.
    pub name: String,
    /// The head's address.
    pub email: String,
}

/// How inviting several schools went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitedAll {
    /// All were invited: how many.
    Done(usize),
    /// None was, since these fields of these schools (from 0) do not fit.
    Wrong(Vec<(usize, FieldError)>),
}

/// Asks heads whether their schools join a cohort: all of them, or none where
/// something does not fit.
///
/// A school that is here already has a head who signs in: it is they who are
/// asked, whatever address was given, since whoever accepts brings the school.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn invite_schools(
    world: &World,
    who: &Who,
    programme: i64,
    cohort: i64,
    schools: Vec<SchoolToInvite>,
) -> Result<InvitedAll> {
    let record = world.record().await?;
    let mut tx = world.db.begin().await?;
    let leave = access::to_programme(&mut tx, who, programme).await?;
    let cohort = cohort::cohort_by_id(&mut tx, cohort).await?;
    if cohort.programme_id != programme {
        return Err(Error::NotFound);
    }
    let count = schools.len();
    let mut wrong = Vec::new();
    for (at, school) in schools.into_iter().enumerate() {
        match one(world, &mut tx, who, &leave, &record, &cohort, school).await {
            Ok(()) => {}
            Err(Error::Invalid(fields)) => wrong.extend(fields.into_iter().map(|field| (at, field))),
            Err(other) => return Err(other),
        }
    }
    if !wrong.is_empty() {
        return Ok(InvitedAll::Wrong(wrong));
    }
    tx.commit().await?;
    Ok(InvitedAll::Done(count))
}

async fn one(
    world: &World,
    tx: &mut Tx,
    who: &Who,
    leave: &MayInvite,
    record: &PublicRecord,
    cohort: &Cohort,
    new: SchoolToInvite,
) -> Result<()> {
    let invited = store::of_programme(tx, cohort.programme_id, cohort::Which::All).await?;
    let school = match &new.which {
        Which::Urn(urn) => registered(world, tx, who, record, urn).await?,
        Which::Name(name) => named(world, tx, who, cohort.programme_id, name, &invited).await?,
    };
    let now = world.now();
    let open = |one: &&Invitation| {
        one.organisation == school.id && one.cohort == Some(cohort.id) && one.state(now) == State::Open
    };
    if invited.iter().any(|one| open(&one)) {
        return Err(taken(&new.which, format!("{} is invited already. You can send the letter again", school.name)));
    }
    let parts = cohort::parts_of(tx, school.id).await?;
    if parts.iter().any(|part| part.cohort == cohort.id && !part.has_left()) {
        return Err(taken(&new.which, format!("{} is in this cohort already", school.name)));
    }
    let people = role::everybody(tx, school.id).await?;
    let keeper = keeper(&people, world.clock.today());
    let (name, email) = match keeper {
        Some(keeper) => (keeper.name.clone(), keeper.email.clone()),
        None if people.is_empty() => {
            let mut wrong = Vec::new();
            let found = checked_address(&new.name, &new.email, &mut wrong);
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
            found
        }
        None => {
            let why = "Nobody keeps this school’s people now. Ask whoever keeps this Aspire to invite its next head";
            return Err(taken(&new.which, why.to_owned()));
        }
    };
    let new = Written {
        name,
        email,
        role: Role::Head,
        strand: None,
        cohort: Some(cohort.id),
        asked_keeper: keeper.is_some(),
    };
    written(world, tx, leave, &school, new).await.map(drop)
}

/// Who keeps a school's people today: its head, or a deputy.
pub(super) fn keeper(people: &[Member], today: kernel::Date) -> Option<&Member> {
    let holding =
        |role: Role| people.iter().find(|one| one.roles.iter().any(|held| held.role == role && held.on(today)));
    holding(Role::Head).or_else(|| holding(Role::Deputy))
}

fn taken(which: &Which, message: String) -> Error {
    Error::Invalid(vec![FieldError::new(
        match which {
            Which::Urn(_) => "urn",
            Which::Name(_) => "school",
        },
        message,
    )])
}

/// The organisation of a school of the register, made where it is not here yet.
async fn registered(world: &World, tx: &mut Tx, who: &Who, record: &PublicRecord, urn: &str) -> Result<Organisation> {
    let urn: Urn =
        urn.trim().parse().map_err(|_| Error::field("urn", "Enter the school’s URN: six digits, such as 118291"))?;
    let school =
        record.school(urn).ok_or_else(|| Error::field("urn", format!("There is no school {urn} in the register")))?;
    if let Some(known) = organisation::of_urn(tx, urn).await? {
        return Ok(known);
    }
    made(world, tx, who, school.name.to_string(), Some(urn)).await
}

/// The organisation of a school that is in no register: the one that this
/// programme knows by the name, or a new one. One of another programme is
/// never found by its name.
async fn named(
    world: &World,
    tx: &mut Tx,
    who: &Who,
    programme: i64,
    name: &str,
    invited: &[Invitation],
) -> Result<Organisation> {
    let wanted = name.trim().to_lowercase();
    let asked = invited.iter().find(|one| one.organisation_name.to_lowercase() == wanted).map(|one| one.organisation);
    let known = match asked {
        Some(known) => Some(known),
        None => {
            let cohorts = cohort::schools_of(tx, programme).await?;
            let mut schools = cohorts.iter().flat_map(|(_, schools)| schools);
            schools.find(|one| one.named.to_lowercase() == wanted).and_then(|one| one.organisation)
        }
    };
    match known {
        Some(known) => organisation::find(tx, known).await,
        None => made(world, tx, who, name.to_owned(), None).await.map_err(|error| match error {
            Error::Invalid(_) => Error::field("school", "Enter the school’s name, of at most 150 characters"),
            other => other,
        }),
    }
}

async fn made(world: &World, tx: &mut Tx, who: &Who, name: String, urn: Option<Urn>) -> Result<Organisation> {
    let new = NewOrganisation { kind: Kind::School, name, urn, group: None };
    let id = organisation::created(world, tx, who, world.id(), new).await?;
    organisation::find(tx, id).await
}
