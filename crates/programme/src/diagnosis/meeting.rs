//! What the group writes down while it looks together.

use super::{
    access,
    framework::Statement,
    model::{Diagnosis, State},
    record::{Beside, Evidence, Finding, Judgement, Meeting, Strength, Weight},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::Organisation,
    release,
    who::Role,
};
use ::store::{StoreError, Tx};
use kernel::Date;
use serde_json::{Value as Json, json};

/// Most characters of a text.
const LONGEST: usize = 2_000;

/// What the group says of a statement.
#[derive(Debug, Clone, Default)]
pub struct NewFinding {
    /// Of which statement.
    pub statement: String,
    /// What they say.
    pub judgement: Option<Judgement>,
    /// Who agreed, by their number.
    pub agreed: Vec<i64>,
    /// What those say who see it differently.
    pub dissent: String,
    /// The version from which the writer began; 0 where there was none.
    pub base: i64,
}

/// How writing it down went.
#[derive(Debug)]
pub enum Settled {
    /// Written, as this version.
    Done(i64),
    /// It says that already.
    Same,
    /// Somebody else wrote in the meantime: what it says now. Nothing was changed.
    Meanwhile(Box<Finding>),
}

/// Writes down what the group says of a statement.
///
/// # Errors
/// [`Error::Invalid`] where it does not fit, and where the group does not look
/// together now; [`Error::NotFound`] for whoever may not, or another statement.
pub async fn settle(world: &World, who: &Who, organisation: i64, id: i64, new: NewFinding) -> Result<Settled> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    leave.diagnosis.statement(&new.statement).ok_or(Error::NotFound)?;
    together(&mut tx, &leave.diagnosis).await?;
    let participants = store::participants(&mut tx, id).await?;
    let mut agreed = new.agreed.clone();
    agreed.sort_unstable();
    agreed.dedup();
    agreed.retain(|number| participants.iter().any(|one| one.number == *number));
    let dissent = tidy(&new.dissent);
    let mut wrong = Vec::new();
    if new.judgement.is_none() {
        wrong.push(FieldError::new("judgement", "Choose what you say together, or that you do not agree"));
    }
    if matches!(new.judgement, Some(Judgement::Point(_))) && agreed.is_empty() {
        wrong.push(FieldError::new("agreed", "Tick who agrees"));
    }
    too_long(&mut wrong, "dissent", &dissent);
    let (Some(judgement), true) = (new.judgement, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let now = store::meeting(&mut tx, id).await?.finding(&new.statement).cloned();
    let revision = now.as_ref().map_or(0, |now| now.revision);
    let finding = Finding {
        statement: new.statement,
        judgement,
        agreed,
        dissent,
        revision: revision + 1,
        changed_at: world.now(),
        changed_by: leave.grant.by.name.clone(),
    };
    if now.as_ref().is_some_and(|now| says(now) == says(&finding)) {
        return Ok(Settled::Same);
    }
    if let Some(now) = now.as_ref().filter(|_| revision != new.base) {
        return Ok(Settled::Meanwhile(Box::new(now.clone())));
    }
    match store::settle(&mut tx, &leave, &finding).await {
        Ok(true) => {}
        Ok(false) | Err(StoreError::Conflict(_)) => return Err(Error::Changed),
        Err(other) => return Err(other.into()),
    }
    let entry = Entry::of("settle a statement", "diagnosis", id).within(leave.school.id).after(says(&finding));
    let entry = match &now {
        Some(now) => entry.before(says(now)),
        None => entry,
    };
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(Settled::Done(revision + 1))
}

/// What a finding says, as the audit keeps it.
fn says(finding: &Finding) -> Json {
    json!({"statement": finding.statement, "judgement": finding.judgement.key(), "agreed": finding.agreed,
        "dissent": finding.dissent})
}

/// A piece of evidence to be.
#[derive(Debug, Clone, Default)]
pub struct NewEvidence {
    /// What it shows.
    pub words: String,
    /// Where it is from.
    pub source: String,
    /// Of which day it is.
    pub on: Option<Date>,
    /// How much it bears.
    pub weight: Option<Weight>,
    /// Which statements it serves.
    pub statements: Vec<String>,
}

/// Where somebody may add evidence.
#[derive(Debug, Clone)]
pub struct Provable {
    /// The school.
    pub school: Organisation,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// Statements about which they may.
    pub statements: Vec<&'static Statement>,
    /// What is there.
    pub meeting: Meeting,
}

/// Where the caller may add evidence, and what is there.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or the database.
pub async fn provable(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Provable> {
    let mut conn = world.db.read().await?;
    let leave = access::prove(&mut conn, who, organisation, id).await?;
    let statements = leave.diagnosis.statements().filter(|one| leave.about(&one.id)).collect();
    let meeting = store::meeting(&mut conn, id).await?;
    Ok(Provable { school: leave.school, diagnosis: leave.diagnosis, statements, meeting })
}

/// Adds a piece of evidence.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`] for
/// whoever may not.
pub async fn add_evidence(world: &World, who: &Who, organisation: i64, id: i64, new: NewEvidence) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::prove(&mut tx, who, organisation, id).await?;
    not_agreed(&mut tx, &leave.diagnosis).await?;
    let (words, source) = (tidy(&new.words), tidy(&new.source));
    let mut wrong = Vec::new();
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Say what it shows"));
    }
    if source.is_empty() {
        wrong.push(FieldError::new("source", "Say where it is from"));
    }
    too_long(&mut wrong, "words", &words);
    too_long(&mut wrong, "source", &source);
    let on = new.on.filter(|on| *on <= world.clock.today());
    if on.is_none() {
        wrong.push(FieldError::new("on", "Enter the day it is of, which is today or earlier"));
    }
    if new.weight.is_none() {
        wrong.push(FieldError::new("weight", "Say how you know"));
    }
    let asked = leave.diagnosis.statements().map(|one| &one.id);
    let statements: Vec<String> =
        asked.filter(|one| new.statements.contains(one) && leave.about(one)).cloned().collect();
    if statements.is_empty() {
        wrong.push(FieldError::new("statements", "Choose at least one statement that it serves"));
    }
    let (Some(on), Some(weight), true) = (on, new.weight, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let by = leave.grant.by.name.clone();
    let one = Evidence { id: world.id(), words, source, on, weight, statements, added_at: world.now(), added_by: by };
    store::add_evidence(&mut tx, &leave, &one).await?;
    let entry = Entry::of("add evidence", "diagnosis", id).within(leave.school.id).after(shows(&one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

fn shows(one: &Evidence) -> Json {
    json!({"words": one.words, "source": one.source, "on": one.on, "weight": one.weight.key(),
        "statements": one.statements})
}

/// Takes a piece of evidence away. What it said stays in the history.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and where there is none.
pub async fn drop_evidence(world: &World, who: &Who, organisation: i64, id: i64, evidence: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::prove(&mut tx, who, organisation, id).await?;
    not_agreed(&mut tx, &leave.diagnosis).await?;
    let all = store::meeting(&mut tx, id).await?.evidence;
    // One that also serves somebody else's strand is not theirs alone to take away.
    let own = |one: &&Evidence| one.id == evidence && one.statements.iter().all(|statement| leave.about(statement));
    let one = all.iter().find(own).ok_or(Error::NotFound)?;
    if !store::drop_evidence(&mut tx, &leave, evidence).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("take evidence away", "diagnosis", id).within(leave.school.id).before(shows(one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A strength to be.
#[derive(Debug, Clone, Default)]
pub struct NewStrength {
    /// Under which statement it falls.
    pub statement: String,
    /// What it is.
    pub words: String,
    /// What will be done with it; may be said later.
    pub put_to_use: String,
}

/// Adds a strength.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::NotFound`] for
/// whoever may not.
pub async fn add_strength(world: &World, who: &Who, organisation: i64, id: i64, new: NewStrength) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    together(&mut tx, &leave.diagnosis).await?;
    let (words, put_to_use) = (tidy(&new.words), tidy(&new.put_to_use));
    let mut wrong = Vec::new();
    if leave.diagnosis.statement(&new.statement).is_none() {
        wrong.push(FieldError::new("statement", "Choose the statement under which it falls"));
    }
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Say what you do well"));
    }
    too_long(&mut wrong, "words", &words);
    too_long(&mut wrong, "put_to_use", &put_to_use);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let by = leave.grant.by.name.clone();
    let one =
        Strength { id: world.id(), statement: new.statement, words, put_to_use, added_at: world.now(), added_by: by };
    store::add_strength(&mut tx, &leave, &one).await?;
    let entry = Entry::of("note a strength", "diagnosis", id).within(leave.school.id).after(does_well(&one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

fn does_well(one: &Strength) -> Json {
    json!({"statement": one.statement, "words": one.words, "put_to_use": one.put_to_use})
}

/// Takes a strength away. What it said stays in the history.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and where there is none.
pub async fn drop_strength(world: &World, who: &Who, organisation: i64, id: i64, strength: i64) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    together(&mut tx, &leave.diagnosis).await?;
    let all = store::meeting(&mut tx, id).await?.strengths;
    let one = all.iter().find(|one| one.id == strength).ok_or(Error::NotFound)?;
    if !store::drop_strength(&mut tx, &leave, strength).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::of("take a strength away", "diagnosis", id).within(leave.school.id).before(does_well(one));
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Says that another school looks at itself at the same time. Each keeps its own
/// record, and reads the other's only where that is released.
///
/// # Errors
/// [`Error::Invalid`] for a school that does not take part with this one, or was
/// named already; [`Error::NotFound`] for whoever may not.
pub async fn add_beside(world: &World, who: &Who, organisation: i64, id: i64, school: Option<i64>) -> Result<()> {
    let choices = release::choices(world, who, organisation).await?;
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation, id).await?;
    let known = store::meeting(&mut tx, id).await?.beside;
    let chosen = choices.iter().find(|choice| {
        choice.to.role == Role::Head && Some(choice.to.organisation) == school && choice.to.organisation != organisation
    });
    let chosen = chosen.ok_or_else(|| Error::field("school", "Choose one of the schools that take part with you"))?;
    if known.iter().any(|one| one.organisation == school) {
        return Err(Error::field("school", format!("You have named {} already", chosen.organisation)));
    }
    let one = Beside {
        id: world.id(),
        organisation: school,
        name: chosen.organisation.clone(),
        added_at: world.now(),
        added_by: leave.grant.by.name.clone(),
    };
    store::add_beside(&mut tx, &leave, &one).await?;
    let entry = Entry::of("name a school beside", "diagnosis", id).within(leave.school.id);
    audit::record(world, &mut tx, &leave.grant.by, entry.after(json!({"school": one.name}))).await?;
    tx.commit().await?;
    Ok(())
}

/// Holds the diagnosis while the group looks at it together.
pub(super) async fn together(tx: &mut Tx, diagnosis: &Diagnosis) -> Result<()> {
    if store::hold(tx, diagnosis.id, State::Together).await? {
        return Ok(());
    }
    Err(Error::field(
        "state",
        match diagnosis.state {
            State::Alone => "Views are still given alone. When you look together, you can write this down",
            _ => "It is agreed, so nothing of it changes any more. Talk about it once more first",
        },
    ))
}

/// Holds the diagnosis as long as it is not agreed.
async fn not_agreed(tx: &mut Tx, diagnosis: &Diagnosis) -> Result<()> {
    let holds = diagnosis.state != State::Agreed && store::hold(tx, diagnosis.id, diagnosis.state).await?;
    let why = "It is agreed, so nothing of it changes any more. Talk about it once more first";
    if holds { Ok(()) } else { Err(Error::field("state", why)) }
}

pub(super) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

pub(super) fn too_long(wrong: &mut Vec<FieldError>, field: &'static str, text: &str) {
    if text.chars().count() > LONGEST {
        wrong.push(FieldError::new(field, "Shorten this to 2,000 characters"));
    }
}
