//! Holding a review, and seeing it otherwise.

use super::{
    access,
    model::{Letter, Line, Review, View, about},
    store,
};
use crate::{
    Who, World,
    audit::{self, Entry},
    error::{Error, FieldError, Result},
    item::ItemKind,
    organisation::Organisation,
    plan::{self, Plan, tidy, too_long},
    release,
};
use ::store::Conn;
use kernel::{Date, calendar::Calendar};
use serde_json::{Value as Json, json};

/// The reviews of a school, as somebody sees them.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// They see them because they were released to them.
    pub released: bool,
    /// Reviews, the latest first; to others only finished ones.
    pub reviews: Vec<Review>,
    /// What they say.
    pub lines: Vec<Line>,
    /// What others see beside it.
    pub views: Vec<View>,
    /// The plan.
    pub plan: Plan,
    /// The school's calendar.
    pub calendar: Calendar,
    /// When diagnoses were agreed.
    pub diagnosed: Vec<Date>,
}

impl Reading {
    /// The review with this id.
    #[must_use]
    pub fn review(&self, id: i64) -> Option<&Review> {
        self.reviews.iter().find(|one| one.id == id)
    }

    /// What a review says of a priority.
    #[must_use]
    pub fn line(&self, review: i64, priority: i64) -> Option<&Line> {
        self.lines.iter().find(|one| one.review == review && one.priority == priority)
    }

    /// The priorities that a review is about.
    #[must_use]
    pub fn about(&self, review: &Review) -> Vec<&plan::Priority> {
        about(review, &self.lines, &self.plan.priorities)
    }

    /// What the latest finished review says of a priority.
    #[must_use]
    pub fn latest(&self, priority: i64) -> Option<Letter> {
        let mut finished = self.reviews.iter().filter(|one| one.finished_at.is_some());
        finished.find_map(|one| self.line(one.id, priority)).map(|line| line.letter)
    }
}

/// The reviews of a school. A look from outside is noted in the same transaction.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not, the database.
pub async fn read(world: &World, who: &Who, organisation: i64) -> Result<Reading> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation).await?;
    if leave.seen.from_outside {
        drop(conn);
        let mut tx = world.db.begin().await?;
        // Asked again where it is written down, so that nothing comes in between.
        let leave = access::see(&mut tx, who, organisation).await?;
        release::looked(world, &mut tx, &leave.seen, organisation, ItemKind::Review, None).await?;
        let reading = reading(world, &mut tx, leave).await?;
        tx.commit().await?;
        return Ok(reading);
    }
    reading(world, &mut conn, leave).await
}

async fn reading(world: &World, conn: &mut Conn, leave: access::MaySee) -> Result<Reading> {
    let (id, released) = (leave.school.id, leave.seen.released);
    let mut reviews = store::reviews(conn, id).await?;
    reviews.retain(|one| !released || one.finished_at.is_some());
    reviews.reverse();
    let there = |review: i64| reviews.iter().any(|one| one.id == review);
    let mut lines = store::lines(conn, id).await?;
    lines.retain(|one| there(one.review));
    let mut whole = plan::plan(conn, id).await?;
    if released {
        // A release of reviews is none of the plan: only what they speak of by name.
        whole.priorities.retain(|one| lines.iter().any(|line| line.priority == one.id));
        whole = Plan { priorities: whole.priorities, ..Plan::default() };
    }
    let agreed = crate::diagnosis::agreed_on(conn, id).await?;
    Ok(Reading {
        views: store::views(conn, id).await?.into_iter().filter(|one| there(one.review)).collect(),
        calendar: plan::calendar(world, conn, id).await?,
        diagnosed: agreed.into_iter().map(|at| kernel::clock::in_england(at).date()).collect(),
        school: leave.school,
        released,
        reviews,
        lines,
        plan: whole,
    })
}

/// Opens the review of a term; its id. One is held at a time.
///
/// # Errors
/// [`Error::Invalid`] without an open priority, or while another is open;
/// [`Error::NotFound`] for whoever may not.
pub async fn open(world: &World, who: &Who, organisation: i64) -> Result<i64> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let whole = plan::plan(&mut tx, organisation).await?;
    if whole.open().next().is_none() {
        return Err(Error::field("review", "Open a priority first; a review looks at what you work on"));
    }
    if store::reviews(&mut tx, organisation).await?.iter().any(|one| one.finished_at.is_none()) {
        return Err(Error::field("review", "A review is open already; finish it first"));
    }
    let today = world.clock.today();
    let calendar = plan::calendar(world, &mut tx, organisation).await?;
    let name = calendar.term_on(today).or_else(|| calendar.term_on_or_after(today));
    let one = Review {
        id: world.id(),
        name: name.map_or_else(|| kernel::words::month_and_year(today), |term| term.name()),
        on: today,
        next_on: None,
        opened_at: world.now(),
        opened_by: leave.grant.by.name.clone(),
        finished_at: None,
        finished_by: String::new(),
        revision: 1,
    };
    store::insert(&mut tx, &leave, &one).await?;
    let entry = Entry::of("open a review", "termly_review", one.id).within(leave.school.id);
    audit::record(world, &mut tx, &leave.grant.by, entry.after(json!({"revision": 1, "name": one.name}))).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// What somebody writes of a priority in a review: four things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewLine {
    /// The letter.
    pub letter: Option<Letter>,
    /// Why.
    pub reason: String,
    /// What has changed since.
    pub changed: String,
    /// What comes next.
    pub next_step: String,
    /// The version from which they began; 0 where there was none.
    pub base: i64,
}

/// How writing it went.
#[derive(Debug)]
pub enum Wrote {
    /// Written, as this version.
    Done(i64),
    /// It says that already.
    Same,
    /// Somebody else wrote in the meantime: what it says now. Nothing was changed.
    Meanwhile(Box<Line>),
}

/// Writes what a review says of a priority.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit, and for a review that is
/// finished; [`Error::NotFound`] for whoever may not.
pub async fn write(
    world: &World,
    who: &Who,
    organisation: i64,
    review: i64,
    priority: i64,
    new: NewLine,
) -> Result<Wrote> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let all = store::reviews(&mut tx, organisation).await?;
    let found = all.iter().find(|one| one.id == review).ok_or(Error::NotFound)?;
    let lines = store::lines(&mut tx, organisation).await?;
    let whole = plan::plan(&mut tx, organisation).await?;
    about(found, &lines, &whole.priorities).iter().find(|one| one.id == priority).ok_or(Error::NotFound)?;
    if !store::hold(&mut tx, organisation, review, false).await? {
        return Err(Error::field("letter", "This review is finished, so nothing of it changes any more"));
    }
    let (reason, changed, next_step) = (tidy(&new.reason), tidy(&new.changed), tidy(&new.next_step));
    let mut wrong = Vec::new();
    if new.letter.is_none() {
        wrong.push(FieldError::new("letter", "Choose red, amber or green"));
    }
    for (field, text, words) in [
        ("reason", &reason, "Say why, with what you have seen"),
        ("changed", &changed, "Say what has changed since"),
        ("next_step", &next_step, "Say what comes next"),
    ] {
        if text.is_empty() {
            wrong.push(FieldError::new(field, words));
        }
        too_long(&mut wrong, field, text);
    }
    let (Some(letter), true) = (new.letter, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let now = lines.iter().find(|one| one.review == review && one.priority == priority);
    let revision = now.map_or(0, |now| now.revision);
    let by = leave.grant.by.name.clone();
    let line = Line {
        id: now.map_or_else(|| world.id(), |now| now.id),
        review,
        priority,
        letter,
        reason,
        changed,
        next_step,
        revision: revision + 1,
        changed_at: world.now(),
        changed_by: by,
    };
    if now.is_some_and(|now| words(now) == words(&line)) {
        return Ok(Wrote::Same);
    }
    if let Some(now) = now.filter(|_| revision != new.base) {
        return Ok(Wrote::Meanwhile(Box::new(now.clone())));
    }
    if !store::write_line(&mut tx, &leave, &line).await? {
        return Err(Error::Changed);
    }
    let entry = Entry::of("review a priority", "review_line", line.id).within(leave.school.id).after(says(&line));
    let entry = match now {
        Some(now) => entry.before(says(now)),
        None => entry,
    };
    audit::record(world, &mut tx, &leave.grant.by, entry).await?;
    tx.commit().await?;
    Ok(Wrote::Done(revision + 1))
}

fn words(line: &Line) -> (Letter, &str, &str, &str) {
    (line.letter, &line.reason, &line.changed, &line.next_step)
}

fn says(line: &Line) -> Json {
    json!({"revision": line.revision, "letter": line.letter.key(), "reason": line.reason, "changed": line.changed,
        "next_step": line.next_step})
}

/// Finishes a review: every priority has its letter and reason, and the next one
/// has a day, which falls on a school day.
///
/// # Errors
/// [`Error::Invalid`] with what is still to be done; [`Error::NotFound`] for
/// whoever may not.
pub async fn finish(world: &World, who: &Who, organisation: i64, review: i64, next: Option<Date>) -> Result<plan::Due> {
    let mut tx = world.db.begin().await?;
    let leave = access::edit(&mut tx, who, organisation).await?;
    let all = store::reviews(&mut tx, organisation).await?;
    let found = all.iter().find(|one| one.id == review).ok_or(Error::NotFound)?;
    let lines = store::lines(&mut tx, organisation).await?;
    let whole = plan::plan(&mut tx, organisation).await?;
    let mut wrong = Vec::new();
    for one in about(found, &lines, &whole.priorities) {
        if !lines.iter().any(|line| line.review == review && line.priority == one.id) {
            wrong.push(FieldError::new("review", format!("Say first where ‘{}’ stands", one.title)));
        }
    }
    let next = next.filter(|day| *day > world.clock.today());
    if next.is_none() {
        wrong.push(FieldError::new("next", "Enter the day of your next review, after today"));
    }
    let (Some(next), true) = (next, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let due = plan::due(&plan::calendar(world, &mut tx, organisation).await?, next);
    if !store::finish(&mut tx, &leave, review, due.on, world.now()).await? {
        return Err(Error::field("review", "This review is finished already"));
    }
    let entry = Entry::of("finish a review", "termly_review", review).within(leave.school.id);
    let after = json!({"revision": found.revision + 1, "next": due.on});
    audit::record(world, &mut tx, &leave.grant.by, entry.after(after)).await?;
    tx.commit().await?;
    Ok(due)
}

/// Puts what the adviser, or a peer, sees beside a finished review, where it stays.
///
/// # Errors
/// [`Error::Invalid`] with what does not fit; [`Error::NotFound`] for whoever may
/// not, and before it is finished.
pub async fn see_otherwise(
    world: &World,
    who: &Who,
    organisation: i64,
    review: i64,
    priority: Option<i64>,
    letter: Option<Letter>,
    words: &str,
) -> Result<()> {
    let mut tx = world.db.begin().await?;
    let leave = access::view(&mut tx, who, organisation).await?;
    if !store::hold(&mut tx, organisation, review, true).await? {
        return Err(Error::NotFound);
    }
    let lines = store::lines(&mut tx, organisation).await?;
    if priority.is_some_and(|id| !lines.iter().any(|one| one.review == review && one.priority == id)) {
        return Err(Error::NotFound);
    }
    let words = tidy(words);
    let mut wrong = Vec::new();
    if words.is_empty() {
        wrong.push(FieldError::new("words", "Say what you see"));
    }
    too_long(&mut wrong, "words", &words);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let by = &leave.grant.by;
    let one = View {
        id: world.id(),
        review,
        priority,
        person: by.person,
        name: by.name.clone(),
        role: by.role.to_owned(),
        letter,
        words,
        at: world.now(),
    };
    store::insert_view(&mut tx, &leave, &one).await?;
    let after = json!({"letter": letter.map(Letter::key), "words": one.words});
    let entry = Entry::of("see a review otherwise", "review_view", one.id).within(organisation).after(after);
    audit::record(world, &mut tx, by, entry).await?;
    tx.commit().await?;
    Ok(())
}
