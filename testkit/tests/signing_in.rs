//! People show who they are: with a password, with a code as well, with a link
//! from a letter; they see where they are signed in, and end it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use outside::mail::SendMail as _;
use programme::{
    Who, World,
    invitation::{self, NewInvitation},
    organisation::INSTALLATION,
    person::{self, Browser, SignIn},
    who::Role,
};
use sha1::Sha1;
use store::{Db, statement};
use testkit::{Answer, House, Person, on_both};

on_both! {
    an_adviser_sets_up_an_app_and_is_asked_for_its_code a_recovery_code_opens_once
    a_role_that_asks_for_a_second_factor_waits_for_it a_forgotten_password_is_chosen_anew
    a_password_that_everybody_tries_is_refused guessing_is_slow_on_all_nodes_together
    codes_are_not_guessed_either a_session_ends_by_itself an_account_is_closed_at_once somebody_sees_where_they_are_signed_in what_is_delicate_asks_again
    a_token_reads_in_its_owners_name accounts_close_when_nobody_needs_them a_new_browser_is_told_by_letter
}

const PASSWORD: &str = "ten miles to Oakmere";

statement!(END_ROLES, "UPDATE role_held SET until = $2, ended_why = 'another post' WHERE person_id = $1");

/// A code of an app, by our own reading of RFC 6238 and RFC 4226.
fn code(secret: &str, house: &House) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut key, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in secret.bytes().filter(|byte| *byte != b'=' && *byte != b' ') {
        let five = letters.iter().position(|one| *one == letter).expect("base32");
        bits = (bits << 5) | u32::try_from(five).unwrap();
        held += 5;
        if held >= 8 {
            held -= 8;
            key.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    let step = u64::try_from(house.world.now().as_second() / 30).unwrap();
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0xf);
    let number = u32::from_be_bytes([digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// Somebody with a password, who came by an invitation.
async fn invited(house: &House, name: &str, role: Role, organisation: i64) -> Person {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let new = NewInvitation { name: name.to_owned(), email: email.clone(), role: Some(role), strand: None };
    invitation::invite(&house.world, &Who::Console, organisation, new).await.unwrap();
    let path = link(house, &email).await;
    let answer = house.post(&format!("{path}/accept"), "", &[("name", name), ("password", PASSWORD)]).await;
    house.entered(&answer, name).await
}

/// The way that the latest letter to this address leads.
async fn link(house: &House, to: &str) -> String {
    house.work().await;
    let letters = house.mail.kept();
    let letter = letters.iter().find(|letter| letter.to == to && letter.text.contains("https://")).expect("a letter");
    let (_, after) = letter.text.split_once("https://aspire.example.org").expect("a link");
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

async fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.post("/sign-in", "", &[("email", email), ("password", password)]).await
}

/// Sets up an app: its secret and the recovery codes.
async fn sets_up_an_app(house: &House, person: &Person) -> (String, Vec<String>) {
    let begun = house.send("/account/app/begin", person, &[]).await;
    assert_eq!(begun.header("location"), "/account/app", "{}", begun.body);
    let page = house.see("/account/app", person).await;
    assert!(page.body.contains("<svg role=\"img\""), "a picture for a camera");
    let (_, after) = page.body.split_once("<code class=\"app-code\">").expect("letters to type");
    let secret = after.split('<').next().unwrap().replace(' ', "");
    let wrong = house.send("/account/app", person, &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    let done = house.send("/account/app", person, &[("code", &code(&secret, house))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let codes: Vec<String> =
        done.body.split("<code>").skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10, "{}", done.body);
    (secret, codes)
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

/// Somebody's id by their address.
async fn who(house: &House, email: &str) -> i64 {
    statement!(ID, "SELECT id FROM person WHERE email = $1");
    let mut conn = house.world.db.read().await.unwrap();
    conn.row(ID, vec![email.into()]).await.unwrap().expect("somebody").int(0).unwrap()
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

async fn a_session_ends_by_itself(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let mut last = StatusCode::OK;
    let mut hours = 0;
    // Used each seven hours, until the longest is over.
    while last == StatusCode::OK {
        house.wait(SignedDuration::from_hours(7));
        hours += 7;
        last = house.see("/account", &ada).await.status;
    }
    assert_eq!((last, hours), (StatusCode::SEE_OTHER, 168), "after seven days, used or not");
    let ada = sign_in(&house, "ada.cole@example.org", PASSWORD).await;
    let ada = house.entered(&ada, "Ada Cole").await;
    house.wait(SignedDuration::from_mins(8 * 60 + 1));
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::SEE_OTHER, "eight hours unused");
}

async fn an_account_is_closed_at_once(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let who = house.caller(&ada).await;
    assert!(person::close_account(&house.world, &who, "ada.cole@example.org").await.is_err(), "not over the network");
    person::close_account(&house.world, &Who::Console, "ada.cole@example.org").await.unwrap();
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn somebody_sees_where_they_are_signed_in(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let here = house.person("Ada Cole", Role::Head, school).await;
    let there = house.session(here.id, "Ada Cole").await;
    let ben = house.person("Ben Hall", Role::Teacher, school).await;
    let page = house.see("/account/sessions", &here).await;
    assert!(page.body.contains("You are signed in in two places"), "{}", page.body);
    assert!(page.body.contains("Firefox on Linux, where you read this"), "{}", page.body);
    let (_, after) = page.body.split_once("name=\"id\" value=\"").expect("the other’s id");
    let id = after.split('"').next().unwrap();
    // Somebody else's session is not there for Ben.
    let page_of_ben = house.send("/account/sessions/end", &ben, &[("id", id)]).await;
    assert_eq!(page_of_ben.status, StatusCode::NOT_FOUND);
    let forged = house.post("/account/sessions/end", &here.cookie, &[("csrf", "x"), ("id", id)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    // Each row has its own id; the one without a button is this one.
    let ids: Vec<&str> =
        page.body.split("name=\"id\" value=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    for id in ids {
        house.send("/account/sessions/end", &here, &[("id", id)]).await;
    }
    assert_eq!(house.see("/account", &there).await.status, StatusCode::SEE_OTHER, "ended there");
    assert_eq!(house.see("/account", &here).await.status, StatusCode::OK, "not here");
    let (one, two) = (house.session(here.id, "Ada Cole").await, house.session(here.id, "Ada Cole").await);
    let done = house.send("/account/sessions/end-others", &here, &[]).await;
    assert_eq!(done.header("location"), "/account/sessions?done=others");
    for gone in [one, two] {
        assert_eq!(house.see("/account", &gone).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(house.see("/account", &ben).await.status, StatusCode::OK, "others stay");
    let out = house.send("/sign-out", &here, &[]).await;
    assert!(out.header("clear-site-data").contains("storage"));
}

async fn what_is_delicate_asks_again(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    house.wait(SignedDuration::from_mins(16));
    for path in ["/account/password", "/account/second-factor", "/account/tokens"] {
        let answer = house.see(path, &ada).await;
        assert_eq!(answer.header("location"), format!("/account/confirm?then={path}"));
    }
    let refused = house.send("/account/password", &ada, &[("password", "a quiet river by night")]).await;
    assert!(refused.header("location").starts_with("/account/confirm"), "{}", refused.body);
    let wrong = house.send("/account/confirm", &ada, &[("password", "guess"), ("then", "/account/password")]).await;
    assert!(wrong.body.contains("Enter the password that you sign in with"), "{}", wrong.body);
    let right = [("password", PASSWORD), ("then", "/account/password")];
    assert_eq!(house.send("/account/confirm", &ada, &right).await.header("location"), "/account/password");
    let changed = house.send("/account/password", &ada, &[("password", "a quiet river by night")]).await;
    assert_eq!(changed.header("location"), "/account?done=password");
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::OK, "still in here");
    let open = [("password", PASSWORD), ("then", "//evil.example")];
    assert_eq!(house.send("/account/confirm", &ada, &open).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.work().await;
    assert!(house.mail.kept().iter().any(|letter| letter.subject == "Your password for Aspire was changed"));
}

/// A request with a token.
async fn bearing(house: &House, method: &str, path: &str, token: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::empty());
    house.ask(request.unwrap()).await
}

async fn a_token_reads_in_its_owners_name(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = house.person("Ada Cole", Role::Head, school).await;
    let nobody = house.get("/api/v1/me").await;
    assert_eq!((nobody.status, nobody.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    assert_eq!(house.see("/api/v1/me", &ada).await.json()["reads_only"], false, "by a session too");
    let wrong = house.send("/account/tokens", &ada, &[("name", ""), ("days", "400")]).await;
    assert!(wrong.body.contains("what the token is for") && wrong.body.contains("from 1 to 366"), "{}", wrong.body);
    let made = house.send("/account/tokens", &ada, &[("name", "A table"), ("days", "30")]).await;
    let (_, after) = made.body.split_once("id=\"token\">").expect("the token");
    let token = after.split('<').next().unwrap().to_owned();
    assert!(token.starts_with("aspire_") && token.len() == 71, "{token}");
    assert!(!house.see("/account/tokens", &ada).await.body.contains(&token), "shown once");

    let me = bearing(&house, "GET", "/api/v1/me", &token).await;
    assert_eq!(me.status, StatusCode::OK, "{}", me.body);
    assert_eq!(me.header("cache-control"), "no-store");
    let me = me.json();
    assert_eq!((&me["name"], &me["reads_only"]), (&"Ada Cole".into(), &true.into()));
    assert_eq!(me["roles"][0]["role"], "head");
    assert_eq!(me["roles"][0]["organisation_name"], "Invented: Ashdale Primary");
    let page = bearing(&house, "GET", &format!("/organisations/{school}/self-view"), &token).await;
    assert_eq!(page.status, StatusCode::OK, "it reads what she may read");
    // And changes nothing, whatever form it sends.
    for path in [format!("/organisations/{school}/self-view/edit"), "/account/tokens".to_owned(), "/account/password".to_owned()] {
        let answer = bearing(&house, "POST", &path, &token).await;
        assert!(!answer.status.is_success() && !answer.header("location").contains("done"), "{path} {}", answer.status);
    }
    assert_eq!(bearing(&house, "GET", "/account/tokens", &token).await.status, StatusCode::SEE_OTHER);
    for bad in ["aspire_00", "", &token[..70], &token.replace("aspire_", "")] {
        let answer = bearing(&house, "GET", "/api/v1/me", bad).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{bad}");
        assert_eq!(bearing(&house, "GET", "/start", bad).await.status, StatusCode::UNAUTHORIZED, "{bad}");
    }
    let page = house.see("/account/tokens", &ada).await;
    let (_, after) = page.body.split_once("name=\"id\" value=\"").expect("its id");
    let id = after.split('"').next().unwrap();
    let ben = house.person("Ben Hall", Role::Teacher, school).await;
    assert_eq!(house.send("/account/tokens/revoke", &ben, &[("id", id)]).await.status, StatusCode::NOT_FOUND);
    house.send("/account/tokens/revoke", &ada, &[("id", id)]).await;
    assert_eq!(bearing(&house, "GET", "/api/v1/me", &token).await.status, StatusCode::UNAUTHORIZED, "revoked");
    let made = house.send("/account/tokens", &ada, &[("name", "Short"), ("days", "1")]).await;
    let (_, after) = made.body.split_once("id=\"token\">").expect("the token");
    let token = after.split('<').next().unwrap().to_owned();
    house.wait(SignedDuration::from_hours(25));
    assert_eq!(bearing(&house, "GET", "/api/v1/me", &token).await.status, StatusCode::UNAUTHORIZED, "run out");
}

async fn accounts_close_when_nobody_needs_them(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let stays = house.person("Ben Hall", Role::Teacher, school).await;
    let id = who(&house, "ada.cole@example.org").await;
    let mut tx = house.world.db.begin().await.unwrap();
    tx.execute(END_ROLES, vec![id.into(), house.world.clock.today().into()]).await.unwrap();
    tx.commit().await.unwrap();
    house.wait(SignedDuration::from_hours(24 * 89));
    assert_eq!(person::close_idle(&house.world).await.unwrap(), 0, "one day more");
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.status, StatusCode::SEE_OTHER);
    house.wait(SignedDuration::from_hours(25));
    house.work().await;
    assert_eq!(person::close_idle(&house.world).await.unwrap(), 0, "the daily job has done it");
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::SEE_OTHER);
    let ben = house.session(stays.id, "Ben Hall").await;
    assert_eq!(house.see("/account", &ben).await.status, StatusCode::OK, "whoever has a role stays");
    // Her address may be used anew, by a new account.
    let again = invited(&house, "Ada Cole", Role::Teacher, school).await;
    assert_eq!(house.see("/account", &again).await.status, StatusCode::OK);
    assert_ne!(who(&house, "ada.cole@example.org").await, id);
}

async fn a_new_browser_is_told_by_letter(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    invited(&house, "Ada Cole", Role::Head, school).await;
    let from = |agent: &'static str| {
        Request::post("/sign-in")
            .header(header::USER_AGENT, agent)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("email=ada.cole%40example.org&password={}", PASSWORD.replace(' ', "+"))))
            .unwrap()
    };
    let told = async || {
        house.work().await;
        house.mail.kept().iter().filter(|letter| letter.subject.contains("new device")).count()
    };
    assert_eq!(house.ask(from("")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(told().await, 0, "the browser in which she accepted");
    assert_eq!(house.ask(from("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(told().await, 1);
    house.ask(from("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36")).await;
    assert_eq!(told().await, 1, "a new version is no new browser");
    assert!(house.mail.kept().iter().any(|letter| letter.text.contains("Chrome on Windows")));
}
