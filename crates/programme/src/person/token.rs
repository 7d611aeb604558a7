//! Tokens for programs that read in somebody's name.

use super::{
    access,
    model::Token,
    session::{Session, caller},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    rights::{SIGNED_IN, SIGNED_IN_WRITES},
    who::Caller,
};
use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::json;

/// What every token begins with, so that whoever finds one knows what it opens.
const PREFIX: &str = "aspire_";

/// Most tokens that somebody has at once.
const MOST: usize = 20;

/// How many days a token may work at most.
pub const LONGEST_TOKEN_DAYS: i64 = 366;

/// One of a person's tokens; the secret itself is shown once and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownToken {
    /// Its id.
    pub id: i64,
    /// What it is for, in its owner's words.
    pub name: String,
    /// When it was made.
    pub made: Timestamp,
    /// Until when it works.
    pub expires: Timestamp,
    /// When it was last used, to an hour.
    pub used: Option<Timestamp>,
}

/// The caller's tokens, the oldest first.
///
/// # Errors
/// [`Error::SignInFirst`], or the database.
pub async fn tokens(world: &World, who: &Who) -> Result<Vec<KnownToken>> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.read().await?;
    Ok(store::tokens::of(&mut conn, caller.id).await?)
}

/// Makes a token, which reads what the caller may read; the secret.
///
/// # Errors
/// [`Error::ConfirmFirst`]; [`Error::Invalid`] with every field that does not fit.
pub async fn make_token(world: &World, session: &Session, name: &str, days: Option<i64>) -> Result<String> {
    let leave = access::change_account(world, session)?;
    let person = leave.caller()?.id;
    let mut wrong = Vec::new();
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        wrong.push(FieldError::new("name", "Say what the token is for, in at most 100 characters"));
    }
    let days = days.filter(|days| (1..=LONGEST_TOKEN_DAYS).contains(days));
    let Some(days) = days else {
        wrong.push(FieldError::new("days", format!("Enter a number of days from 1 to {LONGEST_TOKEN_DAYS}")));
        return Err(Error::Invalid(wrong));
    };
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let now = world.now();
    let mut tx = world.db.begin().await?;
    let known = store::tokens::of(&mut tx, person).await?;
    if known.iter().filter(|token| token.expires > now).count() >= MOST {
        let why = format!("You have {MOST} tokens, which is the most. Revoke one that you no longer need");
        return Err(Error::field("name", why));
    }
    let secret = Token::new(world);
    let token = KnownToken {
        id: world.id(),
        name: name.to_owned(),
        made: now,
        expires: now + SignedDuration::from_hours(24 * days),
        used: None,
    };
    store::tokens::insert(&mut tx, person, &token, &secret.sha256(), session.second_factor).await?;
    let after = json!({"token": token.id, "name": token.name, "until": token.expires});
    audit::record(world, &mut tx, &leave.0, Entry::of("make a token", "person", person).after(after)).await?;
    tx.commit().await?;
    Ok(format!("{PREFIX}{}", secret.reveal()))
}

/// Revokes one of the caller's tokens, at once and for good.
///
/// # Errors
/// [`Error::NotFound`] where it is none of theirs; the database.
pub async fn revoke_token(world: &World, who: &Who, id: i64) -> Result<()> {
    let caller = SIGNED_IN_WRITES.own(who)?;
    let mut tx = world.db.begin().await?;
    if !store::tokens::end(&mut tx, id, caller.id).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("revoke a token", "person", caller.id).before(json!({"token": id}));
    audit::record(world, &mut tx, who, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Whoever asks with a token, which may only read; none where it does not work.
///
/// # Errors
/// The database.
pub async fn bearer(world: &World, text: &str) -> Result<Option<Caller>> {
    let Some(token) = text.strip_prefix(PREFIX).and_then(Token::parse) else { return Ok(None) };
    let now = world.now();
    let mut conn = world.db.read().await?;
    let Some(bearer) = store::tokens::by_token(&mut conn, &token.sha256(), now).await? else { return Ok(None) };
    let (caller, _) = caller(world, &mut conn, bearer.person, bearer.name, bearer.second_factor).await?;
    drop(conn);
    let an_hour = SignedDuration::from_hours(1);
    if bearer.used.is_none_or(|used| now.duration_since(used) > an_hour) {
        let mut tx = world.db.begin().await?;
        store::tokens::used(&mut tx, bearer.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Caller { reads_only: true, ..caller }))
}
