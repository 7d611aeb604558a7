//! One's own part: what somebody says, alone.

use super::{
    access,
    framework::Strand,
    model::{Answer, Diagnosis, Participant, State, View},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    organisation::Organisation,
};
use kernel::Date;
use serde_json::json;

/// Most characters of a reason.
const LONGEST: usize = 500;

/// One's own part in a diagnosis.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The school.
    pub school: Organisation,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// What one said so far.
    pub views: Vec<View>,
}

impl Mine {
    /// What one said of a statement.
    #[must_use]
    pub fn view(&self, statement: &str) -> Option<&View> {
        self.views.iter().find(|view| view.statement == statement)
    }

    /// How many statements of a strand are not answered yet.
    #[must_use]
    pub fn left_in(&self, strand: &Strand) -> usize {
        strand.statements().filter(|statement| self.view(&statement.id).is_none()).count()
    }

    /// How many are not answered yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.diagnosis.strands().map(|strand| self.left_in(strand)).sum()
    }
}

/// One's own part.
///
/// # Errors
/// [`Error::NotFound`] for whoever takes no part, or the database.
pub async fn mine(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Mine> {
    let mut conn = world.db.read().await?;
    let leave = access::give(&mut conn, who, organisation, id).await?;
    let views = store::of_person(&mut conn, id, leave.person).await?;
    Ok(Mine { school: leave.school, diagnosis: leave.diagnosis, views })
}

/// Who takes part with whoever takes part themselves.
///
/// # Errors
/// As [`mine`].
pub async fn with_me(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Vec<Participant>> {
    let mut conn = world.db.read().await?;
    access::give(&mut conn, who, organisation, id).await?;
    Ok(store::participants(&mut conn, id).await?)
}

/// What is said of one strand's statements.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The strand.
    pub strand: String,
    /// For each statement what is said, if anything, and why.
    pub answers: Vec<(String, Option<Answer>, String)>,
}

/// What came of it. What was answered is kept, whatever is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gave {
    /// Statements that were given a reason and no answer, which cannot be kept.
    pub without_answer: Vec<String>,
    /// Statements of the strand that are not answered yet.
    pub missing: Vec<String>,
    /// It was the last of all views: from now on they are looked at together.
    pub last: bool,
}

/// Gives one's views on a strand, as far as they are answered, in place of what
/// one said before.
///
/// # Errors
/// [`Error::Invalid`] for a reason that is too long, and where views are given no
/// more; [`Error::NotFound`] for whoever takes no part, or another strand.
pub async fn give(world: &World, who: &Who, organisation: i64, id: i64, given: Given) -> Result<Gave> {
    let mut tx = world.db.begin().await?;
    let leave = access::give(&mut tx, who, organisation, id).await?;
    let strand = leave.diagnosis.strand(&given.strand).ok_or(Error::NotFound)?;
    if leave.diagnosis.state != State::Alone {
        return Err(too_late());
    }
    let mut wrong = Vec::new();
    let mut gave = Gave { without_answer: Vec::new(), missing: Vec::new(), last: false };
    let mut views: Vec<(i64, &str, Answer, String)> = Vec::new();
    for (statement, answer, because) in &given.answers {
        let because = because.trim().replace("\r\n", "\n");
        let twice = views.iter().any(|(_, one, ..)| one == statement);
        if twice || strand.statements().all(|one| one.id != *statement) {
            return Err(Error::NotFound);
        }
        if because.chars().count() > LONGEST {
            wrong.push(FieldError::new(
                "because",
                format!("Shorten your sentence on {statement} to {LONGEST} characters"),
            ));
            continue;
        }
        match answer {
            Some(answer) => views.push((world.id(), statement, *answer, because)),
            None if !because.is_empty() => gave.without_answer.push(statement.clone()),
            None => {}
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let answered = views.len();
    store::give(&mut tx, &leave, &views, world.now()).await?;
    let views = store::of_person(&mut tx, id, leave.person).await?;
    let open = strand.statements().filter(|one| views.iter().all(|view| view.statement != one.id));
    gave.missing = open.map(|one| one.id.clone()).collect();
    if answered > 0 {
        // Who did their part is known to the group; what they said is not.
        let after = json!({"strand": given.strand, "answered": answered});
        let entry = Entry::of("give views", "diagnosis", id).within(organisation).after(after);
        audit::record(world, &mut tx, &leave.grant.by, entry).await?;
        // Beside the others who give views at this moment: ninety may.
        if !store::stands(&mut tx, id, State::Alone).await? {
            return Err(too_late());
        }
    }
    tx.commit().await?;
    // As long as they have something left themselves, nobody needs to count.
    if answered > 0 && views.len() >= leave.diagnosis.statements().count() {
        gave.last = laid_open_with_the_last(world, &leave).await?;
    }
    Ok(gave)
}

fn too_late() -> Error {
    let why =
        "Views are looked at together now, so nobody can change theirs. Say in the meeting what you see differently";
    Error::field("strand", why)
}

/// Lays views open when all are in. Counted after they were committed: of two who are
/// the last at the same moment, one at least sees what both gave.
async fn laid_open_with_the_last(world: &World, leave: &access::MayGive) -> Result<bool> {
    let id = leave.diagnosis.id;
    let mut conn = world.db.read().await?;
    let wanted = leave.diagnosis.statements().count() * store::participants(&mut conn, id).await?.len();
    if usize::try_from(store::count(&mut conn, id).await?).ok() != Some(wanted) {
        return Ok(false);
    }
    drop(conn);
    let mut tx = world.db.begin().await?;
    let done = store::lay_open(&mut tx, id, world.now()).await?;
    if done {
        let entry = Entry::of("look together", "diagnosis", id).within(leave.school.id);
        let entry = entry.after(json!({"all_are_in": true}));
        audit::record(world, &mut tx, &leave.grant.by, entry).await?;
        tx.commit().await?;
    }
    Ok(done)
}

/// A part that waits for somebody.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The school.
    pub organisation: i64,
    /// The diagnosis.
    pub diagnosis: i64,
    /// How long it takes still, minutes.
    pub minutes: u64,
    /// The last day for views.
    pub due: Date,
}

/// Diagnoses that wait for the caller's views, the most pressing first.
///
/// # Errors
/// The database.
pub async fn my_parts(world: &World, who: &Who) -> Result<Vec<Waiting>> {
    let Some(caller) = who.caller() else { return Ok(Vec::new()) };
    let mut conn = world.db.read().await?;
    let mut all = Vec::new();
    for one in store::waiting(&mut conn, caller.id).await? {
        let given = store::of_person(&mut conn, one.id, caller.id).await?.len();
        let left = one.statements().count().saturating_sub(given);
        let belongs = caller.roles.iter().any(|held| held.organisation == one.organisation);
        if left > 0 && belongs {
            let minutes = super::model::minutes(left);
            all.push(Waiting { organisation: one.organisation, diagnosis: one.id, minutes, due: one.due });
        }
    }
    Ok(all)
}
