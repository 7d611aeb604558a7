//! How far those who looked agree: a figure with its interval and the sentence
//! that both bear, so that people talk about what they see differently. Never a
//! mark: it says nothing of how good a school is.

use super::{
    framework::{Framework, Strand},
    model::{Answer, Diagnosis, View},
    record::{Judgement, Meeting, Side},
    spread::FEWEST,
};
use kernel::chance::SeededChance;
use readiness::{
    AlphaInterval, DRAWS, Metric, Ratings, Weights, alpha_interval, krippendorff_alpha, read, weighted_kappa,
};

/// What can be said of how far people agree.
pub use readiness::{NoAgreement, Reading as Agreed};

/// How far those who looked at a strand agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// What can be said of it.
    pub says: Agreed,
    /// Krippendorff's alpha for ordered words, with the ends of its interval; none
    /// where nothing is computed.
    pub figure: Option<(f64, f64, f64)>,
    /// Of how many statements.
    pub statements: usize,
    /// Of how many people.
    pub people: usize,
}

/// How far people agree about the statements of a strand. Only statements whose
/// views may be shown count, and views of people who are still named.
pub(super) fn agreement(framework: &Framework, strand: &Strand, views: &[View], seed: i64) -> Agreement {
    let mut people: Vec<i64> = views.iter().filter_map(|view| view.person).collect();
    people.sort_unstable();
    people.dedup();
    let mut rows = Vec::new();
    for statement in strand.statements() {
        let these: Vec<&View> = views.iter().filter(|view| view.statement == statement.id).collect();
        if these.len() >= FEWEST {
            rows.push(people.iter().map(|person| point(framework, &these, *person)).collect());
        }
    }
    let (statements, people) = (rows.len(), people.len());
    let none = NoAgreement::TooFewStatements { found: statements };
    // What the database keeps is on the scale, so there is nothing to tell of a bad row.
    let points = u8::try_from(framework.scale.points.len()).unwrap_or(u8::MAX);
    let Ok(ratings) = Ratings::new(points, rows) else {
        return Agreement { says: Agreed::NotComputed(none), figure: None, statements, people };
    };
    let alpha = krippendorff_alpha(&ratings, Metric::Ordinal);
    // The same diagnosis has the same interval whoever looks, and whenever.
    let chance = SeededChance::of(seed.unsigned_abs());
    let interval = alpha_interval(&ratings, Metric::Ordinal, &chance, DRAWS);
    let figure = match (&alpha, &interval) {
        (Ok(alpha), Ok(AlphaInterval { low, high, .. })) => Some((*alpha, *low, *high)),
        _ => None,
    };
    Agreement { says: read(alpha, interval), figure, statements, people }
}

/// How far what a school agreed and what its adviser would say agree.
#[derive(Debug, Clone, PartialEq)]
pub struct BesideAdviser {
    /// The adviser.
    pub name: String,
    /// For how many statements they would choose the school's word.
    pub same: usize,
    /// Of how many that have a word of both.
    pub of: usize,
    /// On how many they differ and name no word.
    pub left_out: usize,
    /// Cohen's kappa with squared weights; none where it is not defined, as when
    /// both say one and the same throughout.
    pub kappa: Option<f64>,
}

/// How far the school and the adviser who signed agree; none before they sign.
/// Of what they wrote nothing about, they put their name to the school's word;
/// where they differ and name no word, nothing is compared.
pub(super) fn beside_adviser(diagnosis: &Diagnosis, meeting: &Meeting) -> Option<BesideAdviser> {
    let adviser = meeting.signature(Side::Adviser)?;
    let framework = diagnosis.framework;
    let mut school = Vec::new();
    let mut theirs = Vec::new();
    for finding in &meeting.findings {
        let Judgement::Point(agreed) = finding.judgement else { continue };
        let differing = meeting.differing.iter().rev().find(|one| one.statement == finding.statement);
        school.push(place(framework, agreed));
        theirs.push(differing.map_or(Some(agreed), |one| one.point).and_then(|value| place(framework, value)));
    }
    let both = || school.iter().zip(&theirs).filter(|(_, theirs)| theirs.is_some());
    let points = u8::try_from(framework.scale.points.len()).unwrap_or(u8::MAX);
    Some(BesideAdviser {
        name: adviser.name.clone(),
        same: both().filter(|(school, theirs)| school == theirs).count(),
        of: both().count(),
        left_out: theirs.len() - both().count(),
        kappa: weighted_kappa(&school, &theirs, points, Weights::Quadratic).ok(),
    })
}

/// What a person chose, by its place in the scale from 1.
fn point(framework: &Framework, views: &[&View], person: i64) -> Option<u8> {
    let view = views.iter().find(|view| view.person == Some(person))?;
    let Answer::Point(value) = view.answer else { return None };
    place(framework, value)
}

/// The place of a point in the scale, from 1.
fn place(framework: &Framework, value: i64) -> Option<u8> {
    let place = framework.scale.points.iter().position(|point| point.value == value)?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::{frameworks, model, record};

    fn said(answers: &[&[i64]]) -> Agreement {
        let framework = frameworks().first().expect("a framework");
        let strand = framework.strands.first().expect("a strand");
        let mut views = Vec::new();
        for (statement, answers) in strand.statements().zip(answers) {
            for (person, value) in answers.iter().enumerate() {
                views.push(View {
                    statement: statement.id.clone(),
                    person: i64::try_from(person).ok(),
                    answer: if *value == 0 { Answer::Unsure } else { Answer::Point(*value) },
                    because: String::new(),
                });
            }
        }
        agreement(framework, strand, &views, 7)
    }

    #[test]
    fn two_people_are_not_compared_and_all_alike_is_said_as_that() {
        assert!(matches!(said(&[&[1, 4], &[2, 3]]).says, Agreed::NotComputed(_)));
        assert_eq!(said(&[&[3, 3, 3], &[3, 3, 3], &[3, 3, 3]]).says, Agreed::AllTheSame);
        // A statement that only two answered does not count.
        assert_eq!(said(&[&[1, 2, 3], &[1, 2, 3], &[4, 4]]).statements, 2);
    }

    #[test]
    fn the_same_views_have_the_same_interval_and_close_ones_a_higher_figure() {
        let close: &[&[i64]] = &[&[1, 1, 1], &[2, 2, 2], &[3, 3, 3], &[4, 4, 4], &[1, 1, 2], &[3, 3, 4]];
        let apart: &[&[i64]] = &[&[1, 4, 2], &[4, 1, 3], &[2, 3, 1], &[1, 3, 4], &[4, 2, 1], &[3, 1, 2]];
        let (one, other) = (said(close), said(apart));
        assert_eq!(one, said(close));
        let alpha = |one: &Agreement| one.figure.map(|(alpha, ..)| alpha).expect("a figure");
        assert!(alpha(&one) > 0.8 && alpha(&other) < 0.2, "{one:?} {other:?}");
        assert!(!matches!(other.says, Agreed::Alike | Agreed::MostlyAlike), "{other:?}");
    }

    #[test]
    fn a_school_and_its_adviser_are_compared_once_the_adviser_signed() {
        let framework = frameworks().first().expect("a framework");
        let ids: Vec<String> =
            framework.strands.iter().flat_map(Strand::statements).map(|one| one.id.clone()).collect();
        let at = kernel::Timestamp::UNIX_EPOCH;
        let diagnosis = Diagnosis {
            id: 1,
            organisation: 2,
            framework,
            strands: framework.strands.iter().map(Strand::key).collect(),
            due: jiff::civil::date(2026, 11, 1),
            names: model::Names::Hidden,
            state: model::State::Agreed,
            opened_at: at,
            opened_by: String::new(),
            together_at: None,
            agreed_at: None,
            agreed_by: None,
        };
        let finding = |place: usize, value: i64| record::Finding {
            statement: ids[place].clone(),
            judgement: Judgement::Point(value),
            agreed: Vec::new(),
            dissent: String::new(),
            revision: 1,
            changed_at: at,
            changed_by: String::new(),
        };
        let differing = |place: usize, point: Option<i64>| record::Differing {
            id: 1,
            statement: ids[place].clone(),
            point,
            person: None,
            name: String::new(),
            words: String::new(),
            at,
        };
        let mut meeting = Meeting {
            findings: vec![finding(0, 1), finding(1, 2), finding(2, 3), finding(3, 4), finding(4, 4)],
            // Of the fourth no word; of the third another one first, and the last counts.
            differing: vec![differing(2, Some(1)), differing(2, Some(2)), differing(3, None)],
            ..Meeting::default()
        };
        assert_eq!(beside_adviser(&diagnosis, &meeting), None);
        meeting.signatures.push(record::Signature {
            side: Side::Adviser,
            person: None,
            name: "Priya Shah".to_owned(),
            at,
        });
        let both = beside_adviser(&diagnosis, &meeting).expect("they signed");
        assert_eq!((both.name.as_str(), both.same, both.of, both.left_out), ("Priya Shah", 3, 4, 1));
        // 1, 2, 3, 4 beside 1, 2, 2, 4, by hand: a square of 1 in four pairs is seen, and of all
        // sixteen pairs that could be, 11 + 5 + 7 + 17 = 40 are expected.
        let kappa = both.kappa.expect("a figure");
        assert!((kappa - (1.0 - (1.0 / 4.0) / (40.0 / 16.0))).abs() < 1e-12, "{kappa}");
    }
}
