//! Words, sets of schools, and slips of the finger.

/// A text's words for comparison: lower case, without accents' marks of
/// typography (apostrophes), with the usual short forms written out.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    fold(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "st" => "saint".to_owned(),
            "c" | "and" | "the" | "of" => String::new(),
            "ce" | "cofe" => "church".to_owned(),
            "rc" => "catholic".to_owned(),
            "jun" | "jnr" => "junior".to_owned(),
            "inf" => "infant".to_owned(),
            "infants" => "infant".to_owned(),
            "sch" => "school".to_owned(),
            other => other.to_owned(),
        })
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '.' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase().map(plain)),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out
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

pub(super) fn intersection(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() > 16 * short.len() {
        return short.iter().filter(|x| long.binary_search(x).is_ok()).copied().collect();
    }
    let (mut out, mut at) = (Vec::with_capacity(short.len()), 0);
    for x in short {
        while at < long.len() && long[at] < *x {
            at += 1;
        }
        if at < long.len() && long[at] == *x {
            out.push(*x);
        }
    }
    out
}

pub(super) fn union<'a>(lists: impl Iterator<Item = &'a [u32]>, with: Vec<u32>) -> Vec<u32> {
    let mut out = with;
    let mut grown = false;
    for list in lists {
        if !list.is_empty() {
            grown |= !out.is_empty();
            out.extend_from_slice(list);
        }
    }
    if grown {
        out.sort_unstable();
        out.dedup();
    }
    out
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
