//! How views of a statement spread: counts, never an average, and nothing of a
//! group so small that one could tell who is who.

use super::{
    framework::Framework,
    model::{Answer, Names, Participant, View},
};

/// Fewer people than this are never told apart.
pub const FEWEST: usize = 3;

/// How far people stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// All who could say chose one point.
    Same,
    /// Hardly anybody stands two steps or more from another.
    Near,
    /// Some do.
    Little,
    /// Many do.
    Far,
    /// Fewer than two could say.
    Unknown,
}

/// Views of a statement, as far as they may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spread {
    /// Too few to show anything.
    TooFew,
    /// How many chose what.
    Shown(Counts),
}

/// How many chose what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// How many chose each point, in the scale's order.
    pub points: Vec<u64>,
    /// How many cannot say.
    pub unsure: u64,
    /// Who chose what, where views carry names; else empty.
    pub who: Vec<(Answer, String)>,
    /// Their reasons: with the name where views carry names; else in the order
    /// of the alphabet, so that they say nothing of who or when.
    pub reasons: Vec<(Option<String>, String)>,
    /// How far they stand apart.
    pub apart: Apart,
}

impl Counts {
    /// How many answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.points.iter().sum::<u64>() + self.unsure
    }

    /// The same for readers from outside: numbers only.
    #[must_use]
    pub fn numbers_only(self) -> Self {
        Self { who: Vec::new(), reasons: Vec::new(), ..self }
    }

    /// How far apart, for the order in which statements are talked about: the sum
    /// of steps between any two people, and the number of such pairs.
    fn distance(&self) -> (u64, u64) {
        let (mut steps, mut pairs) = (0, 0);
        self.each_pair(|step, count| {
            steps += step * count;
            pairs += count;
        });
        (steps, pairs)
    }

    fn each_pair(&self, mut take: impl FnMut(u64, u64)) {
        for (low, one) in self.points.iter().enumerate() {
            take(0, one * one.saturating_sub(1) / 2);
            for (high, other) in self.points.iter().enumerate().skip(low + 1) {
                take((high - low) as u64, one * other);
            }
        }
    }
}

/// How the views of one statement spread.
pub(super) fn spread(framework: &Framework, names: Names, participants: &[Participant], views: &[&View]) -> Spread {
    if views.len() < FEWEST {
        return Spread::TooFew;
    }
    let count = |answer: Answer| views.iter().filter(|view| view.answer == answer).count() as u64;
    let points: Vec<u64> = framework.scale.points.iter().map(|point| count(Answer::Point(point.value))).collect();
    let name = |view: &View| {
        let found = participants.iter().find(|one| one.person.is_some() && one.person == view.person);
        found.map(|one| one.name.clone())
    };
    let mut who: Vec<(Answer, String)> = Vec::new();
    if names == Names::Shown {
        who.extend(views.iter().filter_map(|view| Some((view.answer, name(view)?))));
        who.sort();
    }
    let mut reasons: Vec<(Option<String>, String)> = views
        .iter()
        .filter(|view| !view.because.is_empty())
        .map(|view| (name(view).filter(|_| names == Names::Shown), view.because.clone()))
        .collect();
    reasons.sort();
    let mut counts = Counts { points, unsure: count(Answer::Unsure), who, reasons, apart: Apart::Unknown };
    counts.apart = apart(&counts);
    Spread::Shown(counts)
}

/// Of any two people, how many stand two steps or more apart? Fewer than one pair
/// in eight is near, fewer than one in four a little, more is far.
fn apart(counts: &Counts) -> Apart {
    let (mut all, mut differ, mut far) = (0, 0, 0);
    counts.each_pair(|step, pairs| {
        all += pairs;
        differ += if step > 0 { pairs } else { 0 };
        far += if step > 1 { pairs } else { 0 };
    });
    match () {
        () if all == 0 => Apart::Unknown,
        () if differ == 0 => Apart::Same,
        () if far * 8 < all => Apart::Near,
        () if far * 4 < all => Apart::Little,
        () => Apart::Far,
    }
}

/// Puts those first on which people stand farthest apart; what too few answered
/// comes last, and of two alike the framework's first. Within one school: this
/// orders statements, never schools.
pub(super) fn by_difference<T>(lines: &mut [T], of: impl Fn(&T) -> &Spread) {
    let key = |line: &T| match of(line) {
        Spread::TooFew => None,
        Spread::Shown(counts) => Some(counts.distance()).filter(|(_, pairs)| *pairs > 0),
    };
    // Shares are compared as whole numbers: a/b before c/d where a·d is more than c·b.
    lines.sort_by(|a, b| match (key(a), key(b)) {
        (Some((a, of_a)), Some((b, of_b))) => (b * of_a).cmp(&(a * of_b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
}

#[cfg(test)]
mod tests {
    use super::{super::framework, *};
    use proptest::prelude::*;

    fn views(values: &[i64]) -> Vec<View> {
        let one = |(person, value): (i64, &i64)| View {
            statement: "l1".to_owned(),
            person: Some(person),
            answer: if *value == 0 { Answer::Unsure } else { Answer::Point(*value) },
            because: if person % 2 == 0 { String::new() } else { format!("reason {}", 100 - person) },
        };
        (1..).zip(values).map(one).collect()
    }

    fn people(many: i64) -> Vec<Participant> {
        let one = |number| Participant {
            number,
            person: Some(number),
            name: format!("Person {number}"),
            role: "teacher".to_owned(),
        };
        (1..=many).map(one).collect()
    }

    fn of(values: &[i64], names: Names) -> Spread {
        let all = views(values);
        let framework = framework("five-strands", None).unwrap();
        spread(framework, names, &people(90), &all.iter().collect::<Vec<_>>())
    }

    fn counts(values: &[i64]) -> Counts {
        match of(values, Names::Hidden) {
            Spread::Shown(counts) => counts,
            Spread::TooFew => panic!("too few: {values:?}"),
        }
    }

    #[test]
    fn fewer_than_three_are_never_told_apart() {
        for values in [vec![], vec![1], vec![1, 4]] {
            for names in [Names::Shown, Names::Hidden] {
                assert_eq!(of(&values, names), Spread::TooFew);
            }
        }
        assert_eq!(counts(&[1, 4, 0]).points, [1, 0, 0, 1]);
    }

    #[test]
    fn names_stand_only_where_they_were_promised() {
        let Spread::Shown(shown) = of(&[3, 1, 0], Names::Shown) else { panic!() };
        assert_eq!(shown.who[0], (Answer::Point(1), "Person 2".to_owned()));
        assert_eq!(shown.reasons[0].0.as_deref(), Some("Person 1"));
        let hidden = counts(&[3, 1, 0]);
        assert!(hidden.who.is_empty());
        // The order of reasons says nothing of who gave them, or when.
        assert_eq!(hidden.reasons, [(None, "reason 97".to_owned()), (None, "reason 99".to_owned())]);
        assert!(shown.numbers_only().reasons.is_empty());
    }

    #[test]
    fn how_far_apart_is_said_in_words() {
        for (values, apart) in [
            (vec![2, 2, 2], Apart::Same),
            (vec![2, 2, 0], Apart::Same),
            (vec![0, 0, 3], Apart::Unknown),
            (vec![2, 3, 3, 2], Apart::Near),
            (vec![2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4], Apart::Near),
            (vec![1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4], Apart::Little),
            (vec![1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4], Apart::Far),
            (vec![1, 1, 4, 4], Apart::Far),
        ] {
            assert_eq!(counts(&values).apart, apart, "{values:?}");
        }
    }

    #[test]
    fn those_on_which_people_differ_come_first() {
        let mut all = [
            ("a", of(&[2, 2, 2], Names::Hidden)),
            ("b", Spread::TooFew),
            ("c", of(&[1, 4, 4], Names::Hidden)),
            ("d", of(&[2, 3, 3], Names::Hidden)),
            ("e", of(&[1, 1, 4], Names::Hidden)),
            ("f", of(&[0, 0, 0], Names::Hidden)),
        ];
        by_difference(&mut all, |one| &one.1);
        let order: Vec<&str> = all.iter().map(|one| one.0).collect();
        assert_eq!(order, ["c", "e", "d", "a", "b", "f"]);
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_the_order_of_answers_does_not_matter(values in prop::collection::vec(0..5_i64, 3..90)) {
            let one = counts(&values);
            prop_assert_eq!(one.answered(), values.len() as u64);
            let mut turned = values.clone();
            turned.reverse();
            prop_assert_eq!(counts(&turned).points, one.points.clone());
            // Turning the scale round changes nothing about how far apart people are.
            let mirrored: Vec<i64> = values.iter().map(|value| if *value == 0 { 0 } else { 5 - value }).collect();
            prop_assert_eq!(counts(&mirrored).apart, one.apart);
        }
    }
}
