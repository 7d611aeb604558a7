//! A head manages their school's people; an adviser sees their own schools; a
//! funder sees sums.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use jiff::civil::date;
use programme::{
    Who,
    cohort::{self, CohortSeed, Edited, NewParticipation},
    organisation::{self, INSTALLATION, Kind},
    person::DemoOnly,
    role,
    who::Role,
};
use testkit::{Answer, House, Scene, on_both};
use tower::ServiceExt as _;
use web::{App, Demo, DemoPerson, Settings};

on_both! {
    a_head_manages_the_school_s_people a_change_of_head_is_a_dated_fact an_adviser_sees_their_own_schools_only
    a_programme_is_told_who_leads_and_nobody_else sums_are_told_where_there_are_enough_schools
    whoever_keeps_this_enters_a_funder one_click_signs_in_in_the_demo_alone
}

fn has(answer: &Answer, all: &[&str]) {
    for words in all {
        assert!(answer.body.contains(words), "‘{words}’ is not in: {}", answer.body);
    }
}

fn day<'a>(field: [&'a str; 3], day: &'a str, month: &'a str, year: &'a str) -> [(&'a str, &'a str); 3] {
    [(field[0], day), (field[1], month), (field[2], year)]
}

const SINCE: [&str; 3] = ["since-day", "since-month", "since-year"];
const UNTIL: [&str; 3] = ["until-day", "until-month", "until-year"];
const FROM: [&str; 3] = ["from-day", "from-month", "from-year"];

async fn role_of(house: &House, organisation: i64, name: &str, wanted: Role) -> i64 {
    let people = role::people(&house.world, &Who::Console, organisation).await.unwrap();
    let one = people.into_iter().find(|one| one.name == name).unwrap_or_else(|| panic!("no {name}"));
    one.roles.into_iter().find(|held| held.role == wanted && held.until.is_none()).unwrap().id
}

async fn a_head_manages_the_school_s_people(house: House) {
    let scene = Scene::new(&house, "a").await;
    let page = format!("/organisations/{}", scene.school);
    let (head, teacher) = (scene.somebody(Role::Head), scene.somebody(Role::Teacher));
    // The deputy leads two strands as well, in a small school.
    let deputy = scene.somebody(Role::Deputy).id.to_string();
    for strand in ["leadership", "learning_environment"] {
        let mut form = vec![("person", deputy.as_str()), ("role", "strand_lead"), ("strand", strand)];
        form.extend(day(SINCE, "1", "11", "2026"));
        let given = house.send(&format!("{page}/people"), head, &form).await;
        assert_eq!(given.header("location"), format!("{page}/people?done=given"), "{}", given.body);
    }
    has(
        &house.send(&format!("{page}/people"), head, &[("person", &deputy), ("role", "head")]).await,
        &["Enter the first day"],
    );
    let seen = house.see(&format!("{page}/people"), head).await;
    has(&seen, &["Strand lead, The Learning Environment", "Nobody leads Assessment for Learning", "roles are vacant"]);
    has(&house.see("/start", head).await, &["Nobody leads Assessment for Learning"]);

    // A teacher looks, and changes nothing; nor does the programme.
    let looks = house.see(&format!("{page}/people"), teacher).await;
    assert!(looks.status.is_success() && !looks.body.contains("End this role") && !looks.body.contains("@example.org"));
    let theirs = role_of(&house, scene.school, &teacher.name, Role::Teacher).await;
    let end = format!("{page}/people/{theirs}");
    let mut form = vec![("why", "moved away")];
    form.extend(day(UNTIL, "24", "11", "2026"));
    for other in [teacher, scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Adviser)] {
        assert_eq!(house.send(&end, other, &form).await.status, StatusCode::NOT_FOUND, "{}", other.name);
    }
    assert_eq!(house.send(&end, head, &form).await.header("location"), format!("{page}/people?done=ended"));
    assert_eq!(house.see(&page, teacher).await.status, StatusCode::NOT_FOUND, "at once");
    has(&house.see("/start", teacher).await, &["There is nothing for you here yet"]);
    has(
        &house.see(&format!("{page}/people"), head).await,
        &["Teacher from 1 September 2020 to 24 November 2026", "moved away"],
    );
    assert_eq!(house.send(&end, head, &form).await.status, StatusCode::NOT_FOUND, "it has ended");
    // What was done is the school's to read.
    has(&house.see(&format!("{page}/history"), head).await, &["ended somebody’s role", "moved away"]);
}

async fn a_change_of_head_is_a_dated_fact(house: House) {
    let scene = Scene::new(&house, "a").await;
    let page = format!("/organisations/{}", scene.school);
    let head = scene.somebody(Role::Head);
    let own = role_of(&house, scene.school, &head.name, Role::Head).await;
    let mut form = vec![("why", "retired")];
    form.extend(day(UNTIL, "24", "11", "2026"));
    let alone = house.send(&format!("{page}/people/{own}"), head, &form).await;
    has(&alone, &["Nobody else is headteacher here. Invite the next one first"]);
    house.gives(scene.somebody(Role::Deputy).id, Role::Head, scene.school).await;
    assert_eq!(house.send(&format!("{page}/people/{own}"), head, &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.see(&page, head).await.status, StatusCode::NOT_FOUND);
    let deputy = scene.somebody(Role::Deputy);
    has(
        &house.see(&format!("{page}/people"), deputy).await,
        &["Headteacher from 1 September 2020 to 24 November 2026: The headteacher of a (retired)"],
    );
    let lead = house.see(&format!("/programmes/{}", scene.slug), scene.somebody(Role::ProgrammeLead)).await;
    has(&lead, &["The headteacher of a is no longer headteacher"]);
}

async fn an_adviser_sees_their_own_schools_only(house: House) {
    let scene = Scene::new(&house, "a").await;
    let second = house.school("Invented: Second", None).await;
    house.takes_part(second, scene.programme).await;
    let (lead, adviser) = (scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Adviser));
    let other = format!("/organisations/{second}");
    assert_eq!(house.see(&other, adviser).await.status, StatusCode::NOT_FOUND, "of the same programme, not theirs");
    let page = format!("/programmes/{}/schools/{second}", scene.slug);
    has(&house.see(&format!("/programmes/{}", scene.slug), lead).await, &["Nobody accompanies the school"]);

    // The question about a tie is asked each time.
    let person = adviser.id.to_string();
    let mut form = vec![("person", person.as_str())];
    form.extend(day(FROM, "1", "11", "2026"));
    let assign = format!("{page}/adviser");
    has(&house.send(&assign, lead, &form).await, &["Say whether they or their employer have a tie with this school"]);
    form.push(("tie", "yes"));
    has(&house.send(&assign, lead, &form).await, &["Say what the tie is"]);
    form.push(("conflict", "Their partner governs it"));
    assert_eq!(house.send(&assign, lead, &form).await.status, StatusCode::SEE_OTHER);
    has(&house.send(&assign, lead, &form).await, &["They accompany this school already"]);
    has(&house.see(&page, lead).await, &["tie declared: Their partner governs it"]);
    assert_eq!(house.see(&other, adviser).await.status, StatusCode::OK);

    // They note a contact; who is next comes first.
    let contact = format!("{other}/contact");
    let mut form = vec![("kind", "visit")];
    form.extend(day(["on-day", "on-month", "on-year"], "20", "11", "2026"));
    form.extend(day(["next-day", "next-month", "next-year"], "1", "11", "2026"));
    has(&house.send(&contact, adviser, &form).await, &["Enter a day after this contact"]);
    form.truncate(4);
    form.extend(day(["next-day", "next-month", "next-year"], "1", "12", "2026"));
    assert_eq!(house.send(&contact, adviser, &form).await.header("location"), "/adviser?done=contact");
    let own = house.see("/adviser", adviser).await;
    has(&own, &["You see Invented: Second next, on 1 December 2026", "Invented: School a"]);
    has(&house.see("/start", adviser).await, &["You see Invented: Second next, on 1 December 2026"]);
    house.clock.set("2026-12-05T09:00:00Z".parse().unwrap());
    let adviser = &house.session(adviser.id, &adviser.name).await;
    let lead = &house.session(lead.id, &lead.name).await;
    has(&house.see("/adviser", adviser).await, &["You meant to see Invented: Second on 1 December 2026"]);
    has(
        &house.see(&format!("/programmes/{}", scene.slug), lead).await,
        &["The day agreed for the next contact has passed"],
    );

    // With the role as adviser ends what came with it.
    let theirs = role_of(&house, scene.programme, &adviser.name, Role::Adviser).await;
    house.gives(adviser.id, Role::Evaluator, scene.programme).await;
    let form = day(UNTIL, "5", "12", "2026");
    let end = format!("/programmes/{}/people/{theirs}", scene.slug);
    assert_eq!(house.send(&end, lead, &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.see("/adviser", adviser).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&contact, adviser).await.status, StatusCode::NOT_FOUND);
    has(&house.see(&page, lead).await, &["their role as adviser ended"]);
}

async fn a_programme_is_told_who_leads_and_nobody_else(house: House) {
    let scene = Scene::new(&house, "a").await;
    let page = format!("/organisations/{}/people", scene.school);
    for role in [Role::ProgrammeLead, Role::Adviser] {
        let seen = house.see(&page, scene.somebody(role)).await;
        has(&seen, &["The headteacher of a", "The strand lead of a"]);
        for hidden in ["The teacher of a", "The governor of a", "Achievement Team leader of a", "@example.org"] {
            assert!(!seen.body.contains(hidden), "{} sees {hidden}", role.words());
        }
    }
    has(&house.see(&page, scene.somebody(Role::Teacher)).await, &["The teacher of a", "The governor of a"]);
}

store::statement!(HIDE, "UPDATE cohort SET shown_to = 'programme' WHERE slug = $1");

const REGISTER: &str = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
";
const INSPECTED: &str = "urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict
";

/// Four schools in a funded cohort that is the programme's: its funder reads the
/// path, and no school; with two schools followed, nothing.
async fn sums_are_told_where_there_are_enough_schools(house: House) {
    let mut register = REGISTER.to_owned();
    let mut inspected = INSPECTED.to_owned();
    for at in 0..8 {
        register += &format!(
            "13500{at},886,Kent,201{at},Invented: Number {at},1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,\n"
        );
        inspected += &format!("13500{at},13500{at},2012-03-10,3,Satisfactory,,,,,,,x,\n");
    }
    house.import("gias_2023-11-16.csv", &register).await.unwrap();
    house.import("graded_2020-02-29.csv", &inspected).await.unwrap();
    let funder = organisation::seed(&house.world, Kind::Funder, "Invented: A Trust").await.unwrap();
    let person = house.person("Gareth Pym", Role::Funder, funder).await;
    for (slug, count) in [("many", 4), ("few", 2)] {
        let file = include_str!("../../data/pilot/cohort.json").replace("naht-aspire-pilot", slug);
        let file = file.replacen("\"naht-aspire\"", &format!("\"programme-{slug}\""), 1);
        let schools = (0..count).map(|at| NewParticipation {
            named: format!("Invented: Number {at}"),
            urn: kernel::Urn::new(135_000 + at),
            certainty: "certain".to_owned(),
            ..NewParticipation::default()
        });
        cohort::seed(&house.world, &Who::Console, CohortSeed::parse(&file).unwrap(), schools.collect()).await.unwrap();
        hide(&house, slug).await;
        let programmes = cohort::programmes(&house.world).await.unwrap();
        let programme = programmes.iter().find(|one| one.slug == format!("programme-{slug}")).unwrap();
        let edited = Edited {
            name: format!("Invented: {slug}"),
            starts: Some(date(2013, 5, 1)),
            ends: Some(None),
            funder: Some(funder),
            ..Edited::default()
        };
        cohort::edit_programme(&house.world, &Who::Console, &programme.slug, edited).await.unwrap();
    }
    let sums = house.see("/funder", &person).await;
    has(&sums, &["/cohorts/many", "four", "fewer than three"]);
    assert!(!sums.body.contains("/cohorts/few") && !sums.body.contains("Number 1"), "{}", sums.body);
    let path = house.see("/cohorts/many", &person).await;
    assert_eq!(path.status, StatusCode::OK);
    has(&path, &["You see what the cohort’s schools are together"]);
    assert!(!path.body.contains("Invented: Number") && !path.body.contains("135001"), "{}", path.body);
    assert_eq!(house.see("/cohorts/many/path.csv", &person).await.status, StatusCode::OK);
    let who = house.caller(&person).await;
    let told = cohort::path(&house.world, &who, "many", None).await.unwrap();
    assert!(told.known == 4 && told.members.is_empty() && told.view.participations.is_empty(), "whatever a page shows");
    for path in ["/cohorts/many/schools.csv", "/cohorts/many/edit", "/cohorts/few", "/cohorts/few/path.csv"] {
        assert_eq!(house.see(path, &person).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(house.get("/cohorts/many").await.status, StatusCode::NOT_FOUND);
}

/// A cohort that comes from a file is anyone's; this one is not.
async fn hide(house: &House, slug: &str) {
    let mut tx = house.world.db.begin().await.unwrap();
    assert_eq!(tx.execute(HIDE, vec![slug.into()]).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn whoever_keeps_this_enters_a_funder(house: House) {
    let administrator = house.person("Sam Ward", Role::Administrator, INSTALLATION).await;
    has(&house.see("/organisations", &administrator).await, &["No school is here yet"]);
    let wrong = house.send("/organisations/new", &administrator, &[("kind", "school"), ("name", "X")]).await;
    has(&wrong, &["Choose what kind of organisation it is"]);
    let form = [("kind", "funder"), ("name", "Invented: A Trust")];
    assert_eq!(house.send("/organisations/new", &administrator, &form).await.status, StatusCode::SEE_OTHER);
    let all = organisation::of_kind(&house.world, &Who::Console, Kind::Funder).await.unwrap();
    let page = format!("/organisations/{}/invite", all[0].id);
    let form = [("name", "Gareth Pym"), ("email", "gareth@example.org"), ("role", "funder")];
    assert_eq!(house.send(&page, &administrator, &form).await.status, StatusCode::SEE_OTHER);
    let wrong = house.send(&page, &administrator, &[("name", "G"), ("email", "g@example.org"), ("role", "head")]).await;
    has(&wrong, &["Choose one of the roles in the list"]);
    // Another administrator is invited in the same way.
    let form = [("name", "Jo"), ("email", "jo@example.org"), ("role", "administrator")];
    assert_eq!(house.send("/organisations/1/invite", &administrator, &form).await.status, StatusCode::SEE_OTHER);
}

async fn one_click_signs_in_in_the_demo_alone(house: House) {
    let answer = house.post("/demo/sign-in", "", &[("role", "head")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!house.get("/sign-in").await.body.contains("/demo/sign-in"));

    let scene = Scene::new(&house, "a").await;
    let person = |role: Role, email: &str| DemoPerson {
        role: role.key(),
        words: role.words().to_owned(),
        name: scene.somebody(role).name.clone(),
        email: email.to_owned(),
        place: Some("Invented: School a".to_owned()),
    };
    let people = vec![
        person(Role::Head, "the.headteacher.of.a@example.org"),
        person(Role::Teacher, "nobody.with.this.address@example.org"),
    ];
    let demo = Demo { only: DemoOnly::this_is_the_demo(), people };
    let settings = Settings { demo: Some(demo), largest_upload: 1024, ..Settings::default() };
    let router = web::router(App::new(house.world.clone(), settings));
    let ask = async |request: Request<Body>| {
        let answer = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    };
    let click = async |role: &str| {
        let form = Request::post("/demo/sign-in").header("content-type", "application/x-www-form-urlencoded");
        ask(form.body(Body::from(format!("role={role}"))).unwrap()).await
    };
    let page = ask(Request::get("/sign-in").body(Body::empty()).unwrap()).await;
    has(&page, &["Headteacher: The headteacher of a, Invented: School a", "value=\"teacher\""]);
    let answer = click("head").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/start"));
    // This router speaks plain http, the house's does not.
    let cookie = format!("__Host-{}", answer.header("set-cookie").split(';').next().unwrap());
    assert_eq!(house.get_as(&format!("/organisations/{}/people", scene.school), &cookie).await.status, StatusCode::OK);
    for nobody in ["teacher", "administrator", ""] {
        assert_eq!(click(nobody).await.status, StatusCode::NOT_FOUND, "{nobody}");
    }
}
