//! Tests of change: what one will do and expects is written before; then what
//! was done, what was learned from it, and what follows.

use super::{
    access,
    actions::{tidy, too_long},
    model::keys,
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
};
use kernel::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

keys! {
    /// What follows from a test of change.
    Verdict {
        /// It is done from now on.
        Adopt "adopt" "we do it from now on",
        /// It is changed and tried again.
        Adapt "adapt" "we change it and try again",
        /// It is left.
        Abandon "abandon" "we leave it",
    }
}

/// A test of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Under which priority.
    pub priority: i64,
    /// What one will try.
    pub planned: String,
    /// What one expects to see.
    pub prediction: String,
    /// When both were written.
    #[schemars(with = "String")]
    pub planned_at: Timestamp,
    /// By whom.
    pub planned_by: String,
    /// What was done and seen; empty until then.
    pub did: String,
    /// When that was written.
    #[schemars(with = "Option<String>")]
    pub did_at: Option<Timestamp>,
    /// What was learned.
    pub learned: String,
    /// What follows.
    pub verdict: Option<Verdict>,
    /// What exactly.
    pub verdict_words: String,
    /// When that was written.
    #[schemars(with = "Option<String>")]
    pub closed_at: Option<Timestamp>,
    /// Its version.
    pub revision: i64,
}

/// Plans a test of change; its id.
///
/// # Errors
/// [`Error::Invalid`] without a plan or a prediction; [`Error::NotFound`] for
/// whoever may not.
pub async fn plan_trial(
    world: &World,
    who: &Who,
    organisation: i64,
    priority: i64,
    planned: &str,
    prediction: &str,
) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::act(&mut tx, who, organisation, priority).await?;
    let (planned, prediction) = (tidy(planned), tidy(prediction));
    let mut wrong = Vec::new();
    if planned.is_empty() {
        wrong.push(FieldError::new("planned", "Say what you will try, with whom and when"));
    }
    if prediction.is_empty() {
        wrong.push(FieldError::new("prediction", "Say what you expect to see, before you try it"));
    }
    too_long(&mut wrong, "planned", &planned);
    too_long(&mut wrong, "prediction", &prediction);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let one = Trial {
        id: world.id(),
        priority,
        planned,
        prediction,
        planned_at: world.now(),
        planned_by: leave.grant.by.name.clone(),
        did: String::new(),
        did_at: None,
        learned: String::new(),
        verdict: None,
        verdict_words: String::new(),
        closed_at: None,
        revision: 1,
    };
    store::insert_test(&mut tx, &leave, &one).await?;
    let after = json!({"revision": 1, "planned": one.planned, "prediction": one.prediction});
    let entry = Entry::of("plan a test", "change_test", one.id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// What comes after a test was planned.
#[derive(Debug, Clone)]
pub enum Step {
    /// What was done and seen.
    Did(String),
    /// What was learned and what follows.
    Closed {
        /// What was learned.
        learned: String,
        /// What follows.
        verdict: Option<Verdict>,
        /// What exactly; may be empty.
        words: String,
    },
}

/// Writes the next step of a test. The plan and the prediction stay as they were.
///
/// # Errors
/// [`Error::Invalid`] for a step out of its turn, or an empty one;
/// [`Error::NotFound`] for whoever may not.
pub async fn step_trial(world: &World, who: &Who, organisation: i64, id: i64, step: Step) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let old = store::test(&mut tx, organisation, id).await?.ok_or(Error::NotFound)?;
    let leave = access::act(&mut tx, who, organisation, old.priority).await?;
    let mut new = Trial { revision: old.revision + 1, ..old.clone() };
    let mut wrong = Vec::new();
    let what = match step {
        Step::Did(words) => {
            if old.did_at.is_some() {
                wrong.push(FieldError::new("did", "What you did is written already"));
            }
            new.did = tidy(&words);
            new.did_at = Some(world.now());
            if new.did.is_empty() {
                wrong.push(FieldError::new("did", "Say what you did and what you saw"));
            }
            too_long(&mut wrong, "did", &new.did);
            "write what was done in a test"
        }
        Step::Closed { learned, verdict, words } => {
            if old.did_at.is_none() {
                wrong.push(FieldError::new("learned", "Write first what you did and saw"));
            }
            if old.closed_at.is_some() {
                wrong.push(FieldError::new("learned", "What you learned is written already"));
            }
            (new.learned, new.verdict, new.verdict_words) = (tidy(&learned), verdict, tidy(&words));
            new.closed_at = Some(world.now());
            if new.learned.is_empty() {
                wrong.push(FieldError::new("learned", "Say what you learned, beside what you had expected"));
            }
            if verdict.is_none() {
                wrong.push(FieldError::new("verdict", "Say what you do now"));
            }
            too_long(&mut wrong, "learned", &new.learned);
            too_long(&mut wrong, "verdict_words", &new.verdict_words);
            "write what a test taught"
        }
    };
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    if !store::update_test(&mut tx, &leave, &new).await? {
        return Err(Error::Changed);
    }
    let after = json!({"revision": new.revision, "did": new.did, "learned": new.learned,
        "verdict": new.verdict.map(Verdict::key), "words": new.verdict_words});
    let entry = Entry::of(what, "change_test", id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}
