//! The next thing to do for somebody, in each organisation in which they hold a
//! role; and nothing else.

mod next;

use crate::{
    Who, World, diagnosis,
    error::Result,
    organisation::{self, Organisation},
    plan, release,
    rights::SIGNED_IN,
    who::{Held, Role, Strand},
};
use kernel::Date;

/// What is next for somebody in one organisation.
#[derive(Debug, Clone)]
pub struct Section {
    /// The organisation.
    pub organisation: Organisation,
    /// Their roles there, the first the one that speaks.
    pub roles: Vec<Held>,
    /// What is next.
    pub next: Next,
}

/// The next thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The register is empty: import it.
    Import,
    /// There is no programme: make one.
    MakeProgramme,
    /// Jobs failed: look at them.
    FailedJobs(u64),
    /// The programme has no cohort: make one.
    MakeCohort(String),
    /// The programme has no schools: invite the first.
    InviteSchools(String),
    /// Things wait for the programme's lead: how many, in the programme named so in addresses.
    Waits(String, usize),
    /// Nothing waits for the programme's lead; how many wait for others.
    OthersWait(String, usize),
    /// No school is assigned to the adviser yet.
    NoSchools,
    /// A contact is due: the school, its name, the day agreed.
    Contact(i64, String, Date),
    /// A school has gone quiet: the school, its name, the day of the last contact.
    Quiet(i64, String, Option<Date>),
    /// All the adviser's schools have a day that is not soon.
    AllPlanned,
    /// Nobody but the head is here: invite the others.
    InvitePeople,
    /// Nobody leads this strand.
    Vacant(Strand),
    /// Nobody is head.
    NoHead,
    /// A diagnosis wants their views: the school, the diagnosis, how long it takes, the last day.
    GiveViews(i64, i64, u64, Date),
    /// Actions of theirs are overdue or due this week: the school, how many of each.
    Owes(i64, usize, usize),
    /// The school has not said how it sees itself.
    WriteSelfView,
    /// The school reads something before anyone else: the school, the concern, the
    /// last day on which it alone does.
    ReadFirst(i64, i64, Date),
    /// The school takes a break since this day.
    Paused(Date),
    /// Something was released to them: the school, its name, the thing's name in addresses, in words.
    Read(i64, String, &'static str, &'static str),
    /// One page for governors: the school, its name.
    Governors(i64, String),
    /// Sums of what they pay for.
    Sums,
    /// A cohort to read.
    Cohort(String, String),
    /// Nothing waits for them.
    Nothing,
}

/// The next thing for somebody in each organisation where they hold a role, by
/// the organisation's name.
///
/// # Errors
/// [`crate::Error::SignInFirst`], or the database.
pub async fn sections(world: &World, who: &Who) -> Result<Vec<Section>> {
    let caller = SIGNED_IN.own(who)?;
    let mut organisations: Vec<i64> = caller.roles.iter().map(|held| held.organisation).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let reads = caller.roles.iter().any(|held| next::reads_what_is_released(held.role));
    let released = if reads { release::to_me(world, who).await? } else { Vec::new() };
    let parts = diagnosis::my_parts(world, who).await?;
    let owned = plan::mine(world, who).await?;
    let mut all = Vec::with_capacity(organisations.len());
    for id in organisations {
        let mut roles: Vec<Held> = caller.roles.iter().filter(|held| held.organisation == id).copied().collect();
        roles.sort_by_key(|held| (held.role, held.strand));
        let organisation = organisation::organisation(world, who, id).await?;
        let part = parts.iter().find(|part| part.organisation == id);
        // Others wait for it, and it takes a few minutes.
        let mut next = part
            .map_or(Next::Nothing, |part| Next::GiveViews(part.organisation, part.diagnosis, part.minutes, part.due));
        let own = owned.iter().find(|one| one.organisation == id);
        if let (Next::Nothing, Some(own)) = (&next, own) {
            let owed = plan::owes(&own.actions, world.clock.today());
            if !owed.overdue.is_empty() || !owed.this_week.is_empty() {
                next = Next::Owes(id, owed.overdue.len(), owed.this_week.len());
            }
        }
        for held in &roles {
            if matches!(next, Next::Nothing) {
                next = next::next(world, who, held.role, &organisation, &released).await?;
            }
        }
        all.push(Section { organisation, roles, next });
    }
    all.sort_by(|a, b| (&a.organisation.name, a.organisation.id).cmp(&(&b.organisation.name, b.organisation.id)));
    Ok(all)
}

/// True where somebody holds this role anywhere.
#[must_use]
pub fn is(who: &Who, role: Role) -> bool {
    who.caller().is_some_and(|caller| caller.roles.iter().any(|held| held.role == role))
}
