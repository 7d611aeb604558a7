//! Finding a school by what one remembers of it: name, town, authority,
//! postcode, URN or LAESTAB; forgiving of typing.
//!
//! An index of words in memory. A query's words must each be found in a
//! school's names or place; a word that is in no school's is replaced by the
//! words nearest to it (one slip for four to seven letters, two for more).
//! Schools come in a fixed order (open before closed, then by name), moved up
//! only by how many of the query's words stand in the name itself. Nothing
//! that an inspector said plays a part.

use std::collections::HashMap;

/// What can be found of one school.
#[derive(Debug, Clone, Default)]
pub struct Findable<'a> {
    /// Its number in the caller's list.
    pub id: u32,
    /// URN.
    pub urn: u32,
    /// LAESTAB as seven digits, or 0.
    pub laestab: u32,
    /// Its name.
    pub name: &'a str,
    /// Names that it had before, its own and its predecessors'.
    pub former: Vec<&'a str>,
    /// Town, authority: whatever says where it is.
    pub places: Vec<&'a str>,
    /// Postcode.
    pub postcode: &'a str,
    /// Open, so that it comes first.
    pub open: bool,
}

/// The index.
#[derive(Debug, Default)]
pub struct Finder {
    /// The caller's ids in our order: open first, then by name.
    order: Vec<u32>,
    /// Words and the schools (positions in `order`, ascending) that have them in a name …
    names: Words,
    /// … or in their place.
    places: Words,
    by_number: HashMap<u32, Vec<u32>>,
}

/// Words in alphabetical order with the schools that have them, packed.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Where each word ends in `text`, and where its schools end in `schools`.
    ends: Vec<(u32, u32)>,
    schools: Vec<u32>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many schools in all.
    pub total: usize,
    /// The first of them, as the caller's ids.
    pub ids: Vec<u32>,
    /// The query as it was understood, where a word had to be replaced.
    pub understood: Option<String>,
}

impl Words {
    fn of(mut pairs: Vec<(String, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut words = Self::default();
        let mut last: Option<String> = None;
        for (word, school) in pairs {
            if last.as_deref() != Some(word.as_str()) {
                words.text.push_str(&word);
                words
                    .ends
                    .push((words.text.len() as u32, words.schools.len() as u32));
                last = Some(word);
            }
            words.schools.push(school);
            if let Some(end) = words.ends.last_mut() {
                end.1 = words.schools.len() as u32;
            }
        }
        words.text.shrink_to_fit();
        words.schools.shrink_to_fit();
        words
    }

    fn word(&self, at: usize) -> &str {
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1].0 as usize
        };
        &self.text[start..self.ends[at].0 as usize]
    }

    fn schools(&self, at: usize) -> &[u32] {
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1].1 as usize
        };
        &self.schools[start..self.ends[at].1 as usize]
    }

    /// The range of words that start with `prefix`.
    fn starting_with(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.lower(|word| word < prefix);
        let end = self.lower(|word| word < prefix || word.starts_with(prefix));
        start..end
    }

    fn lower(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if before(self.word(middle)) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        low
    }

    fn exactly(&self, word: &str) -> Option<usize> {
        let at = self.lower(|other| other < word);
        (at < self.ends.len() && self.word(at) == word).then_some(at)
    }
}

/// What one word of the query stands for: schools with it in a name, in a place.
struct Meaning {
    in_name: Vec<u32>,
    anywhere: Vec<u32>,
    word: String,
    replaced: bool,
}

impl Finder {
    /// The index of these schools.
    #[must_use]
    pub fn of<'a>(schools: impl IntoIterator<Item = Findable<'a>>) -> Self {
        let mut schools: Vec<Findable<'a>> = schools.into_iter().collect();
        schools.sort_by_cached_key(|school| (!school.open, fold(school.name), school.urn));
        let (mut names, mut places) = (Vec::new(), Vec::new());
        let mut by_number: HashMap<u32, Vec<u32>> = HashMap::new();
        for (position, school) in schools.iter().enumerate() {
            let position = position as u32;
            for name in std::iter::once(&school.name).chain(&school.former) {
                names.extend(words(name).map(|word| (word, position)));
            }
            for place in &school.places {
                places.extend(words(place).map(|word| (word, position)));
            }
            let postcode = squash(school.postcode);
            if !postcode.is_empty() {
                // The outward part on its own finds a neighbourhood.
                if let Some(outward) = postcode
                    .len()
                    .checked_sub(3)
                    .and_then(|at| postcode.get(..at))
                {
                    places.push((outward.to_owned(), position));
                }
                places.push((postcode, position));
            }
            by_number.entry(school.urn).or_default().push(position);
            if school.laestab != 0 {
                by_number.entry(school.laestab).or_default().push(position);
            }
        }
        Self {
            order: schools.iter().map(|school| school.id).collect(),
            names: Words::of(names),
            places: Words::of(places),
            by_number,
        }
    }

    /// The schools that `query` means, at most `limit` of them after the first `skip`.
    #[must_use]
    pub fn find(&self, query: &str, skip: usize, limit: usize) -> Found {
        if let Some(positions) = self.by_number(query) {
            return self.found(positions, skip, limit, None);
        }
        let mut asked: Vec<String> = words(query).take(8).collect();
        // A postcode is typed with a blank or without; joined, it is one word of ours.
        if let Some(joined) = joined_postcode(&asked)
            && self.places.exactly(&joined).is_some()
        {
            asked = vec![joined];
        }
        if asked.is_empty() {
            return Found::default();
        }
        let last = asked.len() - 1;
        let meanings: Vec<Meaning> = asked
            .iter()
            .enumerate()
            .map(|(at, word)| self.meaning(word, at == last))
            .collect();
        let mut positions = meanings[0].anywhere.clone();
        for meaning in &meanings[1..] {
            positions = intersection(&positions, &meaning.anywhere);
        }
        // How many of the words stand in the name; the sort is stable, so our order stays within.
        let understood = meanings.iter().any(|meaning| meaning.replaced).then(|| {
            meanings
                .iter()
                .map(|meaning| meaning.word.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        });
        let in_name = |position: &u32| {
            meanings
                .iter()
                .filter(|meaning| meaning.in_name.binary_search(position).is_ok())
                .count()
        };
        if meanings
            .iter()
            .any(|meaning| meaning.in_name.len() != meaning.anywhere.len())
        {
            positions.sort_by_cached_key(|position| std::cmp::Reverse(in_name(position)));
        }
        self.found(&positions, skip, limit, understood)
    }

    fn found(
        &self,
        positions: &[u32],
        skip: usize,
        limit: usize,
        understood: Option<String>,
    ) -> Found {
        Found {
            total: positions.len(),
            ids: positions
                .iter()
                .skip(skip)
                .take(limit)
                .filter_map(|position| self.order.get(*position as usize).copied())
                .collect(),
            understood,
        }
    }

    fn by_number(&self, query: &str) -> Option<&[u32]> {
        let digits: String = query
            .chars()
            .filter(|c| !matches!(c, '/' | '-' | ' '))
            .collect();
        let is_number =
            matches!(digits.len(), 6 | 7) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = if is_number {
            digits.parse().ok()?
        } else {
            return None;
        };
        self.by_number.get(&number).map(Vec::as_slice)
    }

    fn meaning(&self, word: &str, is_last: bool) -> Meaning {
        let whole = |words: &Words, word: &str| {
            words
                .exactly(word)
                .map_or(Vec::new(), |at| words.schools(at).to_vec())
        };
        let mut in_name = whole(&self.names, word);
        let mut in_place = whole(&self.places, word);
        // The last word may still be half typed; others may be cut short on purpose (‘prim’).
        if (is_last || in_name.is_empty() && in_place.is_empty()) && word.len() >= 2 {
            in_name = union(
                self.names
                    .starting_with(word)
                    .map(|at| self.names.schools(at)),
                in_name,
            );
            in_place = union(
                self.places
                    .starting_with(word)
                    .map(|at| self.places.schools(at)),
                in_place,
            );
        }
        if !in_name.is_empty() || !in_place.is_empty() {
            let anywhere = union(std::iter::once(in_place.as_slice()), in_name.clone());
            return Meaning {
                in_name,
                anywhere,
                word: word.to_owned(),
                replaced: false,
            };
        }
        self.nearest(word)
    }

    fn nearest(&self, word: &str) -> Meaning {
        let most = match word.chars().count() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let mut best: (usize, Vec<&str>) = (most + 1, Vec::new());
        for words in [&self.names, &self.places] {
            for at in 0..words.ends.len() {
                let other = words.word(at);
                if other.len().abs_diff(word.len()) > most {
                    continue;
                }
                let slips = slips(word, other, most);
                if slips < best.0 {
                    best = (slips, vec![other]);
                } else if slips == best.0 && slips <= most {
                    best.1.push(other);
                }
            }
        }
        let mut nearest = Meaning {
            in_name: Vec::new(),
            anywhere: Vec::new(),
            word: word.to_owned(),
            replaced: false,
        };
        best.1.truncate(20);
        for (at, other) in best.1.iter().enumerate() {
            let exact = |words: &Words| {
                words
                    .exactly(other)
                    .map_or(Vec::new(), |at| words.schools(at).to_vec())
            };
            nearest.in_name = union(
                std::iter::once(exact(&self.names).as_slice()),
                nearest.in_name,
            );
            nearest.anywhere = union(
                std::iter::once(exact(&self.places).as_slice()),
                nearest.anywhere,
            );
            if at == 0 {
                nearest.word = (*other).to_owned();
                nearest.replaced = true;
            }
        }
        nearest.anywhere = union(
            std::iter::once(nearest.in_name.as_slice()),
            nearest.anywhere,
        );
        nearest
    }
}

/// A text's words for comparison: lower case, without accents' marks of
/// typography (apostrophes), with the usual short forms written out.
fn words(text: &str) -> impl Iterator<Item = String> {
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

fn fold(text: &str) -> String {
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

fn squash(postcode: &str) -> String {
    postcode
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn joined_postcode(words: &[String]) -> Option<String> {
    let [outward, inward] = words else {
        return None;
    };
    let inward_fits =
        inward.len() == 3 && inward.as_bytes().first().is_some_and(u8::is_ascii_digit);
    (inward_fits && (2..=4).contains(&outward.len())).then(|| format!("{outward}{inward}"))
}

fn intersection(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() > 16 * short.len() {
        return short
            .iter()
            .filter(|x| long.binary_search(x).is_ok())
            .copied()
            .collect();
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

fn union<'a>(lists: impl Iterator<Item = &'a [u32]>, with: Vec<u32>) -> Vec<u32> {
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
fn slips(a: &str, b: &str, most: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        let school = |id, urn, laestab, name, places: &[&'static str], postcode, open| Findable {
            id,
            urn,
            laestab,
            name,
            former: if id == 3 {
                vec!["Somerhill Junior School"]
            } else {
                Vec::new()
            },
            places: places.to_vec(),
            postcode,
            open,
        };
        Finder::of([
            school(
                0,
                118_291,
                8_862_010,
                "Headcorn Primary School",
                &["Ashford", "Kent"],
                "TN27 9QT",
                true,
            ),
            school(
                1,
                112_922,
                0,
                "St James' Church of England Aided Junior School",
                &["Derby"],
                "DE23 8LJ",
                true,
            ),
            school(
                2,
                100_001,
                0,
                "Kent Primary School",
                &["London"],
                "N1 1AA",
                false,
            ),
            school(
                3,
                114_446,
                0,
                "Brunswick Primary School",
                &["Hove"],
                "BN3 1RP",
                true,
            ),
        ])
    }

    fn ids(query: &str) -> Vec<u32> {
        finder().find(query, 0, 10).ids
    }

    #[test]
    fn by_name_number_place_and_postcode() {
        assert_eq!(ids("headcorn"), [0]);
        assert_eq!(ids("HEADCORN prim"), [0]);
        assert_eq!(ids("118291"), [0]);
        assert_eq!(ids("886/2010"), [0]);
        assert_eq!(ids("tn279qt"), [0]);
        assert_eq!(ids("TN27 9QT"), [0]);
        assert_eq!(ids("tn27"), [0]);
        assert_eq!(ids("st james derby"), [1]);
        assert_eq!(ids("St. James’ CE"), [1]);
        assert_eq!(ids("somerhill"), [3]);
        assert_eq!(ids("  "), [0; 0]);
        assert_eq!(ids("xyzzyxyzzy"), [0; 0]);
    }

    #[test]
    fn slips_of_the_finger_are_forgiven_and_said() {
        let found = finder().find("hedcorn", 0, 10);
        assert_eq!(
            (found.ids, found.understood.as_deref()),
            (vec![0], Some("headcorn"))
        );
        assert_eq!(ids("haedcorn"), [0]);
        assert_eq!(ids("brunswik primary"), [3]);
    }

    #[test]
    fn a_word_in_the_name_comes_before_one_in_the_place() {
        assert_eq!(
            ids("kent"),
            [2, 0],
            "Kent Primary, though closed, has it in its name"
        );
        assert_eq!(finder().find("primary", 0, 10).total, 3);
        assert_eq!(
            finder().find("primary", 1, 1).ids,
            [0],
            "open before closed, then by name"
        );
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips("abcd", "abcd", 2), 0);
        assert_eq!(slips("abcd", "abdc", 2), 1);
        assert_eq!(slips("abcd", "bcd", 2), 1);
        assert_eq!(slips("abcd", "wxyz", 2), 3);
    }
}
