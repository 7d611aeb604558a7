//! Signing in at a real provider (npm's oidc-provider, which `cargo xtask test`
//! starts and names in `ASPIRE_TEST_OIDC`).

use outside::oidc::{Identity, Oidc, OidcError, Preset, Provider, Secrets, SignInElsewhere as _};
use std::{
    collections::HashMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const REDIRECT: &str = "http://127.0.0.1:1/sign-in/elsewhere/test";

/// The provider's address, where one was started.
fn issuer() -> Option<String> {
    std::env::var("ASPIRE_TEST_OIDC").ok()
}

fn provider(issuer: &str) -> Provider {
    Provider {
        id: "test".into(),
        preset: Preset::Generic,
        name: "Test".into(),
        issuer: issuer.into(),
        client_id: "aspire".into(),
        client_secret: Some("only for tests, only on this machine".into()),
    }
}

fn secrets(seed: &str) -> Secrets {
    Secrets { state: format!("state-{seed}"), nonce: format!("nonce-{seed}"), verifier: format!("{seed:v<50}") }
}

fn now() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "the provider's tokens are dated by the machine's clock")]
    let now = SystemTime::now();
    i64::try_from(now.duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// A browser of the plainest kind: cookies, forms, and where it was sent.
struct Browser {
    agent: ureq::Agent,
    cookies: HashMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self { agent: config.into(), cookies: HashMap::new() }
    }

    /// The page at `address`, and where it leads.
    fn ask(&mut self, address: &str, form: Option<&[(&str, &str)]>) -> (String, Option<String>) {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let answer = match form {
            Some(form) => self.agent.post(address).header("cookie", cookies).send_form(form.iter().copied()),
            None => self.agent.get(address).header("cookie", cookies).call(),
        };
        let mut answer = answer.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (answer.body_mut().read_to_string().unwrap(), to)
    }

    /// Signs `who` in at the provider and returns the code and the state that come back.
    fn sign_in(&mut self, address: &str, who: &str) -> (String, String) {
        let mut to = address.to_owned();
        for _ in 0..12 {
            let (page, next) = self.ask(&to, None);
            let next = match next {
                Some(next) => next,
                None => {
                    let action = page.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                    let prompt = if page.contains("value=\"login\"") { "login" } else { "consent" };
                    let form = [("prompt", prompt), ("login", who), ("password", "any")];
                    self.ask(&action, Some(&form)).1.expect("the form leads on")
                }
            };
            to = if next.starts_with('/') { format!("{}{next}", issuer().unwrap()) } else { next };
            if let Some(query) = to.strip_prefix(REDIRECT) {
                let part = |key: &str| {
                    let mut parts = query.trim_start_matches('?').split('&');
                    parts.find_map(|part| part.strip_prefix(key)).unwrap_or_default().to_owned()
                };
                return (part("code="), part("state="));
            }
        }
        panic!("the provider never came back");
    }
}

fn signed_in(who: &str, secrets: &Secrets) -> Option<(Oidc, Provider, String)> {
    let provider = provider(&issuer()?);
    let oidc = Oidc::default();
    let address = oidc.begin(&provider, REDIRECT, secrets, now()).unwrap();
    assert!(address.contains("code_challenge_method=S256") && !address.contains(&secrets.verifier), "{address}");
    let (code, state) = Browser::new().sign_in(&address, who);
    assert_eq!(state, secrets.state);
    assert!(!code.is_empty());
    Some((oidc, provider, code))
}

#[test]
fn the_code_flow_tells_who_it_is_whatever_else_is_claimed() {
    let secrets = secrets("a");
    let Some((oidc, provider, code)) = signed_in("ada", &secrets) else { return };
    let identity = oidc.finish(&provider, REDIRECT, &code, &secrets, now()).unwrap();
    let expected = Identity {
        subject: "ada".into(),
        email: Some("ada@example.org".into()),
        email_verified: true,
        name: Some("Test ada".into()),
        second_factor: false,
    };
    assert_eq!(identity, expected);
    // The code was for one use.
    let again = oidc.finish(&provider, REDIRECT, &code, &secrets, now()).unwrap_err();
    assert!(matches!(again, OidcError::Code { .. }), "{again}");
}

#[test]
fn a_token_for_another_sign_in_does_not_hold() {
    let secrets = secrets("b");
    let Some((oidc, provider, code)) = signed_in("ben", &secrets) else { return };
    let other = Secrets { nonce: "another".into(), ..secrets };
    let error = oidc.finish(&provider, REDIRECT, &code, &other, now()).unwrap_err();
    assert!(matches!(error, OidcError::Token { .. }) && error.to_string().contains("nonce"), "{error}");
}

#[test]
fn a_stolen_code_is_worth_nothing_without_the_verifier() {
    let secrets = secrets("c");
    let Some((oidc, provider, code)) = signed_in("cam", &secrets) else { return };
    let thief = Secrets { verifier: "w".repeat(50), ..secrets };
    let error = oidc.finish(&provider, REDIRECT, &code, &thief, now()).unwrap_err();
    assert!(matches!(error, OidcError::Code { .. }), "{error}");
}

#[test]
fn a_token_that_is_over_does_not_hold() {
    let secrets = secrets("d");
    let Some((oidc, provider, code)) = signed_in("dee", &secrets) else { return };
    let error = oidc.finish(&provider, REDIRECT, &code, &secrets, now() + 86_400).unwrap_err();
    assert!(matches!(error, OidcError::Token { .. }), "{error}");
}

#[test]
fn an_issuer_that_calls_itself_otherwise_is_refused() {
    let Some(issuer) = issuer() else { return };
    // The same server under another name: its description names the first.
    let other = provider(&issuer.replace("127.0.0.1", "localhost"));
    let error = Oidc::default().begin(&other, REDIRECT, &secrets("e"), now()).unwrap_err();
    assert!(matches!(error, OidcError::Provider { .. }) && error.to_string().contains("issuer"), "{error}");
}

#[test]
fn a_provider_that_does_not_answer_is_named() {
    let silent = provider("http://127.0.0.1:9");
    let error = Oidc::default().begin(&silent, REDIRECT, &secrets("f"), now()).unwrap_err();
    assert!(error.to_string().starts_with("http://127.0.0.1:9 could not be asked"), "{error}");
}
