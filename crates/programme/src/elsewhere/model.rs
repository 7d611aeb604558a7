//! Providers, and how a sign-in there ended.

use crate::person::Token;
use kernel::Timestamp;
use outside::oidc::{Provider, SignInElsewhere};
use std::sync::Arc;

/// Minutes within which somebody has to come back from a provider.
pub(super) const MINUTES: i64 = 15;

/// The providers that this installation knows.
#[derive(Clone)]
pub struct Providers {
    /// As configured.
    pub all: Vec<Provider>,
    /// How they are asked.
    pub ask: Arc<dyn SignInElsewhere>,
}

impl Providers {
    /// No providers: nobody signs in elsewhere.
    #[must_use]
    pub fn none() -> Self {
        Self { all: Vec::new(), ask: Arc::new(outside::oidc::Oidc::default()) }
    }

    /// The provider with this name.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Provider> {
        self.all.iter().find(|provider| provider.id == id)
    }
}

/// How a sign-in elsewhere ended.
#[derive(Debug)]
pub enum Finished {
    /// Signed in: the token for the browser's cookie.
    SignedIn(Token),
    /// A second factor is asked for, which the provider did not; the token for
    /// the cookie of that step.
    Half(Token),
    /// The account there is now connected with the person who asked for it.
    Connected,
    /// The account there is connected with nobody here.
    Unknown,
    /// The account there is connected with somebody else.
    Taken,
    /// It did not work, in words for whoever runs Aspire; the person is told to try again.
    Failed(String),
}

/// An account elsewhere that opens somebody's account here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// The provider's name in addresses.
    pub provider: String,
    /// What the account there calls itself.
    pub known_as: String,
    /// Since when.
    pub since: Timestamp,
}
