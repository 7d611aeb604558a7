//! Looking at a diagnosis: where it stands, and how views spread.

use super::{
    access::{self, As},
    agreement::{Agreement, BesideAdviser, agreement, beside_adviser},
    framework::{Statement, Strand},
    model::{Diagnosis, Participant, State},
    record::Meeting,
    spread::{Spread, by_difference, spread},
    store,
};
use crate::{
    Who, World,
    error::{Error, Result},
    item::ItemKind,
    organisation::Organisation,
    release,
};
use ::store::Conn;

/// As whom somebody looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// As one who leads the school.
    Leader,
    /// As one who takes part.
    Participant,
    /// As one to whom it was released: they see what was agreed and how many said
    /// what, never who.
    Outside,
}

/// Where a diagnosis stands.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The school.
    pub school: Organisation,
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// As whom one looks.
    pub eyes: Eyes,
    /// Who takes part.
    pub participants: Vec<Participant>,
    /// The numbers of those who have answered everything.
    pub done: Vec<i64>,
    /// What the meeting wrote down.
    pub meeting: Meeting,
}

impl Reading {
    /// How far the school and the adviser who signed agree; none before they sign.
    #[must_use]
    pub fn beside_adviser(&self) -> Option<BesideAdviser> {
        beside_adviser(&self.diagnosis, &self.meeting)
    }
}

/// Where a diagnosis stands. A look from outside is noted in the same transaction.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever may not, the database.
pub async fn read(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Reading> {
    let mut conn = world.db.read().await?;
    let leave = access::see(&mut conn, who, organisation, id).await?;
    if let As::Outside(_) = leave.how {
        drop(conn);
        let mut tx = world.db.begin().await?;
        // Asked again where it is written down, so that nothing comes in between.
        let leave = access::see(&mut tx, who, organisation, id).await?;
        if let As::Outside(seen) = &leave.how {
            release::looked(world, &mut tx, seen, organisation, ItemKind::Diagnosis, Some(id)).await?;
        }
        let reading = reading(&mut tx, leave).await?;
        tx.commit().await?;
        return Ok(reading);
    }
    reading(&mut conn, leave).await
}

async fn reading(conn: &mut Conn, leave: access::MaySee) -> Result<Reading> {
    let id = leave.diagnosis.id;
    let participants = store::participants(conn, id).await?;
    let asked = leave.diagnosis.statements().count();
    let answered = store::answered(conn, id).await?;
    let has_done = |person: i64| {
        answered.iter().any(|(one, count)| *one == person && usize::try_from(*count).is_ok_and(|count| count >= asked))
    };
    let done = participants.iter().filter(|one| one.person.is_some_and(has_done)).map(|one| one.number).collect();
    let eyes = match leave.how {
        As::Leader => Eyes::Leader,
        As::Participant => Eyes::Participant,
        As::Outside(_) => Eyes::Outside,
    };
    let meeting = store::meeting(conn, id).await?;
    Ok(Reading { school: leave.school, diagnosis: leave.diagnosis, eyes, participants, done, meeting })
}

/// A statement and how its views spread.
#[derive(Debug, Clone)]
pub struct Line {
    /// The statement.
    pub statement: &'static Statement,
    /// How its views spread.
    pub spread: Spread,
}

/// A strand, looked at together.
#[derive(Debug, Clone)]
pub struct Looking {
    /// Where the diagnosis stands.
    pub reading: Reading,
    /// The strand.
    pub strand: &'static Strand,
    /// Its statements, those on which people differ most first.
    pub lines: Vec<Line>,
    /// How far people agree; for those who looked themselves and for leaders.
    pub agreement: Option<Agreement>,
}

/// A strand, looked at together.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, and as long as views are given alone.
pub async fn look(world: &World, who: &Who, organisation: i64, id: i64, strand: &str) -> Result<Looking> {
    let reading = laid_open(world, who, organisation, id).await?;
    let strand = reading.diagnosis.strand(strand).ok_or(Error::NotFound)?;
    looking(world, reading, strand).await
}

/// One statement, looked at together.
///
/// # Errors
/// As [`look`].
pub async fn look_at(world: &World, who: &Who, organisation: i64, id: i64, statement: &str) -> Result<(Looking, Line)> {
    let reading = laid_open(world, who, organisation, id).await?;
    let (strand, statement) = reading.diagnosis.statement(statement).ok_or(Error::NotFound)?;
    let looking = looking(world, reading, strand).await?;
    let this = looking.lines.iter().find(|line| line.statement.id == statement.id).cloned().ok_or(Error::NotFound)?;
    Ok((looking, this))
}

async fn looking(world: &World, reading: Reading, strand: &'static Strand) -> Result<Looking> {
    let mut conn = world.db.read().await?;
    let mut lines = Vec::new();
    for statement in strand.statements() {
        lines.push(line(&mut conn, &reading, statement).await?);
    }
    by_difference(&mut lines, |line| &line.spread);
    let agreement = match reading.eyes {
        Eyes::Outside => None,
        Eyes::Leader | Eyes::Participant => {
            let views = store::all_views(&mut conn, reading.diagnosis.id).await?;
            let views: Vec<_> = views.into_iter().map(|(view, _)| view).collect();
            Some(agreement(reading.diagnosis.framework, strand, &views, reading.diagnosis.id))
        }
    };
    Ok(Looking { reading, strand, lines, agreement })
}

async fn laid_open(world: &World, who: &Who, organisation: i64, id: i64) -> Result<Reading> {
    let reading = read(world, who, organisation, id).await?;
    // Nobody sees others' views before all look together, not even the head.
    if reading.diagnosis.state == State::Alone { Err(Error::NotFound) } else { Ok(reading) }
}

async fn line(conn: &mut Conn, reading: &Reading, statement: &'static Statement) -> Result<Line> {
    let diagnosis = &reading.diagnosis;
    let views = store::of_statement(conn, diagnosis.id, &statement.id).await?;
    let views: Vec<_> = views.iter().collect();
    let spread = spread(diagnosis.framework, diagnosis.names, &reading.participants, &views);
    let spread = match (spread, reading.eyes) {
        (Spread::Shown(counts), Eyes::Outside) => Spread::Shown(counts.numbers_only()),
        (spread, _) => spread,
    };
    Ok(Line { statement, spread })
}

/// A diagnosis in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// As whom one looks at it.
    pub eyes: Eyes,
}

/// A school's diagnoses, as far as somebody may know of them.
#[derive(Debug, Clone)]
pub struct List {
    /// The school.
    pub school: Organisation,
    /// The diagnoses, the latest first.
    pub all: Vec<Listed>,
    /// Schools that said they look at themselves at the same time as this one.
    /// Told to leaders only.
    pub beside: Vec<AtTheSameTime>,
}

/// A school that said it looks at itself at the same time.
#[derive(Debug, Clone)]
pub struct AtTheSameTime {
    /// The school.
    pub organisation: i64,
    /// Its name.
    pub name: String,
    /// Its diagnosis.
    pub diagnosis: i64,
    /// It is released to the caller.
    pub readable: bool,
}

/// A school's diagnoses, as far as somebody may know of them.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`] for whoever has nothing to do with
/// the school, the database.
pub async fn list(world: &World, who: &Who, organisation: i64) -> Result<List> {
    let mut conn = world.db.read().await?;
    let leave = access::list(&mut conn, who, organisation).await?;
    let mut all = Vec::new();
    for diagnosis in store::of_school(&mut conn, organisation).await? {
        match access::see(&mut conn, who, organisation, diagnosis.id).await {
            Ok(leave) => {
                let eyes = match leave.how {
                    As::Leader => Eyes::Leader,
                    As::Participant => Eyes::Participant,
                    As::Outside(_) => Eyes::Outside,
                };
                all.push(Listed { diagnosis, eyes });
            }
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let mut beside = Vec::new();
    match leave.how {
        access::Listed::Strange if all.is_empty() => return Err(Error::NotFound),
        access::Listed::Theirs | access::Listed::Strange => {}
        access::Listed::All => {
            for (organisation, name, diagnosis) in store::beside_of(&mut conn, organisation).await? {
                let readable = access::see(&mut conn, who, organisation, diagnosis).await.is_ok();
                beside.push(AtTheSameTime { organisation, name, diagnosis, readable });
            }
        }
    }
    Ok(List { school: leave.school, all, beside })
}
