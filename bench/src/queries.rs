//! What people type to find a school: real names, with slips of the finger.

use crate::numbers::Dice;

/// What is known of a school that is looked for.
pub struct Known {
    /// URN.
    pub urn: String,
    /// Name.
    pub name: String,
    /// Town.
    pub town: String,
    /// Postcode.
    pub postcode: String,
}

/// Kinds of queries, with their part of a hundred.
const MIX: [(u64, Kind); 7] = [
    (35, Kind::Name),
    (20, Kind::TwoWords),
    (20, Kind::Slip),
    (10, Kind::HalfTyped),
    (5, Kind::Postcode),
    (5, Kind::Urn),
    (5, Kind::Town),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Name,
    TwoWords,
    Slip,
    HalfTyped,
    Postcode,
    Urn,
    Town,
}

/// The mix in words, for the results.
pub const WORDS: &str = "35 % whole names, 20 % two words of a name, 20 % a name with one slip of the finger, 10 % a name \
     half typed, 5 % postcodes, 5 % URNs, 5 % towns";

/// `count` queries, as an address carries them; the same for the same seed.
pub fn mixed(schools: &[Known], seed: u64, count: usize) -> Vec<String> {
    let mut dice = Dice::of(seed);
    (0..count).map(|_| encoded(&one(schools, &mut dice))).collect()
}

fn one(schools: &[Known], dice: &mut Dice) -> String {
    let school = &schools[dice.below(schools.len() as u64) as usize];
    let mut at = dice.below(100);
    let mut kind = Kind::Name;
    for (part, candidate) in MIX {
        kind = candidate;
        if at < part {
            break;
        }
        at -= part;
    }
    let words: Vec<&str> = school.name.split(' ').collect();
    match kind {
        Kind::TwoWords => words[..words.len().min(2)].join(" "),
        Kind::Slip => slip(&school.name, dice),
        Kind::HalfTyped => school.name.chars().take(4 + dice.below(8) as usize).collect(),
        Kind::Postcode if !school.postcode.is_empty() => school.postcode.clone(),
        Kind::Urn => school.urn.clone(),
        Kind::Town if !school.town.is_empty() => school.town.clone(),
        _ => school.name.clone(),
    }
}

/// The name with one letter of its longest word dropped, doubled, changed or
/// swapped with its neighbour.
fn slip(name: &str, dice: &mut Dice) -> String {
    let Some(word) = name.split(' ').max_by_key(|word| word.len()).filter(|word| word.len() >= 5) else {
        return name.to_owned();
    };
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len() as u64 - 2) as usize;
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = 'x',
        _ => letters.swap(at, at - 1),
    }
    name.replacen(word, &letters.iter().collect::<String>(), 1)
}

/// As an address carries it.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_follow_from_the_seed_and_are_of_every_kind() {
        let known = |urn: &str, name: &str| Known {
            urn: urn.into(),
            name: name.into(),
            town: "Hove".into(),
            postcode: "BN3 1AA".into(),
        };
        let schools = [known("100000", "Invented: Birch Lane Primary School"), known("100001", "Invented: St Aidan’s")];
        let asked = mixed(&schools, 7, 400);
        assert_eq!(asked, mixed(&schools, 7, 400));
        assert_ne!(asked, mixed(&schools, 8, 400));
        for kind in ["Hove", "BN3%201AA", "100000", "Invented%3A%20Birch%20Lane%20Primary%20School"] {
            assert!(asked.iter().any(|query| query == kind), "{kind}");
        }
        assert!(asked.iter().all(|query| !query.is_empty()));
    }

    #[test]
    fn a_slip_changes_one_word_only() {
        let mut dice = Dice::of(1);
        for _ in 0..50 {
            let slipped = slip("Birch Lane Primary", &mut dice);
            assert!(slipped.starts_with("Birch Lane "), "{slipped}");
            let length = slipped.len() - "Birch Lane ".len();
            assert!((6..=8).contains(&length), "{slipped}");
        }
    }
}
