//! An inspection in words, and which one counts.

use super::{DatedBy, Inspection, InspectionKind, Standing};
use crate::frameworks::Framework;
use kernel::Date;
use kernel::words::long_date;

/// The graded inspection that counts on `day`: the last one that started on or
/// before it, is published, and of which a grade is known. Two on one day
/// (a school and its predecessor) are told apart by URN, the higher being newer.
#[must_use]
pub fn latest_graded<'a>(
    inspections: impl IntoIterator<Item = &'a Inspection>,
    day: Date,
) -> Option<&'a Inspection> {
    inspections
        .into_iter()
        .filter(|inspection| inspection.start <= day && inspection.has_grade())
        .max_by_key(|inspection| (inspection.start, inspection.urn_at_inspection))
}

impl Inspection {
    /// In one line: ‘Good, 19 June 2013, under the September 2012 framework’.
    #[must_use]
    pub fn words(&self) -> String {
        let framework = self.framework.get();
        let when = match self.dated_by {
            DatedBy::Start => long_date(self.start),
            DatedBy::End => format!("ended {}", long_date(self.start)),
        };
        let called = &framework.called;
        if self.standing == Standing::Suspended {
            return format!("Suspended, no grades until the return visit, {when}, under {called}");
        }
        match self.kind {
            InspectionKind::Graded => {
                let mut words = format!("{}, {when}, under {called}", self.grade_words(framework));
                if let Some(category) = self.category {
                    words.push_str(&format!(" ({})", framework.category_words(category)));
                }
                words
            }
            InspectionKind::Ungraded => self.visit_words("Ungraded inspection", &when, called),
            InspectionKind::Monitoring => self.visit_words("Monitoring visit", &when, called),
        }
    }

    fn visit_words(&self, visit: &str, when: &str, called: &str) -> String {
        match &self.outcome {
            Some(outcome) => format!("{visit}, {when}, under {called}: ‘{outcome}’ (not a grade)"),
            None => format!("{visit}, {when}, under {called}: no grade"),
        }
    }

    /// The overall grade's word, or how often each word was used for an area.
    fn grade_words(&self, framework: &Framework) -> String {
        if let Some(word) = self.overall.and_then(|code| framework.label(code)) {
            return word.to_owned();
        }
        let counts: Vec<String> = framework
            .scale
            .iter()
            .filter_map(|point| {
                let newest = framework.areas.iter().map(|area| self.code(&area.key));
                let areas = newest.filter(|code| *code == Some(point.code)).count();
                (areas > 0).then(|| format!("{} {areas}", point.label.to_lowercase()))
            })
            .collect();
        if counts.is_empty() {
            "No grade known".to_owned()
        } else {
            format!("No overall grade; areas: {}", counts.join(", "))
        }
    }
}

/// What a page says under an ungraded or monitoring outcome: what it means and
/// what follows. Never a grade, whatever its words.
#[must_use]
pub fn outcome_words(framework: &Framework, outcome: &str) -> String {
    match framework.ungraded_outcome(outcome) {
        Some(known) => format!(
            "‘{}’ is not a grade: {}. Next: {}.",
            known.text, known.means, known.next
        ),
        None => format!(
            "‘{outcome}’ is not a grade. The last graded inspection stands until the next one."
        ),
    }
}
