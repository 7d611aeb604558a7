//! How dates and numbers are written for people: plainly.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// ‘3 September 2026’.
#[must_use]
pub fn long_date(date: Date) -> String {
    format!("{} {}", date.day(), month_and_year(date))
}

/// ‘3 September 2026, 14:05 UTC’.
#[must_use]
pub fn moment(at: jiff::Timestamp) -> String {
    let utc = jiff::tz::Offset::UTC.to_datetime(at);
    format!("{}, {:02}:{:02} UTC", long_date(utc.date()), utc.hour(), utc.minute())
}

/// ‘September 2026’.
#[must_use]
pub fn month_and_year(date: Date) -> String {
    let month = MONTHS[usize::try_from(date.month() - 1).unwrap_or_default()];
    format!("{month} {}", date.year())
}

/// Words for 0 to 9, figures with thousands separators from 10: ‘seven’, ‘2,200’.
#[must_use]
pub fn number(n: u64) -> String {
    const SMALL: [&str; 10] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    usize::try_from(n).ok().and_then(|n| SMALL.get(n)).map_or_else(|| figures(n), |word| (*word).to_owned())
}

/// Figures with thousands separators: ‘51,012’.
#[must_use]
pub fn figures(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share as a whole percentage: ‘73%’. No more digits than the data bear.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_words() {
        assert_eq!(number(7), "seven");
        assert_eq!(number(10), "10");
        assert_eq!(number(51_012), "51,012");
        assert_eq!(figures(999), "999");
        assert_eq!(figures(1_000_000), "1,000,000");
        assert_eq!(percent(0.634), "63%");
        assert_eq!(long_date(jiff::civil::date(2026, 9, 3)), "3 September 2026");
        assert_eq!(moment("2026-09-03T14:05:59Z".parse().unwrap()), "3 September 2026, 14:05 UTC");
    }
}
