//! A person to be, and secrets.

use super::password;
use crate::{
    World,
    error::{Error, FieldError, Result},
};
use sha2::{Digest as _, Sha256};

/// Hours after which a session that nobody uses ends.
pub(super) const IDLE_HOURS: i64 = 8;

/// Days after which every session ends.
pub(super) const LONGEST_DAYS: i64 = 7;

/// Minutes within which somebody has to have shown who they are, to change what
/// opens their account.
pub(super) const FRESH_MINUTES: i64 = 15;

/// Minutes within which the second factor has to follow the first.
pub(super) const HALF_MINUTES: i64 = 10;

/// A person to be.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// E-mail address, by which they sign in.
    pub email: String,
    /// Name.
    pub name: String,
    /// Password.
    pub password: String,
}

impl NewPerson {
    /// Checks the fields and folds the address.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that does not fit.
    pub(super) fn checked(self) -> Result<Self> {
        let mut wrong = Vec::new();
        let email = fold_email(&self.email);
        if !email.contains('@') || email.len() > 254 || email.contains(char::is_whitespace) {
            wrong.push(FieldError::new("email", "Enter an e-mail address, such as name@example.org"));
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 100 {
            wrong.push(FieldError::new("name", "Enter a name of at most 100 characters"));
        }
        wrong.extend(password::wrong(&self.password, &[&email, &self.name]));
        if wrong.is_empty() {
            Ok(Self { email, name: self.name.trim().to_owned(), password: self.password })
        } else {
            Err(Error::Invalid(wrong))
        }
    }
}

/// An e-mail address as it is compared: without blanks around, in lower case.
pub(super) fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A secret of 256 bits, of a session or of a step on the way to one. Only the
/// browser has it; the database keeps its hash.
#[derive(Clone)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A new one.
    pub(crate) fn new(world: &World) -> Self {
        Self(world.secret::<32>())
    }

    /// From what a browser sends: 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// The text for the cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn sha256(&self) -> String {
        sha256(&self.0)
    }
}

/// SHA-256 in hexadecimal: for secrets of full strength, and for what is looked
/// up without being told.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        let person = NewPerson { email: "nobody".into(), name: " ".into(), password: "short".into() };
        let Err(Error::Invalid(wrong)) = person.checked() else { panic!("it should not fit") };
        assert_eq!(wrong.iter().map(|w| w.field).collect::<Vec<_>>(), ["email", "name", "password"]);
    }

    #[test]
    fn a_token_is_not_printed() {
        let token = Token::parse(&"ab".repeat(32)).unwrap();
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(Token::parse("../../etc").is_none());
    }
}
