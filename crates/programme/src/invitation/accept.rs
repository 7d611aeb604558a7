//! Answering an invitation. Whoever has its secret has the letter, and so the
//! address it went to.

use super::{
    access::{self, MayAnswer},
    model::{Invitation, State, hash_of},
    school::keeper,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    cohort::{self, Cohort, Programme},
    error::{Error, Result},
    organisation::{self, Organisation},
    person::{self, NewPerson, Token},
    rights::SIGNED_IN_WRITES,
    role::{self, NewRole},
    who::{Actor, Caller, Known, Role},
};
use ::store::{Conn, Tx};
use serde_json::json;

/// An invitation as whoever has the letter sees it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The invitation.
    pub invitation: Invitation,
    /// How it stands.
    pub state: State,
    /// The organisation.
    pub organisation: Organisation,
    /// The programme and the cohort that the school would join.
    pub joins: Option<(Programme, Cohort)>,
    /// Somebody has an account with the address that the letter went to.
    pub has_account: bool,
}

/// Looks at an invitation.
///
/// # Errors
/// [`Error::NotFound`] where there is none with this secret.
pub async fn look(world: &World, token: &str) -> Result<Looked> {
    let mut conn = world.db.read().await?;
    let MayAnswer(invitation) = found(&mut conn, token).await?;
    let joins = match invitation.cohort {
        Some(cohort) => {
            let cohort = cohort::cohort_by_id(&mut conn, cohort).await?;
            Some((cohort::programme_by_id(&mut conn, cohort.programme_id).await?, cohort))
        }
        None => None,
    };
    Ok(Looked {
        state: invitation.state(world.now()),
        organisation: organisation::find(&mut conn, invitation.organisation).await?,
        has_account: person::by_address(&mut conn, &invitation.email).await?.is_some(),
        joins,
        invitation,
    })
}

/// True where there is an invitation with this secret that can be answered.
///
/// # Errors
/// The database.
pub async fn is_open(world: &World, token: &str) -> Result<bool> {
    let mut conn = world.db.read().await?;
    match found(&mut conn, token).await {
        Ok(leave) => Ok(leave.0.state(world.now()) == State::Open),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn found(conn: &mut Conn, token: &str) -> Result<MayAnswer> {
    let sha256 = hash_of(token).ok_or(Error::NotFound)?;
    access::answer(store::by_token(conn, &sha256).await?)
}

/// What somebody gives who has no account yet; their address is the invitation's.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Their name.
    pub name: String,
    /// Their password.
    pub password: String,
    /// Their browser: ‘Firefox on Linux’.
    pub device: String,
}

/// What accepting led to.
#[derive(Debug)]
pub struct Accepted {
    /// The session of somebody who had no account.
    pub session: Option<Token>,
    /// The organisation.
    pub organisation: i64,
}

/// Accepts an invitation: the role is given, a school that was invited to a
/// programme joins it, its baseline is frozen; all or nothing.
///
/// # Errors
/// [`Error::SignInFirst`] where the address has an account and nobody is signed
/// in; [`Error::Invalid`] where a field does not fit or the invitation can no
/// longer be accepted; [`Error::NotFound`].
pub async fn accept(world: &World, who: &Who, token: &str, new: NewAccount) -> Result<Accepted> {
    let device = new.device.clone();
    let prepared = match who {
        Who::Person(_) => {
            SIGNED_IN_WRITES.own(who)?;
            None
        }
        _ => {
            let looked = look(world, token).await?;
            open(looked.state)?;
            if looked.has_account {
                return Err(Error::SignInFirst);
            }
            let NewAccount { name, password, .. } = new;
            Some(person::prepare(world, NewPerson { email: looked.invitation.email, name, password }).await?)
        }
    };
    let record = world.record().await?;
    let mut tx = world.db.begin().await?;
    let leave = found(&mut tx, token).await?;
    open(leave.0.state(world.now()))?;
    let (who, is_new) = match prepared {
        Some(prepared) => {
            let (id, name) = person::made(world, &mut tx, prepared).await?;
            let caller = Caller {
                id,
                name,
                roles: [].into(),
                reads_only: false,
                today: world.clock.today(),
                known: Known::default(),
            };
            (Who::Person(caller), true)
        }
        None => (who.clone(), false),
    };
    let caller = who.caller().ok_or(Error::NotFound)?;
    if !store::accept(&mut tx, &leave, caller.id, world.now()).await? {
        return Err(ended());
    }
    let by = who.acting(leave.0.role);
    let after = json!({"role": leave.0.role.key(), "cohort": leave.0.cohort});
    let entry = Entry::of("accept an invitation", "invitation", leave.0.id).within(leave.0.organisation).after(after);
    audit::record(world, &mut tx, &by, entry).await?;
    give_role(world, &mut tx, &who, caller, &leave.0).await?;
    if let Some(cohort) = leave.0.cohort {
        let school = organisation::find(&mut tx, leave.0.organisation).await?;
        cohort::joined(world, &mut tx, &by, cohort, &school, &record).await?;
    }
    let session = if is_new { Some(person::opened(world, &mut tx, &who, &device).await?) } else { None };
    tx.commit().await?;
    Ok(Accepted { session, organisation: leave.0.organisation })
}

/// Gives the role, unless they hold it. Whoever joins a school to a programme
/// becomes its head only where nobody keeps the school's people yet: else an
/// invitation that was sent to a wrong address would open a school's record.
async fn give_role(world: &World, tx: &mut Tx, who: &Who, caller: &Caller, invitation: &Invitation) -> Result<()> {
    let today = world.clock.today();
    let people = role::everybody(tx, invitation.organisation).await?;
    let own = people.iter().find(|one| one.person == caller.id);
    let holds = |role: Role| own.is_some_and(|one| one.roles.iter().any(|held| held.role == role && held.on(today)));
    if invitation.cohort.is_some() {
        if holds(Role::Head) || holds(Role::Deputy) {
            return Ok(());
        }
        if keeper(&people, today).is_some() {
            let why = format!(
                "{} has a head here, who decides. Ask them to open the letter, or the programme to write to them",
                invitation.organisation_name
            );
            return Err(Error::field("accept", why));
        }
    }
    let same = own.is_some_and(|one| {
        let is = |held: &&role::RoleHeld| held.role == invitation.role && held.strand == invitation.strand;
        one.roles.iter().any(|held| is(&held) && held.until.is_none())
    });
    if same {
        return Ok(());
    }
    let new = NewRole {
        person: caller.id,
        organisation: invitation.organisation,
        role: invitation.role,
        strand: invitation.strand,
        since: today,
    };
    role::given(world, tx, who, new).await
}

/// Declines an invitation.
///
/// # Errors
/// [`Error::Invalid`] where it can no longer be answered; [`Error::NotFound`].
pub async fn decline(world: &World, token: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = found(&mut tx, token).await?;
    open(leave.0.state(world.now()))?;
    if !store::decline(&mut tx, &leave, world.now()).await? {
        return Err(ended());
    }
    let by = Actor { person: None, name: leave.0.name.clone(), role: "invited" };
    let entry = Entry::of("decline an invitation", "invitation", leave.0.id).within(leave.0.organisation);
    audit::record(world, &mut tx, &by, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn open(state: State) -> Result<()> {
    if state == State::Open { Ok(()) } else { Err(ended()) }
}

fn ended() -> Error {
    Error::field("accept", "This invitation can no longer be answered. Ask whoever invited you for a new one")
}
