//! Letters by mail: a trait, the real thing ([`Smtp`]), a fake that keeps them.

mod smtp;

pub use smtp::{Security, Smtp, SmtpSettings};

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

/// Sends a letter. Blocking: call it where blocking is allowed.
pub trait SendMail: Send + Sync {
    /// Hands a letter to a mail server, which is responsible for it from then on.
    ///
    /// # Errors
    /// [`MailError`], in words for whoever keeps this Aspire.
    fn send(&self, letter: &Outgoing) -> Result<(), MailError>;

    /// Whether letters can be sent at all.
    fn is_set_up(&self) -> bool {
        true
    }

    /// Letters that were kept here instead of being sent, the latest first.
    fn kept(&self) -> Vec<Outgoing> {
        Vec::new()
    }
}

/// A letter as it goes out.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What no other letter has: it makes the Message-ID, by which a mail server
    /// can tell a letter that comes twice.
    pub id: String,
    /// The recipient's address.
    pub to: String,
    /// Where letters like this are stopped, for mail programs that offer it.
    pub stop: Option<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Its date.
    pub at: SystemTime,
}

/// A letter holds its reader's secrets: nothing of it is printed.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({}, …)", self.id)
    }
}

/// Why a letter was not sent, as the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It may go later: the server is busy, cannot be reached, or does not let us in.
    #[error("{0}")]
    Passing(String),
    /// It never will: there is no such recipient, or the server does not take this letter.
    #[error("{0}")]
    Final(String),
}

/// Nobody has said by which server letters go; they wait.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMail;

impl SendMail for NoMail {
    fn send(&self, _letter: &Outgoing) -> Result<(), MailError> {
        Err(MailError::Passing("no mail server is set up".to_owned()))
    }

    fn is_set_up(&self) -> bool {
        false
    }
}

/// How many letters [`FakeMail`] keeps.
const MOST_KEPT: usize = 200;

/// Keeps letters instead of sending them: for tests, and for the demonstration.
#[derive(Debug, Default)]
pub struct FakeMail {
    kept: Mutex<VecDeque<Outgoing>>,
    answers: Mutex<HashMap<String, VecDeque<MailError>>>,
}

impl FakeMail {
    /// Answers the next letter to this address with an error.
    pub fn refuse(&self, address: &str, error: MailError) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.entry(address.to_owned()).or_default().push_back(error);
    }
}

impl SendMail for FakeMail {
    fn send(&self, letter: &Outgoing) -> Result<(), MailError> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = answers.get_mut(&letter.to).and_then(VecDeque::pop_front) {
            return Err(error);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(letter.clone());
        kept.truncate(MOST_KEPT);
        Ok(())
    }

    fn kept(&self) -> Vec<Outgoing> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(id: usize) -> Outgoing {
        Outgoing {
            id: id.to_string(),
            to: "sam@example.org".to_owned(),
            stop: None,
            subject: "A subject".to_owned(),
            text: "https://x/secret".to_owned(),
            html: String::new(),
            at: SystemTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_fake_keeps_the_latest_letters_and_refuses_as_told() {
        let fake = FakeMail::default();
        fake.refuse("sam@example.org", MailError::Passing("busy".to_owned()));
        assert_eq!(fake.send(&letter(0)), Err(MailError::Passing("busy".to_owned())));
        for id in 1..=MOST_KEPT + 5 {
            fake.send(&letter(id)).unwrap();
        }
        let kept = fake.kept();
        assert_eq!((kept.len(), kept[0].id.as_str()), (MOST_KEPT, "205"));
    }

    #[test]
    fn a_letter_is_not_printed() {
        assert_eq!(format!("{:?}", letter(7)), "Outgoing(7, …)");
    }
}
