//! Themes over the diagnoses that schools agreed and released to the reader:
//! where schools ask for help, and what they can offer. Each is read as anybody
//! to whom it was released reads it, so each look is noted.

use super::steps::taking_part;
use crate::{
    Who, World,
    cohort::{self, Programme},
    diagnosis::{self, Framework, Judgement, Reading, State},
    error::{Error, Result},
    sums::FEWEST_SCHOOLS,
};

/// A statement, over the schools that agreed something about it.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The strand.
    pub strand: &'static str,
    /// The statement.
    pub statement: &'static str,
    /// How many schools agreed on a word of the lower half of the scale.
    pub help: u64,
    /// How many agreed on a word at all: at least three.
    pub of: u64,
}

/// A strength that a school released with its diagnosis.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The school.
    pub organisation: i64,
    /// Its name.
    pub school: String,
    /// The statement under which it falls.
    pub statement: &'static str,
    /// What it is.
    pub words: String,
    /// What the school will do with it.
    pub put_to_use: String,
}

/// What the released diagnoses of a programme's schools say together.
#[derive(Debug, Clone)]
pub struct Themes {
    /// The programme.
    pub programme: Programme,
    /// Of how many schools a diagnosis is released to the reader.
    pub released: usize,
    /// Of how many that take part.
    pub schools: usize,
    /// Statements of which three schools or more agreed a word, by framework, in
    /// the framework's order.
    pub themes: Vec<(&'static Framework, Vec<Theme>)>,
    /// Strengths, by school.
    pub offered: Vec<Offered>,
}

/// Themes over what schools agreed and released to the reader.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not lead or keep the programme, or the database.
pub async fn themes(world: &World, who: &Who, slug: &str) -> Result<Themes> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut conn = world.db.read().await?;
    let schools = taking_part(&mut conn, programme.id, world.clock.today()).await?;
    drop(conn);
    let mut readings = Vec::new();
    for (organisation, _) in &schools {
        if let Some(reading) = latest(world, who, *organisation).await? {
            readings.push(reading);
        }
    }
    Ok(Themes {
        programme,
        released: readings.len(),
        schools: schools.len(),
        themes: by_framework(&readings),
        offered: readings.iter().flat_map(offered).collect(),
    })
}

/// The latest agreed diagnosis of a school that is released to the reader.
async fn latest(world: &World, who: &Who, organisation: i64) -> Result<Option<Reading>> {
    let list = match diagnosis::list(world, who, organisation).await {
        Ok(list) => list,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let agreed = list.all.into_iter().find(|one| one.diagnosis.state == State::Agreed);
    let Some(agreed) = agreed else { return Ok(None) };
    match diagnosis::read(world, who, organisation, agreed.diagnosis.id).await {
        Ok(reading) => Ok(Some(reading)),
        // Withdrawn a moment ago.
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Outcomes of different frameworks, and of versions of one, are never brought together.
fn by_framework(readings: &[Reading]) -> Vec<(&'static Framework, Vec<Theme>)> {
    let mut all: Vec<(&'static Framework, Vec<Theme>)> = Vec::new();
    for reading in readings {
        let framework = reading.diagnosis.framework;
        if all.iter().any(|(one, _)| std::ptr::eq(*one, framework)) {
            continue;
        }
        let those: Vec<&Reading> =
            readings.iter().filter(|one| std::ptr::eq(one.diagnosis.framework, framework)).collect();
        all.push((framework, of_framework(framework, &those)));
    }
    all.sort_by(|a, b| a.0.title.cmp(&b.0.title));
    all
}

fn of_framework(framework: &'static Framework, readings: &[&Reading]) -> Vec<Theme> {
    let points = framework.scale.points.len();
    let low: Vec<i64> = framework.scale.points.iter().take(points / 2).map(|point| point.value).collect();
    let mut all = Vec::new();
    for strand in &framework.strands {
        for statement in strand.statements() {
            let agreed: Vec<i64> = readings
                .iter()
                .filter_map(|one| match one.meeting.finding(&statement.id)?.judgement {
                    Judgement::Point(value) => Some(value),
                    Judgement::NotAgreed => None,
                })
                .collect();
            let of = agreed.len() as u64;
            let help = agreed.iter().filter(|value| low.contains(value)).count() as u64;
            if of >= FEWEST_SCHOOLS && help > 0 {
                all.push(Theme { strand: &strand.title, statement: &statement.text, help, of });
            }
        }
    }
    all
}

fn offered(reading: &Reading) -> Vec<Offered> {
    let of = |one: &diagnosis::Strength| {
        let (_, statement) = reading.diagnosis.statement(&one.statement)?;
        Some(Offered {
            organisation: reading.school.id,
            school: reading.school.name.clone(),
            statement: &statement.text,
            words: one.words.clone(),
            put_to_use: one.put_to_use.clone(),
        })
    };
    reading.meeting.strengths.iter().filter_map(of).collect()
}
