//! What the forms of a concern share.

use super::diagnosis_words::{Fields, get};
use crate::form as typed_form;
use programme::concern::NewConcern;
use ui::{DateInput, Errors, SafeHtml, Textarea};

/// What was typed.
pub(super) fn typed(fields: &Fields) -> NewConcern {
    let of = |name: &str| get(fields, name);
    NewConcern {
        programme: of("programme").parse().ok(),
        noticed: of("noticed").to_owned(),
        remedy: of("remedy").to_owned(),
        by_when: typed_form::date(of("by_when-day"), of("by_when-month"), of("by_when-year")),
    }
}

/// The fields of a concern: what was typed, or else as it stands.
pub(super) fn inputs(old: &NewConcern, fields: &Fields, errors: &Errors) -> [SafeHtml; 3] {
    let or = |name: &str, old: &str| {
        let typed = fields.iter().find(|(one, _)| one == name);
        typed.map_or_else(|| old.to_owned(), |(_, value)| value.clone())
    };
    let day = |part: fn(kernel::Date) -> String| old.by_when.map(part).unwrap_or_default();
    [
        Textarea::new("noticed", "What did you notice?")
            .hint("Days that were missed, letters without an answer, a review that was not held; each with its day")
            .rows(5)
            .value(or("noticed", &old.noticed))
            .errors(errors)
            .into(),
        Textarea::new("remedy", "What would put it right?")
            .hint("As little as will do, and what you offer towards it")
            .rows(4)
            .value(or("remedy", &old.remedy))
            .errors(errors)
            .into(),
        DateInput::new("by_when", "By when?")
            .value(
                or("by_when-day", &day(|on| on.day().to_string())),
                or("by_when-month", &day(|on| on.month().to_string())),
                or("by_when-year", &day(|on| on.year().to_string())),
            )
            .errors(errors)
            .into(),
    ]
}
