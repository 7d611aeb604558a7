//! Somebody signs in with the account of their organisation: first the two are
//! connected, while signed in; then the one opens the other.

use axum::http::StatusCode;
use outside::oidc::{Identity, OidcError, Preset, Provider, Secrets, SignInElsewhere};
use programme::{elsewhere::Providers, who::Role};
use std::sync::Arc;
use testkit::{Answer, House, on_both};

/// A provider that signs in whoever the code names.
struct Fake;

impl SignInElsewhere for Fake {
    fn begin(&self, provider: &Provider, redirect: &str, secrets: &Secrets, _: i64) -> Result<String, OidcError> {
        assert_eq!(redirect, "https://aspire.example.org/sign-in/elsewhere/council");
        Ok(format!("{}/auth?state={}", provider.issuer, secrets.state))
    }

    fn finish(
        &self,
        provider: &Provider,
        _: &str,
        code: &str,
        secrets: &Secrets,
        _: i64,
    ) -> Result<Identity, OidcError> {
        assert!(secrets.nonce.len() >= 32 && secrets.verifier.len() >= 43, "secrets of some length");
        if code == "used" {
            return Err(OidcError::Code { provider: provider.issuer.clone(), why: "it was used".to_owned() });
        }
        let email = Some(format!("{code}@council.example"));
        Ok(Identity { subject: code.to_owned(), email, email_verified: true, name: None, second_factor: false })
    }
}

fn with_a_provider(house: House) -> House {
    let council = Provider {
        id: "council".to_owned(),
        preset: Preset::Generic,
        name: "Ashdale Council".to_owned(),
        issuer: "https://id.council.example".to_owned(),
        client_id: "aspire".to_owned(),
        client_secret: None,
    };
    house.with_providers(Providers { all: vec![council], ask: Arc::new(Fake) })
}

/// State and cookie of a sign-in that was begun.
fn begun(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let (_, state) = answer.header("refresh").split_once("state=").expect("it leads to the provider");
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
    assert_eq!(cookie, format!("__Host-aspire_elsewhere={state}"));
    assert!(answer.body.contains("https://id.council.example/auth?state="), "and without waiting, by a link");
    (state.to_owned(), cookie.to_owned())
}

const PATH: &str = "/sign-in/elsewhere/council";

async fn two_accounts_are_connected_and_one_opens_the_other(house: House) {
    let house = with_a_provider(house);
    let school = house.school("Invented: Ashdale Primary", None).await;
    let ada = house.person("Ada Cole", Role::Head, school).await;
    assert!(house.get("/sign-in").await.body.contains("Sign in with Ashdale Council"));

    // Nobody connected it yet: an address that a provider tells opens nothing.
    let (state, cookie) = begun(&house.post(PATH, "", &[]).await);
    let answer = house.get_as(&format!("{PATH}?code=ada&state={state}"), &cookie).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("not connected with one here"), "{}", answer.body);

    assert!(house.see("/account/elsewhere", &ada).await.body.contains("Connect Ashdale Council"));
    assert_eq!(house.post(PATH, &ada.cookie, &[("csrf", "forged")]).await.status, StatusCode::FORBIDDEN);
    let (state, cookie) = begun(&house.send(PATH, &ada, &[]).await);
    let both = format!("{}; {cookie}", ada.cookie);
    let answer = house.get_as(&format!("{PATH}?code=ada&state={state}"), &both).await;
    assert_eq!(answer.header("location"), "/account/elsewhere?done=connected");
    assert!(house.see("/account/elsewhere", &ada).await.body.contains("ada@council.example"));

    let (state, cookie) = begun(&house.post(PATH, "", &[]).await);
    let back = format!("{PATH}?code=ada&state={state}");
    assert_eq!(house.get_as(&back, "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "another browser");
    let answer = house.get_as(&back, &cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-aspire_session=")).expect("a session");
    let session = session.split(';').next().unwrap_or_default();
    assert!(house.get_as("/account/elsewhere", session).await.body.contains("ada@council.example"));
    let again = house.get_as(&back, &cookie).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "what was begun is over");

    // Somebody else cannot take it, and who has it can let it go.
    let ben = house.person("Ben Hall", Role::Teacher, school).await;
    let (state, cookie) = begun(&house.send(PATH, &ben, &[]).await);
    let answer = house.get_as(&format!("{PATH}?code=ada&state={state}"), &format!("{}; {cookie}", ben.cookie)).await;
    assert!(answer.body.contains("connected with somebody else"), "{}", answer.body);
    let answer = house.send("/account/elsewhere/disconnect", &ada, &[("provider", "council")]).await;
    assert_eq!(answer.header("location"), "/account/elsewhere?done=disconnected");
    let (state, cookie) = begun(&house.post(PATH, "", &[]).await);
    let answer = house.get_as(&format!("{PATH}?code=ada&state={state}"), &cookie).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn what_goes_wrong_there_signs_nobody_in(house: House) {
    let house = with_a_provider(house);
    for query in ["code=used&state=", "error=access_denied&state="] {
        let (state, cookie) = begun(&house.post(PATH, "", &[]).await);
        let answer = house.get_as(&format!("{PATH}?{query}{state}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.body.contains("nothing was changed"), "{}", answer.body);
    }
    let (state, cookie) = begun(&house.post(PATH, "", &[]).await);
    house.clock.set(house.world.now() + jiff::SignedDuration::from_mins(16));
    let answer = house.get_as(&format!("{PATH}?code=ada&state={state}"), &cookie).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "it took too long");
    assert_eq!(house.post("/sign-in/elsewhere/nowhere", "", &[]).await.status, StatusCode::NOT_FOUND);
}

on_both! {
    two_accounts_are_connected_and_one_opens_the_other
    what_goes_wrong_there_signs_nobody_in
}
