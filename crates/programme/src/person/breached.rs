//! Passwords that everybody tries first: those that came out in breaches, in a
//! list that comes with Aspire. Nothing is asked of anybody outside.

use std::{collections::HashSet, io::Read as _, sync::LazyLock};

/// Passwords of at least twelve characters among the million most frequent, in
/// small letters, a line each (data/SOURCES.md).
static LONG: &[u8] = include_bytes!("../../../../data/passwords/long.txt.zst");

/// What is left of the 200,000 most frequent without digits and signs around
/// them, where that is five to eleven letters long.
static STEMS: &[u8] = include_bytes!("../../../../data/passwords/stems.txt.zst");

static LIST: LazyLock<List> = LazyLock::new(|| List { long: unpacked(LONG), stems: unpacked(STEMS) });

/// Lines in the order of their bytes, so that one is found by halving.
struct List {
    long: String,
    stems: String,
}

fn unpacked(packed: &'static [u8]) -> String {
    let mut text = String::new();
    // What is compiled in is whole; were it not, the tests below would say so.
    if let Ok(mut reader) = zstd::Decoder::new(packed) {
        let _ = reader.read_to_string(&mut text);
    }
    text
}

/// True where a password is a breached one, or one with digits and signs around
/// it, or a few characters over and over.
pub(super) fn is_known(password: &str) -> bool {
    let folded = password.to_lowercase();
    let stem = folded.trim_matches(|one: char| !one.is_alphabetic());
    holds(&LIST.long, &folded)
        || holds(&LIST.long, stem)
        || holds(&LIST.stems, stem)
        || holds(&LIST.stems, unit(stem))
        || repeats(&folded)
        || runs(&folded)
}

/// True where the sorted lines hold this one.
fn holds(lines: &str, wanted: &str) -> bool {
    let (mut from, mut to) = (0, lines.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = lines.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end =
            lines.as_bytes()[middle..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| middle + at);
        match lines.as_bytes()[start..end].cmp(wanted.as_bytes()) {
            std::cmp::Ordering::Equal => return !wanted.is_empty(),
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

/// What a text repeats from end to end: ‘monkey’ of ‘monkeymonkey’; else the text.
fn unit(text: &str) -> &str {
    let lengths = text.char_indices().map(|(at, _)| at).skip(1);
    lengths
        .filter(|length| text.len().is_multiple_of(*length))
        .map(|length| &text[..length])
        .find(|unit| unit.repeat(text.len() / unit.len()) == text)
        .unwrap_or(text)
}

/// True where there are fewer than five different characters.
fn repeats(text: &str) -> bool {
    text.chars().collect::<HashSet<char>>().len() < 5
}

/// True where each character follows from the one before: ‘abcdefghijkl’, ‘210987654321’.
fn runs(text: &str) -> bool {
    let all: Vec<i64> = text.chars().map(|one| i64::from(u32::from(one))).collect();
    let steps = |by: i64| all.windows(2).filter(|pair| pair[1] - pair[0] == by).count();
    all.len() > 2 && (steps(1).max(steps(-1))) + 2 >= all.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole_sorted_and_without_doubles() {
        for (lines, many) in [(&LIST.long, 40_000), (&LIST.stems, 80_000)] {
            let all: Vec<&str> = lines.lines().collect();
            assert!(all.len() > many, "{}", all.len());
            assert!(all.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()), "in the order of bytes");
            assert!(all.iter().all(|line| holds(lines, line)));
        }
    }

    #[test]
    fn what_everybody_tries_first_is_known() {
        for password in [
            "unbelievable",
            "Password1234",
            "password12345!",
            "1234monkey1234",
            "!!!qwerty!!!!!",
            "aaaaaaaaaaaa",
            "123456789012",
            "abcdefghijkl",
            "monkeymonkey",
            "liverpool2024",
            "1qaz2wsx3edc",
        ] {
            assert!(is_known(password), "{password}");
        }
        for password in
            ["correct horse battery", "ten miles to Ashdale", "Wind, rain, sun, wind", "a long enough password"]
        {
            assert!(!is_known(password), "{password}");
        }
    }
}
