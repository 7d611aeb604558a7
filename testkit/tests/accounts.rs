//! People look after their accounts: where they are signed in, which programs read
//! in their name, and when an account closes.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use jiff::SignedDuration;
use outside::mail::SendMail as _;
use programme::{Who, person, who::Role};
use store::statement;
use testkit::{
    Answer, House, on_both,
    signing::{PASSWORD, invited, sign_in, who},
};

on_both! {
    a_session_ends_by_itself an_account_is_closed_at_once somebody_sees_where_they_are_signed_in
    what_is_delicate_asks_again a_token_reads_in_its_owners_name accounts_close_when_nobody_needs_them
    a_new_browser_is_told_by_letter
}

statement!(END_ROLES, "UPDATE role_held SET until = $2, ended_why = 'another post' WHERE person_id = $1");

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
    for path in [
        format!("/organisations/{school}/self-view/edit"),
        "/account/tokens".to_owned(),
        "/account/password".to_owned(),
    ] {
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

async fn an_account_is_closed_at_once(house: House) {
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = invited(&house, "Ada Cole", Role::Head, school).await;
    let who = house.caller(&ada).await;
    assert!(person::close_account(&house.world, &who, "ada.cole@example.org").await.is_err(), "not over the network");
    person::close_account(&house.world, &Who::Console, "ada.cole@example.org").await.unwrap();
    assert_eq!(house.see("/account", &ada).await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&house, "ada.cole@example.org", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
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
    assert_eq!(
        house.ask(from("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36")).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(told().await, 1);
    house.ask(from("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36")).await;
    assert_eq!(told().await, 1, "a new version is no new browser");
    assert!(house.mail.kept().iter().any(|letter| letter.text.contains("Chrome on Windows")));
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
