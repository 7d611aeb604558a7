//! Each address as everybody: what `aspire access` prints is what happens.

use crate::paths::Paths;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use programme::{Who, cohort, rights::Reach, who::Role};
use std::path::Path;
use testkit::{Answer, House, Person, Scene, on_both};
use web::access::{Entry, entries};

const SCHOOLS: &str = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
135001,886,Kent,2010,Invented: St Aidan's Primary,1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,
";

/// What exists in the demo only, or where a provider of accounts is set up.
const NOT_HERE: &[&str] = &["/demo/letters", "/demo/sign-in", "/sign-in/elsewhere/{provider}"];

on_both! {
    pages_as_everybody
    forms_as_everybody_first
    forms_as_everybody_second
    forms_as_everybody_third
    forms_as_everybody_fourth
    nothing_of_a_school_for_others
    nobody_signed_in_sees_nothing
    a_funder_sees_sums_only
}

/// A request as somebody, or as nobody; a form carries their token and `fields`.
async fn ask(
    house: &House,
    method: &str,
    general: &str,
    path: &str,
    person: Option<&Person>,
    fields: &[(&str, String)],
) -> Answer {
    let cookie = person.map_or("", |person| &person.cookie);
    let csrf = person.map_or("", |person| &person.csrf);
    // A file comes as several parts, and so does its token.
    if (method, general) == ("POST", "/imports/new") {
        let body = format!("--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body));
        return house.ask(request.unwrap()).await;
    }
    match method {
        "GET" => house.get_as(path, cookie).await,
        "POST" => {
            let mut form = vec![("csrf", csrf)];
            form.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
            house.post(path, cookie, &form).await
        }
        other => panic!("say in testkit/tests/access.rs how {other} is asked"),
    }
}

/// Not there, as far as they are told.
fn is_nothing(answer: &Answer) -> bool {
    answer.status == StatusCode::NOT_FOUND
}

fn leads_to_sign_in(answer: &Answer) -> bool {
    answer.status == StatusCode::UNAUTHORIZED || answer.header("location").starts_with("/sign-in")
}

async fn pages_as_everybody(house: House) {
    let pages: Vec<Entry> = entries().into_iter().filter(|entry| entry.method == "GET").collect();
    as_everybody(house, &pages).await;
}

async fn forms_as_everybody_first(house: House) {
    forms_as_everybody(house, 0).await;
}

async fn forms_as_everybody_second(house: House) {
    forms_as_everybody(house, 1).await;
}

async fn forms_as_everybody_third(house: House) {
    forms_as_everybody(house, 2).await;
}

async fn forms_as_everybody_fourth(house: House) {
    forms_as_everybody(house, 3).await;
}

/// A quarter of all that is no page: each needs a school of its own for every
/// role, which takes time.
async fn forms_as_everybody(house: House, quarter: usize) {
    let forms = entries().into_iter().filter(|entry| entry.method != "GET");
    let forms: Vec<Entry> = forms.skip(quarter).step_by(4).collect();
    as_everybody(house, &forms).await;
}

async fn as_everybody(house: House, entries: &[Entry]) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    let own = Scene::new(&house, "own").await;
    let foreign = Scene::new(&house, "foreign").await;
    let mut fresh = 0;
    for entry in entries.iter().filter(|entry| !entry.public) {
        for (role, reach) in &entry.roles {
            // A form may change what the next one needs.
            let scene = if entry.method == "POST" && *reach != Reach::None {
                fresh += 1;
                &Scene::new(&house, &format!("fresh {fresh}")).await
            } else {
                &own
            };
            let person = scene.somebody(*role);
            let said = |what: &str, answer: &Answer| {
                format!(
                    "{} {} as {} ({}): {what}, but the answer is {} {}",
                    entry.method,
                    entry.path,
                    role.words(),
                    entry.right,
                    answer.status,
                    answer.header("location")
                )
            };
            let here = at(&house, scene, entry, *role, person).await;
            match reach {
                Reach::None => assert!(is_nothing(&here), "{}", said("nothing for them", &here)),
                Reach::Own | Reach::All => {
                    assert!(!is_nothing(&here) && !leads_to_sign_in(&here), "{}", said("theirs", &here));
                    assert_ne!(here.status, StatusCode::FORBIDDEN, "{}", said("theirs", &here));
                    assert!(!here.status.is_server_error(), "{}", said("theirs", &here));
                }
            }
            if entry.path.contains('{') && *reach == Reach::Own {
                let there = at(&house, &foreign, entry, *role, person).await;
                assert!(is_nothing(&there), "{}", said("somebody else’s", &there));
            }
        }
    }
}

async fn at(house: &House, scene: &Scene, entry: &Entry, role: Role, person: &Person) -> Answer {
    let path = Paths(scene).fill(house, entry.path, role).await;
    let fields = Paths(scene).fields(house, entry.path, role).await;
    ask(house, entry.method, entry.path, &path, Some(person), &fields).await
}

/// Every id of one school and its programme, as everybody of another, and as
/// the one’s own programme and funder where the school must release first:
/// always as if there were nothing, never ‘forbidden’.
async fn nothing_of_a_school_for_others(house: House) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    let a = Scene::new(&house, "a").await;
    let b = Scene::new(&house, "b").await;
    let mut tried = 0;
    for entry in entries().iter().filter(|entry| !entry.public && entry.path.contains('{')) {
        for (role, reach) in &entry.roles {
            if *reach == Reach::All {
                continue;
            }
            // As whom the path is filled says whose things stand there.
            for whose in [Role::Head, Role::Funder] {
                let path = Paths(&a).fill(&house, entry.path, whose).await;
                let fields = Paths(&a).fields(&house, entry.path, whose).await;
                let answer = ask(&house, entry.method, entry.path, &path, Some(b.somebody(*role)), &fields).await;
                assert!(is_nothing(&answer), "{} {path} as {} of b: {}", entry.method, role.words(), answer.status);
                assert!(!answer.body.contains("Invented: School a"), "{path} tells the school’s name");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} were tried");
    let funder = a.somebody(Role::Funder);
    for path in ["", "/people", "/self-view", "/releases", "/history", "/leave", "/contact"] {
        let answer = house.see(&format!("/organisations/{}{path}", a.school), funder).await;
        assert!(is_nothing(&answer), "{path} as the programme’s own funder: {}", answer.status);
    }
}

async fn nobody_signed_in_sees_nothing(house: House) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    let scene = Scene::new(&house, "a").await;
    for entry in entries() {
        let path = Paths(&scene).fill(&house, entry.path, Role::Head).await;
        let answer = ask(&house, entry.method, entry.path, &path, None, &[]).await;
        let said = format!("{} {path} as nobody: {} {}", entry.method, answer.status, answer.header("location"));
        if !entry.public {
            assert!(leads_to_sign_in(&answer), "{said}");
            assert!(!answer.body.contains("Invented: School"), "{said}");
        } else if NOT_HERE.contains(&entry.path) || path.contains("/cohorts/invented-") {
            assert!(is_nothing(&answer), "{said}: this cohort is the programme’s, and this is no demo");
        } else if entry.path.starts_with("/invitations/")
            || entry.path == "/calendar/{feed}"
            || entry.path == "/digest/{token}"
            || entry.path.starts_with("/new-password/")
        {
            assert!(is_nothing(&answer), "{said}: there is no such invitation, nor such a link");
        } else if entry.method == "GET" {
            assert_eq!(answer.status, StatusCode::OK, "{said}");
        }
    }
}

/// A cohort that is the programme’s: whole for those who work for it, sums for
/// its funder, nothing for anybody else.
async fn a_funder_sees_sums_only(house: House) {
    let a = Scene::new(&house, "a").await;
    let b = Scene::new(&house, "b").await;
    let page = format!("/cohorts/{}", a.cohort_slug);
    for role in Role::ALL {
        let sees = matches!(role, Role::Administrator | Role::ProgrammeLead | Role::Adviser | Role::Evaluator);
        let answer = house.see(&page, a.somebody(*role)).await;
        assert_eq!(answer.status.is_success(), sees, "{} sees {}", role.words(), answer.status);
        let list = house.see("/cohorts", a.somebody(*role)).await;
        assert_eq!(list.body.contains(&a.cohort_slug), sees, "{} in the list", role.words());
        let other = house.see(&page, b.somebody(*role)).await;
        assert_eq!(other.status.is_success(), *role == Role::Administrator, "{} of another", role.words());
    }
    for path in ["", "/schools.csv", "/path.csv"] {
        assert!(is_nothing(&house.get(&format!("{page}{path}")).await), "{path} for anybody");
    }
    assert!(is_nothing(&house.get(&format!("/api/v1/cohorts/{}/path", a.cohort_slug)).await));
    assert!(!house.get("/api/v1/cohorts").await.body.contains(&a.cohort_slug));
    // One school: the funder is told no number, and no name.
    let sums = house.see("/funder", a.somebody(Role::Funder)).await;
    assert_eq!(sums.status, StatusCode::OK);
    assert!(sums.body.contains("fewer than three") && !sums.body.contains("School a"), "{}", sums.body);
    let cohorts = cohort::cohorts(&house.world, &Who::Anyone).await.unwrap();
    assert!(cohorts.is_empty(), "a new cohort is the programme’s unless somebody chooses otherwise");
}

#[test]
fn the_document_is_what_the_program_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/access.md");
    let document = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        document.trim_end() == web::access::table().trim_end(),
        "docs/access.md is not what the program says; renew it: cargo run -p aspire -- access > docs/access.md"
    );
}
