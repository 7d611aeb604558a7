//! People with a role and a session, and schools that take part, for tests that
//! sign in as several.
//!
//! They are written straight into the database: how one is invited and signs in
//! has tests of its own.

use crate::{Answer, House};
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use jiff::civil::date;
use kernel::Urn;
use programme::{
    Who,
    cohort::{self, NewCohort},
    organisation::{self, Kind, NewOrganisation},
    person::Token,
    who::{Role, Strand},
};
use sha2::{Digest as _, Sha256};
use store::statement;
use tower::ServiceExt as _;

statement!(INSERT_PERSON, "INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)");
statement!(
    INSERT_ROLE,
    "INSERT INTO role_held (id, person_id, organisation_id, role, strand, since, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    INSERT_SESSION,
    "INSERT INTO session (token_sha256, id, person_id, form_token, opened_by, second_factor, device, created_at,
         confirmed_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, 'password', TRUE, 'Firefox on Linux', $5, $5, $5, $6)"
);
statement!(
    INSERT_PARTICIPATION,
    "INSERT INTO participation (id, cohort_id, urn, named, certainty, joined, baseline_json, organisation_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
);
statement!(
    INSERT_ASSIGNMENT,
    "INSERT INTO adviser_assignment (id, programme_id, organisation_id, person_id, since, recorded_at, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)"
);

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// The cookie of their session.
    pub cookie: String,
    /// The token that their forms carry.
    pub csrf: String,
}

/// Who writes what tests put into the database.
const TEST: &str = "a test";

impl House {
    /// Somebody who has held this role since 1 September 2020, signed in. Their
    /// address is made of their name: ‘Asha Patel’ is asha.patel@example.org.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn person(&self, name: &str, role: Role, organisation: i64) -> Person {
        let id = self.world.id();
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let mut tx = self.world.db.begin().await.expect("a transaction");
        let values = vec![id.into(), email.into(), name.into(), self.world.now().into()];
        tx.execute(INSERT_PERSON, values).await.expect("a person");
        tx.commit().await.expect("a person");
        self.gives(id, role, organisation).await;
        self.session(id, name).await
    }

    /// One more role for somebody, since 1 September 2020. A strand lead leads
    /// Pedagogy and Curriculum.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn gives(&self, person: i64, role: Role, organisation: i64) {
        let strand = (role == Role::StrandLead).then_some(Strand::Pedagogy.key());
        let values = vec![
            self.world.id().into(),
            person.into(),
            organisation.into(),
            role.key().into(),
            strand.into(),
            date(2020, 9, 1).into(),
            self.world.now().into(),
            TEST.into(),
        ];
        let mut tx = self.world.db.begin().await.expect("a transaction");
        tx.execute(INSERT_ROLE, values).await.expect("a role");
        tx.commit().await.expect("a role");
    }

    /// Signs somebody in as if they had shown a second factor, also anew after the
    /// clock was moved.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn session(&self, person: i64, name: &str) -> Person {
        let (token, csrf) = (self.world.secret::<32>(), self.world.secret::<16>());
        let sha: String = Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let now = self.world.now();
        let expires = now + jiff::SignedDuration::from_hours(24);
        let id = self.world.id();
        let values = vec![sha.into(), id.into(), person.into(), csrf.as_str().into(), now.into(), expires.into()];
        let mut tx = self.world.db.begin().await.expect("a transaction");
        tx.execute(INSERT_SESSION, values).await.expect("a session");
        tx.commit().await.expect("a session");
        Person { id: person, name: name.to_owned(), cookie: format!("__Host-aspire_session={token}"), csrf }
    }

    /// Whoever an answer signed in, with what their browser keeps and their forms
    /// carry from now on.
    ///
    /// # Panics
    /// Where it signed nobody in.
    pub async fn entered(&self, answer: &Answer, name: &str) -> Person {
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/start"), "{}", answer.body);
        let cookie = answer.cookie("aspire_session").expect("a session");
        let page = self.get_as("/start", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let (_, after) = page.body.split_once("name=\"csrf\" value=\"").expect("a form token");
        let csrf = after.split('"').next().unwrap_or_default().to_owned();
        Person { id: 0, name: name.to_owned(), cookie, csrf }
    }

    /// A school that has joined, with nobody in it yet.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn school(&self, name: &str, urn: Option<u32>) -> i64 {
        let urn = urn.map(|urn| Urn::new(urn).expect("a URN"));
        let new = NewOrganisation { kind: Kind::School, name: name.to_owned(), urn, group: None };
        organisation::create(&self.world, &Who::Console, new).await.expect("a school")
    }

    /// A programme with one cohort, which joined on 1 September 2026.
    ///
    /// # Panics
    /// Where it cannot be made.
    pub async fn programme(&self, name: &str) -> i64 {
        let starts = Some(date(2026, 9, 1));
        let slug = cohort::create_programme(&self.world, &Who::Console, name, "", starts).await.expect("a programme");
        let new = NewCohort {
            programme: slug.clone(),
            name: format!("{name} cohort"),
            joins_on: starts,
            need_rule: "below-good".to_owned(),
            good_rule: "standard-v1".to_owned(),
            ..NewCohort::default()
        };
        cohort::create_cohort(&self.world, &Who::Console, new).await.expect("a cohort");
        let all = cohort::programmes(&self.world).await.expect("programmes");
        all.into_iter().find(|programme| programme.slug == slug).expect("the programme").id
    }

    /// A school takes part in the programme's cohort.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn takes_part(&self, school: i64, programme: i64) {
        let cohorts = cohort::cohorts(&self.world, &Who::Console).await.expect("cohorts");
        let cohort = cohorts.iter().find(|cohort| cohort.programme_id == programme).expect("its cohort");
        let named = organisation::organisation(&self.world, &Who::Console, school).await.expect("the school").name;
        let baseline = r#"{"standing":null,"met_rule":false,"register_version":0,"frozen_on":"2026-09-01"}"#;
        let values = vec![
            self.world.id().into(),
            cohort.id.into(),
            None::<i64>.into(),
            named.into(),
            "certain".into(),
            cohort.joins_on.into(),
            baseline.into(),
            school.into(),
        ];
        let mut tx = self.world.db.begin().await.expect("a transaction");
        tx.execute(INSERT_PARTICIPATION, values).await.expect("a participation");
        tx.commit().await.expect("a participation");
    }

    /// An adviser of the programme accompanies a school.
    ///
    /// # Panics
    /// Where the database refuses.
    pub async fn accompanies(&self, adviser: &Person, school: i64, programme: i64) {
        let values = vec![
            self.world.id().into(),
            programme.into(),
            school.into(),
            adviser.id.into(),
            date(2026, 9, 1).into(),
            self.world.now().into(),
            TEST.into(),
        ];
        let mut tx = self.world.db.begin().await.expect("a transaction");
        tx.execute(INSERT_ASSIGNMENT, values).await.expect("an assignment");
        tx.commit().await.expect("an assignment");
    }

    /// Somebody as one who asks, for actions.
    ///
    /// # Panics
    /// Where their session is over.
    pub async fn caller(&self, person: &Person) -> Who {
        let token = person.cookie.split_once('=').and_then(|(_, token)| Token::parse(token)).expect("a token");
        let session = programme::person::session(&self.world, &token, None).await.expect("the database answers");
        Who::Person(session.expect("a session that stands").caller)
    }

    /// `GET path` as somebody.
    pub async fn see(&self, path: &str, person: &Person) -> Answer {
        self.get_as(path, &person.cookie).await
    }

    /// The answer's headers and its body as bytes, for a download.
    ///
    /// # Panics
    /// Where the answer cannot be read, or is no success.
    pub async fn bytes(&self, request: Request<Body>) -> (HeaderMap, Vec<u8>) {
        let response = self.router().oneshot(request).await.expect("the router answers");
        assert!(response.status().is_success(), "{}", response.status());
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("the body can be read");
        (parts.headers, body.to_vec())
    }

    /// `POST path` as somebody, with the token that their forms carry.
    pub async fn send(&self, path: &str, person: &Person, form: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", person.csrf.as_str())];
        all.extend_from_slice(form);
        self.post(path, &person.cookie, &all).await
    }
}
