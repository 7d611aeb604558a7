//! What one can do with roles.

use super::{
    access,
    model::{Member, NewRole, RoleHeld, Vacancy, checked, vacant},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation,
    who::{Caller, Held, Role},
};
use ::store::{Conn, Tx};
use kernel::Date;
use serde_json::json;

/// Gives a role to somebody who holds or held one in the organisation. Others
/// are invited, so that an address in a form tells nobody who has an account.
///
/// # Errors
/// [`Error::Invalid`] where it does not fit or they hold it already.
pub async fn give(world: &World, who: &Who, new: NewRole) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let kind = organisation::find(&mut tx, new.organisation).await?.kind;
    let leave = access::manage(&mut tx, who, new.organisation, kind).await?;
    let new = NewRole { strand: checked(kind, new.role, new.strand)?, ..new };
    let see = access::see(&mut tx, who, new.organisation).await?;
    let members = store::members(&mut tx, &see).await?;
    let member = members.iter().find(|member| member.person == new.person).ok_or(Error::NotFound)?;
    let same = |held: &&RoleHeld| held.role == new.role && held.strand == new.strand && held.until.is_none();
    if member.roles.iter().any(|held| same(&held)) {
        return Err(Error::field("role", format!("{} holds this role already", member.name)));
    }
    let id = world.id();
    store::insert(&mut tx, &leave, id, &new, world.now()).await?;
    let entry = Entry::of("give a role", "role", id).within(new.organisation).after(facts(&new));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a role within a caller's transaction, by leave of their own: an
/// invitation that is accepted, the first administrator.
pub(crate) async fn given(world: &World, tx: &mut Tx, by: &Who, new: NewRole) -> Result<()> {
    let id = world.id();
    store::insert_as(tx, id, new.organisation, &new, world.now(), by.name()).await?;
    let entry = Entry::of("give a role", "role", id).within(new.organisation).after(facts(&new));
    Ok(audit::record(world, tx, by, entry).await?)
}

/// Ends a role from a day on.
///
/// # Errors
/// [`Error::Invalid`] for a day before the role began, or the last head's role;
/// [`Error::NotFound`] where there is no such role or it has ended.
pub async fn end(world: &World, who: &Who, organisation: i64, role: i64, until: Option<Date>, why: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let kind = organisation::find(&mut tx, organisation).await?.kind;
    let leave = access::manage(&mut tx, who, organisation, kind).await?;
    let until = until.ok_or_else(|| Error::field("until", "Enter the first day without this role"))?;
    let why = Some(why.trim()).filter(|why| !why.is_empty());
    if why.is_some_and(|why| why.chars().count() > 500) {
        return Err(Error::field("why", "Give the reason in at most 500 characters"));
    }
    let see = access::see(&mut tx, who, organisation).await?;
    let members = store::members(&mut tx, &see).await?;
    let all: Vec<&RoleHeld> = members.iter().flat_map(|member| &member.roles).collect();
    let held = all.iter().find(|held| held.id == role && held.until.is_none()).ok_or(Error::NotFound)?;
    if until < held.since {
        return Err(Error::field("until", "Enter a day on or after the day on which the role began"));
    }
    // Whoever keeps an organisation's people cannot leave it without a keeper.
    let keeper = matches!(held.role, Role::Head | Role::ProgrammeLead | Role::Administrator);
    let others = all.iter().any(|other| other.role == held.role && other.id != role && other.until.is_none());
    if keeper && !others {
        return Err(Error::Invalid(vec![FieldError::new(
            "until",
            format!(
                "Nobody else is {} here. Invite the next one first; when they have accepted, end this role",
                held.role.words()
            ),
        )]));
    }
    if !store::end(&mut tx, &leave, role, until, why).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("end a role", "role", role)
        .within(organisation)
        .before(json!({"role": held.role.key(), "person": held.person, "since": held.since}))
        .after(json!({"until": until}));
    let entry = match why {
        Some(why) => entry.why(why),
        None => entry,
    };
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The people of an organisation, by name, with their roles there.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn people(world: &World, who: &Who, organisation: i64) -> Result<Vec<Member>> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation).await?;
    store::members(&mut conn, &leave).await
}

/// What nobody holds in a school today: its head, its strands.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn vacancies(world: &World, who: &Who, organisation: i64) -> Result<Vec<Vacancy>> {
    let roles: Vec<RoleHeld> =
        people(world, who, organisation).await?.into_iter().flat_map(|member| member.roles).collect();
    Ok(vacant(&roles, world.clock.today()))
}

/// What a person holds on a day; for their session.
pub(crate) async fn held(conn: &mut Conn, person: i64, day: Date) -> Result<Vec<Held>> {
    store::held(conn, person, day).await
}

/// How a caller belongs to an organisation without holding a role in it: as
/// the adviser who accompanies it, as lead or evaluator of a programme that it
/// takes part in. Asked only of callers who hold such a role somewhere.
pub(crate) async fn belonging(conn: &mut Conn, caller: &Caller, organisation: i64) -> Result<Vec<Role>> {
    let reaching = |held: &Held| matches!(held.role, Role::Adviser | Role::ProgrammeLead | Role::Evaluator);
    if !caller.roles.iter().any(reaching) {
        return Ok(Vec::new());
    }
    let mut roles = store::belonging(conn, caller.id, organisation, caller.today).await?;
    // An assignment outlives neither the role nor the second factor that it asks for.
    roles.retain(|role| caller.roles.iter().any(|held| held.role == *role));
    Ok(roles)
}

fn facts(new: &NewRole) -> serde_json::Value {
    json!({"person": new.person, "role": new.role.key(), "strand": new.strand.map(crate::who::Strand::key),
        "since": new.since})
}
