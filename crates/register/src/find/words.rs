//! The index of words.

use super::{sets::Set, text::each_word};
use std::collections::HashMap;

/// A word that so many schools have is kept as a set as well, ready made:
/// putting it together for each query would cost more than all else.
const COMMON: usize = 1_000;

/// Words in alphabetical order with the schools that have them, packed.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    /// Where each word ends in `text`, and where its schools end in `schools`.
    ends: Vec<(u32, u32)>,
    /// Which letters each word has.
    letters: Vec<u32>,
    schools: Vec<u32>,
    common: Vec<(u32, Set)>,
}

/// Words on their way into the index.
#[derive(Default)]
pub(super) struct Gathered {
    numbers: HashMap<Box<str>, u32>,
    /// A word's number and a school that has it.
    pairs: Vec<(u32, u32)>,
    folded: String,
}

impl Gathered {
    /// Notes that a school has the words of this text.
    pub(super) fn text(&mut self, text: &str, school: u32) {
        let mut folded = std::mem::take(&mut self.folded);
        each_word(text, &mut folded, |word| self.word(word, school));
        self.folded = folded;
    }

    /// Notes that a school has this word.
    pub(super) fn word(&mut self, word: &str, school: u32) {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = self.numbers.len() as u32;
                self.numbers.insert(word.into(), next);
                next
            }
        };
        self.pairs.push((number, school));
    }

    /// The index; `all` is how many schools there are.
    pub(super) fn index(mut self, all: usize) -> Words {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.drain().collect();
        words.sort_unstable();
        let mut place = vec![0; words.len()];
        for (at, (_, number)) in words.iter().enumerate() {
            place[*number as usize] = at as u32;
        }
        for (word, _) in &mut self.pairs {
            *word = place[*word as usize];
        }
        self.pairs.sort_unstable();
        self.pairs.dedup();
        let mut index = Words {
            text: String::with_capacity(words.iter().map(|(word, _)| word.len()).sum()),
            ends: Vec::with_capacity(words.len()),
            letters: Vec::with_capacity(words.len()),
            schools: self.pairs.iter().map(|(_, school)| *school).collect(),
            common: Vec::new(),
        };
        let mut from = 0;
        for (at, (word, _)) in words.iter().enumerate() {
            let to = from + self.pairs[from..].partition_point(|(of, _)| *of as usize == at);
            index.text.push_str(word);
            index.letters.push(letters(word));
            index.ends.push((index.text.len() as u32, to as u32));
            if to - from >= COMMON {
                let mut set = Set::none_of(all);
                set.add_all(&index.schools[from..to]);
                index.common.push((at as u32, set));
            }
            from = to;
        }
        index
    }
}

impl Words {
    pub(super) fn word(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1].0 as usize };
        &self.text[start..self.ends[at].0 as usize]
    }

    /// Adds the schools that have the word to `set`.
    pub(super) fn add(&self, at: usize, set: &mut Set) {
        match self.common.binary_search_by_key(&(at as u32), |(word, _)| *word) {
            Ok(place) => set.add_set(&self.common[place].1),
            Err(_) => {
                let start = if at == 0 { 0 } else { self.ends[at - 1].1 as usize };
                set.add_all(&self.schools[start..self.ends[at].1 as usize]);
            }
        }
    }

    /// The range of words that start with `prefix`.
    pub(super) fn starting_with(&self, prefix: &str) -> std::ops::Range<usize> {
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

    pub(super) fn exactly(&self, word: &str) -> Option<usize> {
        let at = self.lower(|other| other < word);
        (at < self.ends.len() && self.word(at) == word).then_some(at)
    }

    /// Words that may be at most `most` slips away: of like length, and of all but
    /// so many of the same letters. Few are left to be looked at closely.
    pub(super) fn not_far(&self, word: &str, most: usize) -> impl Iterator<Item = &str> {
        let (length, wanted, most_letters) = (word.len(), letters(word), most as u32);
        let mut start = 0;
        self.letters.iter().zip(&self.ends).filter_map(move |(has, (end, _))| {
            let (from, to) = (start as usize, *end as usize);
            start = *end;
            let near = (to - from).abs_diff(length) <= most
                && (wanted & !has).count_ones() <= most_letters
                && (has & !wanted).count_ones() <= most_letters;
            near.then(|| &self.text[from..to])
        })
    }
}

/// Which letters a word has, a bit each (digits two to a bit, all else one). A
/// slip takes at most one letter away and brings at most one.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| {
        set | match c {
            'a'..='z' => 1 << (c as u32 - 'a' as u32),
            '0'..='9' => 1 << (26 + (c as u32 - '0' as u32) / 2),
            _ => 1 << 31,
        }
    })
}
