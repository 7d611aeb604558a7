//! Who is at which step of the year: days on which something was done, and how
//! much of what was due was done. Never what a school said: that is the school's.

use crate::{
    Who, World,
    cohort::{self, Programme},
    diagnosis,
    error::{Error, Result},
    item::ItemKind,
    plan, release, review,
    sums::{FEWEST_PEOPLE, FEWEST_SCHOOLS},
    who::Role,
};
use ::store::Conn;
use jiff::SignedDuration;
use kernel::{Date, Timestamp, calendar::Term, clock::in_england};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    /// What it released to the programme's leads: all of a kind, or so many of it.
    pub released: Vec<(ItemKind, Option<usize>)>,
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
/// [`Error::NotFound`] for whoever does not lead or keep it, or the database.
pub async fn steps(world: &World, who: &Who, slug: &str) -> Result<StepsOfAll> {
    let programme = cohort::programme(world, who, slug).await?;
    let today = world.clock.today();
    let known = known(world, programme.id).await?;
    let mut conn = world.db.read().await?;
    let taking_part = taking_part(&mut conn, programme.id, today).await?;
    let due = taking_part.iter().filter_map(|(school, _)| Some((*school, known.plans.get(school)?)));
    let due: Vec<(i64, Due)> = due.map(|(school, plan)| (school, Due::of(plan))).collect();
    let mut people = 0;
    // Enough of them are counted, and no more.
    for (school, _) in due.iter().filter(|(_, due)| due.of > 0) {
        if people >= FEWEST_PEOPLE {
            break;
        }
        people += plan::owners_of_due(&mut conn, *school, today).await?;
    }
    let due: Vec<Due> = due.into_iter().map(|(_, due)| due).collect();
    let schools: Vec<Steps> = taking_part.into_iter().map(|(school, name)| known.of(school, name)).collect();
    Ok(StepsOfAll { follow: follow(&schools, &due, people), programme, schools, today })
}

/// The schools of a programme that take part today and have people here, by name.
pub(super) async fn taking_part(conn: &mut Conn, programme: i64, today: Date) -> Result<Vec<(i64, String)>> {
    let cohorts = cohort::schools_among(conn, programme, cohort::Which::All).await?;
    let schools = cohorts.into_iter().flat_map(|(_, schools)| schools).filter(|one| one.goes_on(today));
    let mut all: Vec<(i64, String)> = schools.filter_map(|one| Some((one.organisation?, one.named))).collect();
    all.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    all.dedup_by_key(|(id, _)| *id);
    Ok(all)
}

/// What the nouns know of all schools of a programme; asked for once, since there
/// may be hundreds.
struct Known {
    latest: HashMap<i64, (Timestamp, Option<Timestamp>)>,
    reviews: HashMap<i64, review::HeldOn>,
    terms: HashMap<i64, Term>,
    plans: HashMap<i64, plan::HowFar>,
    released: HashMap<i64, Vec<(ItemKind, Option<i64>)>>,
}

/// By two connections at once, each taken where it is used.
async fn known(world: &World, programme: i64) -> Result<Known> {
    let today = world.clock.today();
    // No term is longer.
    let half_a_year = world.now() - SignedDuration::from_hours(183 * 24);
    let looked = async {
        let mut conn = world.db.snapshot().await?;
        Ok::<_, Error>((
            diagnosis::latest_days(&mut conn, programme).await?,
            review::lately(&mut conn, programme, half_a_year).await?,
            release::reaching_role(&mut conn, programme, Role::ProgrammeLead, today).await?,
        ))
    };
    let planned = async {
        let mut conn = world.db.snapshot().await?;
        Ok((
            plan::how_far(&mut conn, programme, today).await?,
            plan::terms_on(world, &mut conn, programme, today).await?,
        ))
    };
    let ((latest, reviews, reaching), (plans, terms)) = tokio::try_join!(looked, planned)?;
    let mut released: HashMap<i64, Vec<(ItemKind, Option<i64>)>> = HashMap::new();
    for (school, kind, item) in reaching {
        released.entry(school).or_default().push((kind, item));
    }
    Ok(Known { latest, reviews, terms, plans, released })
}

/// What is released, by kind: all of it, or so many.
fn kinds(all: impl Iterator<Item = (ItemKind, Option<i64>)>) -> Vec<(ItemKind, Option<usize>)> {
    let mut by_kind: BTreeMap<ItemKind, BTreeSet<Option<i64>>> = BTreeMap::new();
    for (kind, item) in all {
        by_kind.entry(kind).or_default().insert(item);
    }
    let told = |items: BTreeSet<Option<i64>>| (!items.contains(&None)).then_some(items.len());
    by_kind.into_iter().map(|(kind, items)| (kind, told(items))).collect()
}

impl Known {
    fn of(&self, school: i64, name: String) -> Steps {
        let latest = self.latest.get(&school);
        let plan = self.plans.get(&school).copied().unwrap_or_default();
        let held = self.reviews.get(&school);
        let in_term = |day: &Date| self.terms.get(&school).is_some_and(|term| term.holds(*day));
        Steps {
            organisation: school,
            name,
            opened: latest.map(|(opened, _)| in_england(*opened).date()),
            agreed: latest.and_then(|(_, agreed)| *agreed).map(|at| in_england(at).date()),
            chosen: plan.chosen,
            planned: plan.actions > 0,
            reviewed: held.and_then(|held| held.finished.iter().copied().filter(in_term).max()),
            review_due: held.and_then(|held| held.next),
            released: kinds(self.released.get(&school).into_iter().flatten().copied()),
        }
    }
}

/// A school's actions whose day has come.
struct Due {
    of: u64,
    done: u64,
}

impl Due {
    fn of(plan: &plan::HowFar) -> Self {
        let number = |many: i64| u64::try_from(many).unwrap_or(0);
        Self { of: number(plan.due), done: number(plan.done) }
    }
}

/// `people` own what is due, or at least so many.
fn follow(schools: &[Steps], due: &[Due], people: u64) -> FollowThrough {
    let share = |of: fn(&Steps) -> bool, part: fn(&Steps) -> bool| {
        let those: Vec<&Steps> = schools.iter().filter(|one| of(one)).collect();
        let part = those.iter().filter(|one| part(one)).count() as u64;
        let of = those.len() as u64;
        (of >= FEWEST_SCHOOLS).then_some(Share { part, of })
    };
    let of_schools = due.iter().filter(|one| one.of > 0).count() as u64;
    let enough = of_schools >= FEWEST_SCHOOLS && people >= FEWEST_PEOPLE;
    let (part, of) = due.iter().fold((0, 0), |(part, of), one| (part + one.done, of + one.of));
    FollowThrough {
        agreed: share(|one| one.opened.is_some(), |one| one.agreed.is_some()),
        planned: share(|one| one.chosen.is_some(), |one| one.planned),
        reviewed: share(|one| one.chosen.is_some(), |one| one.reviewed.is_some()),
        actions: enough.then_some(Share { part, of }),
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
    fn one_diagnosis_is_not_all_of_them() {
        use ItemKind::{Diagnosis, Plan};
        let told = |all: &[(ItemKind, Option<i64>)]| kinds(all.iter().copied());
        assert_eq!(told(&[(Diagnosis, Some(1)), (Plan, None)]), [(Diagnosis, Some(1)), (Plan, None)]);
        assert_eq!(told(&[(Diagnosis, Some(1)), (Diagnosis, Some(2)), (Diagnosis, Some(1))]), [(Diagnosis, Some(2))]);
        assert_eq!(told(&[(Diagnosis, Some(1)), (Diagnosis, None)]), [(Diagnosis, None)]);
    }

    #[test]
    fn a_share_is_of_three_schools_or_it_is_not_told() {
        let mut all = vec![school(true, true), school(true, false), school(false, false)];
        assert_eq!(follow(&all, &[], 0).agreed, None);
        all.push(school(true, true));
        assert_eq!(follow(&all, &[], 0).agreed, Some(Share { part: 2, of: 3 }));
        assert_eq!(follow(&all, &[], 0).planned, None);
    }

    #[test]
    fn actions_are_of_three_schools_and_six_people_or_they_are_not_told() {
        let due = |of, done| Due { of, done };
        let mut all = vec![due(2, 2), due(2, 0), due(2, 0)];
        assert_eq!(follow(&[], &all, 5).actions, None, "five people");
        all[2] = due(3, 0);
        assert_eq!(follow(&[], &all, 6).actions, Some(Share { part: 2, of: 7 }));
        all = vec![due(2, 2), due(5, 0), due(0, 0)];
        assert_eq!(follow(&[], &all, 6).actions, None, "two schools");
    }
}
