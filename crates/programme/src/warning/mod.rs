//! Early warnings about how a school is led: a strand that nobody leads, a change
//! of head, a review that was missed, nobody signed in for a month. Computed when
//! somebody looks, and shown to the school before anyone else.

mod access;
mod model;
mod store;

pub use access::SEE;
pub use model::{SCHOOL_FIRST, Warning, What};

use crate::{Who, World, error::Result, organisation::Organisation, review, role, who::Role};
use kernel::clock::in_england;
use model::Facts;

/// Early warnings, as somebody may read them.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// The reader leads it: they read all of them.
    pub leads: bool,
    /// The warnings.
    pub all: Vec<Warning>,
}

/// The early warnings of a school: for who leads it all of them, for its adviser
/// and its programme those that it has known for two weeks.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever may not.
pub async fn read(world: &World, who: &Who, organisation: i64) -> Result<Reading> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation).await?;
    let today = world.clock.today();
    let members = role::everybody(&mut conn, organisation).await?;
    let roles: Vec<role::RoleHeld> = members.into_iter().flat_map(|one| one.roles).collect();
    let heads = || roles.iter().filter(|held| held.role == Role::Head);
    let head_since = heads().filter(|held| held.on(today)).map(|held| held.since).max();
    let facts = Facts {
        vacancies: role::vacant(&roles.iter().map(role::Tenure::from).collect::<Vec<_>>(), today),
        head_since: head_since.map(|since| (since, heads().any(|held| held.since < since))),
        review_due: review::due_on(&mut conn, organisation).await?,
        last_sign_in: store::last_sign_in(&mut conn, organisation).await?.map(|at| in_england(at).date()),
    };
    let all = model::warnings(&facts, today);
    let all = if leave.leads { all } else { model::for_others(all, today) };
    Ok(Reading { school: leave.school, leads: leave.leads, all })
}
