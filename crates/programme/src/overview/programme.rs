//! A programme as its lead sees it.

use super::{
    model::{Invited, LATELY, Line, Overview},
    waits,
};
use crate::{
    Who, World,
    adviser::{self, Assignment},
    cluster,
    cohort::{self, Cohort, CohortSchool, Programme, Which},
    contact::{self, Contact},
    error::{Error, Result},
    invitation::{self, DAYS, Invitation, State},
    role::{self, Leaders},
};
use jiff::ToSpan as _;
use kernel::{Date, Page, Timestamp, clock::in_england};
use std::collections::{HashMap, HashSet};

/// All that the nouns know of a programme's schools.
pub(super) struct Facts {
    pub(super) cohorts: Vec<(Cohort, Vec<CohortSchool>)>,
    pub(super) invitations: Vec<Invitation>,
    pub(super) assignments: Vec<Assignment>,
    /// The latest of each school, and those of the last two weeks.
    pub(super) contacts: Vec<Contact>,
    pub(super) leaders: Leaders,
    pub(super) now: Timestamp,
    pub(super) today: Date,
}

/// A programme as its lead sees it: schools by name, what waits for whom, what
/// moved in the last two weeks. Of its schools, which may be hundreds, those in `shown`
/// come with all that is known of them.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not lead or keep it, or the database.
pub async fn overview(world: &World, who: &Who, slug: &str, shown: Page) -> Result<Overview> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut facts = facts(world, programme.id, Which::All).await?;
    let mut schools = lines(&facts);
    let shown = shown.of(schools.len());
    detail(world, &mut facts, programme.id, &mut schools[shown]).await?;
    Ok(told(programme, &facts, schools))
}

/// One school of a programme, as its lead sees it.
///
/// # Errors
/// [`Error::NotFound`], or the database.
pub async fn line(world: &World, who: &Who, slug: &str, school: i64) -> Result<(Programme, Line)> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut facts = facts(world, programme.id, Which::One(school)).await?;
    let mut lines = lines(&facts);
    lines.truncate(1);
    detail(world, &mut facts, programme.id, &mut lines).await?;
    Ok((programme, lines.pop().ok_or(Error::NotFound)?))
}

/// All that the nouns know, read by two connections at once. Each is taken where
/// it is used: whoever held one and waited for another could wait for ever.
pub(super) async fn facts(world: &World, programme: i64, which: Which) -> Result<Facts> {
    let today = world.clock.today();
    let lately = today.saturating_sub(LATELY.days());
    let people = async { role::leaders(&mut world.db.read().await?, programme, which, lately).await };
    let schools = async {
        let mut conn = world.db.snapshot().await?;
        Ok((
            cohort::schools_among(&mut conn, programme, which).await?,
            invitation::of_programme(&mut conn, programme, which).await?,
            adviser::of_programme(&mut conn, programme, which).await?,
            contact::lately(&mut conn, programme, lately, which).await?,
        ))
    };
    let (leaders, (cohorts, invitations, assignments, contacts)) = tokio::try_join!(people, schools)?;
    Ok(Facts { cohorts, invitations, assignments, contacts, leaders, now: world.now(), today })
}

/// Adds to these lines what is told only of schools that are shown.
pub(super) async fn detail(world: &World, facts: &mut Facts, programme: i64, lines: &mut [Line]) -> Result<()> {
    let schools: Vec<i64> = lines.iter().filter_map(|line| line.organisation).collect();
    if schools.is_empty() {
        return Ok(());
    }
    let mut conn = world.db.read().await?;
    role::add_strand_leads(&mut conn, &schools, &mut facts.leaders).await?;
    let clusters: HashMap<i64, String> =
        cluster::of_schools(&mut conn, programme, &schools, facts.today).await?.into_iter().collect();
    for line in lines {
        let Some(school) = line.organisation else { continue };
        line.cluster = clusters.get(&school).cloned();
        if line.goes_on {
            line.vacancies = role::vacant(facts.leaders.of(school), facts.today);
        }
    }
    Ok(())
}

fn told(programme: Programme, facts: &Facts, schools: Vec<Line>) -> Overview {
    Overview {
        waits: waits::waits(facts, &schools),
        moved: waits::moved(facts, &schools),
        cohorts: facts.cohorts.iter().map(|(cohort, _)| cohort.clone()).collect(),
        schools,
        programme,
        today: facts.today,
    }
}

/// What one of the nouns knows, by school.
fn by_school<T>(all: &[T], school: impl Fn(&T) -> i64) -> HashMap<i64, Vec<&T>> {
    let mut map: HashMap<i64, Vec<&T>> = HashMap::new();
    for one in all {
        map.entry(school(one)).or_default().push(one);
    }
    map
}

/// What the nouns know, by school: with hundreds of schools, each must not look
/// through what is known of all.
struct Known<'a> {
    facts: &'a Facts,
    assignments: HashMap<i64, Vec<&'a Assignment>>,
    contacts: HashMap<i64, Vec<&'a Contact>>,
    /// By cohort and school; they stand the latest first, and the latest counts.
    invitations: HashMap<(i64, i64), &'a Invitation>,
}

impl<'a> Known<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut invitations = HashMap::new();
        for one in &facts.invitations {
            if let Some(cohort) = one.cohort {
                invitations.entry((cohort, one.organisation)).or_insert(one);
            }
        }
        Self {
            facts,
            assignments: by_school(&facts.assignments, |one| one.school),
            contacts: by_school(&facts.contacts, |one| one.school),
            invitations,
        }
    }
}

/// Each school once in each cohort: those that take or took part, and those that
/// were asked and have not answered yes.
pub(super) fn lines(facts: &Facts) -> Vec<Line> {
    let known = Known::of(facts);
    let mut all = Vec::new();
    for (cohort, schools) in &facts.cohorts {
        let mut here: HashSet<i64> = schools.iter().filter_map(|school| school.organisation).collect();
        all.extend(schools.iter().map(|school| taking_part(&known, cohort, school)));
        for invitation in facts.invitations.iter().filter(|one| one.cohort == Some(cohort.id)) {
            // They stand the latest first, so the first of a school is the one that counts.
            if invitation.state(facts.now) != State::Withdrawn && here.insert(invitation.organisation) {
                all.push(asked(&known, cohort, invitation));
            }
        }
    }
    all.sort_by_cached_key(|line| (line.name.to_lowercase(), line.organisation, line.participation));
    all
}

fn taking_part(known: &Known<'_>, cohort: &Cohort, school: &CohortSchool) -> Line {
    let (about, today) = (school.organisation, known.facts.today);
    let goes_on = school.goes_on(today);
    // A school without people here has nothing vacant that anybody knows of.
    let headless = about.filter(|_| goes_on).and_then(|id| role::headless(known.facts.leaders.of(id), today));
    Line {
        organisation: about,
        participation: Some(school.id),
        cohort: cohort.slug.clone(),
        name: school.named.clone(),
        urn: school.urn,
        cluster: None,
        status: school.on(today).map(|row| (row.status, row.since)),
        advisers: of(&known.assignments, about).filter(|one| one.on(today)).cloned().collect(),
        last: contact::latest(of(&known.contacts, about)).cloned(),
        invitation: about.and_then(|id| invited(known, cohort, id)),
        vacancies: headless.into_iter().collect(),
        goes_on,
    }
}

/// What is known of a school; nothing of one that has no organisation here.
fn of<'a, T>(all: &HashMap<i64, Vec<&'a T>>, school: Option<i64>) -> impl Iterator<Item = &'a T> {
    school.and_then(|id| all.get(&id)).into_iter().flatten().copied()
}

fn asked(known: &Known<'_>, cohort: &Cohort, invitation: &Invitation) -> Line {
    Line {
        organisation: Some(invitation.organisation),
        participation: None,
        cohort: cohort.slug.clone(),
        name: invitation.organisation_name.clone(),
        urn: None,
        cluster: None,
        status: None,
        advisers: Vec::new(),
        last: None,
        invitation: invited(known, cohort, invitation.organisation),
        vacancies: Vec::new(),
        goes_on: false,
    }
}

fn invited(known: &Known<'_>, cohort: &Cohort, school: i64) -> Option<Invited> {
    let latest = known.invitations.get(&(cohort.id, school))?;
    let day = |at: Timestamp| in_england(at).date();
    let until = day(latest.expires_at);
    Some(Invited {
        id: latest.id,
        to: (!latest.asked_keeper).then(|| (latest.name.clone(), latest.email.clone())),
        state: latest.state(known.facts.now),
        sent: until.saturating_sub(DAYS.days()),
        until,
        answered: latest.accepted_at.or(latest.declined_at).map(day),
    })
}
