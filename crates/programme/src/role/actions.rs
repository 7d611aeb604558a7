//! What one can do with roles.

use super::{
    access,
    model::{Leaders, Member, NewRole, RoleHeld, Vacancy, checked, vacant},
    store,
};
use crate::{
    Who, World, adviser,
    audit::{self, Entry},
    cohort::Which,
    error::{Error, FieldError, Result},
    organisation,
    rights::Grant,
    who::{Caller, Held, Role},
};
use ::store::{Conn, Row, Tx};
use kernel::Date;
use serde_json::json;

/// Gives a role to somebody who holds or held one in the organisation. Others
/// are invited, so that an address in a form tells nobody who has an account.
///
/// # Errors
/// [`Error::Invalid`] where it does not fit or they hold it already.
pub async fn give(world: &World, who: &Who, new: NewRole) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let kind = organisation::found(&mut tx, who, new.organisation).await?.kind;
    let leave = access::manage(&mut tx, who, new.organisation, kind).await?;
    let new = NewRole { strand: checked(kind, new.role, new.strand)?, ..new };
    let members = store::members(&mut tx, &access::MaySee::all(&leave)).await?;
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
    let kind = organisation::found(&mut tx, who, organisation).await?.kind;
    let leave = access::manage(&mut tx, who, organisation, kind).await?;
    let until = until.ok_or_else(|| Error::field("until", "Enter the first day without this role"))?;
    let why = Some(why.trim()).filter(|why| !why.is_empty());
    if why.is_some_and(|why| why.chars().count() > 500) {
        return Err(Error::field("why", "Give the reason in at most 500 characters"));
    }
    let members = store::members(&mut tx, &access::MaySee::all(&leave)).await?;
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
    if held.role == Role::Adviser {
        adviser::ended_with_role(world, &mut tx, &leave.grant.by, organisation, held.person, until).await?;
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

/// How many people hold a role in a school today, and what nobody holds.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn present(world: &World, who: &Who, organisation: i64) -> Result<(i64, Vec<Vacancy>)> {
    let (mut conn, today) = (world.db.read().await?, world.clock.today());
    let leave = access::see(&mut conn, who, organisation).await?;
    let (present, posts) = store::posts(&mut conn, &leave, today).await?;
    Ok((present, vacant(&posts, today)))
}

/// Whether somebody may change who does what in an organisation, for a page
/// that shows a form before anything is done.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn may_change(world: &World, who: &Who, organisation: i64) -> Result<()> {
    let mut conn = world.db.read().await?;
    if let Who::Anyone = who {
        return Err(Error::SignInFirst);
    }
    may_manage(&mut conn, who, organisation).await.map(drop)
}

/// Leave to manage an organisation's people, for another noun: an invitation.
pub(crate) async fn may_manage(conn: &mut Conn, who: &Who, organisation: i64) -> Result<Grant> {
    let kind = organisation::found(conn, who, organisation).await?.kind;
    access::manage(conn, who, organisation, kind).await.map(|leave| leave.grant)
}

/// Everybody of an organisation, for another noun that has leave to manage it.
pub(crate) async fn everybody(conn: &mut Conn, organisation: i64) -> Result<Vec<Member>> {
    store::members(conn, &access::MaySee { organisation, whom: access::Whom::All }).await
}

/// Heads, also former ones, of schools of a programme, for another noun that decides itself who
/// may know; of a whole programme only those by name who came or left since `lately`.
pub(crate) async fn leaders(conn: &mut Conn, programme: i64, which: Which, lately: Date) -> Result<Leaders> {
    store::leaders(conn, programme, which, lately).await
}

/// Adds the strand leads of these schools, also former ones.
pub(crate) async fn add_strand_leads(conn: &mut Conn, schools: &[i64], leaders: &mut Leaders) -> Result<()> {
    store::strand_leads(conn, schools, leaders).await
}

/// Writes a role as it was held, for the demo, at the command line.
///
/// # Errors
/// [`Error::NotFound`] for anybody else, or the database.
pub async fn seed(world: &World, who: &Who, new: NewRole, until: Option<(Date, &str)>) -> Result<()> {
    let Who::Console = who else { return Err(Error::NotFound) };
    let mut tx = world.db.begin().await?;
    let kind = organisation::find(&mut tx, new.organisation).await?.kind;
    let leave = access::manage(&mut tx, who, new.organisation, kind).await?;
    let new = NewRole { strand: checked(kind, new.role, new.strand)?, ..new };
    let id = world.id();
    store::insert(&mut tx, &leave, id, &new, world.now()).await?;
    let entry = Entry::of("give a role", "role", id).within(new.organisation).after(facts(&new));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    if let Some((until, why)) = until {
        store::end(&mut tx, &leave, id, until, Some(why)).await?;
        let entry = Entry::of("end a role", "role", id).within(new.organisation).after(json!({"until": until}));
        audit::record(world, &mut tx, &leave.grant.by, entry.why(why)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What a person holds on a day; for their session.
pub(crate) async fn held(conn: &mut Conn, person: i64, day: Date) -> Result<Vec<Held>> {
    store::held(conn, person, day).await
}

/// Role, organisation and strand in three columns of a row of another noun, which
/// reads them with what is its own.
pub(crate) fn held_in(row: &Row, first: usize) -> Result<Option<Held>> {
    store::held_at(row, first)
}

/// How a caller belongs to an organisation without holding a role in it: as
/// the adviser who accompanies it, as lead or evaluator of a programme that it
/// takes part in; each with its programme. Asked only of callers who hold such a
/// role somewhere.
pub(crate) async fn belonging(conn: &mut Conn, caller: &Caller, organisation: i64) -> Result<Vec<Held>> {
    let reaching = |held: &Held| matches!(held.role, Role::Adviser | Role::ProgrammeLead | Role::Evaluator);
    if !caller.roles.iter().any(reaching) {
        return Ok(Vec::new());
    }
    let mut all = match caller.known.belonging(organisation) {
        Some(known) => known.to_vec(),
        None => store::belonging(conn, caller.id, organisation, caller.today).await?,
    };
    // An assignment outlives neither the role nor the second factor that it asks for.
    all.retain(|one| caller.roles.iter().any(|held| held.role == one.role && held.organisation == one.organisation));
    Ok(all)
}

/// As [`belonging`], of somebody who does not ask themselves: whom a letter may tell.
pub(crate) async fn reaching(conn: &mut Conn, person: i64, organisation: i64, day: Date) -> Result<Vec<Held>> {
    store::belonging(conn, person, organisation, day).await
}

fn facts(new: &NewRole) -> serde_json::Value {
    json!({"person": new.person, "role": new.role.key(), "strand": new.strand.map(crate::who::Strand::key),
        "since": new.since})
}
