//! What each letter says.
//!
//! A letter's words stand once, as [`Part`]s; its plain text and its HTML are
//! two renderings of the same, so neither says more than the other.

use super::weekly::WeeklyLine;
use crate::error::{Error, Result};
use askama::Template;
use kernel::{
    Date, Timestamp,
    words::{long_date, moment},
};
use serde::{Deserialize, Serialize};

/// A letter. Its links are whole addresses (`World::link`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody is invited to a role in an organisation.
    Invitation {
        /// The organisation.
        organisation: String,
        /// The role, as it stands in a sentence: ‘governor’.
        role: String,
        /// Who invites.
        by: String,
        /// Where the invitation is accepted.
        link: String,
        /// Until when it works.
        until: Timestamp,
    },
    /// A head is asked whether the school joins a programme.
    JoinProgramme {
        /// The programme.
        programme: String,
        /// The school.
        school: String,
        /// Who invites.
        by: String,
        /// Where the head reads more and decides.
        link: String,
        /// Until when it works.
        until: Timestamp,
    },
    /// Somebody asked for a new password.
    ResetPassword {
        /// Where it is chosen.
        link: String,
        /// Until when the link works: an hour.
        until: Timestamp,
    },
    /// A password was changed.
    PasswordChanged {
        /// When.
        at: Timestamp,
    },
    /// A second factor was changed.
    SecondFactorChanged {
        /// What was changed.
        change: FactorChange,
        /// When.
        at: Timestamp,
    },
    /// Somebody signed in from where they never did before.
    SignInFromNewDevice {
        /// The device, as its browser says: ‘Firefox on Linux’.
        device: String,
        /// When.
        at: Timestamp,
    },
    /// Somebody wants to be reached at another address: the letter to that one.
    AddressChange {
        /// Where they confirm that it is theirs.
        link: String,
        /// Until when the link works.
        until: Timestamp,
    },
    /// Somebody wrote something to a school that its leaders read before anyone else.
    ReadFirst {
        /// The school.
        school: String,
        /// Who wrote it.
        by: String,
        /// Where it stands.
        link: String,
        /// The last day on which the school alone reads it.
        until: Date,
    },
    /// A school answered what somebody wrote to it.
    Answered {
        /// The school.
        school: String,
        /// Who answered.
        by: String,
        /// Where the answer stands.
        link: String,
        /// The last day on which it is news.
        until: Date,
    },
    /// What is due for somebody in the next two weeks, and what waits for them.
    Weekly {
        /// What waits where.
        lines: Vec<WeeklyLine>,
        /// Where these letters are stopped without signing in.
        stop: String,
        /// Until when it is of use.
        until: Timestamp,
    },
    /// Whoever keeps this Aspire tries whether letters arrive.
    Trial {
        /// Who tries.
        by: String,
    },
}

/// What was changed about a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    /// One was added.
    Added,
    /// One was removed.
    Removed,
    /// New recovery codes replaced the old ones.
    NewRecoveryCodes,
    /// An account elsewhere was connected, which opens this one.
    Connected,
}

/// Only which letter it is: its link is a secret.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({}, …)", self.key())
    }
}

/// A piece of a letter.
enum Part {
    Words(String),
    /// What one does there, and the address.
    Link(&'static str, String),
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Text<'a> {
    parts: &'a [Part],
    address: &'a str,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    subject: &'a str,
    parts: &'a [Part],
    address: &'a str,
}

/// A letter as its reader sees it.
pub(super) struct Rendered {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

impl Letter {
    /// The short name under which it is stored.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::JoinProgramme { .. } => "join_programme",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SecondFactorChanged { .. } => "second_factor_changed",
            Self::SignInFromNewDevice { .. } => "sign_in_from_new_device",
            Self::AddressChange { .. } => "address_change",
            Self::ReadFirst { .. } => "read_first",
            Self::Answered { .. } => "answered",
            Self::Weekly { .. } => "weekly",
            Self::Trial { .. } => "trial",
        }
    }

    /// Which letter has this short name, in words.
    #[must_use]
    pub fn words(key: &str) -> &'static str {
        match key {
            "invitation" => "Invitation to a role",
            "join_programme" => "Invitation to join a programme",
            "reset_password" => "Link for a new password",
            "password_changed" => "Password was changed",
            "second_factor_changed" => "Second factor was changed",
            "sign_in_from_new_device" => "Sign-in from a new device",
            "address_change" => "Confirmation of an address",
            "read_first" => "Something that a school reads first",
            "answered" => "An answer of a school",
            "weekly" => "Weekly letter",
            "trial" => "Trial letter",
            _ => "A letter of another version",
        }
    }

    /// Where letters like this are stopped, for those that somebody chose.
    pub(super) fn stop(&self) -> Option<&str> {
        match self {
            Self::Weekly { stop, .. } => Some(stop),
            _ => None,
        }
    }

    /// Until when it is of use; a letter that comes later only confuses.
    pub(super) fn useful_until(&self) -> Option<Timestamp> {
        match self {
            Self::Invitation { until, .. }
            | Self::JoinProgramme { until, .. }
            | Self::ResetPassword { until, .. }
            | Self::AddressChange { until, .. }
            | Self::Weekly { until, .. } => Some(*until),
            Self::ReadFirst { until, .. } | Self::Answered { until, .. } => end_of(*until),
            _ => None,
        }
    }

    /// The letter in words; `address` is where this Aspire is reached.
    pub(super) fn render(&self, address: &str) -> Result<Rendered> {
        let subject = self.subject().split_whitespace().collect::<Vec<_>>().join(" ");
        let parts = self.parts();
        let failed = |error: askama::Error| Error::Unexpected(format!("a letter: {error}"));
        let text = Text { parts: &parts, address }.render().map_err(failed)?;
        let html = Html { subject: &subject, parts: &parts, address }.render().map_err(failed)?;
        Ok(Rendered { subject, text, html })
    }

    fn subject(&self) -> String {
        match self {
            Self::Invitation { organisation, .. } => format!("{organisation} invites you to Aspire"),
            Self::JoinProgramme { programme, school, .. } => format!("{school} is invited to join {programme}"),
            Self::ResetPassword { .. } => "Choose a new password for Aspire".to_owned(),
            Self::PasswordChanged { .. } => "Your password for Aspire was changed".to_owned(),
            Self::SecondFactorChanged { change: FactorChange::Connected, .. } => {
                "An account elsewhere opens yours in Aspire".to_owned()
            }
            Self::SecondFactorChanged { .. } => "Your second factor for Aspire was changed".to_owned(),
            Self::SignInFromNewDevice { .. } => "You signed in to Aspire from a new device".to_owned(),
            Self::AddressChange { .. } => "Confirm your new address for Aspire".to_owned(),
            Self::ReadFirst { school, .. } => format!("Something for {school} to read first"),
            Self::Answered { school, .. } => format!("{school} has answered you"),
            Self::Weekly { .. } => "What is due for you in Aspire this week".to_owned(),
            Self::Trial { .. } => "A trial letter from Aspire".to_owned(),
        }
    }

    fn parts(&self) -> Vec<Part> {
        // Names come from people: a line break in one must not pass for a paragraph of ours.
        let in_one_line = |part| match part {
            Part::Words(words) => Part::Words(words.split_whitespace().collect::<Vec<_>>().join(" ")),
            link @ Part::Link(..) => link,
        };
        self.raw_parts().into_iter().map(in_one_line).collect()
    }

    fn raw_parts(&self) -> Vec<Part> {
        let words = |text: &str| Part::Words(text.to_owned());
        let link = |words: &'static str, link: &String| Part::Link(words, link.clone());
        match self {
            Self::Invitation { organisation, role, by, link: to, until } => vec![
                Part::Words(format!("{by} invites you to Aspire as {role} of {organisation}.")),
                words("Aspire is where the schools of an improvement programme plan, review and help each other."),
                link("Accept the invitation", to),
                Part::Words(works_once(*until)),
                words("If you did not expect this letter, you need do nothing."),
            ],
            Self::JoinProgramme { programme, school, by, link: to, until } => vec![
                Part::Words(format!("{by} invites {school} to join {programme}.")),
                words(
                    "Joining means that your school works with the others of its cluster: you look at yourselves together, choose a few priorities and review them each term. What your school writes stays its own; the programme sees that you take part and what you choose to release, and you can leave at any time.",
                ),
                link("Read more and decide", to),
                Part::Words(works_once(*until)),
            ],
            Self::ResetPassword { link: to, .. } => vec![
                words("Somebody, probably you, asked for a new password for this address."),
                link("Choose a new password", to),
                words("The link works once, and for one hour after it was asked for."),
                words("If it was not you, do nothing: your password stays as it is."),
            ],
            Self::PasswordChanged { at } => {
                vec![Part::Words(format!("Your password was changed on {}.", moment(*at))), words(IF_NOT_YOU)]
            }
            Self::SecondFactorChanged { change, at } => {
                let what = match change {
                    FactorChange::Added => "A second factor was added to your account",
                    FactorChange::Removed => "A second factor was removed from your account",
                    FactorChange::NewRecoveryCodes => "New recovery codes were made for your account",
                    FactorChange::Connected => {
                        "An account elsewhere was connected with yours, and opens it from now on,"
                    }
                };
                vec![Part::Words(format!("{what} on {}.", moment(*at))), words(IF_NOT_YOU)]
            }
            Self::SignInFromNewDevice { device, at } => vec![
                Part::Words(format!(
                    "You signed in on {} from a device that you had not used before: {device}.",
                    moment(*at)
                )),
                words(IF_NOT_YOU),
            ],
            Self::AddressChange { link: to, until } => vec![
                words("Somebody, probably you, wants to use this address for their account."),
                link("Confirm that this is your address", to),
                Part::Words(works_once(*until)),
                words("If it was not you, do nothing: the address is not used then."),
            ],
            Self::ReadFirst { school, by, link: to, until } => vec![
                Part::Words(format!(
                    "{by} has written to {school} in Aspire about how the programme goes, and asks for your answer."
                )),
                Part::Words(format!(
                    "You who lead the school read it before anyone else in the programme: until {}, or until you answer.",
                    long_date(*until)
                )),
                link("Read it and answer", to),
            ],
            Self::Answered { school, by, link: to, .. } => vec![
                Part::Words(format!("{by} has answered for {school} what you wrote in Aspire.")),
                words("The answer stands beside what you wrote. Nobody but you is told of it by letter."),
                link("Read the answer", to),
            ],
            Self::Weekly { lines, stop, .. } => {
                let mut parts =
                    vec![words("This is what is due for you in the next two weeks, and what waits for you.")];
                for line in lines {
                    parts.extend([Part::Words(line.words()), Part::Link(line.action(), line.link.clone())]);
                }
                parts.push(words(
                    "You chose this letter in your account. It comes on Mondays, when there is something to say.",
                ));
                parts.push(link("Stop it, without signing in", stop));
                parts
            }
            Self::Trial { by } => vec![
                Part::Words(format!("{by} tried whether letters from this Aspire arrive. This one did.")),
                words("You need do nothing."),
            ],
        }
    }
}

const IF_NOT_YOU: &str = "If it was you, you need do nothing. If it was not, choose a new password at once, and tell whoever keeps this Aspire.";

/// The moment at which a day is over, a little late rather than early.
fn end_of(day: Date) -> Option<Timestamp> {
    jiff::tz::Offset::UTC.to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0)).ok()
}

fn works_once(until: Timestamp) -> String {
    format!("The link works once, until {}.", moment(until))
}
