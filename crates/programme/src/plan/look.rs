//! Reading a plan, and choosing for it.

use super::{
    access::{self, As},
    dates::calendar,
    model::{Action, Plan, Priority},
    store,
    trial::Trial,
};
use crate::{
    Who, World,
    diagnosis::{self, Basis},
    error::Result,
    item::ItemKind,
    organisation::Organisation,
    release, role, strategy,
};
use ::store::Conn;
use kernel::{Date, calendar::Calendar};
use std::collections::HashMap;

/// As whom somebody reads a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// As one who leads the school.
    Leader,
    /// As one to whom it was released.
    Released,
    /// As one who may own actions: they see theirs alone.
    Owner,
}

/// A plan, as somebody sees it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// As whom one reads.
    pub eyes: Eyes,
    /// The plan, or what of it they see.
    pub plan: Plan,
    /// The school's calendar.
    pub calendar: Calendar,
    /// The school's own strategies.
    pub own: Vec<strategy::Own>,
    /// Tests of change, for leaders.
    pub trials: Vec<Trial>,
}

/// A plan, as somebody sees it. A look from outside is noted in the same transaction.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not, the database.
pub async fn read(world: &World, who: &Who, organisation: i64) -> Result<Reading> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation).await?;
    if let As::Released(seen) = &leave.how
        && seen.from_outside
    {
        drop(conn);
        let mut tx = world.db.begin().await?;
        // Asked again where it is written down, so that nothing comes in between.
        let leave = access::see(&mut tx, who, organisation).await?;
        if let As::Released(seen) = &leave.how {
            release::looked(world, &mut tx, seen, organisation, ItemKind::Plan, None).await?;
        }
        let reading = reading(world, &mut tx, leave).await?;
        tx.commit().await?;
        return Ok(reading);
    }
    reading(world, &mut conn, leave).await
}

async fn reading(world: &World, conn: &mut Conn, leave: access::MaySee) -> Result<Reading> {
    let id = leave.school.id;
    let whole = plan(conn, id).await?;
    let (eyes, plan) = match leave.how {
        As::Leader => (Eyes::Leader, whole),
        As::Released(_) => (Eyes::Released, whole),
        As::Owner(person) => (Eyes::Owner, of_owner(whole, person)),
    };
    Ok(Reading {
        calendar: calendar(world, conn, id).await?,
        own: strategy::names(conn, id).await?,
        trials: if eyes == Eyes::Leader { store::tests(conn, id).await? } else { Vec::new() },
        school: leave.school,
        eyes,
        plan,
    })
}

/// What of a plan its owners see: their actions, under which priorities, and
/// nothing that others wrote of those.
fn of_owner(whole: Plan, person: i64) -> Plan {
    let actions: Vec<Action> = whole.actions.into_iter().filter(|one| one.owner == Some(person)).collect();
    let priorities = whole.priorities.into_iter().filter(|one| actions.iter().any(|action| action.priority == one.id));
    let priorities =
        priorities.map(|one| Priority { why: String::new(), beyond: String::new(), statements: Vec::new(), ..one });
    Plan { priorities: priorities.collect(), actions, ..Plan::default() }
}

/// The whole plan of a school.
pub(crate) async fn plan(conn: &mut Conn, organisation: i64) -> Result<Plan> {
    Ok(Plan {
        priorities: store::priorities(conn, organisation).await?,
        actions: store::actions(conn, organisation).await?,
        criteria: store::criteria(conn, organisation).await?,
        measured: store::measured(conn, organisation).await?,
    })
}

/// How far each school of a programme is with its plan on a day, for another
/// noun that has leave to tell of it.
pub(crate) async fn how_far(conn: &mut Conn, programme: i64, on: Date) -> Result<HashMap<i64, store::HowFar>> {
    store::how_far(conn, programme, on).await
}

/// How many people own what is due in a school on a day, for another noun that
/// tells sums only.
pub(crate) async fn owners_of_due(conn: &mut Conn, school: i64, on: Date) -> Result<u64> {
    Ok(u64::try_from(store::owners_of_due(conn, school, on).await?).unwrap_or(0))
}

/// What a school chooses from.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// The school.
    pub school: Organisation,
    /// The latest diagnosis that is agreed.
    pub basis: Option<Basis>,
    /// The plan.
    pub plan: Plan,
    /// The school's own strategies.
    pub own: Vec<strategy::Own>,
}

/// What a school chooses from: its strengths and what its diagnosis says, and
/// what it has chosen.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn choosing(world: &World, who: &Who, organisation: i64) -> Result<Choosing> {
    let mut conn = world.db.read().await?;
    let leave = access::choose(&mut conn, who, organisation).await?;
    Ok(Choosing {
        school: leave.0,
        basis: diagnosis::latest_basis(&mut conn, organisation).await?,
        plan: plan(&mut conn, organisation).await?,
        own: strategy::names(&mut conn, organisation).await?,
    })
}

/// The diagnosis from which a priority grew, for who leads the school: others
/// read it where that is released to them.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn basis_of(world: &World, who: &Who, organisation: i64, priority: &Priority) -> Result<Option<Basis>> {
    let mut conn = world.db.read().await?;
    access::choose(&mut conn, who, organisation).await?;
    match priority.diagnosis {
        Some(id) => diagnosis::basis(&mut conn, organisation, id).await,
        None => Ok(None),
    }
}

/// Who may own an action: those who hold a role in the school today, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not act.
pub async fn owners(world: &World, who: &Who, organisation: i64) -> Result<Vec<(i64, String)>> {
    let mut conn = world.db.read().await?;
    access::opine(&mut conn, who, organisation).await?;
    let today = world.clock.today();
    let all = role::everybody(&mut conn, organisation).await?;
    let here = all.into_iter().filter(|one| one.roles.iter().any(|held| held.on(today)));
    Ok(here.map(|one| (one.person, one.name)).collect())
}

/// What waits for somebody in a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The school.
    pub organisation: i64,
    /// The actions, the first due first.
    pub actions: Vec<Action>,
}

/// What waits for the caller, by school; for their start page. Only in schools to
/// which they belong today.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn mine(world: &World, who: &Who) -> Result<Vec<Waiting>> {
    let caller = crate::rights::SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    let mut all: Vec<Waiting> = Vec::new();
    for (organisation, action) in store::of_person(&mut conn, caller.id).await? {
        if !access::OWNS.directly(who, organisation) {
            continue;
        }
        match all.iter_mut().find(|one| one.organisation == organisation) {
            Some(one) => one.actions.push(action),
            None => all.push(Waiting { organisation, actions: vec![action] }),
        }
    }
    Ok(all)
}

/// One action, for who may say where it stands.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn action(world: &World, who: &Who, organisation: i64, id: i64) -> Result<(Organisation, Action, bool)> {
    let mut conn = world.db.read().await?;
    let leave = access::mark(&mut conn, who, organisation, id).await?;
    Ok((leave.school, leave.action, leave.acts))
}

/// The priority under which somebody may act.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn acting(world: &World, who: &Who, organisation: i64, priority: i64) -> Result<(Organisation, Priority)> {
    let mut conn = world.db.read().await?;
    let leave = access::act(&mut conn, who, organisation, priority).await?;
    Ok((leave.school, leave.priority))
}
