//! Time is an argument: whoever needs the time takes a [`Clock`].

use jiff::Timestamp;

/// Tells the time. Passed in, so that a test can move it.
pub trait Clock: Send + Sync {
    /// The moment, in UTC.
    fn now(&self) -> Timestamp;

    /// Today's date in England. Schools' days are counted in local time; the
    /// offset matters only in the hour around midnight in summer.
    fn today(&self) -> jiff::civil::Date {
        england(self.now()).date()
    }
}

/// Day and time of a moment on England's clocks.
#[must_use]
pub fn england(moment: Timestamp) -> jiff::civil::DateTime {
    let utc = jiff::tz::Offset::UTC.to_datetime(moment);
    let hour = if is_british_summer_time(utc) { 1 } else { 0 };
    jiff::tz::Offset::constant(hour).to_datetime(moment)
}

/// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00
/// UTC on the last Sunday of October (the Summer Time Order 2002). Computed, so
/// that no time-zone database has to be found on the machine.
fn is_british_summer_time(utc: jiff::civil::DateTime) -> bool {
    let last_sunday_at_one = |month: i8| {
        jiff::civil::date(utc.year(), month, 31)
            .nth_weekday_of_month(-1, jiff::civil::Weekday::Sunday)
            .map(|day| day.at(1, 0, 0, 0))
    };
    match (last_sunday_at_one(3), last_sunday_at_one(10)) {
        (Ok(start), Ok(end)) => start <= utc && utc < end,
        _ => false,
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is told otherwise; for tests and for
/// reproducing what was shown on a day.
#[derive(Debug)]
pub struct FixedClock(std::sync::Mutex<Timestamp>);

impl FixedClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(std::sync::Mutex::new(now))
    }

    /// Move the clock.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_england_s_day() {
        let at = |text: &str| FixedClock::at(text.parse().unwrap()).today().to_string();
        assert_eq!(at("2026-01-15T23:30:00Z"), "2026-01-15");
        assert_eq!(at("2026-07-15T23:30:00Z"), "2026-07-16");
        assert_eq!(at("2026-03-29T00:30:00Z"), "2026-03-29");
        assert_eq!(at("2026-10-24T23:30:00Z"), "2026-10-25");
        assert_eq!(at("2026-10-25T23:30:00Z"), "2026-10-25");
    }
}
