use super::*;

fn finder() -> Finder {
    let school = |id: u32, urn, laestab, name, places: &[&'static str], postcode, open| Findable {
        urn,
        laestab,
        name,
        former: if id == 3 { vec!["Somerhill Junior School"] } else { Vec::new() },
        places: places.to_vec(),
        postcode,
        open,
    };
    let schools = [
        school(0, 118_291, 8_862_010, "Headcorn Primary School", &["Ashford", "Kent"], "TN27 9QT", true),
        school(1, 112_922, 0, "St James' Church of England Aided Junior School", &["Derby"], "DE23 8LJ", true),
        school(2, 100_001, 0, "Kent Primary School", &["London"], "N1 1AA", false),
        school(3, 114_446, 0, "Brunswick Primary School", &["Hove"], "BN3 1RP", true),
    ];
    Finder::of(4, |id| schools[id as usize].clone())
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
    assert_eq!((found.ids, found.understood.as_deref()), (vec![0], Some("headcorn")));
    assert_eq!(ids("haedcorn"), [0]);
    assert_eq!(ids("brunswik primary"), [3]);
}

#[test]
fn a_word_in_the_name_comes_before_one_in_the_place() {
    assert_eq!(ids("kent"), [2, 0], "Kent Primary, though closed, has it in its name");
    assert_eq!(finder().find("primary", 0, 10).total, 3);
    assert_eq!(finder().find("primary", 1, 1).ids, [0], "open before closed, then by name");
}

#[test]
fn slips_are_counted() {
    assert_eq!(slips("abcd", "abcd", 2), 0);
    assert_eq!(slips("abcd", "abdc", 2), 1);
    assert_eq!(slips("abcd", "bcd", 2), 1);
    assert_eq!(slips("abcd", "wxyz", 2), 3);
}

/// What [`Finder::find`] is to do, school by school, for queries whose every word is known.
fn plainly(schools: &[Findable<'_>], query: &str) -> Vec<u32> {
    let asked = words_of(query);
    let has = |texts: &[&str], at: usize| {
        let (word, is_last) = (&asked[at], at + 1 == asked.len());
        texts
            .iter()
            .flat_map(|text| words_of(text))
            .any(|own| own == *word || is_last && own.starts_with(word.as_str()))
    };
    fn names<'a>(school: &Findable<'a>) -> Vec<&'a str> {
        [vec![school.name], school.former.clone()].concat()
    }
    let in_name = |school: &&Findable<'_>| (0..asked.len()).filter(|at| has(&names(school), *at)).count();
    let mut found: Vec<&Findable<'_>> = schools
        .iter()
        .filter(|school| (0..asked.len()).all(|at| has(&names(school), at) || has(&school.places, at)))
        .collect();
    found.sort_by_key(|school| (std::cmp::Reverse(in_name(school)), !school.open, fold(school.name), school.urn));
    found.iter().map(|school| school.urn - 100_000).collect()
}

#[test]
fn many_schools_are_found_as_looking_at_each_would_find_them() {
    use kernel::{Chance as _, SeededChance};
    let chance = SeededChance::of(2013);
    let below = |most: usize| {
        let mut bytes = [0; 4];
        chance.fill(&mut bytes);
        u32::from_le_bytes(bytes) as usize % most
    };
    let parts = ["Primary", "School", "Church", "Kent", "Oak", "Oakmere", "Saint", "Aidan", "Hill", "Hillside"];
    let texts: Vec<String> =
        (0..9_000).map(|_| (0..=below(4)).map(|_| parts[below(parts.len())]).collect::<Vec<_>>().join(" ")).collect();
    let schools: Vec<Findable<'_>> = (0..3_000)
        .map(|at| Findable {
            urn: 100_000 + at as u32,
            name: &texts[at],
            former: if at % 7 == 0 { vec![&texts[3_000 + at]] } else { Vec::new() },
            places: vec![&texts[6_000 + at]],
            open: at % 3 > 0,
            ..Findable::default()
        })
        .collect();
    let finder = Finder::of(3_000, |id| schools[id as usize].clone());
    for query in
        ["primary", "school kent", "kent oak", "oak kent primary", "saint aidan hill", "church hills", "sc", "hill oa"]
    {
        let expected = plainly(&schools, query);
        assert!(!expected.is_empty(), "{query}");
        let (all, page) = (finder.find(query, 0, 3_000), finder.find(query, 15, 20));
        assert_eq!((all.total, &all.ids), (expected.len(), &expected), "{query}");
        let part: Vec<u32> = expected.iter().skip(15).take(20).copied().collect();
        assert_eq!((page.total, page.ids), (expected.len(), part), "{query}");
    }
}

#[test]
fn no_near_word_is_passed_over() {
    let names = ["Brunswick", "Brunswik", "Brnuswick", "Brunswicks", "Xrunswicy", "Brunswwick9", "Österley", "Bruns"];
    let mut gathered = Gathered::default();
    for (at, name) in names.iter().enumerate() {
        gathered.text(name, at as u32);
    }
    let words = gathered.index(names.len());
    for query in ["brunswick", "osterlei", "brunsvick", "brusnwick"] {
        let mut near: Vec<String> = names.iter().flat_map(|name| words_of(name)).collect();
        near.retain(|word| slips(query, word, 2) <= 2);
        near.sort();
        let close: Vec<&str> = words.not_far(query, 2).filter(|word| slips(query, word, 2) <= 2).collect();
        assert_eq!(close, near, "{query}");
        assert!(!near.is_empty(), "{query}");
    }
}

#[test]
fn a_page_of_any_size_begins_as_the_whole_list_does() {
    // Of ‘green school’: both words, one, or none of them in the name, by turns.
    let names = ["Green Lane School", "Green Lane", "Hill School", "Hill"];
    let finder = Finder::of(120, |id| Findable {
        urn: 100_000 + id,
        name: names[id as usize % 4],
        places: vec!["Green", "School"],
        open: id % 3 == 0,
        ..Findable::default()
    });
    for query in ["green school", "green", "school lane"] {
        let all = finder.find(query, 0, 200).ids;
        assert!(all.len() > 50, "{query}");
        for (skip, limit) in [(0, 1), (0, 7), (5, 20), (25, 10), (58, 40), (119, 5)] {
            let wanted: Vec<u32> = all.iter().skip(skip).take(limit).copied().collect();
            assert_eq!(finder.find(query, skip, limit).ids, wanted, "{query} {skip} {limit}");
        }
    }
}
