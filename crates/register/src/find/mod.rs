//! Finding a school by what one remembers of it: name, town, authority,
//! postcode, URN or LAESTAB; forgiving of typing.
//!
//! An index of words in memory. A query's words must each be found in a
//! school's names or place; a word that is in no school's is replaced by the
//! words nearest to it (one slip for four to seven letters, two for more).
//! Schools come in a fixed order (open before closed, then by name), moved up
//! only by how many of the query's words stand in the name itself. Nothing
//! that an inspector said plays a part.

mod sets;
#[cfg(test)]
mod tests;
mod text;
mod words;

use sets::Set;
use text::{fold, joined_postcode, slips, squash, words as words_of};
use words::{Gathered, Words};

/// What can be found of one school.
#[derive(Debug, Clone, Default)]
pub struct Findable<'a> {
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
    /// URNs and LAESTABs, ascending, with the schools that have them.
    numbers: Vec<(u32, u32)>,
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

/// What one word of the query stands for: schools with it in a name, and in a name or a place.
struct Meaning {
    in_name: Set,
    anywhere: Set,
    word: String,
    replaced: bool,
}

impl Finder {
    /// The index of `all` schools, numbered from 0. Each is described twice, so
    /// that not all descriptions need to be there at once.
    #[must_use]
    pub fn of<'a>(all: u32, describe: impl Fn(u32) -> Findable<'a> + Sync) -> Self {
        let mut order: Vec<u32> = (0..all).collect();
        order.sort_by_cached_key(|id| {
            let school = describe(*id);
            (!school.open, fold(school.name), school.urn)
        });
        let each = || order.iter().enumerate().map(|(position, id)| (position as u32, describe(*id)));
        // Names by one thread, all else by another: whoever starts waits for both.
        let (names, (places, numbers)) = std::thread::scope(|scope| {
            let names = scope.spawn(|| {
                let mut names = Gathered::default();
                for (position, school) in each() {
                    for name in std::iter::once(&school.name).chain(&school.former) {
                        names.text(name, position);
                    }
                }
                names.index(order.len())
            });
            let rest = places_and_numbers(each(), order.len());
            (names.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), rest)
        });
        Self { names, places, order, numbers }
    }

    /// The schools that `query` means, at most `limit` of them after the first `skip`.
    #[must_use]
    pub fn find(&self, query: &str, skip: usize, limit: usize) -> Found {
        if let Some(positions) = self.by_number(query) {
            let page = positions.iter().skip(skip).take(limit).map(|(_, position)| *position);
            return Found { total: positions.len(), ids: self.ids(page), understood: None };
        }
        let mut asked: Vec<String> = words_of(query).into_iter().take(8).collect();
        // A postcode is typed with a blank or without; joined, it is one word of ours.
        if let Some(joined) = joined_postcode(&asked)
            && self.places.exactly(&joined).is_some()
        {
            asked = vec![joined];
        }
        let mut meanings: Vec<Meaning> = Vec::with_capacity(asked.len());
        for (at, word) in asked.iter().enumerate() {
            meanings.push(self.meaning(word, at + 1 == asked.len()));
        }
        let Some((first, others)) = meanings.split_first() else {
            return Found::default();
        };
        let mut positions = first.anywhere.clone();
        for meaning in others {
            positions.keep(&meaning.anywhere);
        }
        let understood = meanings
            .iter()
            .any(|meaning| meaning.replaced)
            .then(|| meanings.iter().map(|meaning| meaning.word.as_str()).collect::<Vec<_>>().join(" "));
        let total = positions.len();
        let page = best(positions, &meanings, skip + limit).into_iter().skip(skip).take(limit);
        Found { total, ids: self.ids(page), understood }
    }

    fn ids(&self, positions: impl Iterator<Item = u32>) -> Vec<u32> {
        positions.filter_map(|position| self.order.get(position as usize).copied()).collect()
    }

    fn by_number(&self, query: &str) -> Option<&[(u32, u32)]> {
        let digits: String = query.chars().filter(|c| !matches!(c, '/' | '-' | ' ')).collect();
        let is_number = matches!(digits.len(), 6 | 7) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = if is_number {
            digits.parse().ok()?
        } else {
            return None;
        };
        let from = self.numbers.partition_point(|(other, _)| *other < number);
        let to = self.numbers.partition_point(|(other, _)| *other <= number);
        (from < to).then(|| &self.numbers[from..to])
    }

    fn meaning(&self, word: &str, is_last: bool) -> Meaning {
        let none = || Set::none_of(self.order.len());
        let (mut in_name, mut anywhere) = (none(), none());
        let exact = (self.names.exactly(word), self.places.exactly(word));
        // The last word may still be half typed; others may be cut short on purpose (‘prim’).
        if (is_last || exact == (None, None)) && word.len() >= 2 {
            self.names.starting_with(word).for_each(|at| self.names.add(at, &mut in_name));
            self.places.starting_with(word).for_each(|at| self.places.add(at, &mut anywhere));
        } else {
            exact.0.into_iter().for_each(|at| self.names.add(at, &mut in_name));
            exact.1.into_iter().for_each(|at| self.places.add(at, &mut anywhere));
        }
        anywhere.add_set(&in_name);
        let mut meaning = Meaning { in_name, anywhere, word: word.to_owned(), replaced: false };
        if meaning.anywhere.is_empty() {
            self.nearest(&mut meaning);
        }
        meaning
    }

    /// Puts the words nearest to a word that is in no school's in its place.
    fn nearest(&self, meaning: &mut Meaning) {
        let word = meaning.word.clone();
        let most = match word.chars().count() {
            0..=3 => return,
            4..=7 => 1,
            _ => 2,
        };
        let mut best: (usize, Vec<&str>) = (most, Vec::new());
        for words in [&self.names, &self.places] {
            for other in words.not_far(&word, most) {
                let slips = slips(&word, other, best.0);
                if slips < best.0 {
                    best = (slips, vec![other]);
                } else if slips == best.0 {
                    best.1.push(other);
                }
            }
        }
        best.1.truncate(20);
        for other in &best.1 {
            self.names.exactly(other).into_iter().for_each(|at| self.names.add(at, &mut meaning.in_name));
            self.places.exactly(other).into_iter().for_each(|at| self.places.add(at, &mut meaning.anywhere));
        }
        meaning.anywhere.add_set(&meaning.in_name);
        if let Some(first) = best.1.first() {
            meaning.word = (*first).to_owned();
            meaning.replaced = true;
        }
    }
}

fn places_and_numbers<'a>(each: impl Iterator<Item = (u32, Findable<'a>)>, all: usize) -> (Words, Vec<(u32, u32)>) {
    let mut places = Gathered::default();
    let mut numbers: Vec<(u32, u32)> = Vec::with_capacity(2 * all);
    for (position, school) in each {
        for place in &school.places {
            places.text(place, position);
        }
        let postcode = squash(school.postcode);
        if !postcode.is_empty() {
            // The outward part on its own finds a neighbourhood.
            if let Some(outward) = postcode.len().checked_sub(3).and_then(|at| postcode.get(..at)) {
                places.word(outward, position);
            }
            places.word(&postcode, position);
        }
        numbers.push((school.urn, position));
        if school.laestab != 0 {
            numbers.push((school.laestab, position));
        }
    }
    numbers.sort_unstable();
    numbers.shrink_to_fit();
    (places.index(all), numbers)
}

/// The first `enough` of what was found: those with more of the query's words
/// in the name itself before those with fewer, in our order within.
fn best(mut found: Set, meanings: &[Meaning], enough: usize) -> Vec<u32> {
    let mut all_in_name = found.clone();
    for meaning in meanings {
        all_in_name.keep(&meaning.in_name);
    }
    let mut first: Vec<u32> = all_in_name.iter().take(enough).collect();
    if first.len() < enough {
        found.take_out(&all_in_name);
        let mut by_count: Vec<Vec<u32>> = vec![Vec::new(); meanings.len()];
        for position in found.iter() {
            let count = meanings.iter().filter(|meaning| meaning.in_name.has(position)).count();
            if let Some(same) = by_count.get_mut(count).filter(|same| same.len() < enough) {
                same.push(position);
            }
            // Whatever comes later comes behind these.
            if by_count.last().is_some_and(|same| first.len() + same.len() >= enough) {
                break;
            }
        }
        first.extend(by_count.into_iter().rev().flatten());
    }
    first
}
