//! Numbers that tell of no single school: what a funder and the public see.

/// Fewer schools than this are not told.
pub const FEWEST_SCHOOLS: u64 = 3;

/// Fewer people than this are not told.
pub const FEWEST_PEOPLE: u64 = 6;

/// A number, as far as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The number itself.
    Number(u64),
    /// It is smaller than this, and not none.
    Fewer(u64),
    /// It is not told, or another that is could be worked out from it.
    Hidden,
}

/// One number that stands alone: none, fewer than `fewest`, or itself.
#[must_use]
pub fn told(number: u64, fewest: u64) -> Told {
    if number == 0 || number >= fewest { Told::Number(number) } else { Told::Fewer(fewest) }
}

/// Parts of a sum that is told as well.
///
/// A part below `fewest` is not told. Where that leaves only one such part, or
/// parts that the rest gives away (each one, or each as large as can be), the
/// next larger ones are kept back too, and then all those are called hidden alike,
/// so that none says that it is the small one. Where there is no next, nothing
/// but the sum is told.
#[must_use]
pub fn parts(numbers: &[u64], fewest: u64) -> Vec<Told> {
    let small = |number: u64| number > 0 && number < fewest;
    let mut back: Vec<usize> = (0..numbers.len()).filter(|at| small(numbers[*at])).collect();
    let few = back.len();
    if few > 0 && given_away(&back, numbers, fewest) {
        match numbers.iter().filter(|number| **number >= fewest).min() {
            // All of that size, or the order in which they stand would tell.
            Some(next) => back.extend((0..numbers.len()).filter(|at| numbers[*at] == *next)),
            None => return vec![Told::Hidden; numbers.len()],
        }
    }
    let all_small = back.len() == few;
    numbers
        .iter()
        .enumerate()
        .map(|(at, number)| match back.contains(&at) {
            false => Told::Number(*number),
            true if all_small && few > 1 => Told::Fewer(fewest),
            true => Told::Hidden,
        })
        .collect()
}

/// True where the sum of these parts says what each is.
fn given_away(back: &[usize], numbers: &[u64], fewest: u64) -> bool {
    let sum: u64 = back.iter().map(|at| numbers[*at]).sum();
    let count = back.len() as u64;
    count == 1 || sum == count || sum == count * (fewest - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_is_told_in_words_and_none_is_none() {
        assert_eq!(told(0, FEWEST_SCHOOLS), Told::Number(0));
        assert_eq!(told(2, FEWEST_SCHOOLS), Told::Fewer(3));
        assert_eq!(told(3, FEWEST_SCHOOLS), Told::Number(3));
        assert_eq!(told(5, FEWEST_PEOPLE), Told::Fewer(6));
    }

    #[test]
    fn one_small_part_takes_the_next_with_it() {
        assert_eq!(parts(&[12, 4, 1, 0], 3), [Told::Number(12), Told::Hidden, Told::Hidden, Told::Number(0)]);
        assert_eq!(parts(&[12, 2, 1], 3), [Told::Number(12), Told::Fewer(3), Told::Fewer(3)]);
        assert_eq!(parts(&[12, 1, 1], 3), [Told::Hidden, Told::Hidden, Told::Hidden]);
        assert_eq!(parts(&[12, 2, 2], 3), [Told::Hidden, Told::Hidden, Told::Hidden]);
        assert_eq!(parts(&[12, 4], 3), [Told::Number(12), Told::Number(4)]);
    }

    /// Somebody who knows the sum, what is told and this rule still finds at
    /// least two values for each part that is kept back.
    #[test]
    fn what_is_kept_back_cannot_be_worked_out() {
        let numbers = |mut code: u64| {
            std::array::from_fn::<u64, 4, _>(|_| {
                let number = code % 7;
                code /= 7;
                number
            })
        };
        let all: Vec<[u64; 4]> = (0..7_u64.pow(4)).map(numbers).collect();
        for truth in &all {
            let said = parts(truth, 3);
            // A sum that is itself too small is not told, nor are its parts.
            if truth.iter().sum::<u64>() < 3 {
                continue;
            }
            let alike: Vec<&[u64; 4]> = all
                .iter()
                .filter(|other| other.iter().sum::<u64>() == truth.iter().sum::<u64>() && parts(*other, 3) == said)
                .collect();
            for at in (0..4).filter(|at| truth[*at] > 0 && truth[*at] < 3) {
                assert!(alike.iter().any(|other| other[at] != truth[at]), "{truth:?} is told as {said:?}");
            }
        }
    }
}
