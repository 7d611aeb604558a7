//! Who is at which step of the year: days on which something was done, and how
//! much of what was due was done. Never what a school said: that is the school's.

use crate::{
    Who, World,
    cohort::{self, Programme},
    diagnosis,
    error::Result,
    item::ItemKind,
    plan, release, review,
    sums::{FEWEST_PEOPLE, FEWEST_SCHOOLS},
    who::Role,
};
use ::store::Conn;
use kernel::{Date, clock::in_england};
use std::collections::BTreeSet;

/// Where a school is in its year.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// The school.
    pub organisation: i64,
    /// Its name.
    pub name: String,
    /// When its latest diagnosis was opened.
    pub opened: Option<Date>,
    /// When that one was agreed.
    pub agreed: Option<Date>,
    /// When the first of its open priorities was chosen.
    pub chosen: Option<Date>,
    /// Its plan has an action.
    pub planned: bool,
    /// When it finished a review in the term that it is.
    pub reviewed: Option<Date>,
    /// The day that it set for its next review.
    pub review_due: Option<Date>,
    /// What it released to the programme's leads.
    pub released: Vec<ItemKind>,
}

/// A share: so many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub of: u64,
}

/// What schools did of what they set out to do, over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowThrough {
    /// Schools that agreed the diagnosis they opened; none where too few opened one.
    pub agreed: Option<Share>,
    /// Schools with priorities and an action to each plan; none where too few.
    pub planned: Option<Share>,
    /// Schools that reviewed this term; none where too few have a priority.
    pub reviewed: Option<Share>,
    /// Actions done of those whose day has come; none where they are of fewer than
    /// three schools or six people.
    pub actions: Option<Share>,
}

/// Who is at which step.
#[derive(Debug, Clone)]
pub struct StepsOfAll {
    /// The programme.
    pub programme: Programme,
    /// Its schools that take part today, by name.
    pub schools: Vec<Steps>,
    /// What they did of what they set out to do.
    pub follow: FollowThrough,
    /// The day it is.
    pub today: Date,
}

/// Who is at which step of a programme.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever does not lead or keep it, or the database.
pub async fn steps(world: &World, who: &Who, slug: &str) -> Result<StepsOfAll> {
    let programme = cohort::programme(world, who, slug).await?;
    let today = world.clock.today();
    let mut conn = world.db.snapshot().await?;
    let (mut schools, mut due) = (Vec::new(), Vec::new());
    for (organisation, name) in taking_part(&mut conn, programme.id, today).await? {
        let plan = plan::chosen(&mut conn, organisation).await?;
        let mine = plan.actions.iter().filter(|one| one.due <= today && one.state != plan::State::Dropped);
        due.extend(mine.map(|one| Due {
            school: organisation,
            owner: one.owner_name.clone(),
            done: one.state == plan::State::Done,
        }));
        schools.push(of_school(world, &mut conn, &programme, (organisation, name), &plan).await?);
    }
    Ok(StepsOfAll { follow: follow(&schools, &due), programme, schools, today })
}

/// The schools of a programme that take part today and have people here, by name.
pub(super) async fn taking_part(conn: &mut Conn, programme: i64, today: Date) -> Result<Vec<(i64, String)>> {
    let cohorts = cohort::schools_of(conn, programme).await?;
    let schools = cohorts.into_iter().flat_map(|(_, schools)| schools).filter(|one| one.goes_on(today));
    let mut all: Vec<(i64, String)> = schools.filter_map(|one| Some((one.organisation?, one.named))).collect();
    all.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    all.dedup_by_key(|(id, _)| *id);
    Ok(all)
}

async fn of_school(
    world: &World,
    conn: &mut Conn,
    programme: &Programme,
    (organisation, name): (i64, String),
    plan: &plan::Plan,
) -> Result<Steps> {
    let today = world.clock.today();
    let latest = diagnosis::latest_days(conn, organisation).await?;
    let held = review::days(conn, organisation).await?;
    let term = plan::calendar(world, conn, organisation).await?.term_on(today);
    let in_term = |day: Date| term.as_ref().is_some_and(|term| term.holds(day));
    let released = release::all_of_organisation(conn, organisation).await?;
    let to_leads = |one: &&release::Release| {
        one.holds(today) && one.to().is_some_and(|to| to.role == Role::ProgrammeLead && to.organisation == programme.id)
    };
    let released: BTreeSet<ItemKind> = released.iter().filter(to_leads).map(|one| one.kind).collect();
    Ok(Steps {
        organisation,
        name,
        opened: latest.map(|(opened, _)| in_england(opened).date()),
        agreed: latest.and_then(|(_, agreed)| agreed).map(|at| in_england(at).date()),
        chosen: plan.open().map(|one| one.opened_on).min(),
        planned: !plan.actions.is_empty(),
        reviewed: held.finished.into_iter().filter(|day| in_term(*day)).max(),
        review_due: held.next,
        released: released.into_iter().collect(),
    })
}

/// An action whose day has come.
struct Due {
    school: i64,
    owner: String,
    done: bool,
}

fn follow(schools: &[Steps], due: &[Due]) -> FollowThrough {
    let share = |of: fn(&Steps) -> bool, part: fn(&Steps) -> bool| {
        let those: Vec<&Steps> = schools.iter().filter(|one| of(one)).collect();
        let part = those.iter().filter(|one| part(one)).count() as u64;
        let of = those.len() as u64;
        (of >= FEWEST_SCHOOLS).then_some(Share { part, of })
    };
    let of_schools: BTreeSet<i64> = due.iter().map(|one| one.school).collect();
    let of_people: BTreeSet<(i64, &str)> = due.iter().map(|one| (one.school, one.owner.as_str())).collect();
    let enough = of_schools.len() as u64 >= FEWEST_SCHOOLS && of_people.len() as u64 >= FEWEST_PEOPLE;
    FollowThrough {
        agreed: share(|one| one.opened.is_some(), |one| one.agreed.is_some()),
        planned: share(|one| one.chosen.is_some(), |one| one.planned),
        reviewed: share(|one| one.chosen.is_some(), |one| one.reviewed.is_some()),
        actions: enough.then(|| Share { part: due.iter().filter(|one| one.done).count() as u64, of: due.len() as u64 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn school(opened: bool, agreed: bool) -> Steps {
        let day = |yes: bool| yes.then(|| date(2026, 10, 5));
        Steps { opened: day(opened), agreed: day(agreed), ..Steps::default() }
    }

    #[test]
    fn a_share_is_of_three_schools_or_it_is_not_told() {
        let mut all = vec![school(true, true), school(true, false), school(false, false)];
        assert_eq!(follow(&all, &[]).agreed, None);
        all.push(school(true, true));
        assert_eq!(follow(&all, &[]).agreed, Some(Share { part: 2, of: 3 }));
        assert_eq!(follow(&all, &[]).planned, None);
    }

    #[test]
    fn actions_are_of_three_schools_and_six_people_or_they_are_not_told() {
        let due = |school: i64, owner: &str| Due { school, owner: owner.to_owned(), done: school == 1 };
        let mut all = vec![due(1, "Asha"), due(1, "Ben"), due(2, "Cy"), due(2, "Di"), due(3, "Eve")];
        assert_eq!(follow(&[], &all).actions, None);
        all.push(due(3, "Eve"));
        assert_eq!(follow(&[], &all).actions, None, "five people");
        all.push(due(3, "Fay"));
        assert_eq!(follow(&[], &all).actions, Some(Share { part: 2, of: 7 }));
        all.iter_mut().for_each(|one| one.school = one.school.min(2));
        assert_eq!(follow(&[], &all).actions, None, "two schools");
    }
}
