//! Words, and slips of the finger.

/// A text's words for comparison: lower case, without accents' marks of
/// typography (apostrophes), with the usual short forms written out. `folded` is
/// room to work in.
pub(super) fn each_word(text: &str, folded: &mut String, mut take: impl FnMut(&str)) {
    folded.clear();
    fold_into(text, folded);
    for word in folded.split(' ') {
        match word {
            "" | "c" | "and" | "the" | "of" => {}
            "st" => take("saint"),
            "ce" | "cofe" => take("church"),
            "rc" => take("catholic"),
            "jun" | "jnr" => take("junior"),
            "inf" | "infants" => take("infant"),
            "sch" => take("school"),
            other => take(other),
        }
    }
}

/// The words of [`each_word`].
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, &mut String::new(), |word| words.push(word.to_owned()));
    words
}

pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '.' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase().map(plain)),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
}

/// The letter without its accent, for the accents that stand in school names.
fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        c => c,
    }
}

pub(super) fn squash(postcode: &str) -> String {
    postcode.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

pub(super) fn joined_postcode(words: &[String]) -> Option<String> {
    let [outward, inward] = words else {
        return None;
    };
    let inward_fits = inward.len() == 3 && inward.as_bytes().first().is_some_and(u8::is_ascii_digit);
    (inward_fits && (2..=4).contains(&outward.len())).then(|| format!("{outward}{inward}"))
}

/// Slips between two words: letters added, dropped, changed, or two neighbours
/// swapped (optimal string alignment); more than `most` is `most + 1`.
pub(super) fn slips(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before = vec![0; b.len() + 1];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = changed.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        if next.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()].min(most + 1)
}
