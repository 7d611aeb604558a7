//! When a report card puts a school in a category of concern (from 10 November
//! 2025; Ofsted's monitoring guide).
//!
//! ```text
//! leadership urgent AND (another area urgent OR safeguarding not met)  → special measures
//! leadership urgent OR another area urgent OR safeguarding not met     → requires significant improvement
//! none of these                                                        → none
//! ```
//!
//! Guard: where safeguarding alone falls short and can be put right within three
//! months, the inspection is suspended; a category follows only if the return
//! visit finds it unfixed. The published category is what counts: this function
//! checks files and explains, it does not replace Ofsted's word.

use crate::inspection::{Category, Judgement};

/// Code of ‘Urgent improvement’ in the report card's scale.
pub const URGENT_IMPROVEMENT: u8 = 1;
/// Key of the area ‘Leadership and governance’.
const LEADERSHIP: &str = "leadership";

/// How far suspend-and-return has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Return {
    /// Not judged fixable within three months, or not considered.
    #[default]
    NotOffered,
    /// Judged fixable within three months; the return visit is to come.
    Awaited,
    /// The return visit found safeguarding effective.
    Fixed,
    /// The return visit found it still ineffective.
    NotFixed,
}

/// What follows from a report card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// No category.
    None,
    /// Suspended: no grades and no category until the return visit.
    Suspended,
    /// This category.
    Category(Category),
    /// The card does not say enough: safeguarding or leadership is not stated
    /// and the answer depends on it.
    NotKnown,
}

/// What follows from a report card's areas and its safeguarding judgement.
#[must_use]
pub fn find(judgements: &[Judgement], safeguarding: Option<bool>, back: Return) -> Finding {
    let urgent = |judgement: &&Judgement| judgement.code == Some(URGENT_IMPROVEMENT);
    let leadership = judgements
        .iter()
        .find(|judgement| judgement.area == LEADERSHIP)
        .and_then(|judgement| judgement.code);
    let leadership_urgent = leadership.map(|code| code == URGENT_IMPROVEMENT);
    let other_urgent = judgements
        .iter()
        .filter(urgent)
        .any(|judgement| judgement.area != LEADERSHIP);
    let safeguarding_fails = safeguarding.map(|met| !met);

    if safeguarding_fails == Some(true) && leadership_urgent != Some(true) && !other_urgent {
        match back {
            Return::Awaited => return Finding::Suspended,
            Return::Fixed => return Finding::None,
            Return::NotOffered | Return::NotFixed => {}
        }
    }
    let other = if other_urgent {
        Some(true)
    } else {
        safeguarding_fails
    };
    match (leadership_urgent, other) {
        (Some(true), Some(true)) => Finding::Category(Category::SpecialMeasures),
        (Some(true), Some(false)) | (Some(false), Some(true)) => {
            Finding::Category(Category::RequiresSignificantImprovement)
        }
        (Some(false), Some(false)) => Finding::None,
        (None, _) | (_, None) => Finding::NotKnown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(leadership: Option<u8>, inclusion: u8) -> Vec<Judgement> {
        [(LEADERSHIP, leadership), ("inclusion", Some(inclusion))]
            .into_iter()
            .map(|(area, code)| Judgement {
                area: area.to_owned(),
                code,
                raw: String::new(),
                dated: None,
            })
            .collect()
    }

    const SM: Finding = Finding::Category(Category::SpecialMeasures);
    const RSI: Finding = Finding::Category(Category::RequiresSignificantImprovement);

    #[test]
    fn every_branch_of_the_rule() {
        let found = |leadership, inclusion, met| {
            find(
                &card(Some(leadership), inclusion),
                Some(met),
                Return::NotOffered,
            )
        };
        assert_eq!(found(1, 1, true), SM, "leadership and another area");
        assert_eq!(found(1, 3, false), SM, "leadership and safeguarding");
        assert_eq!(found(1, 1, false), SM, "all three");
        assert_eq!(found(1, 3, true), RSI, "leadership alone");
        assert_eq!(found(3, 1, true), RSI, "another area alone");
        assert_eq!(found(2, 3, false), RSI, "safeguarding alone");
        assert_eq!(found(3, 1, false), RSI, "another area and safeguarding");
        assert_eq!(
            found(2, 2, true),
            Finding::None,
            "needs attention is no category"
        );
        assert_eq!(found(5, 4, true), Finding::None);
    }

    #[test]
    fn safeguarding_alone_may_be_suspended_until_the_return_visit() {
        let alone = |back| find(&card(Some(3), 3), Some(false), back);
        assert_eq!(alone(Return::Awaited), Finding::Suspended);
        assert_eq!(alone(Return::Fixed), Finding::None);
        assert_eq!(alone(Return::NotFixed), RSI);
        assert_eq!(alone(Return::NotOffered), RSI);
    }

    #[test]
    fn the_guard_does_not_hold_where_anything_else_fails() {
        let with = |leadership, inclusion| {
            find(
                &card(Some(leadership), inclusion),
                Some(false),
                Return::Awaited,
            )
        };
        assert_eq!(with(3, 1), RSI);
        assert_eq!(with(1, 3), SM);
        let met = find(&card(Some(3), 3), Some(true), Return::Awaited);
        assert_eq!(met, Finding::None);
    }

    #[test]
    fn what_is_not_stated_is_not_guessed() {
        let found = |leadership, inclusion, safeguarding| {
            find(
                &card(leadership, inclusion),
                safeguarding,
                Return::NotOffered,
            )
        };
        assert_eq!(found(None, 3, Some(true)), Finding::NotKnown);
        assert_eq!(found(Some(3), 3, None), Finding::NotKnown);
        assert_eq!(found(Some(1), 1, None), SM, "safeguarding cannot change it");
        assert_eq!(
            found(Some(3), 1, None),
            RSI,
            "safeguarding cannot change it"
        );
        assert_eq!(find(&[], None, Return::NotOffered), Finding::NotKnown);
    }
}
