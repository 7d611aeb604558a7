//! An invitation.

use crate::who::{Role, Strand};
use kernel::Timestamp;
use sha2::{Digest as _, Sha256};

/// Days for which an invitation can be accepted.
pub const DAYS: i64 = 14;

/// An invitation, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: i64,
    /// The address it went to.
    pub email: String,
    /// The name it was written to.
    pub name: String,
    /// The organisation.
    pub organisation: i64,
    /// The organisation's name.
    pub organisation_name: String,
    /// The role.
    pub role: Role,
    /// The strand, for a strand lead.
    pub strand: Option<Strand>,
    /// The cohort that the school joins by accepting, where it is such an invitation.
    pub cohort: Option<i64>,
    /// Who invited.
    pub by: String,
    /// When it was written first.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was declined.
    pub declined_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// It went to the head whom the school has here, whose name and address are
    /// not the inviter's to know.
    pub asked_keeper: bool,
}

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can be accepted.
    Open,
    /// Nobody answered in time.
    Expired,
    /// It was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// Whoever invited took it back.
    Withdrawn,
}

impl State {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "Waits for an answer",
            Self::Expired => "Nobody answered in time",
            Self::Accepted => "Accepted",
            Self::Declined => "Declined",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

impl Invitation {
    /// How it stands at a moment.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        if self.accepted_at.is_some() {
            State::Accepted
        } else if self.withdrawn_at.is_some() {
            State::Withdrawn
        } else if self.declined_at.is_some() {
            State::Declined
        } else if self.expires_at <= now {
            State::Expired
        } else {
            State::Open
        }
    }

    /// The role in words, with its strand.
    #[must_use]
    pub fn role_words(&self) -> String {
        match self.strand {
            Some(strand) => format!("{} for {}", self.role.words(), strand.words()),
            None => self.role.words().to_owned(),
        }
    }
}

/// The hash under which a secret is kept; none where the text cannot be one.
pub(super) fn hash_of(token: &str) -> Option<String> {
    let fits = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_stands_as_what_became_of_it_first() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut one = Invitation {
            id: 1,
            email: "a@example.org".into(),
            name: "A".into(),
            organisation: 2,
            organisation_name: "Invented: Ashdale Primary".into(),
            role: Role::StrandLead,
            strand: Some(Strand::Leadership),
            cohort: None,
            by: "B".into(),
            created_at: at("2026-11-01T09:00:00Z"),
            expires_at: at("2026-11-15T09:00:00Z"),
            accepted_at: None,
            declined_at: None,
            withdrawn_at: None,
            asked_keeper: false,
        };
        assert_eq!(one.state(at("2026-11-15T08:59:59Z")), State::Open);
        assert_eq!(one.state(at("2026-11-15T09:00:00Z")), State::Expired);
        one.withdrawn_at = Some(at("2026-11-02T09:00:00Z"));
        assert_eq!(one.state(at("2026-11-03T09:00:00Z")), State::Withdrawn);
        one.accepted_at = Some(at("2026-11-02T08:00:00Z"));
        assert_eq!(one.state(at("2027-11-03T09:00:00Z")), State::Accepted);
        assert_eq!(one.role_words(), "strand lead for Leadership");
    }

    #[test]
    fn what_is_no_secret_has_no_hash() {
        assert!(hash_of("../../etc/passwd").is_none());
        assert_eq!(hash_of(&"ab".repeat(32)).unwrap().len(), 64);
    }
}
