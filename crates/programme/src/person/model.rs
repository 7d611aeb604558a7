//! A person, a password, a session.

use crate::{
    error::{Error, FieldError, Result},
    who::Caller,
};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use sha2::{Digest as _, Sha256};

/// Fewest characters of a password (OWASP ASVS v5.0.0-6.2.1 asks for eight and
/// recommends fifteen; twelve is what we ask).
pub(super) const SHORTEST_PASSWORD: usize = 12;

/// Wrong passwords for one address within [`WINDOW_MINUTES`] before it has to wait.
pub(super) const MOST_ATTEMPTS: i64 = 10;

/// Minutes over which wrong passwords are counted.
pub(super) const WINDOW_MINUTES: i64 = 15;

/// Hours after which a session that nobody uses ends.
pub(super) const IDLE_HOURS: i64 = 8;

/// Days after which every session ends.
pub(super) const LONGEST_DAYS: i64 = 7;

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
        wrong.extend(password_wrong(&self.password));
        if wrong.is_empty() {
            Ok(Self { email, name: self.name.trim().to_owned(), password: self.password })
        } else {
            Err(Error::Invalid(wrong))
        }
    }
}

/// What is wrong with a password to be, if anything is.
pub(super) fn password_wrong(password: &str) -> Option<FieldError> {
    let fits = (SHORTEST_PASSWORD..=200).contains(&password.chars().count());
    (!fits).then(|| FieldError::new("password", format!("Enter a password of {SHORTEST_PASSWORD} to 200 characters")))
}

/// An e-mail address as it is compared: without blanks around, in lower case.
pub(super) fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// How a sign-in went.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in: the token for the browser's cookie.
    Done(Token),
    /// The address or the password is wrong; which one is not told.
    Wrong,
    /// Too many wrong passwords for this address: wait this many minutes.
    Wait(i64),
}

/// The secret of a session. Only the browser has it; the database keeps its hash.
#[derive(Clone)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
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

    pub(super) fn sha256(&self) -> String {
        sha256(&self.0)
    }
}

/// A session that stands.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who signed in.
    pub caller: Caller,
    /// What every form of this session must carry, against forged requests.
    pub form_token: String,
}

pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// argon2id with the library's defaults (19 MiB, two passes, one lane), which
/// are OWASP's recommendation.
pub(super) fn hash_password(password: &str, salt: &[u8; 16]) -> Result<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Unexpected(format!("argon2: {error}")))
}

pub(super) fn password_fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("correct horse battery", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(password_fits("correct horse battery", &hash));
        assert!(!password_fits("correct horse batteri", &hash));
        assert!(!password_fits("correct horse battery", "no hash"));
    }

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
