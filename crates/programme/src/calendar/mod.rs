//! The calendars that come with Aspire, as data (`data/calendars`): when schools
//! of an authority are open. What they mean stands in `kernel::calendar`.

use std::sync::OnceLock;

use kernel::calendar::{BadCalendar, Calendar, CalendarFile};

/// The one for schools whose authority has none here: typical of England.
pub const TYPICAL: &str = "england-typical";

/// The files, one a line.
static FILES: &[(&str, &str)] =
    &[("england-typical.json", include_str!("../../../../data/calendars/england-typical.json"))];

/// A calendar of the text of a file.
///
/// # Errors
/// What is wrong in it: file, place, value, and what was expected.
pub fn parse(file: &str, text: &str) -> Result<Calendar, BadCalendar> {
    let form: CalendarFile = serde_json::from_str(text).map_err(|error| BadCalendar {
        file: file.to_owned(),
        place: format!("line {}, column {}", error.line(), error.column()),
        value: text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default().trim().chars().take(80).collect(),
        expected: format!("a calendar: {error}"),
    })?;
    form.check(file)
}

/// All calendars, in the order of their files. One that cannot be read is left
/// out; a test reads them all.
#[must_use]
pub fn calendars() -> &'static [Calendar] {
    static ALL: OnceLock<Vec<Calendar>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(file, text): &(&str, &str)| parse(file, text).map_err(|error| tracing::error!("{error}")).ok();
        FILES.iter().filter_map(read).collect()
    })
}

/// The calendar of a local authority (its three digits), or else the typical one,
/// which says of itself that it is of no authority.
#[must_use]
pub fn calendar_for(authority: Option<&str>) -> Option<&'static Calendar> {
    let own = calendars().iter().find(|calendar| authority.is_some() && calendar.authority.as_deref() == authority);
    own.or_else(|| calendars().iter().find(|calendar| calendar.id == TYPICAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_under_a_name_of_its_own() {
        for (file, text) in FILES {
            let calendar = parse(file, text).unwrap();
            assert_eq!(format!("{}.json", calendar.id), *file);
        }
        let all = calendars();
        assert_eq!(all.len(), FILES.len());
        for (index, one) in all.iter().enumerate() {
            assert!(all[..index].iter().all(|other| other.id != one.id), "{}", one.id);
        }
        assert_eq!(calendar_for(None).unwrap().id, TYPICAL);
        assert_eq!(calendar_for(Some("931")).unwrap().id, TYPICAL, "until it has its own");
    }

    #[test]
    fn a_file_of_another_form_is_told_with_its_place() {
        let error = parse("x.json", "{\n \"id\": \"x\",\n \"colour\": 1\n}").unwrap_err().to_string();
        assert!(error.starts_with("x.json, line 3, column"), "{error}");
        assert!(error.contains("‘\"colour\": 1’ is not a calendar"), "{error}");
    }
}
