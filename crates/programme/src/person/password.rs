//! Passwords: what one has to be, how it is kept, changing one's own.

use super::{access, breached, limits, limits::Asked, session::Session, store};
use crate::{
    World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    mail::{self, Letter},
};
use ::store::Tx;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::Semaphore;

/// Fewest characters of a password (OWASP ASVS v5.0.0-6.2.1 asks for eight and
/// recommends fifteen; twelve is what we ask).
pub(super) const SHORTEST: usize = 12;

/// Most characters (v5.0.0-6.2.9 asks for at least 64).
const LONGEST: usize = 200;

/// Words that say too little in a password for this program (v5.0.0-6.1.2).
const OURS: &[&str] = &["aspire", "school", "ofsted", "naht", "head", "password"];

/// How many passwords are hashed at once: each takes 19 MB for a moment.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What is wrong with a password to be, if anything is. `about` is what everybody
/// knows of its owner: address and name.
pub(super) fn wrong(password: &str, about: &[&str]) -> Option<FieldError> {
    let fits = (SHORTEST..=LONGEST).contains(&password.chars().count());
    let message = if !fits {
        format!("Enter a password of {SHORTEST} to {LONGEST} characters")
    } else if breached::is_known(password) {
        "Choose a password that is harder to guess: this one, or one much like it, is on the lists that are tried first"
            .to_owned()
    } else if is_told(password, about) {
        "Choose a password that says more than your name, your address or what this is for".to_owned()
    } else {
        return None;
    };
    Some(FieldError::new("password", message))
}

/// True where little is left of a password without what everybody knows.
fn is_told(password: &str, about: &[&str]) -> bool {
    let mut left = password.to_lowercase();
    let own = about.iter().flat_map(|text| text.split(|one: char| !one.is_alphanumeric())).map(str::to_lowercase);
    let mut words: Vec<String> = own.filter(|word| word.chars().count() > 2).collect();
    words.extend(OURS.iter().map(|word| (*word).to_owned()));
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        left = left.replace(&word, "");
    }
    left.chars().filter(|one| one.is_alphabetic()).count() < 6 && left.chars().count() < SHORTEST
}

/// argon2id with the library's defaults (19 MiB, two passes, one lane), which
/// are OWASP's recommendation.
fn hash(password: &str, salt: &[u8; 16]) -> Result<String> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Unexpected(format!("argon2: {error}")))
}

fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Hashes where it blocks nobody.
pub(super) async fn hashed(world: &World, password: String) -> Result<String> {
    let mut salt = [0; 16];
    world.chance.fill(&mut salt);
    in_background(move || hash(&password, &salt)).await?
}

/// Whether a password fits a hash; for no hash, no, in the same time.
pub(super) async fn verified(password: &str, hash_of: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    in_background(move || match hash_of {
        Some(hash) => fits(&password, &hash),
        None => {
            let _ = hash(&password, &[0; 16]);
            false
        }
    })
    .await
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let unexpected = |error: String| Error::Unexpected(format!("hashing: {error}"));
    let _turn = HASHING.acquire().await.map_err(|error| unexpected(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| unexpected(error.to_string()))
}

/// Somebody shows their password while signed in.
pub(super) async fn show(world: &World, person: i64, password: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let account = store::people::account(&mut tx, person).await?.ok_or(Error::NotFound)?;
    let asked = limits::ask(world, &mut tx, &limits::PASSWORDS, &account.email).await?;
    tx.commit().await?;
    if let Asked::Wait(minutes) = asked {
        return Err(Error::field("password", wait(minutes)));
    }
    if !verified(password, account.password.map(|(hash, _)| hash)).await? {
        return Err(Error::field("password", "Enter the password that you sign in with"));
    }
    let mut tx = world.db.begin().await?;
    limits::forget(&mut tx, &limits::PASSWORDS, &account.email).await?;
    tx.commit().await?;
    Ok(())
}

/// What somebody is told who has to wait.
pub(super) fn wait(minutes: i64) -> String {
    match minutes {
        1 => "This was tried too often. Wait a minute, then try again".to_owned(),
        more => format!("This was tried too often. Wait {more} minutes, then try again"),
    }
}

/// Changes the caller's password, ends their other sessions and writes to them.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] for a password that does not fit.
pub async fn change_password(world: &World, session: &Session, password: &str) -> Result<()> {
    let leave = access::change_account(world, session)?;
    let mut conn = world.db.read().await?;
    let account = store::people::account(&mut conn, session.caller.id).await?.ok_or(Error::NotFound)?;
    drop(conn);
    set(world, &leave, &account.email, password, Changed::In(session.id)).await
}

/// Ends sessions, tokens and connections with accounts elsewhere: whoever came
/// into the account by one of them is out.
pub(super) async fn nothing_opens(tx: &mut Tx, person: i64) -> Result<()> {
    store::sessions::end_others(tx, person, 0).await?;
    store::tokens::end_all(tx, person).await?;
    Ok(store::people::end_elsewhere(tx, person).await?)
}

/// By what a password was changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// In this session, which stays.
    In(i64),
    /// By a letter: nothing that was opened before is trusted.
    ByLetter,
}

/// Sets a password, ends all other sessions and writes to its owner.
pub(super) async fn set(
    world: &World,
    leave: &access::MayChangeAccount,
    email: &str,
    password: &str,
    how: Changed,
) -> Result<()> {
    let caller = leave.caller()?;
    if let Some(wrong) = wrong(password, &[email, &caller.name]) {
        return Err(Error::Invalid(vec![wrong]));
    }
    let hash = hashed(world, password.to_owned()).await?;
    let now = world.now();
    let mut tx = world.db.begin().await?;
    store::people::set_password(&mut tx, leave, caller.id, hash, now).await?;
    store::people::end_links(&mut tx, caller.id, now).await?;
    match how {
        Changed::In(session) => drop(store::sessions::end_others(&mut tx, caller.id, session).await?),
        Changed::ByLetter => nothing_opens(&mut tx, caller.id).await?,
    }
    store::half::end_of(&mut tx, caller.id, now).await?;
    limits::forget(&mut tx, &limits::PASSWORDS, email).await?;
    mail::send(world, &mut tx, email, &Letter::PasswordChanged { at: now }).await?;
    audit::record(world, &mut tx, &leave.0, Entry::of("change a password", "person", caller.id)).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash("correct horse battery", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(fits("correct horse battery", &hash));
        assert!(!fits("correct horse batteri", &hash));
        assert!(!fits("correct horse battery", "no hash"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let about = ["asha.patel@ashdale.example", "Asha Patel"];
        let said = |password: &str| wrong(password, &about).map(|wrong| wrong.message);
        assert!(said("short").unwrap().contains("12 to 200"));
        assert!(said("Password1234").unwrap().contains("harder to guess"));
        assert!(said("asha.patel2026").unwrap().contains("says more"));
        assert!(said("aspire school 26").unwrap().contains("says more"));
        assert_eq!(said("ten miles to Ashdale"), None);
        assert_eq!(said("8f3kd92ksl4m"), None, "a password manager’s");
        assert_eq!(said("zwölf Wörter für Ärger"), None);
    }
}
