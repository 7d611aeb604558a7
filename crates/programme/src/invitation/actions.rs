//! Inviting people, and what one can do with an invitation that was sent.

use super::{
    access::{self, MayInvite},
    letter,
    model::{Invitation, State},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, Which},
    error::{Error, FieldError, Result},
    mail,
    organisation::{self, Organisation},
    person::{self, Asked},
    role::{self, RoleHeld},
    who::{Role, Strand},
};
use ::store::{Conn, Tx};
use serde_json::json;

/// Somebody to be invited.
#[derive(Debug, Clone, Default)]
pub struct NewInvitation {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The role.
    pub role: Option<Role>,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
}

/// Invites somebody to a role in an organisation; the invitation.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`]
/// for whoever may not.
pub async fn invite(world: &World, who: &Who, organisation: i64, new: NewInvitation) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let place = organisation::find(&mut tx, organisation).await?;
    let leave = access::into(&mut tx, who, organisation).await?;
    let mut wrong = Vec::new();
    let (name, email) = checked_address(&new.name, &new.email, &mut wrong);
    let strand = match new.role.map(|role| role::checked(place.kind, role, new.strand)) {
        None => {
            wrong.push(FieldError::new("role", "Choose what they are to be"));
            None
        }
        Some(Err(Error::Invalid(fields))) => {
            wrong.extend(fields);
            None
        }
        Some(strand) => strand?,
    };
    let (Some(role), true) = (new.role, wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
    // Whom they know already is no secret to whoever keeps the organisation's people.
    let people = role::everybody(&mut tx, organisation).await?;
    let holds = |held: &RoleHeld| held.role == role && held.strand == strand && held.until.is_none();
    if let Some(one) = people.iter().find(|one| one.email == email && one.roles.iter().any(holds)) {
        return Err(Error::field("email", format!("{} holds this role already", one.name)));
    }
    let now = world.now();
    let open = store::of_organisation(&mut tx, &leave, organisation).await?;
    let same = |one: &Invitation| {
        one.email == email && one.role == role && one.strand == strand && one.state(now) == State::Open
    };
    if open.iter().any(same) {
        return Err(Error::field("email", "They are invited to this role already. You can send the letter again"));
    }
    let id = written(
        world,
        &mut tx,
        &leave,
        &place,
        Written { name, email, role, strand, cohort: None, asked_keeper: false },
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// What an invitation says.
pub(super) struct Written {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) strand: Option<Strand>,
    pub(super) cohort: Option<i64>,
    pub(super) asked_keeper: bool,
}

/// Writes an invitation and its letter.
pub(super) async fn written(
    world: &World,
    tx: &mut Tx,
    leave: &MayInvite,
    place: &Organisation,
    new: Written,
) -> Result<i64> {
    may_send(world, tx, leave).await?;
    let secret = letter::secret(world)?;
    let invitation = Invitation {
        id: world.id(),
        email: new.email,
        name: new.name,
        organisation: place.id,
        organisation_name: place.name.clone(),
        role: new.role,
        strand: new.strand,
        cohort: new.cohort,
        by: leave.0.name.clone(),
        created_at: world.now(),
        expires_at: secret.expires_at,
        accepted_at: None,
        declined_at: None,
        withdrawn_at: None,
        asked_keeper: new.asked_keeper,
    };
    store::insert(tx, leave, &invitation, &secret.sha256).await?;
    letter::send(world, tx, &invitation, &secret).await?;
    noted(world, tx, leave, "invite", &invitation).await?;
    Ok(invitation.id)
}

/// Counts one more letter of whoever invites: an account in wrong hands is not
/// to write to everybody.
async fn may_send(world: &World, tx: &mut Tx, leave: &MayInvite) -> Result<()> {
    let Some(person) = leave.0.person else { return Ok(()) };
    match person::ask(world, tx, &person::INVITATIONS, &person.to_string()).await? {
        Asked::Go => Ok(()),
        Asked::Wait(_) => {
            Err(Error::field("email", "You have sent as many invitations as one can in a day. Go on tomorrow"))
        }
    }
}

/// A name and an address that an invitation can go to; the address as it is compared.
pub(super) fn checked_address(name: &str, email: &str, wrong: &mut Vec<FieldError>) -> (String, String) {
    let (name, email) = (name.trim().to_owned(), person::folded(email));
    if name.is_empty() || name.chars().count() > 100 {
        wrong.push(FieldError::new("name", "Enter their name, of at most 100 characters"));
    }
    if !mail::is_address(&email) {
        wrong.push(FieldError::new("email", "Enter an e-mail address, such as name@example.org"));
    }
    (name, email)
}

/// Where an invitation stands, for whoever looks after it.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// Among those of an organisation.
    Organisation(i64),
    /// Among those of a programme: to its schools, and to its own people.
    Programme(i64),
}

/// Takes an invitation back.
///
/// # Errors
/// [`Error::NotFound`] where there is none there or it was answered.
pub async fn withdraw(world: &World, who: &Who, place: Place, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let (invitation, leave) = found(&mut tx, who, place, id).await?;
    if !store::withdraw(&mut tx, &leave, id, world.now()).await? {
        return Err(Error::NotFound);
    }
    noted(world, &mut tx, &leave, "withdraw an invitation", &invitation).await?;
    tx.commit().await?;
    Ok(())
}

/// Sends an invitation again, with a new secret: the letter before no longer works.
///
/// # Errors
/// [`Error::NotFound`] where there is none there or it was answered.
pub async fn send_again(world: &World, who: &Who, place: Place, id: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let (invitation, leave) = found(&mut tx, who, place, id).await?;
    may_send(world, &mut tx, &leave).await?;
    let secret = letter::secret(world)?;
    if !store::renew(&mut tx, &leave, id, &secret.sha256, secret.expires_at).await? {
        return Err(Error::NotFound);
    }
    letter::send(world, &mut tx, &invitation, &secret).await?;
    noted(world, &mut tx, &leave, "send an invitation again", &invitation).await?;
    tx.commit().await?;
    Ok(())
}

async fn found(tx: &mut Tx, who: &Who, place: Place, id: i64) -> Result<(Invitation, MayInvite)> {
    let invitation = store::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let leave = access::over(tx, who, &invitation).await?;
    let there = match (place, invitation.cohort) {
        (Place::Organisation(organisation), None) => invitation.organisation == organisation,
        (Place::Organisation(_), Some(_)) => false,
        (Place::Programme(programme), None) => invitation.organisation == programme,
        (Place::Programme(programme), Some(cohort)) => {
            cohort::cohort_by_id(tx, cohort).await?.programme_id == programme
        }
    };
    if there { Ok((invitation, leave)) } else { Err(Error::NotFound) }
}

async fn noted(world: &World, tx: &mut Tx, leave: &MayInvite, what: &str, invitation: &Invitation) -> Result<()> {
    // The programme reads its own audit, not the school’s address.
    let email = (!invitation.asked_keeper).then_some(&invitation.email);
    let after = json!({"email": email, "role": invitation.role.key(), "cohort": invitation.cohort});
    let entry = Entry::of(what, "invitation", invitation.id).within(invitation.organisation).after(after);
    Ok(audit::record(world, tx, &leave.0, entry).await?)
}

/// The invitations of an organisation's people, the latest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn of_organisation(world: &World, who: &Who, organisation: i64) -> Result<Vec<Invitation>> {
    let mut conn = world.db.read().await?;
    let leave = access::into(&mut conn, who, organisation).await?;
    let all = store::of_organisation(&mut conn, &leave, organisation).await?;
    Ok(all.into_iter().filter(|one| one.cohort.is_none()).collect())
}

/// The invitations of schools to a programme, for another noun that decides
/// itself who may know.
pub(crate) async fn of_programme(conn: &mut Conn, programme: i64, which: Which) -> Result<Vec<Invitation>> {
    store::of_programme(conn, programme, which).await
}
