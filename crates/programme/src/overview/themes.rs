//! Themes over the diagnoses that schools agreed and released to the reader:
//! where schools ask for help, and what they can offer. Each is read as anybody
//! to whom it was released reads it, so each look is noted.

use super::steps::taking_part;
use crate::{
    Who, World,
    cohort::{self, Programme},
    diagnosis::{self, Framework, Judgement, Offer, Released},
    error::Result,
    sums::FEWEST_SCHOOLS,
};
use std::collections::{HashMap, HashSet};

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
/// [`crate::Error::NotFound`] for whoever does not lead or keep the programme, or the database.
pub async fn themes(world: &World, who: &Who, slug: &str) -> Result<Themes> {
    let programme = cohort::programme(world, who, slug).await?;
    let mut conn = world.db.read().await?;
    let schools = taking_part(&mut conn, programme.id, world.clock.today()).await?;
    drop(conn);
    let here: HashSet<i64> = schools.iter().map(|(id, _)| *id).collect();
    let released = diagnosis::released(world, who, programme.id, &here).await?;
    let mut released: HashMap<i64, Released> = released.into_iter().map(|one| (one.organisation, one)).collect();
    let readings: Vec<(&str, Released)> =
        schools.iter().filter_map(|(id, name)| Some((name.as_str(), released.remove(id)?))).collect();
    Ok(Themes {
        programme,
        released: readings.len(),
        schools: schools.len(),
        themes: by_framework(&readings),
        offered: readings.iter().flat_map(offered).collect(),
    })
}

/// Outcomes of different frameworks, and of versions of one, are never brought together.
fn by_framework(readings: &[(&str, Released)]) -> Vec<(&'static Framework, Vec<Theme>)> {
    let mut all: Vec<(&'static Framework, Vec<Theme>)> = Vec::new();
    for (_, reading) in readings {
        let framework = reading.framework;
        if all.iter().any(|(one, _)| std::ptr::eq(*one, framework)) {
            continue;
        }
        let those = readings.iter().map(|(_, one)| one).filter(|one| std::ptr::eq(one.framework, framework));
        let those: Vec<&Released> = those.collect();
        all.push((framework, of_framework(framework, &those)));
    }
    all.sort_by(|a, b| a.0.title.cmp(&b.0.title));
    all
}

fn of_framework(framework: &'static Framework, readings: &[&Released]) -> Vec<Theme> {
    let points = framework.scale.points.len();
    let low: Vec<i64> = framework.scale.points.iter().take(points / 2).map(|point| point.value).collect();
    // How many agreed a word of each statement, and how many a low one.
    let mut counts: HashMap<&str, (u64, u64)> = HashMap::new();
    for (statement, judgement) in readings.iter().flat_map(|one| &one.findings) {
        let Judgement::Point(value) = judgement else { continue };
        let (help, of) = counts.entry(statement).or_default();
        *help += u64::from(low.contains(value));
        *of += 1;
    }
    let mut all = Vec::new();
    for strand in &framework.strands {
        for statement in strand.statements() {
            let (help, of) = counts.get(statement.id.as_str()).copied().unwrap_or_default();
            if of >= FEWEST_SCHOOLS && help > 0 {
                all.push(Theme { strand: &strand.title, statement: &statement.text, help, of });
            }
        }
    }
    all
}

fn offered((school, reading): &(&str, Released)) -> Vec<Offered> {
    let of = |one: &Offer| {
        let (_, statement) = reading.framework.statement(&one.statement)?;
        Some(Offered {
            organisation: reading.organisation,
            school: (*school).to_owned(),
            statement: &statement.text,
            words: one.words.clone(),
            put_to_use: one.put_to_use.clone(),
        })
    };
    reading.strengths.iter().filter_map(of).collect()
}
