//! People show who they are: with a password, with a code as well, with a link
//! from a letter.

use axum::http::StatusCode;
use jiff::SignedDuration;
use outside::mail::SendMail as _;
use programme::{
    Who, World,
    invitation::{self, NewInvitation},
    organisation::INSTALLATION,
    person::{self, Browser, SignIn},
    who::Role,
};
use store::Db;
use testkit::{
    House, on_both,
    signing::{PASSWORD, code, invited, link, sets_up_an_app, sign_in, who},
};

on_both! {
    an_adviser_sets_up_an_app_and_is_asked_for_its_code a_recovery_code_opens_once
    a_role_that_asks_for_a_second_factor_waits_for_it a_forgotten_password_is_chosen_anew
    a_password_that_everybody_tries_is_refused guessing_is_slow_on_all_nodes_together
    codes_are_not_guessed_either
}

async fn an_adviser_sets_up_an_app_and_is_asked_for_its_code(house: House) {
    let programme = house.programme("Invented: Northbridge").await;
    let mia = invited(&house, "Mia Long", Role::Adviser, programme).await;
    assert_eq!(house.see("/adviser", &mia).await.status, StatusCode::NOT_FOUND, "not with a password alone");
    let start = house.see("/start", &mia).await;
    assert!(start.body.contains("Set up a second factor first"), "{}", start.body);
    let (secret, _) = sets_up_an_app(&house, &mia).await;
    assert_eq!(house.see("/adviser", &mia).await.status, StatusCode::OK, "she has shown it in setting it up");

    house.wait(SignedDuration::from_mins(5));
    let half = sign_in(&house, "mia.long@example.org", PASSWORD).await;
    assert_eq!(half.header("location"), "/sign-in/code");
    assert!(half.cookie("aspire_session").is_none(), "not in yet");
    let cookie = half.cookie("aspire_half").expect("the step’s cookie");
    assert!(house.get_as("/sign-in/code", &cookie).await.body.contains("name=\"code\""));
    assert_eq!(house.get_as("/start", &cookie).await.status, StatusCode::SEE_OTHER, "that cookie opens nothing");
    let wrong = house.post("/sign-in/code", &cookie, &[("code", "12 34 56")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("six digits that the app shows now"), "{}", wrong.body);
    let now = code(&secret, &house);
    let spaced = format!("{} {}", &now[..3], &now[3..]);
    let done = house.post("/sign-in/code", &cookie, &[("code", &spaced)]).await;
    let mia = house.entered(&done, "Mia Long").await;
    assert_eq!(house.see("/adviser", &mia).await.status, StatusCode::OK);

    // The same code opens nothing twice, not even after the password was typed again.
    let again = sign_in(&house, "mia.long@example.org", PASSWORD).await;
    let cookie = again.cookie("aspire_half").unwrap();
    let used = house.post("/sign-in/code", &cookie, &[("code", &now)]).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", used.body);
    // And the step itself is over after ten minutes.
    house.wait(SignedDuration::from_mins(11));
    let late = house.post("/sign-in/code", &cookie, &[("code", &code(&secret, &house))]).await;
    assert!(late.body.contains("too long ago"), "{}", late.body);

    // She cannot take it away while her role asks for it.
    let mia = house.session(who(&house, "mia.long@example.org").await, "Mia Long").await;
    let refused = house.send("/account/app/remove", &mia, &[]).await;
    assert!(refused.body.contains("Add another one before you remove this one"), "{}", refused.body);
}

async fn a_recovery_code_opens_once(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let (_, codes) = sets_up_an_app(&house, &ada).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let half = sign_in(&house, "ada.cole@example.org", PASSWORD).await.cookie("aspire_half").unwrap();
        let typed = codes[0].replace('-', " ").to_uppercase();
        seen.push(house.post("/sign-in/code", &half, &[("code", &typed)]).await);
    }
    let ada = house.entered(&seen[0], "Ada Cole").await;
    assert_eq!(seen[1].status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    let page = house.see("/account/second-factor", &ada).await;
    assert!(page.body.contains("You have nine left."), "{}", page.body);
    let new = house.send("/account/recovery-codes", &ada, &[]).await;
    assert!(new.body.contains("Keep these recovery codes") && !new.body.contains(&codes[1]));
    let half = sign_in(&house, "ada.cole@example.org", PASSWORD).await.cookie("aspire_half").unwrap();
    let old = house.post("/sign-in/code", &half, &[("code", &codes[1])]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "those of before open nothing");
    // A head may do without.
    let removed = house.send("/account/app/remove", &ada, &[]).await;
    assert_eq!(removed.header("location"), "/account/second-factor?done=removed");
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.header("location"), "/start");
    house.work().await;
    let told = house.mail.kept().iter().filter(|letter| letter.subject.contains("second factor")).count();
    assert_eq!(told, 3, "added, new codes, removed");
}

async fn a_role_that_asks_for_a_second_factor_waits_for_it(house: House) {
    let administrator = invited(&house, "Sam West", Role::Administrator, INSTALLATION).await;
    for path in ["/imports/new", "/organisations", "/admin/jobs", "/admin/mail"] {
        assert_eq!(house.see(path, &administrator).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = house.send("/organisations/new", &administrator, &[("name", "x"), ("kind", "school")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    sets_up_an_app(&house, &administrator).await;
    assert_eq!(house.see("/organisations", &administrator).await.status, StatusCode::OK);
}

async fn a_forgotten_password_is_chosen_anew(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let known = house.post("/forgotten-password", "", &[("email", " Ada.Cole@example.org ")]).await;
    let unknown = house.post("/forgotten-password", "", &[("email", "nobody@example.org")]).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body), "nobody learns who is here");
    let path = link(&house, "ada.cole@example.org").await;
    assert!(path.starts_with("/new-password/"), "{path}");
    assert!(!house.mail.kept().iter().any(|letter| letter.to == "nobody@example.org"));
    let short = house.post(&path, "", &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "and the link still works");
    let done = house.post(&path, "", &[("password", "a quiet river by night")]).await;
    assert!(done.body.contains("Your new password is set"), "{}", done.body);
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::SEE_OTHER, "signed out everywhere");
    assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND, "once");
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ada = sign_in(&house, "ada.cole@example.org", "a quiet river by night").await;
    let ada = house.entered(&ada, "Ada Cole").await;

    // A link is over after an hour, and a second factor is asked for as before.
    sets_up_an_app(&house, &ada).await;
    house.wait(SignedDuration::from_hours(2));
    house.post("/forgotten-password", "", &[("email", "ada.cole@example.org")]).await;
    let path = link(&house, "ada.cole@example.org").await;
    house.wait(SignedDuration::from_mins(61));
    assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND);
    house.post("/forgotten-password", "", &[("email", "ada.cole@example.org")]).await;
    let path = link(&house, "ada.cole@example.org").await;
    house.post(&path, "", &[("password", "a loud brook at noon")]).await;
    let half = sign_in(&house, "ada.cole@example.org", "a loud brook at noon").await;
    assert_eq!(half.header("location"), "/sign-in/code");

    // Nobody's letterbox is filled.
    let before = house.mail.kept().len();
    house.wait(SignedDuration::from_hours(2));
    for _ in 0..6 {
        house.post("/forgotten-password", "", &[("email", "ada.cole@example.org")]).await;
    }
    house.work().await;
    assert_eq!(house.mail.kept().len() - before, 4, "three links, and that the password was changed before");
}

async fn a_password_that_everybody_tries_is_refused(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let new = NewInvitation {
        name: "Ada Cole".to_owned(),
        email: "ada.cole@example.org".to_owned(),
        role: Some(Role::Head),
        strand: None,
    };
    invitation::invite(&house.world, &Who::Console, school, new).await.unwrap();
    let path = format!("{}/accept", link(&house, "ada.cole@example.org").await);
    for (password, words) in [
        ("Password1234", "harder to guess"),
        ("1234567890123", "harder to guess"),
        ("ada.cole.2026", "says more than your name"),
        ("elevenchars", "12 to 200"),
    ] {
        let answer = house.post(&path, "", &[("name", "Ada Cole"), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(answer.body.contains(words), "{password}: {}", answer.body);
    }
    let answer = house.post(&path, "", &[("name", "Ada Cole"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

/// Another node on the same database.
async fn another_node(house: &House) -> World {
    World { db: Db::open(&house.address).await.unwrap(), ..house.world.clone() }
}

async fn guessing_is_slow_on_all_nodes_together(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    invited(&house, "Ada Cole", Role::Head, school).await;
    let other = another_node(&house).await;
    let email = "ada.cole@example.org";
    for node in [&house.world, &other].iter().cycle().take(10) {
        let tried = person::sign_in(node, email, "not her password", Browser::default()).await.unwrap();
        assert!(matches!(tried, SignIn::Wrong));
    }
    for node in [&house.world, &other] {
        let right = person::sign_in(node, email, PASSWORD, Browser::default()).await.unwrap();
        assert!(matches!(right, SignIn::Wait(minutes) if (1..=15).contains(&minutes)), "{right:?}");
    }
    let slow = sign_in(&house, email, PASSWORD).await;
    assert_eq!(slow.status, StatusCode::TOO_MANY_REQUESTS);
    house.wait(SignedDuration::from_mins(15));
    assert_eq!(sign_in(&house, email, PASSWORD).await.status, StatusCode::SEE_OTHER);

    // Many addresses from one place are slowed down too; who types rightly is not counted.
    let from = Browser { device: "", network: Some("203.0.113.9") };
    for number in 0..200 {
        let email = format!("somebody.{number}@example.org");
        if number % 50 == 0 {
            let right = person::sign_in(&house.world, "ada.cole@example.org", PASSWORD, from).await.unwrap();
            assert!(matches!(right, SignIn::Done(_)), "{right:?}");
        }
        let tried = person::sign_in(&house.world, &email, "some password or other", from).await.unwrap();
        assert!(matches!(tried, SignIn::Wrong), "{number}: {tried:?}");
    }
    let more = person::sign_in(&other, "ada.cole@example.org", PASSWORD, from).await.unwrap();
    assert!(matches!(more, SignIn::Wait(_)), "{more:?}");
    let elsewhere = Browser { device: "", network: Some("198.51.100.7") };
    let more = person::sign_in(&other, "ada.cole@example.org", PASSWORD, elsewhere).await.unwrap();
    assert!(matches!(more, SignIn::Done(_)), "{more:?}");
    other.db.close().await;
}

async fn codes_are_not_guessed_either(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let (secret, _) = sets_up_an_app(&house, &ada).await;
    house.wait(SignedDuration::from_mins(16));
    // A new first step does not give new tries.
    for _ in 0..5 {
        let half = sign_in(&house, "ada.cole@example.org", PASSWORD).await.cookie("aspire_half").unwrap();
        for _ in 0..2 {
            let wrong = house.post("/sign-in/code", &half, &[("code", "000000")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let half = sign_in(&house, "ada.cole@example.org", PASSWORD).await.cookie("aspire_half").unwrap();
    let slow = house.post("/sign-in/code", &half, &[("code", &code(&secret, &house))]).await;
    assert_eq!(slow.status, StatusCode::TOO_MANY_REQUESTS, "{}", slow.body);
    person::unlock(&house.world, &Who::Console, "ada.cole@example.org").await.unwrap();
    let done = house.post("/sign-in/code", &half, &[("code", &code(&secret, &house))]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}
