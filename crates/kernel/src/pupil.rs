//! Text that looks like a pupil's record. Nothing here keeps one: notes are
//! about groups and barriers. A look at the text cannot know; it asks.

/// What makes a text look like a pupil's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A unique pupil number: a letter, eleven digits, and a digit or a letter.
    Number,
    /// A date of birth.
    BirthDate,
    /// Rows of a table with a column for names or numbers of pupils, as they come
    /// out of a school's own system.
    Rows,
}

impl Sign {
    /// What was seen, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "a pupil’s number",
            Self::BirthDate => "a date of birth",
            Self::Rows => "rows of a list of pupils",
        }
    }
}

/// What makes `text` look like a pupil's record, if anything does.
#[must_use]
pub fn looks_like_a_record(text: &str) -> Option<Sign> {
    if text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_number) {
        return Some(Sign::Number);
    }
    let lower = text.to_lowercase();
    if has_rows(&lower) {
        return Some(Sign::Rows);
    }
    has_birth_date(&lower).then_some(Sign::BirthDate)
}

/// The form of a unique pupil number (Department for Education, 2019): I, O and S
/// are not used as its first letter; a temporary one ends with a letter.
fn is_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 13
        && bytes[0].is_ascii_alphabetic()
        && !matches!(bytes[0].to_ascii_uppercase(), b'I' | b'O' | b'S')
        && bytes[1..12].iter().all(u8::is_ascii_digit)
        && bytes[12].is_ascii_alphanumeric()
}

/// ‘dob’ or ‘born’ with a day soon after it.
fn has_birth_date(lower: &str) -> bool {
    ["dob", "d.o.b", "date of birth", "born on", "born"].iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after: String = lower[at + name.len()..].chars().take(24).collect();
            let a_word = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            a_word(before) && a_word(after.chars().next()) && has_day(&after)
        })
    })
}

/// ‘12/03/2015’, ‘12.3.15’, ‘2015-03-12’.
fn has_day(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '.' | '-'))).any(|word| {
        let parts: Vec<&str> = word.trim_matches(|c: char| !c.is_ascii_digit()).split(['/', '.', '-']).collect();
        parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()))
    })
}

/// A head that names pupils, and a row below it with as many cells.
fn has_rows(lower: &str) -> bool {
    const NAMES: [&str; 6] = ["surname", "forename", "upn", "pupil name", "dob", "date of birth"];
    let lines: Vec<&str> = lower.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.windows(2).any(|pair| {
        ['\t', ',', ';'].iter().any(|separator| {
            let head: Vec<&str> = pair[0].split(*separator).map(str::trim).collect();
            let named = head.iter().any(|cell| NAMES.contains(cell));
            named && head.len() >= 2 && pair[1].split(*separator).count() == head.len()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pupils_number_a_birthday_and_a_pasted_list_are_seen() {
        for (text, sign) in [
            ("See A123456789012 in Year 4", Sign::Number),
            ("upn: h80120000112a.", Sign::Number),
            ("He (DOB 12/03/2015) is new", Sign::BirthDate),
            ("born on 3.4.16, came in May", Sign::BirthDate),
            ("Date of birth: 2014-09-30", Sign::BirthDate),
            ("Surname\tForename\tYear\nMarsh\tZoe\t4", Sign::Rows),
            ("UPN, Reading\nx, 98", Sign::Rows),
        ] {
            assert_eq!(looks_like_a_record(text), Some(sign), "{text}");
        }
    }

    #[test]
    fn what_people_write_of_groups_is_let_be() {
        for text in [
            "",
            "In Year 4 few explain what they think; 9 of 28 do, by 18/12/2026 we want 20",
            "Summer-born children talk less: 11 of 14, seen on 24.11.2026",
            "Reading, writing, maths\nAutumn, spring, summer",
            "The stubborn 12/13/14 timetable",
            "URN 135001, LAESTAB 8862010, phone 01233 812345",
            "Invoice B1234567890",
        ] {
            assert_eq!(looks_like_a_record(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,80}", more in any::<String>()) {
            let _ = looks_like_a_record(&format!("{text}\n{more}"));
        }

        #[test]
        fn a_number_is_seen_wherever_it_stands(before in "[a-z ,.]{0,20}", number in "[A-H][0-9]{12}", after in "[ ,.][a-z ]{0,20}") {
            let text = format!("{before} {number}{after}");
            prop_assert_eq!(looks_like_a_record(&text), Some(Sign::Number));
        }
    }
}
