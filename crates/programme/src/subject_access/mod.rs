//! What is held under a person's account, for that person: all of it, in one
//! file. Names that stand as text beside what somebody recorded are not looked
//! for: two people may have one name.
//! Hashes of passwords and of tokens are not in it: they are locks, and say
//! nothing about anybody.

mod store;

use crate::{Who, World, audit, draft, error::Result, release, rights::SIGNED_IN};
use serde::Serialize;
use serde_json::Value as Json;

/// What one table holds about somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// What it is, in words.
    pub what: &'static str,
    /// Its rows.
    pub rows: Vec<Json>,
}

/// All that is held about a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// Which form this file has.
    pub aspire_subject_access: u8,
    /// When it was made.
    pub made_at: String,
    /// Their name.
    pub name: String,
    /// What each table holds; also those that hold nothing.
    pub parts: Vec<Part>,
}

/// All that is held about the caller.
///
/// # Errors
/// [`crate::Error::SignInFirst`], or the database.
pub async fn about_me(world: &World, who: &Who) -> Result<Held> {
    let caller = SIGNED_IN.own(who)?;
    let mut conn = world.db.snapshot().await?;
    let mut parts = store::parts(&mut conn, caller.id).await?;
    let looks = release::looks_by(&mut conn, caller.id).await?;
    parts.push(Part {
        what: "what you looked at in other schools",
        rows: looks
            .into_iter()
            .map(|(look, school)| {
                serde_json::json!({"at": look.at, "school": school, "what": look.kind.theirs(),
                    "in_role": look.role.words()})
            })
            .collect(),
    });
    let drafts = draft::of_person(&mut conn, caller.id).await?;
    parts.push(Part {
        what: "what you typed and did not save",
        rows: drafts
            .into_iter()
            .map(|draft| {
                serde_json::json!({"saved_at": draft.saved_at, "of": draft.kind.ours(), "texts": draft.texts.json()})
            })
            .collect(),
    });
    let rows = audit::by_person(&mut conn, caller.id).await?;
    parts.push(Part {
        what: "what you did, and what was done to your account",
        rows: rows
            .into_iter()
            .map(|row| {
                let own = row.person == Some(caller.id);
                let (before, after) = if own { (row.before, row.after) } else { (None, None) };
                serde_json::json!({"at": row.at, "what": row.what, "of": row.noun, "by": row.who, "in_role": row.role,
                    "before": before, "after": after, "why": row.why})
            })
            .collect(),
    });
    Ok(Held { aspire_subject_access: 1, made_at: world.now().to_string(), name: caller.name.clone(), parts })
}

/// Tables of the schema that hold something about a person, each with the column
/// that says about whom. A test compares it with the migrations, so that a new
/// table is either told here or left out with a reason.
pub const TOLD: &[(&str, &str)] = &[
    ("person", "id"),
    ("session", "person_id"),
    ("password", "person_id"),
    ("role_held", "person_id"),
    ("adviser_assignment", "person_id"),
    ("invitation", "accepted_by"),
    ("invitation", "invited_by"),
    ("item_release", "to_person_id"),
    ("look", "person_id"),
    ("draft", "person_id"),
    ("audit", "person_id"),
    ("elsewhere_account", "person_id"),
    ("known_device", "person_id"),
    ("authenticator_app", "person_id"),
    ("recovery_code", "person_id"),
    ("passkey", "person_id"),
    ("api_token", "person_id"),
    ("calendar_feed", "person_id"),
    ("digest", "person_id"),
    ("diagnosis_participant", "person_id"),
    ("diagnosis_view", "person_id"),
    ("diagnosis_signature", "person_id"),
    ("diagnosis_differing", "person_id"),
    ("plan_action", "owner_id"),
    ("decision_view", "person_id"),
    ("review_view", "person_id"),
    ("visit_note", "person_id"),
    ("concern", "person_id"),
    ("concern_step", "person_id"),
    ("concern_reading", "person_id"),
    // For an hour at most, while they sign in or choose a password: nothing but secrets.
    ("elsewhere_begun", "person_id"),
    ("half_sign_in", "person_id"),
    ("passkey_begun", "person_id"),
    ("password_link", "person_id"),
    // For half a year: nothing but hashes of links in letters.
    ("digest_stop", "person_id"),
];
