//! How the government's files write numbers, dates and blanks.
//!
//! Each function takes a cell without surrounding blanks and gives `None` where
//! the cell is not of its kind; the reader knows what to say then.

use crate::school::State;
use kernel::{AcademicYear, Date, Urn};
use std::borrow::Cow;

/// What a URN cell should hold, for a message.
pub const A_URN: &str = "a URN, six digits such as 118291";
/// What a date cell should hold, for a message.
pub const A_DATE: &str = "a date such as 31/08/2026";
/// What a cell for a whole number should hold, for a message.
pub const A_WHOLE: &str = "a whole number such as 210";
/// What a measure's cell should hold, for a message.
pub const A_MEASURE: &str = "a number, a percentage or a marker such as SUPP";

/// True where the cell says nothing: empty, or what programs write for empty.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    matches!(cell, "" | "NULL" | "null" | "nan" | "NaN")
}

/// A URN: six digits.
#[must_use]
pub fn urn(cell: &str) -> Option<Urn> {
    cell.parse().ok()
}

/// A date in any way in which the files write one: 31/08/2026, 31-08-2026,
/// 2026-08-31, 20260831, 31 August 2026, 31-Aug-2026. A time after it is ignored.
#[must_use]
pub fn date(cell: &str) -> Option<Date> {
    let bytes = cell.as_bytes();
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let year = cell.get(..4)?.parse().ok()?;
        return civil(year, cell.get(4..6)?, cell.get(6..)?);
    }
    let spoken = cell.contains(|c: char| c.is_ascii_alphabetic() && c != 'T');
    let day = if spoken { cell } else { cell.split([' ', 'T']).next().unwrap_or(cell) };
    let mut parts = day.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some_and(|_| !spoken) {
        return None;
    }
    if first.len() == 4 {
        civil(first.parse().ok()?, second, third)
    } else if third.len() == 4 {
        civil(third.parse().ok()?, second, first)
    } else {
        None
    }
}

/// Schools' dates lie between these years; others are slips of the keyboard.
fn civil(year: i16, month: &str, day: &str) -> Option<Date> {
    if !(1000..=2199).contains(&year) || month.len() > 9 || day.len() > 2 {
        return None;
    }
    let month = match month.parse::<i8>() {
        Ok(month) => month,
        Err(_) => month_by_name(month)?,
    };
    Date::new(year, month, day.parse().ok()?).ok()
}

fn month_by_name(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { &name };
    MONTHS
        .iter()
        .zip(1..)
        .find(|(month, _)| **month == name || (name.len() == 3 && month.starts_with(name)))
        .map(|(_, number)| number)
}

/// A number: ‘13.7’, ‘-0.3’, ‘1,234’, ‘93%’ (93). Nothing else that a
/// programming language would call a number (‘inf’, ‘1e3’).
#[must_use]
pub fn decimal(cell: &str) -> Option<f64> {
    let cell = cell.strip_suffix('%').map_or(cell, str::trim_end);
    let (sign, digits) = match cell.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, cell.strip_prefix('+').unwrap_or(cell)),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if before.is_empty() && after.is_empty() || !all_digits(after) {
        return None;
    }
    let number: f64 = if all_digits(before) {
        digits.parse().ok()?
    } else {
        format!("{}.{after}0", without_thousands(before)?).parse().ok()?
    };
    number.is_finite().then_some(sign * number)
}

/// A whole number: ‘285’, ‘1,234’, and ‘285.0’ as some programs write it.
#[must_use]
pub fn whole(cell: &str) -> Option<i64> {
    if let Ok(number) = cell.parse::<i64>() {
        return Some(number);
    }
    let (before, after) = cell.split_once('.').unwrap_or((cell, ""));
    if !after.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let (sign, digits) = match before.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, before),
    };
    let digits = without_thousands(digits)?;
    digits.parse::<i64>().ok()?.checked_mul(sign)
}

/// ‘1,234,567’ without its commas; `None` where they do not part thousands.
fn without_thousands(digits: &str) -> Option<Cow<'_, str>> {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = digits.split(',');
    let first = parts.next().filter(|part| !part.is_empty() && is_digits(part))?;
    if first.len() == digits.len() {
        return Some(Cow::Borrowed(digits));
    }
    if first.len() > 3 || !parts.all(|part| part.len() == 3 && is_digits(part)) {
        return None;
    }
    Some(Cow::Owned(digits.replace(',', "")))
}

/// Why a measure has no value, by the marker in its cell.
///
/// The markers are those of the performance tables, and those of the
/// Government Statistical Service since 2020 (‘c’ confidential, ‘x’ not
/// available, ‘z’ not applicable), with or without square brackets.
#[must_use]
pub fn state(cell: &str) -> Option<State> {
    if cell.len() > 20 {
        return None;
    }
    let marker = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let marker = marker.unwrap_or(cell).to_ascii_uppercase();
    match marker.as_str() {
        // SP: suppressed in the older tables.
        "SUPP" | "SUPPRESSED" | "SP" | "C" | "*" | "~" => Some(State::Suppressed),
        // NP: not published, because the measure is not for schools of this kind.
        "NA" | "N/A" | "Z" | "NP" | "NOT APPLICABLE" | "DOES NOT APPLY" => Some(State::NotApplicable),
        // NE: nobody entered. LOWCOV: too few pupils had earlier results to
        // measure progress from. DNS: did not submit.
        "NE" | "NEW" | "LOWCOV" | "DNS" | "X" | "U" | "NULL" | "NAN" | "-" | "–" | "." | ".." | ":" | "NOT AVAIL"
        | "NOT AVAILABLE" => Some(State::NotCollected),
        _ => None,
    }
}

/// Why a choice is not made, by the filler in its cell: ‘Not applicable’,
/// ‘Not recorded’.
#[must_use]
pub fn filler(cell: &str) -> Option<State> {
    let is = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(&["Not applicable", "Does not apply", "N/A", "Not under a federation"]) {
        Some(State::NotApplicable)
    } else if is(&["Not recorded", "Not reported", "Not collected", "Not known", "Unknown"]) {
        Some(State::NotCollected)
    } else {
        None
    }
}

/// A name with its blanks in order: doubled blanks and line breaks are one blank.
#[must_use]
pub fn tidy(cell: &str) -> String {
    if !cell.contains("  ") && !cell.contains(|c: char| c != ' ' && c.is_whitespace()) {
        return cell.to_owned();
    }
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A postcode in upper case with one blank: ‘gl205jg’ is ‘GL20 5JG’. What is
/// not of a British form (schools overseas) only gets upper case.
#[must_use]
pub fn postcode(cell: &str) -> String {
    let packed: String = cell.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let cut = packed.len().saturating_sub(3);
    match (packed.get(..cut), packed.get(cut..)) {
        (Some(outward), Some(inward)) if is_outward(outward) && is_inward(inward) => {
            format!("{outward} {inward}")
        }
        _ => tidy(cell).to_ascii_uppercase(),
    }
}

fn is_outward(text: &str) -> bool {
    (2..=4).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_inward(text: &str) -> bool {
    matches!(text.as_bytes(), [digit, a, b]
        if digit.is_ascii_digit() && a.is_ascii_uppercase() && b.is_ascii_uppercase())
}

/// An academic year: ‘2016’ (the one that ends in 2016, as results are named),
/// ‘201516’, ‘2015/16’, ‘2015-2016’.
#[must_use]
pub fn academic_year(cell: &str) -> Option<AcademicYear> {
    let digits: String = cell.chars().filter(|c| !matches!(c, '/' | '-' | '–' | ' ')).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let first = number(0, 4).filter(|year| (1988..=2199).contains(year))?;
    match digits.len() {
        4 => Some(AcademicYear::ending(first)),
        6 if number(4, 6)? == (first + 1) % 100 => Some(AcademicYear::starting(first)),
        8 if number(4, 8)? == first + 1 => Some(AcademicYear::starting(first)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "values_tests.rs"]
mod tests;
