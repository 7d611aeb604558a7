//! A person's calendar feed: what is due for them, when reviews are, until when
//! their view is asked for, which contacts are agreed.
//!
//! Whoever has the address reads it, and calendars live on other people's
//! machines. So it holds days, the names of schools and addresses of pages that
//! ask to sign in, and no text that anybody wrote: as with letters, no field can
//! hold a judgement or a word about a child.

mod days;

use crate::{
    Who, World, adviser, contact, diagnosis,
    error::{Error, Result},
    organisation, person, plan, review,
    rights::SIGNED_IN,
    who::{Caller, Role},
};
use ::store::Conn;
pub(crate) use days::{Dated, What};
use papers::ics::Feed;

/// The feed with this secret, as calendars read it.
///
/// # Errors
/// [`Error::NotFound`] where no feed has this secret, whatever it looks like.
pub async fn feed(world: &World, secret: &str) -> Result<String> {
    let caller = person::of_feed(world, secret).await?;
    let all = days_of(world, &caller).await?;
    let host = days::host(&world.address);
    let events = all.iter().map(|one| days::event(one, &host, &world.address)).collect();
    Ok(papers::ics::feed(&Feed { name: "Aspire: what is yours".to_owned(), events }))
}

/// What falls on days for somebody, by day; they may only read.
pub(crate) async fn days_of(world: &World, caller: &Caller) -> Result<Vec<Dated>> {
    let who = Who::Person(caller.clone());
    SIGNED_IN.own(&who)?;
    let mut all = Vec::new();
    let holds = |school: i64| caller.roles.iter().any(|held| held.organisation == school);
    let mine = plan::mine(world, &who).await?;
    let parts = diagnosis::my_parts(world, &who).await?;
    let mut contacts = Vec::new();
    for school in contact_schools(world, &who, caller).await? {
        match contact::of_school(world, &who, school).await {
            Ok(found) => contacts.extend(contact::latest(&found).cloned()),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let mut conn = world.db.read().await?;
    for waiting in mine.into_iter().filter(|one| holds(one.organisation)) {
        let school = name(&mut conn, waiting.organisation).await?;
        all.extend(waiting.actions.into_iter().filter(|one| one.state.waits()).map(|one| Dated {
            what: What::Action(one.id),
            school: school.clone(),
            organisation: waiting.organisation,
            day: one.due,
            changed: one.changed_at,
            sequence: one.revision,
        }));
    }
    for part in parts {
        all.push(Dated {
            what: What::View(part.diagnosis),
            school: name(&mut conn, part.organisation).await?,
            organisation: part.organisation,
            day: part.due,
            changed: world.now(),
            sequence: 1,
        });
    }
    for school in led(caller) {
        let held = review::of_school(&mut conn, school).await?;
        let last = held.reviews.last().and_then(|one| Some((one, one.next_on?, one.finished_at?)));
        if let Some((one, day, changed)) = last {
            let (what, school_name) = (What::Review(one.id), name(&mut conn, school).await?);
            all.push(Dated { what, school: school_name, organisation: school, day, changed, sequence: one.revision });
        }
    }
    for one in contacts {
        let Some(day) = one.next else { continue };
        all.push(Dated {
            what: What::Contact(one.id),
            school: name(&mut conn, one.school).await?,
            organisation: one.school,
            day,
            changed: one.recorded_at,
            sequence: 1,
        });
    }
    all.sort_by_key(|one| (one.day, one.what));
    Ok(all)
}

/// The schools whose agreed contacts are the caller's: those that they lead, and
/// those that they accompany.
async fn contact_schools(world: &World, who: &Who, caller: &Caller) -> Result<Vec<i64>> {
    let head = |role: Role| matches!(role, Role::Head | Role::Deputy);
    let mut all: Vec<i64> = caller.roles.iter().filter(|held| head(held.role)).map(|held| held.organisation).collect();
    if caller.roles.iter().any(|held| held.role == Role::Adviser) {
        all.extend(adviser::own(world, who).await?.into_iter().map(|one| one.school));
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The schools that the caller leads, whose reviews are theirs.
fn led(caller: &Caller) -> Vec<i64> {
    let mut all: Vec<i64> =
        caller.roles.iter().filter(|held| held.role.leads_school()).map(|held| held.organisation).collect();
    all.sort_unstable();
    all.dedup();
    all
}

async fn name(conn: &mut Conn, school: i64) -> Result<String> {
    Ok(organisation::find(conn, school).await?.name)
}
