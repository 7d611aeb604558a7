//! Academic years: September to August.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An academic year, named by the calendar year in which it starts: 2025 is
/// 1 September 2025 to 31 August 2026, written 2025/26.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AcademicYear(i16);

impl AcademicYear {
    /// The academic year that starts in September of `year`.
    #[must_use]
    pub fn starting(year: i16) -> Self {
        Self(year)
    }

    /// The academic year that ends in August of `year`; performance tables are
    /// named by this one.
    #[must_use]
    pub fn ending(year: i16) -> Self {
        Self(year - 1)
    }

    /// The academic year in which `date` lies.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(if date.month() >= 9 { date.year() } else { date.year() - 1 })
    }

    /// The calendar year in which it starts.
    #[must_use]
    pub fn start_year(self) -> i16 {
        self.0
    }
}

impl std::fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_starts_in_september() {
        assert_eq!(AcademicYear::of(date(2025, 9, 1)).to_string(), "2025/26");
        assert_eq!(AcademicYear::of(date(2026, 8, 31)).to_string(), "2025/26");
        assert_eq!(AcademicYear::ending(2000).to_string(), "1999/00");
    }
}
