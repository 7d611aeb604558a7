//! A programme with a school and somebody in every role, for tests that try
//! each address as everybody.
//!
//! A new route with parameters wants a line in [`Scene::at`], which says what
//! stands at them; one whose form needs a field to be understood, a line in
//! [`Scene::fields`].

use programme::{
    Who, adviser,
    cohort::{self, Edited},
    invitation::{self, InvitedAll, NewInvitation, SchoolToInvite, Which},
    item::{ItemKind, Texts},
    organisation::{self, INSTALLATION, Kind},
    release::{self, NewRelease, To},
    role,
    self_view::{self, NewText},
    who::Role,
};
use std::collections::BTreeMap;
use store::statement;
use testkit::{House, Person};

statement!(
    FAILED_JOB,
    "INSERT INTO job (id, kind, payload_json, state, made_at, run_at, attempts, asked, lease, last_error, failed_at)
     VALUES ($1, 'mail.send', '{}', 'failed', $2, $2, 8, 0, 0, 'no such host', $2)"
);

statement!(
    IMPORT_RUN,
    "INSERT INTO import_run (id, file_name, state, started_at, started_by, bytes_total, bytes_done)
     VALUES ($1, 'a.csv', 'interrupted', $2, 'a test', 1, 0)"
);

/// A programme, its school, its funder, and somebody in every role.
pub(crate) struct Scene {
    /// What sets its names apart from another's.
    pub(crate) name: String,
    /// The programme.
    pub(crate) programme: i64,
    /// Its name in addresses.
    pub(crate) slug: String,
    /// Its cohort.
    pub(crate) cohort: i64,
    /// The cohort's name in addresses.
    pub(crate) cohort_slug: String,
    /// A school that takes part.
    pub(crate) school: i64,
    /// Who pays.
    pub(crate) funder: i64,
    people: BTreeMap<Role, Person>,
}

impl Scene {
    /// Makes one. The school lets everybody who belongs to it read its own words.
    pub(crate) async fn new(house: &House, name: &str) -> Self {
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
    pub(crate) fn somebody(&self, role: Role) -> &Person {
        &self.people[&role]
    }

    /// A path with what stands here for somebody in this role at its parameters.
    pub(crate) async fn fill(&self, house: &House, path: &str, role: Role) -> String {
        let (mut filled, mut general) = (String::new(), String::new());
        for part in path.split('/').skip(1) {
            general.push('/');
            general.push_str(part);
            filled.push('/');
            match part.starts_with('{') {
                true => filled.push_str(&self.at(house, &general, role).await),
                false => filled.push_str(part),
            }
        }
        filled
    }

    /// What stands at the last parameter of a path.
    async fn at(&self, house: &House, general: &str, role: Role) -> String {
        match general {
            "/organisations/{id}" if role == Role::Funder => self.funder.to_string(),
            "/organisations/{id}" | "/programmes/{slug}/schools/{school}" => self.school.to_string(),
            "/organisations/{id}/people/{role}" => self.held(house, self.school, Role::Teacher).await,
            "/organisations/{id}/invitations/{invitation}" => self.invited(house, self.school, Role::Governor).await,
            "/programmes/{slug}" => self.slug.clone(),
            "/programmes/{slug}/people/{role}" => self.held(house, self.programme, Role::Adviser).await,
            "/programmes/{slug}/invitations/{invitation}" => self.asked(house).await,
            "/programmes/{slug}/schools/{school}/adviser/{assignment}" => {
                adviser::of_school(&house.world, &Who::Console, self.school).await.unwrap()[0].id.to_string()
            }
            "/cohorts/{slug}" | "/api/v1/cohorts/{slug}" => self.cohort_slug.clone(),
            "/admin/jobs/{id}" => failed_job(house).await,
            "/schools/{urn}" | "/api/v1/schools/{urn}" => "135001".to_owned(),
            "/need-rules/{id}" | "/api/v1/need-rules/{id}" => "below-good".to_owned(),
            "/imports/{id}" => an_import(house).await,
            "/invitations/{token}" => "0".repeat(64),
            "/assets/{name}" => {
                let home = house.get("/").await.body;
                let (_, after) = home.split_once("/assets/").expect("a style sheet");
                after.split('"').next().unwrap_or_default().to_owned()
            }
            unknown => panic!("say in testkit/tests/scene/mod.rs, Scene::at, what stands at the end of {unknown}"),
        }
    }

    /// What a form must say beside its token to be understood, with what stands here.
    pub(crate) async fn fields(&self, house: &House, path: &str) -> Vec<(&'static str, String)> {
        match path {
            "/cohorts/{slug}/status" | "/cohorts/{slug}/baseline" => {
                let view = cohort::cohort(&house.world, &Who::Console, &self.cohort_slug).await.unwrap();
                vec![("participation", view.participations[0].id.to_string())]
            }
            "/organisations/{id}/self-view/edit" => {
                vec![("do", "save".to_owned()), ("revision", "1".to_owned()), ("strengths", "We read".to_owned())]
            }
            "/organisations/{id}/self-view/restore" => {
                vec![("version", "1".to_owned()), ("revision", "1".to_owned())]
            }
            "/organisations/{id}/releases/withdraw" => vec![("release", "all".to_owned())],
            _ => Vec::new(),
        }
    }

    async fn held(&self, house: &House, organisation: i64, wanted: Role) -> String {
        let people = role::people(&house.world, &Who::Console, organisation).await.unwrap();
        let mut roles = people.iter().flat_map(|one| &one.roles);
        roles.find(|held| held.role == wanted && held.until.is_none()).expect("the role").id.to_string()
    }

    /// A new invitation each time, since a form may take it back.
    async fn invited(&self, house: &House, organisation: i64, role: Role) -> String {
        let email = format!("somebody.{}@example.org", house.world.id());
        let new = NewInvitation { name: "Somebody".to_owned(), email, role: Some(role), strand: None };
        invitation::invite(&house.world, &Who::Console, organisation, new).await.unwrap().to_string()
    }

    async fn asked(&self, house: &House) -> String {
        let name = format!("Invented: Asked {}", house.world.id());
        let email = format!("head.{}@example.org", house.world.id());
        let school = SchoolToInvite { which: Which::Name(name.clone()), name: "A Head".to_owned(), email };
        let asked =
            invitation::invite_schools(&house.world, &Who::Console, self.programme, self.cohort, vec![school]).await;
        assert_eq!(asked.unwrap(), InvitedAll::Done(1));
        let overview = programme::overview::overview(&house.world, &Who::Console, &self.slug).await.unwrap();
        let line = overview.schools.iter().find(|line| line.name == name).unwrap();
        line.invitation.as_ref().unwrap().id.to_string()
    }
}

async fn an_import(house: &House) -> String {
    let id = house.world.id();
    let mut tx = house.world.db.begin().await.unwrap();
    tx.execute(IMPORT_RUN, vec![id.into(), house.world.now().into()]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

async fn failed_job(house: &House) -> String {
    let id = house.world.id();
    let mut tx = house.world.db.begin().await.unwrap();
    tx.execute(FAILED_JOB, vec![id.into(), house.world.now().into()]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}
