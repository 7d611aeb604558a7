//! Finding a school by what one remembers of it: name, town, authority,
//! postcode, URN or LAESTAB; forgiving of typing.
//!
//! An index of words in memory. A query's words must each be found in a
//! school's names or place; a word that is in no school's is replaced by the
//! words nearest to it (one slip for four to seven letters, two for more).
//! Schools come in a fixed order (open before closed, then by name), moved up
//! only by how many of the query's words stand in the name itself. Nothing
//! that an inspector said plays a part.

#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;
use text::{fold, intersection, joined_postcode, slips, squash, union, words};

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
                words.ends.push((words.text.len() as u32, words.schools.len() as u32));
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
        let start = if at == 0 { 0 } else { self.ends[at - 1].0 as usize };
        &self.text[start..self.ends[at].0 as usize]
    }

    fn schools(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1].1 as usize };
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
            if before(self.word(middle)) { low = middle + 1 } else { high = middle }
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
                if let Some(outward) = postcode.len().checked_sub(3).and_then(|at| postcode.get(..at)) {
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
        let meanings: Vec<Meaning> =
            asked.iter().enumerate().map(|(at, word)| self.meaning(word, at == last)).collect();
        let mut positions = meanings[0].anywhere.clone();
        for meaning in &meanings[1..] {
            positions = intersection(&positions, &meaning.anywhere);
        }
        // How many of the words stand in the name; the sort is stable, so our order stays within.
        let understood = meanings
            .iter()
            .any(|meaning| meaning.replaced)
            .then(|| meanings.iter().map(|meaning| meaning.word.as_str()).collect::<Vec<_>>().join(" "));
        let in_name =
            |position: &u32| meanings.iter().filter(|meaning| meaning.in_name.binary_search(position).is_ok()).count();
        if meanings.iter().any(|meaning| meaning.in_name.len() != meaning.anywhere.len()) {
            positions.sort_by_cached_key(|position| std::cmp::Reverse(in_name(position)));
        }
        self.found(&positions, skip, limit, understood)
    }

    fn found(&self, positions: &[u32], skip: usize, limit: usize, understood: Option<String>) -> Found {
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
        let digits: String = query.chars().filter(|c| !matches!(c, '/' | '-' | ' ')).collect();
        let is_number = matches!(digits.len(), 6 | 7) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = if is_number {
            digits.parse().ok()?
        } else {
            return None;
        };
        self.by_number.get(&number).map(Vec::as_slice)
    }

    fn meaning(&self, word: &str, is_last: bool) -> Meaning {
        let whole = |words: &Words, word: &str| words.exactly(word).map_or(Vec::new(), |at| words.schools(at).to_vec());
        let mut in_name = whole(&self.names, word);
        let mut in_place = whole(&self.places, word);
        // The last word may still be half typed; others may be cut short on purpose (‘prim’).
        if (is_last || in_name.is_empty() && in_place.is_empty()) && word.len() >= 2 {
            in_name = union(self.names.starting_with(word).map(|at| self.names.schools(at)), in_name);
            in_place = union(self.places.starting_with(word).map(|at| self.places.schools(at)), in_place);
        }
        if !in_name.is_empty() || !in_place.is_empty() {
            let anywhere = union(std::iter::once(in_place.as_slice()), in_name.clone());
            return Meaning { in_name, anywhere, word: word.to_owned(), replaced: false };
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
        let mut nearest = Meaning { in_name: Vec::new(), anywhere: Vec::new(), word: word.to_owned(), replaced: false };
        best.1.truncate(20);
        for (at, other) in best.1.iter().enumerate() {
            let exact = |words: &Words| words.exactly(other).map_or(Vec::new(), |at| words.schools(at).to_vec());
            nearest.in_name = union(std::iter::once(exact(&self.names).as_slice()), nearest.in_name);
            nearest.anywhere = union(std::iter::once(exact(&self.places).as_slice()), nearest.anywhere);
            if at == 0 {
                nearest.word = (*other).to_owned();
                nearest.replaced = true;
            }
        }
        nearest.anywhere = union(std::iter::once(nearest.in_name.as_slice()), nearest.anywhere);
        nearest
    }
}
