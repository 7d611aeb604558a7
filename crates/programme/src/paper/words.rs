//! How papers say things.

use papers::paper::Block;

/// ‘a, b and c’.
pub(super) fn sentence(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// At most so many characters of a text, on one line, cut between two words: what
/// is longer is read on its page.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", whole.trim_end_matches([',', ';', '.', ' ']))
}

/// A text that ends as a sentence does.
pub(super) fn stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The paragraphs of a text that somebody wrote, one by one.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = Block> + '_ {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(|part| Block::Paragraph(part.to_owned()))
}

/// A figure, with no more digits than it has.
pub(super) fn written(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_long_is_cut_between_words() {
        assert_eq!(short("We saw\nit, and more", 11), "We saw it…");
        assert_eq!(short("We saw it", 9), "We saw it");
        assert_eq!(sentence(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!((written(20.50), written(3.0)), ("20.5".to_owned(), "3".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_cut_is_never_longer_than_asked(text in any::<String>(), most in 1_usize..80) {
            let cut = short(&text, most);
            prop_assert!(cut.chars().count() <= most + 1);
            prop_assert!(!cut.contains('\n'));
        }
    }
}
