//! What is next in one role.

use super::Next;
use crate::{
    Who, World,
    cohort::{self, ShownTo, Status},
    concern,
    error::Result,
    job,
    organisation::Organisation,
    overview::{self, Whom},
    release::ToMe,
    role, self_view,
    who::Role,
};
use jiff::ToSpan as _;
use kernel::Page;

/// Days before an agreed contact from which it is the next thing.
const SOON: i32 = 14;

/// True for a role whose next thing may be something to read.
pub(super) const fn reads_what_is_released(role: Role) -> bool {
    matches!(role, Role::Governor | Role::TeamLeader | Role::Teacher | Role::PeerReviewer)
}

pub(super) async fn next(
    world: &World,
    who: &Who,
    role: Role,
    place: &Organisation,
    released: &[ToMe],
) -> Result<Next> {
    match role {
        Role::Administrator => administrator(world, who).await,
        Role::ProgrammeLead => lead(world, who, place).await,
        Role::Adviser => adviser(world, who, place).await,
        Role::Head | Role::Deputy => leader(world, who, place).await,
        Role::StrandLead => strand_lead(world, who, place).await,
        Role::Funder => Ok(Next::Sums),
        Role::Evaluator => evaluator(world, who, place).await,
        Role::Governor => Ok(governor(place, released)),
        Role::TeamLeader | Role::Teacher | Role::PeerReviewer => Ok(reader(place, released)),
    }
}

async fn administrator(world: &World, who: &Who) -> Result<Next> {
    if world.record().await?.is_empty() {
        return Ok(Next::Import);
    }
    if cohort::programmes(world).await?.is_empty() {
        return Ok(Next::MakeProgramme);
    }
    let failed = job::queue(world, who).await?.counts.failed;
    Ok(if failed > 0 { Next::FailedJobs(failed) } else { Next::Nothing })
}

async fn lead(world: &World, who: &Who, place: &Organisation) -> Result<Next> {
    let mine = cohort::mine(world, who).await?;
    let Some(programme) = mine.into_iter().find(|programme| programme.id == place.id) else {
        return Ok(Next::Nothing);
    };
    let overview = overview::overview(world, who, &programme.slug, Page::NONE).await?;
    let slug = programme.slug;
    Ok(if overview.cohorts.is_empty() {
        Next::MakeCohort(slug)
    } else if overview.schools.is_empty() {
        Next::InviteSchools(slug)
    } else {
        let yours = overview.waits.iter().filter(|wait| wait.whom == Whom::You).count();
        match yours {
            0 => Next::OthersWait(slug, overview.waits.len()),
            yours => Next::Waits(slug, yours),
        }
    })
}

async fn adviser(world: &World, who: &Who, place: &Organisation) -> Result<Next> {
    let schools = overview::own_schools(world, who).await?;
    let schools: Vec<_> = schools.into_iter().filter(|school| school.programme == place.name).collect();
    let soon = world.clock.today().saturating_add(SOON.days());
    let due = schools.iter().find_map(|one| Some((one, one.next.filter(|next| *next <= soon)?)));
    Ok(match due {
        _ if schools.is_empty() => Next::NoSchools,
        Some((school, day)) => Next::Contact(school.organisation, school.name.clone(), day),
        None => match schools.iter().find(|school| school.quiet) {
            Some(school) => {
                let last = school.last.as_ref().map(|contact| contact.on);
                Next::Quiet(school.organisation, school.name.clone(), last)
            }
            None => Next::AllPlanned,
        },
    })
}

async fn leader(world: &World, who: &Who, school: &Organisation) -> Result<Next> {
    let (here, vacancies) = role::present(world, who, school.id).await?;
    let today = world.clock.today();
    let parts = cohort::of_school(world, who, school.id).await?;
    let paused = parts.iter().find_map(|part| part.on(today).filter(|row| row.status == Status::Paused));
    if let Some(paused) = paused {
        return Ok(Next::Paused(paused.since));
    }
    if let Some((concern, until)) = concern::to_answer(world, who, school.id).await?.first() {
        return Ok(Next::ReadFirst(school.id, *concern, *until));
    }
    if here < 2 {
        return Ok(Next::InvitePeople);
    }
    // Who is coming has a day already.
    if let Some(vacancy) = vacancies.iter().find(|vacancy| vacancy.from.is_none()) {
        return Ok(vacancy.strand.map_or(Next::NoHead, Next::Vacant));
    }
    self_view(world, who, school).await
}

async fn strand_lead(world: &World, who: &Who, school: &Organisation) -> Result<Next> {
    self_view(world, who, school).await
}

async fn self_view(world: &World, who: &Who, school: &Organisation) -> Result<Next> {
    let written = self_view::is_written(world, who, school.id).await?;
    Ok(if written { Next::Nothing } else { Next::WriteSelfView })
}

/// A governor comes for one page, which is made of what was released to them.
fn governor(place: &Organisation, released: &[ToMe]) -> Next {
    match released.iter().any(|one| one.organisation == place.id) {
        true => Next::Governors(place.id, place.name.clone()),
        false => reader(place, released),
    }
}

fn reader(place: &Organisation, released: &[ToMe]) -> Next {
    let own = released.iter().find(|one| one.organisation == place.id).or(released.first());
    own.map_or(Next::Nothing, |one| {
        Next::Read(one.organisation, one.name.clone(), one.kind.path(), one.kind.theirs_or_one(one.item))
    })
}

async fn evaluator(world: &World, who: &Who, place: &Organisation) -> Result<Next> {
    let cohorts = cohort::cohorts(world, who).await?;
    let own = cohorts.into_iter().filter(|cohort| cohort.programme_id == place.id);
    let first = own.min_by_key(|cohort| (cohort.shown_to == ShownTo::Anyone, cohort.name.clone()));
    Ok(first.map_or(Next::Nothing, |cohort| Next::Cohort(cohort.slug, cohort.name)))
}
