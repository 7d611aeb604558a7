//! Signing in with another organisation's account by OpenID Connect: the code
//! flow with PKCE, state and nonce. A trait and the real thing.
//!
//! Blocking: call it where blocking is allowed. Secrets and the time come in as
//! arguments; what the provider is, from the configuration.

use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    io::Read as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A kind of provider, with what is usual for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Any provider that publishes its configuration.
    Generic,
    /// DfE Sign-in.
    DfeSignIn,
    /// Microsoft Entra ID; the issuer names the tenant.
    Microsoft,
    /// Google.
    Google,
}

impl Preset {
    /// What the button says where the configuration gives no name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Generic => "your organisation’s account",
            Self::DfeSignIn => "DfE Sign-in",
            Self::Microsoft => "Microsoft",
            Self::Google => "Google",
        }
    }

    /// The issuer, where there is one for everybody.
    #[must_use]
    pub fn issuer(self) -> Option<&'static str> {
        match self {
            Self::Generic | Self::Microsoft => None,
            Self::DfeSignIn => Some("https://oidc.signin.education.gov.uk"),
            Self::Google => Some("https://accounts.google.com"),
        }
    }

    /// What is asked for beside `openid`.
    #[must_use]
    pub fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::DfeSignIn => &["email", "profile", "organisation"],
            Self::Generic | Self::Microsoft | Self::Google => &["email", "profile"],
        }
    }
}

/// A provider, as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its name in addresses and in the database: letters, digits, hyphens.
    pub id: String,
    /// What kind.
    pub preset: Preset,
    /// What the button says.
    pub name: String,
    /// The issuer's address.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there, where there is one.
    pub client_secret: Option<String>,
}

/// What is made for one sign-in and must come back with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    /// Comes back in the address: that the answer belongs to this browser.
    pub state: String,
    /// Comes back within the signed token: that the token was made for this sign-in.
    pub nonce: String,
    /// PKCE: 43 to 128 characters; whoever steals the code lacks it.
    pub verifier: String,
}

/// Who signed in there, as far as the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's own, lasting name for the person.
    pub subject: String,
    /// Their e-mail address, where it was told.
    pub email: Option<String>,
    /// The provider says that the address is theirs.
    pub email_verified: bool,
    /// Their name, where it was told.
    pub name: Option<String>,
    /// The provider says that more than a password was asked (RFC 8176, `amr`).
    pub second_factor: bool,
}

/// Why a sign-in elsewhere did not work.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider does not answer, or not as one.
    #[error("{provider} could not be asked: {why}")]
    Provider {
        /// Its issuer.
        provider: String,
        /// What happened.
        why: String,
    },
    /// The provider did not accept the code: used before, too old, not ours.
    #[error("{provider} did not accept the code: {why}")]
    Code {
        /// Its issuer.
        provider: String,
        /// What it said.
        why: String,
    },
    /// The token does not hold: signature, issuer, audience, time or nonce.
    #[error("the token of {provider} does not hold: {why}")]
    Token {
        /// Its issuer.
        provider: String,
        /// What does not hold.
        why: String,
    },
}

/// Signs people in with another organisation's account.
pub trait SignInElsewhere: Send + Sync {
    /// The address to which the browser is sent.
    ///
    /// # Errors
    /// [`OidcError`] where the provider cannot be asked.
    fn begin(&self, provider: &Provider, redirect: &str, secrets: &Secrets, now: i64) -> Result<String, OidcError>;

    /// Who came back with `code`. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// [`OidcError`] where anything does not hold.
    fn finish(
        &self,
        provider: &Provider,
        redirect: &str,
        code: &str,
        secrets: &Secrets,
        now: i64,
    ) -> Result<Identity, OidcError>;
}

/// How long a provider's description and keys are believed, in seconds.
const BELIEVED: i64 = 3_600;

/// The largest answer of a provider that is read, in bytes.
const MOST: u64 = 1024 * 1024;

/// The real thing, over HTTP.
pub struct Oidc {
    agent: ureq::Agent,
    known: Mutex<HashMap<String, (i64, CoreProviderMetadata)>>,
}

impl Default for Oidc {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(15)))
            // A redirect of a provider's answer would send our secret elsewhere.
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("Aspire/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), known: Mutex::default() }
    }
}

/// Claims beyond the standard's, kept as they come: providers differ, and one
/// of another type than expected must not keep anybody out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Others {
    #[serde(flatten)]
    all: serde_json::Map<String, serde_json::Value>,
}

impl AdditionalClaims for Others {}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type OurClient = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

impl Oidc {
    fn metadata(&self, provider: &Provider, now: i64, anew: bool) -> Result<CoreProviderMetadata, OidcError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, metadata)) = known.get(&provider.issuer)
            && !anew
            && (*at..*at + BELIEVED).contains(&now)
        {
            return Ok(metadata.clone());
        }
        let failed = |why: String| OidcError::Provider { provider: provider.issuer.clone(), why };
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| failed(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover(&issuer, &|request| self.ask(request))
            .map_err(|error| failed(whole(&error)))?;
        known.insert(provider.issuer.clone(), (now, metadata.clone()));
        Ok(metadata)
    }

    fn client(&self, provider: &Provider, redirect: &str, now: i64, anew: bool) -> Result<OurClient, OidcError> {
        let metadata = self.metadata(provider, now, anew)?;
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|error| OidcError::Provider { provider: provider.issuer.clone(), why: error.to_string() })?;
        let secret = provider.client_secret.clone().map(ClientSecret::new);
        Ok(OurClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), secret)
            .set_redirect_uri(redirect))
    }

    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let mut answer = self.agent.run(request)?;
        let mut body = Vec::new();
        answer.body_mut().as_reader().take(MOST).read_to_end(&mut body)?;
        let (parts, _) = answer.into_parts();
        Ok(HttpResponse::from_parts(parts, body))
    }
}

impl SignInElsewhere for Oidc {
    fn begin(&self, provider: &Provider, redirect: &str, secrets: &Secrets, now: i64) -> Result<String, OidcError> {
        let client = self.client(provider, redirect, now, false)?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(secrets.verifier.clone()));
        let (state, nonce) = (secrets.state.clone(), secrets.nonce.clone());
        let mut request = client.authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        );
        for scope in provider.preset.scopes() {
            request = request.add_scope(Scope::new((*scope).to_owned()));
        }
        let (address, ..) = request.set_pkce_challenge(challenge).url();
        Ok(address.to_string())
    }

    fn finish(
        &self,
        provider: &Provider,
        redirect: &str,
        code: &str,
        secrets: &Secrets,
        now: i64,
    ) -> Result<Identity, OidcError> {
        let who = || provider.issuer.clone();
        let client = self.client(provider, redirect, now, false)?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| OidcError::Provider { provider: who(), why: error.to_string() })?
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()))
            .request(&|request| self.ask(request))
            .map_err(|error| OidcError::Code { provider: who(), why: whole(&error) })?;
        let token = answer
            .id_token()
            .ok_or_else(|| OidcError::Token { provider: who(), why: "it sent no identity token".to_owned() })?;
        let nonce = Nonce::new(secrets.nonce.clone());
        let time = chrono_of(now).ok_or_else(|| OidcError::Token { provider: who(), why: "the time".to_owned() })?;
        let verify = |client: &OurClient| {
            let verifier = client.id_token_verifier().set_time_fn(move || time);
            token.claims(&verifier, &nonce).cloned()
        };
        // A provider may have changed its keys since we asked for them.
        let claims = match verify(&client) {
            Err(openidconnect::ClaimsVerificationError::SignatureVerification(_)) => {
                verify(&self.client(provider, redirect, now, true)?)
            }
            other => other,
        }
        .map_err(|error| OidcError::Token { provider: who(), why: whole(&error) })?;
        let others = &claims.additional_claims().all;
        let text = |key: &str| others.get(key).and_then(|value| value.as_str()).map(str::to_owned);
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
        let parts = [claims.given_name(), None].into_iter().flatten().filter_map(|name| name.get(None));
        let given = parts.map(|name| name.as_str().to_owned()).next();
        let family = claims.family_name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
        let both = given.map(|given| family.map_or(given.clone(), |family| format!("{given} {family}")));
        Ok(Identity {
            subject: claims.subject().as_str().to_owned(),
            email: claims.email().map(|email| email.as_str().to_owned()).or_else(|| text("upn")),
            email_verified: claims.email_verified().unwrap_or(false),
            name: name.or(both).or_else(|| text("preferred_username")),
            second_factor: claims
                .auth_method_refs()
                .is_some_and(|all| all.iter().any(|one| ["mfa", "otp", "hwk", "fido", "swk"].contains(&one.as_str()))),
        })
    }
}

fn chrono_of(seconds: i64) -> Option<chrono::DateTime<chrono::Utc>> {
    chrono::DateTime::from_timestamp(seconds, 0)
}

/// An error with its causes, in one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
