//! Forms that come back with what is wrong.

use kernel::Date;
use programme::Error;
use ui::Errors;

/// What is wrong with a form, by field; other errors go on.
pub(crate) fn wrong(error: Error) -> Result<Errors, Error> {
    wrong_at(error, str::to_owned)
}

/// As [`wrong`], where fields stand under other ids on the page: `id` gives the
/// id of a field, which for a date is that of its first part (`starts-day`), so
/// that the error summary leads to where one types.
pub(crate) fn wrong_at(error: Error, id: impl Fn(&str) -> String) -> Result<Errors, Error> {
    match error {
        Error::Invalid(fields) => {
            let mut errors = Errors::none();
            for field in fields {
                errors.add(id(field.field), field.message);
            }
            Ok(errors)
        }
        other => Err(other),
    }
}

/// A date from the three parts of a date field; `None` unless it is one.
pub(crate) fn date(day: &str, month: &str, year: &str) -> Option<Date> {
    let part = |text: &str| text.trim().parse::<i16>().ok();
    let small = |text: &str| i8::try_from(part(text)?).ok();
    Date::new(part(year)?, small(month)?, small(day)?).ok()
}

/// A date as an address carries it: `2013-05-01`.
pub(crate) fn iso(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// A date that may be left out: `Some(None)` where nothing was typed, `None`
/// where what was typed is no date.
#[expect(clippy::option_option, reason = "left out and wrong are two things")]
pub(crate) fn date_or_none(day: &str, month: &str, year: &str) -> Option<Option<Date>> {
    if [day, month, year].iter().all(|part| part.trim().is_empty()) {
        return Some(None);
    }
    date(day, month, year).map(Some)
}
