//! A programme with a school and somebody in every role, for tests that tell
//! stories with several, or try each address as everybody.

use crate::{House, Person};
use programme::{
    Who,
    cohort::{self, Edited},
    item::{ItemKind, Texts},
    organisation::{self, INSTALLATION, Kind},
    release::{self, NewRelease, To},
    self_view::{self, NewText},
    who::Role,
};
use std::collections::BTreeMap;

/// A programme, its school, its funder, and somebody in every role.
pub struct Scene {
    /// What sets its names apart from another's.
    pub name: String,
    /// The programme.
    pub programme: i64,
    /// Its name in addresses.
    pub slug: String,
    /// Its cohort.
    pub cohort: i64,
    /// The cohort's name in addresses.
    pub cohort_slug: String,
    /// A school that takes part.
    pub school: i64,
    /// Who pays.
    pub funder: i64,
    people: BTreeMap<Role, Person>,
}

impl Scene {
    /// Makes one. The school lets everybody who belongs to it read its own words.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn new(house: &House, name: &str) -> Self {
        let title = format!("Invented: Programme {name}");
        let programme = house.programme(&title).await;
        let all = cohort::programmes(&house.world).await.unwrap();
        let slug = all.into_iter().find(|one| one.id == programme).unwrap().slug;
        let (_, cohorts) = cohort::with_schools(&house.world, &Who::Console, &slug).await.unwrap();
        let (cohort, cohort_slug) = (cohorts[0].0.id, cohorts[0].0.slug.clone());
        let funder = organisation::seed(&house.world, Kind::Funder, &format!("Invented: Trust {name}")).await.unwrap();
        let edited = Edited {
            name: title,
            starts: Some(house.world.clock.today()),
            ends: Some(None),
            funder: Some(funder),
            ..Edited::default()
        };
        cohort::edit_programme(&house.world, &Who::Console, &slug, edited).await.unwrap();
        let school = house.school(&format!("Invented: School {name}"), None).await;
        house.takes_part(school, programme).await;
        let mut people = BTreeMap::new();
        for role in Role::ALL {
            let place = match role {
                Role::Administrator => INSTALLATION,
                Role::ProgrammeLead | Role::Adviser | Role::Evaluator => programme,
                Role::Funder => funder,
                _ => school,
            };
            let person = house.person(&format!("The {} of {name}", role.words()), *role, place).await;
            if *role == Role::Adviser {
                house.accompanies(&person, school, programme).await;
            }
            people.insert(*role, person);
        }
        let scene = Self { name: name.to_owned(), programme, slug, cohort, cohort_slug, school, funder, people };
        scene.own_words(house).await;
        scene
    }

    /// The school writes, and releases it to everybody who needs that to read.
    async fn own_words(&self, house: &House) {
        let head = house.caller(self.somebody(Role::Head)).await;
        let texts = Texts::from(ItemKind::SelfView, |_| format!("{}: our children sing", self.name));
        let new = NewText { organisation: self.school, texts, base: 0, why: String::new() };
        self_view::save(&house.world, &head, new).await.unwrap();
        for (role, organisation) in [
            (Role::Adviser, self.programme),
            (Role::ProgrammeLead, self.programme),
            (Role::Evaluator, self.programme),
            (Role::TeamLeader, self.school),
            (Role::Teacher, self.school),
            (Role::Governor, self.school),
            (Role::PeerReviewer, self.school),
        ] {
            let to = To { role, organisation, person: None };
            let new = NewRelease { organisation: self.school, kind: ItemKind::SelfView, item: None, to, until: None };
            release::grant(&house.world, &head, new).await.unwrap();
        }
    }

    /// The person who holds this role here.
    #[must_use]
    pub fn somebody(&self, role: Role) -> &Person {
        &self.people[&role]
    }
}
