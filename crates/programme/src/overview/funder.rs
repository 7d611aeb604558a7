//! Sums for whoever pays: no school is told, and no number that would tell one.

use crate::{
    Who, World,
    cohort::{self, FUND, Programme, Status},
    error::Result,
    sums::{FEWEST_SCHOOLS, Told, parts, told},
};

/// A programme as its funder sees it.
#[derive(Debug, Clone)]
pub struct Funded {
    /// The programme.
    pub programme: Programme,
    /// How many schools joined it.
    pub schools: Told,
    /// How their participation stands today; nothing where there are too few schools.
    pub statuses: Vec<(Status, Told)>,
    /// Its cohorts with enough schools to tell of.
    pub cohorts: Vec<FundedCohort>,
}

/// A cohort as its programme's funder sees it.
#[derive(Debug, Clone)]
pub struct FundedCohort {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// How many schools.
    pub schools: Told,
    /// Its path is of enough schools to be shown.
    pub has_path: bool,
}

/// What the caller's organisations pay for.
///
/// # Errors
/// [`crate::Error::NotFound`] for whoever is no funder, or the database.
pub async fn funded(world: &World, who: &Who) -> Result<Vec<Funded>> {
    FUND.somewhere(who)?;
    let today = world.clock.today();
    let mut all = Vec::new();
    for funder in FUND.organisations(who) {
        let mut conn = world.db.read().await?;
        for programme in cohort::funded_by(&mut conn, funder).await? {
            let cohorts = cohort::schools_of(&mut conn, programme.id).await?;
            let schools: Vec<_> = cohorts.iter().flat_map(|(_, schools)| schools).collect();
            let count = schools.len() as u64;
            let standing = |status: Status| {
                let is = |row: Option<Status>| row.unwrap_or(Status::Joined) == status;
                schools.iter().filter(|school| is(school.on(today).map(|row| row.status))).count() as u64
            };
            let numbers: Vec<u64> = Status::ALL.iter().map(|status| standing(*status)).collect();
            let statuses = match count {
                0..FEWEST_SCHOOLS => Vec::new(),
                _ => Status::ALL.into_iter().zip(parts(&numbers, FEWEST_SCHOOLS)).collect(),
            };
            let mut shown = Vec::new();
            for (cohort, schools) in &cohorts {
                let followed = schools.iter().filter(|school| school.baseline.met_rule).count() as u64;
                shown.push(FundedCohort {
                    slug: cohort.slug.clone(),
                    name: cohort.name.clone(),
                    schools: told(schools.len() as u64, FEWEST_SCHOOLS),
                    has_path: followed >= FEWEST_SCHOOLS,
                });
            }
            all.push(Funded { schools: told(count, FEWEST_SCHOOLS), statuses, cohorts: shown, programme });
        }
    }
    all.sort_by(|a, b| a.programme.name.cmp(&b.programme.name));
    Ok(all)
}
