//! An adviser's own schools.

use super::{
    model::QUIET_DAYS,
    programme::{detail, facts},
};
use crate::{
    Who, World, adviser,
    cohort::{Status, Which},
    contact::{self, Contact},
    error::{Error, Result},
    release::{self, ToMe},
    role::{self, Vacancy},
};
use jiff::ToSpan as _;
use kernel::Date;

/// A school that an adviser accompanies.
#[derive(Debug, Clone)]
pub struct OwnSchool {
    /// The school.
    pub organisation: i64,
    /// Its name.
    pub name: String,
    /// The programme's name.
    pub programme: String,
    /// Since when they accompany it.
    pub since: Date,
    /// Its cluster.
    pub cluster: Option<String>,
    /// How its participation stands, and since when.
    pub status: Option<(Status, Date)>,
    /// Who is head today.
    pub head: Option<String>,
    /// Somebody became head within half a term: their name and day.
    pub new_head: Option<(String, Date)>,
    /// What nobody holds.
    pub vacancies: Vec<Vacancy>,
    /// The latest contact.
    pub last: Option<Contact>,
    /// The day agreed for the next.
    pub next: Option<Date>,
    /// There was no contact for half a term, and none is agreed.
    pub quiet: bool,
    /// What the school lets them see.
    pub released: Vec<ToMe>,
}

/// The schools that somebody accompanies: whom they see next first, then those
/// without a day, by name.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no adviser, or the database.
pub async fn own_schools(world: &World, who: &Who) -> Result<Vec<OwnSchool>> {
    let own = adviser::own(world, who).await?;
    let person = who.person().ok_or(Error::NotFound)?;
    let released = release::to_me(world, who).await?;
    let mut programmes: Vec<i64> = own.iter().map(|one| one.programme).collect();
    programmes.sort_unstable();
    programmes.dedup();
    let mut all = Vec::with_capacity(own.len());
    for programme in programmes {
        let name = crate::cohort::programme_by_id(&mut world.db.read().await?, programme).await?.name;
        // A programme may have hundreds of schools; these are a few.
        let mut facts = facts(world, programme, Which::AccompaniedBy(person)).await?;
        let mut lines = super::programme::lines(&facts);
        detail(world, &mut facts, programme, &mut lines).await?;
        for one in own.iter().filter(|one| one.programme == programme) {
            let line = lines.iter().find(|line| line.organisation == Some(one.school) && line.participation.is_some());
            let heads: Vec<_> = facts.leaders.heads.iter().filter(|leader| leader.school == one.school).collect();
            let head = heads.iter().find(|leader| leader.held.on(facts.today));
            let lately = facts.today.saturating_sub(QUIET_DAYS.days());
            let last = contact::latest(facts.contacts.iter().filter(|contact| contact.school == one.school)).cloned();
            let next = last.as_ref().and_then(|contact| contact.next);
            let touched = last.as_ref().map_or(one.since, |contact| contact.on);
            all.push(OwnSchool {
                organisation: one.school,
                name: one.school_name.clone(),
                programme: name.clone(),
                since: one.since,
                cluster: line.and_then(|line| line.cluster.clone()),
                status: line.and_then(|line| line.status),
                head: head.map(|leader| leader.name.clone()),
                new_head: head
                    .filter(|leader| heads.len() > 1 && leader.held.since >= lately)
                    .map(|leader| (leader.name.clone(), leader.held.since)),
                vacancies: role::vacant(facts.leaders.of(one.school), facts.today),
                quiet: next.is_none() && touched < lately,
                last,
                next,
                released: released.iter().filter(|to| to.organisation == one.school).cloned().collect(),
            });
        }
    }
    all.sort_by(|a, b| (a.next.is_none(), a.next, &a.name).cmp(&(b.next.is_none(), b.next, &b.name)));
    Ok(all)
}
