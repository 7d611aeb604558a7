//! A programme as its lead sees it.

use super::{
    model::{Invited, Line, Overview},
    waits,
};
use crate::{
    Who, World,
    adviser::{self, Assignment},
    cluster::{self, Cluster},
    cohort::{self, Cohort, Participation, Programme},
    contact::{self, Contact},
    error::{Error, Result},
    invitation::{self, DAYS, Invitation, State},
    role::{self, Leader, RoleHeld},
};
use ::store::Conn;
use jiff::ToSpan as _;
use kernel::{Date, Timestamp, clock::in_england};

/// All that the nouns know of a programme's schools.
pub(super) struct Facts {
    pub(super) cohorts: Vec<(Cohort, Vec<Participation>)>,
    pub(super) invitations: Vec<Invitation>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) contacts: Vec<Contact>,
    pub(super) leaders: Vec<Leader>,
    pub(super) clusters: Vec<Cluster>,
    pub(super) now: Timestamp,
    pub(super) today: Date,
}

/// A programme as its lead sees it: schools by name, what waits for whom, what
/// moved in the last two weeks.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not lead or keep it, or the database.
pub async fn overview(world: &World, who: &Who, slug: &str) -> Result<Overview> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut conn = world.db.snapshot().await?;
    let facts = facts(world, &mut conn, programme.id).await?;
    drop(conn);
    Ok(of(programme, &facts))
}

/// One school of a programme, as its lead sees it.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn line(world: &World, who: &Who, slug: &str, school: i64) -> Result<(Programme, Line)> {
    let overview = overview(world, who, slug).await?;
    let line = overview.schools.into_iter().find(|line| line.organisation == Some(school));
    Ok((overview.programme, line.ok_or(Error::NotFound)?))
}

pub(super) async fn facts(world: &World, conn: &mut Conn, programme: i64) -> Result<Facts> {
    let today = world.clock.today();
    Ok(Facts {
        cohorts: cohort::schools_of(conn, programme).await?,
        invitations: invitation::of_programme(conn, programme).await?,
        assignments: adviser::of_programme(conn, programme).await?,
        contacts: contact::of_programme(conn, programme).await?,
        leaders: role::leaders(conn, programme).await?,
        clusters: cluster::of_programme(conn, programme, today).await?,
        now: world.now(),
        today,
    })
}

fn of(programme: Programme, facts: &Facts) -> Overview {
    let schools = lines(facts);
    Overview {
        waits: waits::waits(facts, &schools),
        moved: waits::moved(facts, &schools),
        cohorts: facts.cohorts.iter().map(|(cohort, _)| cohort.clone()).collect(),
        schools,
        programme,
        today: facts.today,
    }
}

/// Each school once in each cohort: those that take or took part, and those that
/// were asked and have not answered yes.
pub(super) fn lines(facts: &Facts) -> Vec<Line> {
    let mut all = Vec::new();
    for (cohort, schools) in &facts.cohorts {
        for school in schools {
            all.push(taking_part(facts, cohort, school));
        }
        for invitation in facts.invitations.iter().filter(|one| one.cohort == Some(cohort.id)) {
            // They stand the latest first, so the first of a school is the one that counts.
            let known = all
                .iter()
                .any(|line: &Line| line.organisation == Some(invitation.organisation) && line.cohort == cohort.slug);
            if !known && invitation.state(facts.now) != State::Withdrawn {
                all.push(asked(facts, cohort, invitation));
            }
        }
    }
    all.sort_by_cached_key(|line| (line.name.to_lowercase(), line.organisation, line.participation));
    all
}

fn taking_part(facts: &Facts, cohort: &Cohort, school: &Participation) -> Line {
    let about = school.organisation;
    let of_school = |one: i64| about == Some(one);
    let roles: Vec<RoleHeld> =
        facts.leaders.iter().filter(|one| of_school(one.school)).map(|one| one.held.clone()).collect();
    let goes_on = school.goes_on(facts.today);
    Line {
        organisation: about,
        participation: Some(school.id),
        cohort: cohort.slug.clone(),
        name: school.named.clone(),
        urn: school.urn,
        cluster: about.and_then(|id| cluster_of(facts, id)),
        status: school.on(facts.today).map(|row| (row.status, row.since)),
        advisers: facts
            .assignments
            .iter()
            .filter(|one| of_school(one.school) && one.on(facts.today))
            .cloned()
            .collect(),
        last: contact::latest(facts.contacts.iter().filter(|one| of_school(one.school))).cloned(),
        invitation: about.and_then(|id| invited(facts, cohort, id)),
        // A school without people here has nothing vacant that anybody knows of.
        vacancies: if goes_on && about.is_some() { role::vacant(&roles, facts.today) } else { Vec::new() },
        goes_on,
    }
}

fn asked(facts: &Facts, cohort: &Cohort, invitation: &Invitation) -> Line {
    Line {
        organisation: Some(invitation.organisation),
        participation: None,
        cohort: cohort.slug.clone(),
        name: invitation.organisation_name.clone(),
        urn: None,
        cluster: cluster_of(facts, invitation.organisation),
        status: None,
        advisers: Vec::new(),
        last: None,
        invitation: invited(facts, cohort, invitation.organisation),
        vacancies: Vec::new(),
        goes_on: false,
    }
}

fn cluster_of(facts: &Facts, school: i64) -> Option<String> {
    facts.clusters.iter().find(|cluster| cluster.schools.contains(&school)).map(|cluster| cluster.name.clone())
}

fn invited(facts: &Facts, cohort: &Cohort, school: i64) -> Option<Invited> {
    let latest = facts.invitations.iter().find(|one| one.organisation == school && one.cohort == Some(cohort.id))?;
    let day = |at: Timestamp| in_england(at).date();
    let until = day(latest.expires_at);
    Some(Invited {
        id: latest.id,
        to: (!latest.asked_keeper).then(|| (latest.name.clone(), latest.email.clone())),
        state: latest.state(facts.now),
        sent: until.saturating_sub(DAYS.days()),
        until,
        answered: latest.accepted_at.or(latest.declined_at).map(day),
    })
}
