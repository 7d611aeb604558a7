//! Difficult decisions: the options, what each person thinks of them, what was
//! decided and who agreed, dissent in its own words, and when to look again.

use super::{
    access,
    actions::{tidy, too_long},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::Organisation,
};
use kernel::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A difficult decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id; in a file, its number.
    pub id: i64,
    /// What is to be decided.
    pub question: String,
    /// The options.
    pub options: Vec<String>,
    /// When it was asked.
    #[schemars(with = "String")]
    pub asked_at: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// What was decided; empty until then.
    pub decided: String,
    /// Who agreed.
    pub agreed: String,
    /// What those say who see it differently, in their own words.
    pub dissent: String,
    /// When one looks at it again.
    #[schemars(with = "Option<String>")]
    pub again_on: Option<Date>,
    /// When it was decided.
    #[schemars(with = "Option<String>")]
    pub decided_at: Option<Timestamp>,
    /// Who wrote that down.
    pub decided_by: String,
    /// Its version.
    pub revision: i64,
}

/// What somebody thinks of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// Its id; in a file, its number.
    pub id: i64,
    /// Of which decision.
    pub decision: i64,
    /// Whose, where they are here.
    pub person: Option<i64>,
    /// Their name.
    pub name: String,
    /// In their words.
    pub words: String,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// Writes a question with its options down; the decision's id.
///
/// # Errors
/// [`Error::Invalid`] without a question or with fewer than two options;
/// [`Error::NotFound`] for whoever may not.
pub async fn ask(world: &World, who: &Who, organisation: i64, question: &str, options: &str) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let question = tidy(question);
    let options: Vec<String> =
        options.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let mut wrong = Vec::new();
    if question.is_empty() {
        wrong.push(FieldError::new("question", "Say what is to be decided"));
    }
    if options.len() < 2 {
        wrong.push(FieldError::new("options", "Write two options or more, each on a line of its own"));
    }
    too_long(&mut wrong, "question", &question);
    too_long(&mut wrong, "options", &options.join("\n"));
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let one = Decision {
        id: world.id(),
        question,
        options,
        asked_at: world.now(),
        asked_by: leave.grant.by.name.clone(),
        decided: String::new(),
        agreed: String::new(),
        dissent: String::new(),
        again_on: None,
        decided_at: None,
        decided_by: String::new(),
        revision: 1,
    };
    store::insert_decision(&mut tx, &leave, &one).await?;
    let after = json!({"revision": 1, "question": one.question, "options": one.options});
    let entry = Entry::of("ask for a decision", "decision", one.id).within(leave.school.id).after(after);
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Says what one thinks of a decision that is not taken yet.
///
/// # Errors
/// [`Error::Invalid`] for nothing said or a decision that is taken;
/// [`Error::NotFound`] for whoever may not.
pub async fn opine(world: &World, who: &Who, organisation: i64, decision: i64, words: &str) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::opine(&mut tx, who, organisation).await?;
    let found = store::decision(&mut tx, organisation, decision).await?.ok_or(Error::NotFound)?;
    let words = tidy(words);
    let mut wrong = Vec::new();
    if found.decided_at.is_some() {
        wrong.push(FieldError::new("words", "It is decided; what you see differently goes in when you look again"));
    }
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Say which way you would go, and why"));
    }
    too_long(&mut wrong, "words", &words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let by = &leave.grant.by;
    let one = Opinion { id: world.id(), decision, person: by.person, name: by.name.clone(), words, at: world.now() };
    store::insert_opinion(&mut tx, &leave, &one).await?;
    let entry =
        Entry::of("give an opinion", "decision", decision).within(organisation).after(json!({"words": one.words}));
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What was decided.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// What.
    pub decided: String,
    /// Who agreed.
    pub agreed: String,
    /// What those say who see it differently; may be empty.
    pub dissent: String,
    /// When one looks at it again; `None` where what was typed is no day.
    pub again_on: Option<Option<Date>>,
}

/// Writes down what was decided. Looked at again, it is written anew, and what
/// it said before stays in the history.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may not.
pub async fn decide(world: &World, who: &Who, organisation: i64, decision: i64, new: Decided) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let old = store::decision(&mut tx, organisation, decision).await?.ok_or(Error::NotFound)?;
    let (decided, agreed, dissent) = (tidy(&new.decided), tidy(&new.agreed), tidy(&new.dissent));
    let mut wrong = Vec::new();
    if decided.is_empty() {
        wrong.push(FieldError::new("decided", "Say what you decided"));
    }
    if agreed.is_empty() {
        wrong.push(FieldError::new("agreed", "Say who agreed"));
    }
    match new.again_on {
        None => wrong.push(FieldError::new("again", "Enter the day on which you look again, or leave it empty")),
        Some(Some(day)) if day <= world.clock.today() => {
            wrong.push(FieldError::new("again", "Enter a day after today"));
        }
        Some(_) => {}
    }
    for (field, text) in [("decided", &decided), ("agreed", &agreed), ("dissent", &dissent)] {
        too_long(&mut wrong, field, text);
    }
    let (Some(again_on), true) = (new.again_on, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let says = |one: &Decision| {
        json!({"revision": one.revision, "decided": one.decided, "agreed": one.agreed, "dissent": one.dissent,
            "again_on": one.again_on})
    };
    let next = Decision {
        decided,
        agreed,
        dissent,
        again_on,
        decided_at: Some(world.now()),
        decided_by: leave.grant.by.name.clone(),
        revision: old.revision + 1,
        ..old.clone()
    };
    if !store::update_decision(&mut tx, &leave, &next).await? {
        return Err(Error::Changed);
    }
    let entry = Entry::of("decide", "decision", decision).within(leave.school.id).before(says(&old)).after(says(&next));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A school's decisions, the latest first, each with what people think of it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not.
pub async fn decisions(
    world: &World,
    who: &Who,
    organisation: i64,
) -> Result<(Organisation, Vec<(Decision, Vec<Opinion>)>)> {
    let mut conn = world.db.read().await?;
    let leave = access::choose(&mut conn, who, organisation).await?;
    let opinions = store::opinions(&mut conn, organisation).await?;
    let all = store::decisions(&mut conn, organisation).await?.into_iter().rev();
    let with = all.map(|one| {
        let those = opinions.iter().filter(|opinion| opinion.decision == one.id).cloned().collect();
        (one, those)
    });
    Ok((leave.0, with.collect()))
}
