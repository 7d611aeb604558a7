//! A programme's lead sets it up and invites; heads read what joining means and
//! decide; baselines are frozen; schools pause, leave and come back.

use axum::http::StatusCode;
use jiff::SignedDuration;
use outside::mail::SendMail as _;
use programme::{Who, cohort, organisation::INSTALLATION, role, who::Role};
use testkit::{Answer, House, Person, Scene, on_both};

const SCHOOLS: &str = "urn,la_code,la_name,establishment_number,name,establishment_type_code,establishment_type_name,establishment_status_code,establishment_status_name,phase_type,phase_name,close_date,town,postcode,easting,northing,number_of_pupils,region,high_pupil_premium,last_changed_date,ukprn
135001,886,Kent,2010,Invented: St Aidan's Primary,1,Community school,1,Open,2,Primary,,Ashdale,TN27 9QT,583500,144200,208,South East,False,2023-11-14,
135002,886,Kent,2011,Invented: Oakmere Primary,1,Community school,1,Open,2,Primary,,Oakmere,TN27 9QU,583900,144900,190,South East,False,2023-11-14,
";
const INSPECTIONS: &str = "urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict
135001,135001,2019-03-10,3,Requires improvement,,,,,,,x,
135002,135002,2019-03-10,3,Requires improvement,,,,,,,x,
";
const LATER: &str = "urn,urn_at_inspection,inspection_start,overall_grade,overall_word,sub_education,sub_behaviour,sub_personal,sub_leadership,sub_eyfs,sub_sixthForm,sources,conflict
135001,135001,2022-03-10,2,Good,,,,,,,x,
";

on_both! {
    a_programme_is_set_up_and_two_heads_join an_invitation_works_once_and_for_two_weeks
    a_school_that_is_here_is_asked_through_its_head whoever_has_an_account_signs_in_first
    a_school_pauses_leaves_and_comes_back
}

/// The way that the latest letter to this address leads.
async fn letter(house: &House, to: &str) -> String {
    house.work().await;
    let letters = house.mail.kept();
    let letter = letters
        .iter()
        .find(|letter| letter.to == to && letter.text.contains("/invitations/"))
        .unwrap_or_else(|| panic!("no letter to {to}"));
    let (_, after) = letter.text.split_once("https://aspire.example.org").expect("a link");
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

fn has(answer: &Answer, all: &[&str]) {
    for words in all {
        assert!(answer.body.contains(words), "‘{words}’ is not in: {}", answer.body);
    }
}

/// The organisation to which somebody's start page leads.
async fn school_of(house: &House, person: &Person) -> i64 {
    let who = house.caller(person).await;
    let mut schools = who.caller().unwrap().roles.iter().filter(|held| held.role == Role::Head);
    schools.next().expect("they are head somewhere").organisation
}

const PASSWORD: (&str, &str) = ("password", "seven quiet otters");

async fn a_programme_is_set_up_and_two_heads_join(house: House) {
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    house.import("graded_2020-02-29.csv", INSPECTIONS).await.unwrap();
    let elsewhere = house.programme("Invented: Elsewhere").await;
    let lead = house.person("Miriam Calloway", Role::ProgrammeLead, elsewhere).await;
    let date = |field: &'static str, year: &'static str| {
        [(field, "1"), (leak(field, "month"), "9"), (leak(field, "year"), year)]
    };
    let mut form = vec![("name", "Invented: Northbridge"), ("about", "Schools that help each other.")];
    form.extend(date("starts-day", "2020"));
    let made = house.send("/programmes/new", &lead, &form).await;
    assert_eq!(made.header("location"), "/cohorts/new?programme=invented-northbridge", "{}", made.body);
    has(&house.see("/start", &lead).await, &["Say which schools join together"]);
    let mut form = vec![
        ("programme", "invented-northbridge"),
        ("name", "Invented: First cohort"),
        ("need_rule", "below-good"),
        ("good_rule", "standard-v1"),
    ];
    form.extend(date("joins_on-day", "2020"));
    let made = house.send("/cohorts/new", &lead, &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);

    // By the rule: the authority's schools that meet it, to be ticked.
    let page = "/programmes/invented-northbridge/invite";
    has(&house.see(&format!("{page}?authority=Kent"), &lead).await, &["value=\"135001\"", "value=\"135002\""]);
    let ticked = house.see(&format!("{page}?tick=135001"), &lead).await;
    has(&ticked, &["name-135001", "Invented: St Aidan"]);
    let (_, after) = ticked.body.split_once("name=\"cohort\" value=\"").unwrap();
    let cohort = after.split('"').next().unwrap().to_owned();
    let head = [
        ("cohort", cohort.as_str()),
        ("ticked", "135001"),
        ("name-135001", "Asha Patel"),
        ("email-135001", "nobody at all"),
    ];
    let wrong = house.send(page, &lead, &head).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&wrong, &["href=\"#email-135001\"", "Enter an e-mail address", "value=\"Asha Patel\""]);
    let head = [head[0], head[1], head[2], ("email-135001", "Asha@Example.org")];
    let sent = house.send(page, &lead, &head).await;
    assert_eq!(sent.header("location"), "/programmes/invented-northbridge?done=invited", "{}", sent.body);
    let twice = house.send(page, &lead, &head).await;
    has(&twice, &["is invited already"]);
    // By hand: one that is in no register.
    let by_hand = [
        ("cohort", cohort.as_str()),
        ("school", "Invented: Ashdale Primary"),
        ("name", "Tom Grey"),
        ("email", "tom@example.org"),
    ];
    assert_eq!(house.send(page, &lead, &by_hand).await.status, StatusCode::SEE_OTHER);
    let waits = house.see("/programmes/invented-northbridge", &lead).await;
    has(
        &waits,
        &[
            "two things wait for others",
            "Asha Patel, headteacher",
            "Tom Grey, headteacher",
            "Asked on 24 November 2026",
        ],
    );

    // The head reads what joining means, and joins as a new person.
    let link = letter(&house, "asha@example.org").await;
    let asked = house.get(&link).await;
    has(&asked, &["St Aidan", "join Invented: Northbridge?", "What the programme sees", "What stays yours"]);
    has(&asked, &["until you release it", "You can pause or leave at any time", "Join the programme"]);
    let short = house.post(&format!("{link}/accept"), "", &[("name", "Asha Patel"), ("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&short, &["href=\"#password\""]);
    let accepted = house.post(&format!("{link}/accept"), "", &[("name", "Asha Patel"), PASSWORD]).await;
    let asha = house.entered(&accepted, "Asha Patel").await;
    has(&house.see("/start", &asha).await, &["Invite the people you work with"]);
    let school = school_of(&house, &asha).await;
    has(&house.see(&format!("/organisations/{school}"), &asha).await, &["takes part since 1 September 2020"]);

    // Her baseline is frozen: what the record learns later does not change it.
    let slug = "invented-first-cohort";
    let stood = async || {
        let view = cohort::cohort(&house.world, &Who::Console, slug).await.unwrap();
        let one = view.participations.into_iter().find(|one| one.organisation == Some(school)).unwrap();
        (one.frozen.standing.as_ref().unwrap().words(), one.baseline == one.frozen)
    };
    assert_eq!(stood().await, ("Requires improvement, 10 March 2019".to_owned(), true));
    house.import("graded_2022-12-31.csv", LATER).await.unwrap();
    assert_eq!(stood().await.0, "Requires improvement, 10 March 2019");

    // A school that is in no register has no public record to stand on.
    let link = letter(&house, "tom@example.org").await;
    let accepted = house.post(&format!("{link}/accept"), "", &[("name", "Tom Grey"), PASSWORD]).await;
    house.entered(&accepted, "Tom Grey").await;
    has(&house.see(&format!("/cohorts/{slug}"), &lead).await, &["It is in no register, so there is no public record"]);
    has(&house.see("/programmes/invented-northbridge", &lead).await, &["the head accepted", "Takes part since"]);
}

/// ‘starts-month’ of ‘starts-day’.
fn leak(day: &'static str, part: &str) -> &'static str {
    match (day, part) {
        ("starts-day", "month") => "starts-month",
        ("starts-day", _) => "starts-year",
        (_, "month") => "joins_on-month",
        _ => "joins_on-year",
    }
}

async fn an_invitation_works_once_and_for_two_weeks(house: House) {
    let scene = Scene::new(&house, "a").await;
    let (lead, head) = (scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Head));
    let page = format!("/organisations/{}", scene.school);
    let invite = async |email: &str| {
        let form = [("name", "Jo Lamb"), ("email", email), ("role", "teacher")];
        let answer = house.send(&format!("{page}/invite"), head, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    };
    let id_of = async |email: &str| {
        let who = Who::Console;
        let all = programme::invitation::of_organisation(&house.world, &who, scene.school).await.unwrap();
        all.into_iter().find(|one| one.email == email).unwrap().id
    };
    let name = ("name", "Jo Lamb");

    // Sent again: the letter before no longer works.
    invite("one@example.org").await;
    let first = letter(&house, "one@example.org").await;
    let id = id_of("one@example.org").await;
    let again = house.send(&format!("{page}/invitations/{id}/again"), head, &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get(&first).await.status, StatusCode::NOT_FOUND);
    let second = letter(&house, "one@example.org").await;
    assert_ne!(first, second);
    has(&house.get(&second).await, &["The headteacher of a invites you", "You are to be teacher there"]);
    let accepted = house.post(&format!("{second}/accept"), "", &[name, PASSWORD]).await;
    house.entered(&accepted, "Jo Lamb").await;
    // Once only, and the page says so.
    let twice = house.post(&format!("{second}/accept"), "", &[name, PASSWORD]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&house.get(&second).await, &["This invitation was accepted"]);

    // Taken back.
    invite("two@example.org").await;
    let link = letter(&house, "two@example.org").await;
    let id = id_of("two@example.org").await;
    let elsewhere = format!("/organisations/{INSTALLATION}/invitations/{id}/withdraw");
    assert_eq!(house.send(&elsewhere, head, &[]).await.status, StatusCode::NOT_FOUND, "it is not there");
    assert_eq!(house.send(&format!("{page}/invitations/{id}/withdraw"), lead, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&format!("{page}/invitations/{id}/withdraw"), head, &[]).await.status, StatusCode::SEE_OTHER);
    has(&house.get(&link).await, &["This invitation was taken back"]);
    let late = house.post(&format!("{link}/accept"), "", &[name, PASSWORD]).await;
    has(&late, &["can no longer be answered"]);
    assert_eq!(house.send(&format!("{page}/invitations/{id}/again"), head, &[]).await.status, StatusCode::NOT_FOUND);

    // Declined.
    invite("three@example.org").await;
    let link = letter(&house, "three@example.org").await;
    has(&house.post(&format!("{link}/decline"), "", &[]).await, &["You declined this invitation"]);
    let late = house.post(&format!("{link}/accept"), "", &[name, PASSWORD]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Two weeks are over.
    invite("four@example.org").await;
    let link = letter(&house, "four@example.org").await;
    house.wait(SignedDuration::from_hours(24 * 14));
    has(&house.get(&link).await, &["This invitation has run out"]);
    let late = house.post(&format!("{link}/accept"), "", &[name, PASSWORD]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let people = role::people(&house.world, &Who::Console, scene.school).await.unwrap();
    assert_eq!(people.iter().filter(|one| one.name == "Jo Lamb").count(), 1, "one of the four accepted");
}

async fn a_school_that_is_here_is_asked_through_its_head(house: House) {
    let scene = Scene::new(&house, "a").await;
    let other = Scene::new(&house, "b").await;
    house.import("gias_2023-11-16.csv", SCHOOLS).await.unwrap();
    let school = house.school("Invented: Oakmere Primary", Some(135_002)).await;
    let head = house.person("Rosa Quayle", Role::Head, school).await;
    let lead = other.somebody(Role::ProgrammeLead);
    let cohort = other.cohort.to_string();
    let form =
        [("cohort", cohort.as_str()), ("urn", "135002"), ("name", "Somebody Else"), ("email", "crony@example.org")];
    let page = format!("/programmes/{}/invite", other.slug);
    assert_eq!(house.send(&page, lead, &form).await.status, StatusCode::SEE_OTHER);
    house.work().await;
    assert!(
        house.mail.kept().iter().all(|letter| letter.to != "crony@example.org"),
        "whoever accepts opens the school"
    );
    let link = letter(&house, "rosa.quayle@example.org").await;
    let seen = house.see(&format!("/programmes/{}", other.slug), lead).await;
    assert!(!seen.body.contains("Rosa") && !seen.body.contains("rosa.quayle"), "{}", seen.body);
    let one = house.see(&format!("/programmes/{}/schools/{school}", other.slug), lead).await;
    has(&one, &["through the head it has here"]);
    assert!(!one.body.contains("rosa.quayle"), "{}", one.body);

    // Somebody else who gets hold of the letter does not become its head.
    let stranger = scene.somebody(Role::Teacher);
    let answer = house.send(&format!("{link}/accept"), stranger, &[]).await;
    has(&answer, &["has a head here, who decides"]);
    let people = house.see(&format!("/organisations/{school}/people"), stranger).await;
    assert_eq!(people.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(&format!("{link}/accept"), &head, &[]).await.status, StatusCode::SEE_OTHER);
    let heads = role::people(&house.world, &Who::Console, school).await.unwrap();
    assert_eq!(heads.len(), 1, "no second role was given");
    has(&house.see(&format!("/organisations/{school}"), &head).await, &["Invented: Programme b"]);
    // In a later programme, too, and each programme sees its own only.
    let cohort = scene.cohort.to_string();
    let form = [("cohort", cohort.as_str()), ("urn", "135002")];
    let first = scene.somebody(Role::ProgrammeLead);
    assert_eq!(
        house.send(&format!("/programmes/{}/invite", scene.slug), first, &form).await.status,
        StatusCode::SEE_OTHER
    );
    let link = letter(&house, "rosa.quayle@example.org").await;
    assert_eq!(house.send(&format!("{link}/accept"), &head, &[]).await.status, StatusCode::SEE_OTHER);
    let seen = house.see(&format!("/organisations/{school}"), lead).await;
    assert!(seen.body.contains("Programme b") && !seen.body.contains("Programme a"), "{}", seen.body);
}

async fn whoever_has_an_account_signs_in_first(house: House) {
    let scene = Scene::new(&house, "a").await;
    let administrator = house.person("Sam Ward", Role::Administrator, INSTALLATION).await;
    let form = [("name", "Sam"), ("email", "sam.ward@example.org"), ("role", "governor")];
    let page = format!("/organisations/{}", scene.school);
    house.send(&format!("{page}/invite"), scene.somebody(Role::Head), &form).await;
    let link = letter(&house, "sam.ward@example.org").await;
    let seen = house.get(&link).await;
    has(&seen, &["Sign in to answer"]);
    assert!(!seen.body.contains("name=\"password\"") && !seen.body.contains("Sam Ward"), "{}", seen.body);
    let kept = seen.header("set-cookie").split(';').next().unwrap().to_owned();
    let without = house.post(&format!("{link}/accept"), "", &[("name", "Sam"), PASSWORD]).await;
    has(&without, &["Sign in to answer"]);
    // Having signed in, the letter comes back by itself.
    let back = house.get_as("/start", &format!("{}; {kept}", administrator.cookie)).await;
    assert_eq!(back.header("location"), link);
    has(&house.see(&link, &administrator).await, &["You are signed in as Sam Ward"]);
    let forged = house.post(&format!("{link}/accept"), &administrator.cookie, &[("csrf", "0")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let accepted = house.send(&format!("{link}/accept"), &administrator, &[]).await;
    assert_eq!(accepted.header("location"), "/start");
    let people = role::people(&house.world, &Who::Console, scene.school).await.unwrap();
    assert!(people.iter().any(|one| one.name == "Sam Ward"));
    has(&house.see("/start", &administrator).await, &["in two places", "Governor"]);
}

async fn a_school_pauses_leaves_and_comes_back(house: House) {
    let scene = Scene::new(&house, "a").await;
    let head = scene.somebody(Role::Head);
    let (lead, adviser) = (scene.somebody(Role::ProgrammeLead), scene.somebody(Role::Adviser));
    let page = format!("/organisations/{}", scene.school);
    let parts = cohort::of_school(&house.world, &Who::Console, scene.school).await.unwrap();
    let part = parts[0].participation.to_string();
    let says = async |status: &str, day: &str, reason: &str, withdraw: &str| {
        let form = [
            ("participation", part.as_str()),
            ("status", status),
            ("since-day", day),
            ("since-month", "11"),
            ("since-year", "2026"),
            ("reason", reason),
            ("withdraw", withdraw),
        ];
        house.send(&format!("{page}/leave"), head, &form).await
    };
    has(&says("paused", "20", "", "").await, &["Give the reason"]);
    has(&says("completed", "20", "done", "").await, &["Choose what your school wants to do"]);
    assert_eq!(says("paused", "20", "The roof leaks", "").await.header("location"), format!("{page}?done=paused"));
    has(&house.see("/start", head).await, &["Your school takes a break since 20 November 2026"]);
    has(&house.see(&format!("/programmes/{}", scene.slug), lead).await, &["Takes a break since 20 November 2026"]);
    assert_eq!(says("joined", "22", "The roof is whole", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.see(&format!("{page}/self-view"), adviser).await.status, StatusCode::OK);

    // It leaves, and takes back what it released.
    has(
        &house.see(&format!("{page}/leave"), head).await,
        &["You take everything", "Withdraw all of it at once", "28 things"],
    );
    assert_eq!(says("left", "24", "It joined a trust", "yes").await.status, StatusCode::SEE_OTHER);
    for (who, path) in [
        (adviser, page.clone()),
        (adviser, format!("{page}/self-view")),
        (adviser, format!("{page}/contact")),
        (lead, page.clone()),
        (lead, format!("{page}/people")),
        (lead, format!("{page}/self-view")),
        (scene.somebody(Role::Governor), format!("{page}/self-view")),
    ] {
        assert_eq!(house.see(&path, who).await.status, StatusCode::NOT_FOUND, "{path} as {}", who.name);
    }
    assert_eq!(house.see(&format!("{page}/self-view"), head).await.status, StatusCode::OK, "it stays theirs");
    has(&house.see("/adviser", adviser).await, &["No school is yours yet"]);
    has(&house.see(&format!("/programmes/{}", scene.slug), lead).await, &["Left since 24 November 2026"]);
    // Nobody takes that back for it.
    let one = format!("/programmes/{}/schools/{}", scene.slug, scene.school);
    let form = [
        ("status", "joined"),
        ("since-day", "25"),
        ("since-month", "11"),
        ("since-year", "2026"),
        ("reason", "we want it back"),
    ];
    let back = house.send(&format!("{one}/status"), lead, &form).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    let by_cohort = [form[0], form[1], form[2], form[3], form[4], ("participation", part.as_str())];
    let back = house.send(&format!("/cohorts/{}/status", scene.cohort_slug), lead, &by_cohort).await;
    has(&back, &["It comes back when its head accepts a new invitation"]);
    let person = adviser.id.to_string();
    let assign =
        [("person", person.as_str()), ("tie", "no"), ("from-day", "1"), ("from-month", "12"), ("from-year", "2026")];
    assert_eq!(house.send(&format!("{one}/adviser"), lead, &assign).await.status, StatusCode::NOT_FOUND);

    // It comes back by a new invitation, with the baseline it had.
    let before = cohort::cohort(&house.world, &Who::Console, &scene.cohort_slug).await.unwrap().participations;
    let cohort = scene.cohort.to_string();
    let form =
        [("cohort", cohort.as_str()), ("school", "Invented: School a"), ("name", "x"), ("email", "x@example.org")];
    let invited = house.send(&format!("/programmes/{}/invite", scene.slug), lead, &form).await;
    assert_eq!(invited.status, StatusCode::SEE_OTHER, "{}", invited.body);
    house.work().await;
    let link = letter(&house, "the.headteacher.of.a@example.org").await;
    assert_eq!(house.send(&format!("{link}/accept"), head, &[]).await.status, StatusCode::SEE_OTHER);
    let after = cohort::cohort(&house.world, &Who::Console, &scene.cohort_slug).await.unwrap().participations;
    assert_eq!((after.len(), &after[0].frozen), (before.len(), &before[0].frozen));
    assert_eq!(house.see(&format!("{page}/people"), lead).await.status, StatusCode::OK);
}
