use super::*;

fn finder() -> Finder {
    let school = |id, urn, laestab, name, places: &[&'static str], postcode, open| Findable {
        id,
        urn,
        laestab,
        name,
        former: if id == 3 { vec!["Somerhill Junior School"] } else { Vec::new() },
        places: places.to_vec(),
        postcode,
        open,
    };
    Finder::of([
        school(0, 118_291, 8_862_010, "Headcorn Primary School", &["Ashford", "Kent"], "TN27 9QT", true),
        school(1, 112_922, 0, "St James' Church of England Aided Junior School", &["Derby"], "DE23 8LJ", true),
        school(2, 100_001, 0, "Kent Primary School", &["London"], "N1 1AA", false),
        school(3, 114_446, 0, "Brunswick Primary School", &["Hove"], "BN3 1RP", true),
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
