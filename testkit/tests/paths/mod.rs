//! What stands at the parameters of each address, for tests that try each as
//! everybody.
//!
//! A new route with parameters wants a line in [`Paths::at`], which says what
//! stands at them; one whose form needs a field to be understood, a line in
//! [`Paths::fields`].

use programme::{
    Who, adviser, cohort,
    invitation::{self, InvitedAll, NewInvitation, SchoolToInvite, Which},
    role,
    who::Role,
};
use store::statement;
use testkit::{House, Scene};

statement!(
    FAILED_JOB,
    "INSERT INTO job (id, kind, payload_json, state, made_at, run_at, attempts, asked, lease, last_error, failed_at)
     VALUES ($1, 'mail.send', '{}', 'failed', $2, $2, 8, 0, 0, 'no such host', $2)"
);

statement!(
    CONNECTED,
    "INSERT INTO elsewhere_account (provider, subject, person_id, known_as, connected_at)
     VALUES ('nobody', $1, $2, 'somebody', $3)"
);
statement!(
    APP,
    "INSERT INTO authenticator_app (person_id, secret, made_at, confirmed_at, last_step) VALUES ($1, $2, $3, $3, 0)"
);
statement!(
    PASSKEY,
    "INSERT INTO passkey (id, person_id, name, credential_id, passkey_json, made_at)
     VALUES ($1, $2, 'a phone', $3, '{}', $4)"
);
statement!(
    TOKEN,
    "INSERT INTO api_token (id, person_id, name, token_sha256, second_factor, made_at, expires_at)
     VALUES ($1, $2, 'a table', $3, FALSE, $4, $4)"
);
statement!(
    SESSION,
    "INSERT INTO session (token_sha256, id, person_id, form_token, opened_by, second_factor, device, created_at,
         confirmed_at, seen_at, expires_at)
     VALUES ($1, $2, $3, '', 'password', FALSE, 'a browser', $4, $4, $4, $4)"
);
statement!(
    IMPORT_RUN,
    "INSERT INTO import_run (id, file_name, state, started_at, started_by, bytes_total, bytes_done)
     VALUES ($1, 'a.csv', 'interrupted', $2, 'a test', 1, 0)"
);

/// The paths of what is in a scene.
pub(crate) struct Paths<'a>(pub(crate) &'a Scene);

impl Paths<'_> {
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
            "/organisations/{id}" if role == Role::Funder => self.0.funder.to_string(),
            "/organisations/{id}" | "/programmes/{slug}/schools/{school}" => self.0.school.to_string(),
            "/organisations/{id}/people/{role}" => self.held(house, self.0.school, Role::Teacher).await,
            "/organisations/{id}/invitations/{invitation}" => self.invited(house, self.0.school, Role::Governor).await,
            "/organisations/{id}/diagnoses/{diagnosis}" => self.0.diagnosis.to_string(),
            "/organisations/{id}/diagnoses/{diagnosis}/mine/{strand}"
            | "/organisations/{id}/diagnoses/{diagnosis}/strands/{strand}" => "pedagogy_and_curriculum".to_owned(),
            "/organisations/{id}/diagnoses/{diagnosis}/statements/{statement}" => "p1".to_owned(),
            "/help/{role}" => "head".to_owned(),
            "/help/pictures/{name}" => "head-start.png".to_owned(),
            "/strategies/{strategy}" => "eef-tl-feedback".to_owned(),
            "/organisations/{id}/priorities/{priority}" | "/organisations/{id}/reviews/{review}/{priority}" => {
                self.0.priority.to_string()
            }
            "/organisations/{id}/papers/{paper}" => "plan".to_owned(),
            "/calendar/{feed}" => format!("{}.ics", "0".repeat(64)),
            "/organisations/{id}/plan/actions/{action}" => self.0.action(house, role).await.to_string(),
            "/organisations/{id}/concerns/{concern}" => self.0.concern.to_string(),
            "/organisations/{id}/reviews/{review}" => self.0.review.to_string(),
            "/programmes/{slug}" => self.0.slug.clone(),
            "/programmes/{slug}/people/{role}" => self.held(house, self.0.programme, Role::Adviser).await,
            "/programmes/{slug}/invitations/{invitation}" => self.asked(house).await,
            "/programmes/{slug}/schools/{school}/adviser/{assignment}" => {
                adviser::of_school(&house.world, &Who::Console, self.0.school).await.unwrap()[0].id.to_string()
            }
            "/cohorts/{slug}" | "/api/v1/cohorts/{slug}" => self.0.cohort_slug.clone(),
            "/admin/jobs/{id}" => failed_job(house).await,
            "/schools/{urn}" | "/api/v1/schools/{urn}" => "135001".to_owned(),
            "/need-rules/{id}" | "/api/v1/need-rules/{id}" => "below-good".to_owned(),
            "/imports/{id}" => an_import(house).await,
            "/sign-in/elsewhere/{provider}" => "nobody".to_owned(),
            "/invitations/{token}" | "/new-password/{token}" | "/digest/{token}" => "0".repeat(64),
            "/assets/{name}" => {
                let home = house.get("/").await.body;
                let (_, after) = home.split_once("/assets/").expect("a style sheet");
                after.split('"').next().unwrap_or_default().to_owned()
            }
            unknown => panic!("say in testkit/tests/paths/mod.rs, Paths::at, what stands at the end of {unknown}"),
        }
    }

    /// What a form must say beside its token to be understood, with what stands here.
    pub(crate) async fn fields(&self, house: &House, path: &str, role: Role) -> Vec<(&'static str, String)> {
        match path {
            "/cohorts/{slug}/status" | "/cohorts/{slug}/baseline" => {
                let view = cohort::cohort(&house.world, &Who::Console, &self.0.cohort_slug).await.unwrap();
                vec![("participation", view.participations[0].id.to_string())]
            }
            "/organisations/{id}/self-view/edit" => {
                vec![("do", "save".to_owned()), ("revision", "1".to_owned()), ("strengths", "We read".to_owned())]
            }
            "/organisations/{id}/self-view/restore" => {
                vec![("version", "1".to_owned()), ("revision", "1".to_owned())]
            }
            "/account/elsewhere/disconnect" => {
                let person = self.0.somebody(role).id;
                let mut tx = house.world.db.begin().await.unwrap();
                let subject = house.world.id().to_string();
                let values = vec![subject.into(), person.into(), house.world.now().into()];
                tx.execute(CONNECTED, values).await.unwrap();
                tx.commit().await.unwrap();
                vec![("provider", "nobody".to_owned())]
            }
            "/account/app/remove" | "/account/passkeys/remove" | "/account/tokens/revoke" | "/account/sessions/end" => {
                let (id, person, now) = (house.world.id(), self.0.somebody(role).id, house.world.now());
                let mut tx = house.world.db.begin().await.unwrap();
                let (sql, values) = match path {
                    "/account/app/remove" => (APP, vec![person.into(), "GEZDGNBVGY3TQOJQ".into(), now.into()]),
                    "/account/passkeys/remove" => {
                        (PASSKEY, vec![id.into(), person.into(), id.to_string().into(), now.into()])
                    }
                    "/account/tokens/revoke" => {
                        (TOKEN, vec![id.into(), person.into(), id.to_string().into(), now.into()])
                    }
                    _ => (SESSION, vec![id.to_string().into(), id.into(), person.into(), now.into()]),
                };
                tx.execute(sql, values).await.unwrap();
                tx.commit().await.unwrap();
                vec![("id", id.to_string())]
            }
            "/organisations/{id}/priorities/{priority}" => vec![("do", "test".to_owned())],
            "/organisations/{id}/decisions" => {
                vec![("do", "say".to_owned()), ("decision", self.0.decision.to_string())]
            }
            "/organisations/{id}/notes/comment" => vec![("note", self.0.note.to_string())],
            "/organisations/{id}/concerns/{concern}" => vec![("do", "close".to_owned())],
            "/organisations/{id}/concerns/{concern}/answer" => {
                vec![("step", self.0.concern_step(house).await.to_string())]
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
            invitation::invite_schools(&house.world, &Who::Console, self.0.programme, self.0.cohort, vec![school])
                .await;
        assert_eq!(asked.unwrap(), InvitedAll::Done(1));
        let overview =
            programme::overview::overview(&house.world, &Who::Console, &self.0.slug, kernel::Page::NONE).await.unwrap();
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
