//! The demo's programme: invented schools, and people in every role.
//!
//! It is written by the same actions as people use, each on the day on which
//! they would have: the world is given a clock that stands there.

use crate::{
    demo_file::{DemoFile, Held, School, email_of},
    demo_terms_file::{self, Story},
    say::{self, Why},
};
use jiff::{SignedDuration, ToSpan as _};
use kernel::{Date, FixedClock};
use programme::{
    Who, World,
    adviser::{self, NewAssignment},
    cluster,
    cohort::{self, Edited, HeadSays, NewCohort, Status},
    contact::{self, NewContact},
    invitation::{self, InvitedAll, NewInvitation, SchoolToInvite, Which},
    item::{ItemKind, Texts},
    organisation::{self, Kind, NewOrganisation},
    person::{self, DemoAccount},
    release::{self, NewRelease, To},
    role::{self, NewRole},
    self_view::{self, NewText},
    who::{Caller, Held as HeldRole, Known, Role, Strand},
};
use std::{collections::BTreeMap, sync::Arc};

/// What is made on the way.
pub(crate) struct Seeding<'a> {
    world: &'a World,
    pub(crate) today: Date,
    people: BTreeMap<String, i64>,
    pub(crate) programme: i64,
    slug: String,
    cohort: i64,
    cohort_slug: String,
}

/// Makes the programme and everybody in it.
pub(crate) async fn load(world: &World) -> Result<(), Why> {
    let file = DemoFile::read()?;
    let stories = demo_terms_file::read()?;
    let today = world.clock.today();
    let names = file.names();
    let accounts: Vec<DemoAccount> = names
        .iter()
        .map(|name| DemoAccount { email: email_of(name), name: name.clone(), totp_secret: file.secret(name) })
        .collect();
    let ids = person::seed(world, &Who::Console, &accounts, &file.password).await?;
    let people: BTreeMap<String, i64> = names.into_iter().zip(ids).collect();
    let mut seeding =
        Seeding { world, today, people, programme: 0, slug: String::new(), cohort: 0, cohort_slug: String::new() };
    seeding.programme(&file).await?;
    let mut clusters = BTreeMap::new();
    for school in &file.schools {
        if !clusters.contains_key(&school.cluster) {
            let then = seeding.then(file.cohort.joined);
            let id = cluster::make(&then, &Who::Console, seeding.programme, &school.cluster).await?;
            clusters.insert(school.cluster.clone(), id);
        }
    }
    let mut schools = BTreeMap::new();
    for school in &file.schools {
        let story = stories.iter().find(|story| story.school == school.name);
        let id = seeding.school(&file, school, story, clusters[&school.cluster]).await?;
        schools.insert(school.name.clone(), id);
    }
    seeding.invitations(&file, &schools).await?;
    let (many, everybody) = (schools.len(), seeding.people.len());
    say::line(&format!("{}: {many} invented schools, {everybody} invented people", file.programme.name));
    Ok(())
}

impl Seeding<'_> {
    pub(crate) fn day(&self, ago: i32) -> Date {
        self.today.saturating_sub(ago.days())
    }

    /// The world as it was some days ago.
    pub(crate) fn then(&self, ago: i32) -> World {
        let now = self.world.now() - SignedDuration::from_hours(24 * i64::from(ago));
        World { clock: Arc::new(FixedClock::at(now)), ..self.world.clone() }
    }

    pub(crate) fn id(&self, name: &str) -> Result<i64, Why> {
        self.people.get(name).copied().ok_or_else(|| format!("the demo has nobody called {name}").into())
    }

    /// Somebody as one who asks, in one role.
    pub(crate) fn acting(&self, name: &str, role: Role, organisation: i64, ago: i32) -> Result<Who, Why> {
        let held = HeldRole { role, organisation, strand: None };
        let (id, today) = (self.id(name)?, self.day(ago));
        Ok(Who::Person(Caller {
            id,
            name: name.to_owned(),
            roles: [held].into(),
            reads_only: false,
            today,
            known: Known::default(),
        }))
    }

    async fn holds(&self, organisation: i64, held: &Held) -> Result<(), Why> {
        let role = Role::from_key(&held.role).ok_or_else(|| format!("the demo knows no role {}", held.role))?;
        let strand = held.strand.as_deref().and_then(Strand::from_key);
        let new = NewRole { person: self.id(&held.name)?, organisation, role, strand, since: self.day(held.since) };
        let until = held.until.map(|ago| (self.day(ago), held.why.as_deref().unwrap_or("another post")));
        // What was ended was written down then; the beginning is older than the programme.
        let then = self.then(held.until.unwrap_or(held.since));
        Ok(role::seed(&then, &Who::Console, new, until).await?)
    }

    async fn programme(&mut self, file: &DemoFile) -> Result<(), Why> {
        let then = self.then(file.programme.started);
        let starts = Some(self.day(file.programme.started));
        let (name, about) = (&file.programme.name, &file.programme.about);
        self.slug = cohort::create_programme(&then, &Who::Console, name, about, starts).await?;
        let programme = cohort::programme(&then, &Who::Console, &self.slug).await?;
        self.programme = programme.id;
        let funder = organisation::seed(&then, Kind::Funder, &file.funder.name).await?;
        let edited = Edited {
            name: name.clone(),
            about: about.clone(),
            starts,
            ends: Some(None),
            paid_by: file.programme.paid_by.clone(),
            funder: Some(funder),
        };
        cohort::edit_programme(&then, &Who::Console, &self.slug, edited).await?;
        for held in &file.funder.people {
            self.holds(funder, held).await?;
        }
        for held in &file.people {
            self.holds(self.programme, held).await?;
        }
        let new = NewCohort {
            programme: self.slug.clone(),
            name: file.cohort.name.clone(),
            about: file.cohort.about.clone(),
            joins_on: Some(self.day(file.cohort.joined)),
            need_rule: file.cohort.need_rule.clone(),
            good_rule: file.cohort.good_rule.clone(),
            ..NewCohort::default()
        };
        self.cohort_slug = cohort::create_cohort(&then, &Who::Console, new).await?;
        let (_, cohorts) = cohort::with_schools(&then, &Who::Console, &self.slug).await?;
        self.cohort = cohorts.first().ok_or("the demo’s cohort was not made")?.0.id;
        Ok(())
    }

    async fn school(&self, file: &DemoFile, school: &School, story: Option<&Story>, cluster: i64) -> Result<i64, Why> {
        let joined = file.cohort.joined;
        let then = self.then(joined);
        let new = NewOrganisation { kind: Kind::School, name: school.name.clone(), urn: None, group: None };
        let id = organisation::create(&then, &Who::Console, new).await?;
        for held in &school.people {
            self.holds(id, held).await?;
        }
        cohort::seed_school(&then, &Who::Console, &self.cohort_slug, id).await?;
        cluster::place(&then, &Who::Console, self.programme, cluster, id, self.day(joined)).await?;
        self.accompanied(file, school, id).await?;
        self.own_words(school, id).await?;
        if let Some(first) = story.and_then(|story| story.diagnosis.as_ref()) {
            self.diagnosis(school, id, first).await?;
        }
        self.diagnoses(school, id).await?;
        if let Some(story) = story {
            self.terms(school, id, story).await?;
        }
        if let Some(status) = &school.status {
            let then = self.then(status.ago);
            let says = HeadSays {
                participation: cohort::of_school(&then, &Who::Console, id)
                    .await?
                    .first()
                    .ok_or("the school takes part in nothing")?
                    .participation,
                status: Status::from_key(&status.status),
                since: Some(self.day(status.ago)),
                reason: status.reason.clone(),
                withdraw_releases: false,
            };
            let head = self.acting(school.head()?, Role::Head, id, status.ago)?;
            cohort::head_says(&then, &head, id, says).await?;
        }
        Ok(id)
    }

    /// Who accompanies a school, and when they were in touch.
    async fn accompanied(&self, file: &DemoFile, school: &School, id: i64) -> Result<(), Why> {
        let adviser = &school.adviser;
        let lead = self.acting(file.lead()?, Role::ProgrammeLead, self.programme, adviser.since)?;
        let then = self.then(adviser.since);
        let new = NewAssignment {
            person: Some(self.id(&adviser.name)?),
            since: Some(self.day(adviser.since)),
            tie: Some(adviser.tie.is_some()),
            conflict: adviser.tie.clone().unwrap_or_default(),
        };
        adviser::assign(&then, &lead, self.programme, id, new).await?;
        let mut contacts: Vec<_> = school.contacts.iter().collect();
        contacts.sort_by_key(|contact| std::cmp::Reverse(contact.ago));
        for contact in contacts.into_iter().filter(|contact| contact.ago < adviser.since) {
            let who = self.acting(&adviser.name, Role::Adviser, self.programme, contact.ago)?;
            let new = NewContact {
                programme: Some(self.programme),
                kind: contact::Kind::from_key(&contact.kind),
                on: Some(self.day(contact.ago)),
                next: Some(contact.next_in.map(|days| self.today.saturating_add(days.days()))),
            };
            contact::record(&self.then(contact.ago), &who, id, new).await?;
        }
        if let Some(until) = adviser.until {
            let then = self.then(until);
            let all = adviser::of_school(&then, &Who::Console, id).await?;
            let assignment = all.first().ok_or("the school has no adviser")?.id;
            let why = adviser.why.as_deref().unwrap_or_default();
            adviser::end(&then, &lead, self.programme, assignment, Some(self.day(until)), why).await?;
        }
        Ok(())
    }

    /// The school in its own words, and to whom it lets them be read.
    async fn own_words(&self, school: &School, id: i64) -> Result<(), Why> {
        let Some(words) = &school.self_view else { return Ok(()) };
        let then = self.then(8);
        let head = self.acting(school.head()?, Role::Head, id, 8)?;
        let texts = Texts::from(ItemKind::SelfView, |key| words.get(key).cloned().unwrap_or_default());
        let new = NewText { organisation: id, texts, base: 0, why: "first version".to_owned() };
        self_view::save(&then, &head, new).await?;
        if school.released_to_adviser {
            let person = Some(self.id(&school.adviser.name)?);
            let to = To { role: Role::Adviser, organisation: self.programme, person };
            let new = NewRelease { organisation: id, kind: ItemKind::SelfView, item: None, to, until: None };
            release::grant(&then, &head, new).await?;
        }
        Ok(())
    }

    /// Invitations that nobody has answered yet; of an old one the time is over.
    async fn invitations(&self, file: &DemoFile, schools: &BTreeMap<String, i64>) -> Result<(), Why> {
        let lead = self.acting(file.lead()?, Role::ProgrammeLead, self.programme, 0)?;
        for invited in &file.invited {
            let school = SchoolToInvite {
                which: Which::Name(invited.school.clone()),
                name: invited.head.clone(),
                email: email_of(&invited.head),
            };
            let then = self.then(invited.ago);
            match invitation::invite_schools(&then, &lead, self.programme, self.cohort, vec![school]).await? {
                InvitedAll::Done(_) => {}
                InvitedAll::Wrong(wrong) => return Err(format!("the demo’s invitations: {wrong:?}").into()),
            }
        }
        for invited in &file.inviting {
            let id = *schools.get(&invited.school).ok_or("the demo has no such school")?;
            let school = file.schools.iter().find(|school| school.name == invited.school);
            let head = school.ok_or("the demo has no such school")?.head()?;
            let head = self.acting(head, Role::Head, id, invited.ago)?;
            let new = NewInvitation {
                name: invited.name.clone(),
                email: email_of(&invited.name),
                role: Role::from_key(&invited.role),
                strand: None,
            };
            invitation::invite(&self.then(invited.ago), &head, id, new).await?;
        }
        Ok(())
    }
}
