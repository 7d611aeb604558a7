//! An inspection in memory.

use crate::{
    frameworks::FrameworkId,
    good::RuleSet,
    inspection::{Category, Inspection, InspectionKind},
};
use kernel::{Date, Urn};

/// How many rule sets an [`Event`] has room for; a test says when there are more.
pub(super) const RULES: usize = 4;

/// A published inspection in memory, with what rules ask of it.
#[derive(Debug, Clone)]
pub struct Event {
    /// The school whose inspection it was (see [`Inspection::of_school`]).
    pub urn: Urn,
    /// Its day.
    pub start: Date,
    /// Graded, ungraded or monitoring.
    pub kind: InspectionKind,
    /// It is a published graded inspection of which a grade is known.
    pub has_grade: bool,
    /// Under which framework.
    pub framework: FrameworkId,
    /// Overall effectiveness, 1 to 4.
    pub overall: Option<u8>,
    /// Category of concern.
    pub category: Option<Category>,
    /// Areas (by their number in the framework) and codes, where no overall
    /// effectiveness says it all.
    pub areas: Box<[(u8, u8)]>,
    /// By each rule set for 'good or equivalent', in the order of
    /// [`RuleSet::all`]: 0 says nothing, 1 not, 2 good or equivalent.
    good: [u8; RULES],
}

impl Event {
    /// What rules ask of an inspection.
    #[must_use]
    pub fn of(inspection: &Inspection) -> Self {
        let mut good = [0; RULES];
        for (place, rule) in good.iter_mut().zip(RuleSet::all()) {
            *place = rule.good(inspection).map_or(0, |good| 1 + u8::from(good));
        }
        let framework = inspection.framework.get();
        let areas = if inspection.overall.is_some() {
            Box::default()
        } else {
            let judged = inspection.judgements.iter();
            judged.filter_map(|judged| Some((framework.area_number(&judged.area)?, judged.code?))).collect()
        };
        Self {
            urn: inspection.of_school(),
            start: inspection.start,
            kind: inspection.kind,
            has_grade: inspection.has_grade(),
            framework: inspection.framework,
            overall: inspection.overall,
            category: inspection.category,
            areas,
            good,
        }
    }

    /// Good or equivalent by the rule set with this number; `None` where the rule
    /// says nothing about such an inspection.
    #[must_use]
    pub fn is_good(&self, rule: usize) -> Option<bool> {
        match self.good.get(rule) {
            Some(1) => Some(false),
            Some(2) => Some(true),
            _ => None,
        }
    }

    /// The code of the area with this number.
    #[must_use]
    pub fn area(&self, number: u8) -> Option<u8> {
        self.areas.iter().find(|(area, _)| *area == number).map(|(_, code)| *code)
    }
}
