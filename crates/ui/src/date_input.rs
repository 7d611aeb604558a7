//! A date in three parts.

use askama::Template;

use crate::SafeHtml;
use crate::field::{Group, field_builders};

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// The day of the month.
    Day,
    /// The month as a number.
    Month,
    /// The year in four digits.
    Year,
}

/// A date in three parts, named `{name}-day`, `{name}-month` and `{name}-year`.
/// An error summary links to the first part that is wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "date_input.html")]
pub struct DateInput {
    group: Group,
    values: [String; 3],
    wrong: Vec<DatePart>,
}
component!(DateInput);

impl DateInput {
    /// A date with this name (also its id) and legend.
    #[must_use]
    pub fn new(name: impl Into<String>, legend: impl Into<SafeHtml>) -> Self {
        Self {
            group: Group::new(name, legend),
            values: Default::default(),
            wrong: Vec::new(),
        }
    }

    field_builders!(group);

    /// What stands in it: day, month, year as they were typed.
    #[must_use]
    pub fn value(
        mut self,
        day: impl Into<String>,
        month: impl Into<String>,
        year: impl Into<String>,
    ) -> Self {
        self.values = [day.into(), month.into(), year.into()];
        self
    }

    /// The parts that are wrong; all of them, where there is an error and none
    /// is named.
    #[must_use]
    pub fn wrong(mut self, parts: &[DatePart]) -> Self {
        self.wrong = parts.to_vec();
        self
    }

    fn parts(&self) -> Vec<Part<'_>> {
        [
            (DatePart::Day, "day", "Day", "2"),
            (DatePart::Month, "month", "Month", "2"),
            (DatePart::Year, "year", "Year", "4"),
        ]
        .into_iter()
        .zip(&self.values)
        .map(|((part, name, label, width), value)| Part {
            name,
            label,
            width,
            value,
            wrong: self.group.has_error() && (self.wrong.is_empty() || self.wrong.contains(&part)),
        })
        .collect()
    }
}

struct Part<'a> {
    name: &'static str,
    label: &'static str,
    width: &'static str,
    value: &'a str,
    wrong: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorSummary, Errors};

    #[test]
    fn the_summary_links_to_the_part_that_is_wrong() {
        let mut errors = Errors::none();
        errors.add("on-month", "Enter a month from 1 to 12");
        let summary = ErrorSummary::new(&errors).to_string();
        assert!(summary.contains("href=\"#on-month\""), "{summary}");
        let html = DateInput::new("on", "On which day?")
            .value("1", "13", "2013")
            .errors(&errors)
            .wrong(&[DatePart::Month])
            .to_string();
        assert!(html.contains("id=\"on-error\""), "{html}");
        assert_eq!(html.matches("govuk-input--error").count(), 1);
        assert!(html.contains("aria-describedby=\"on-error\""));
    }
}
