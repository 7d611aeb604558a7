//! What a cohort's figures say, in sentences. No sentence says more than its
//! figures do: each follows from them by a rule that stands here.

use impact::path::Point;
use kernel::words::{figures, long_date, month_and_year, number, percent};
use programme::cohort::{CohortPath, EARLY_DAYS, Group};

/// The finding: did they become good, and did the others.
pub(crate) fn finding(path: &CohortPath) -> String {
    let Some(last) = path.last().filter(|last| last.known > 0) else {
        return "None of these schools can be followed in the open data yet.".to_owned();
    };
    let by = month_and_year(path.to);
    format!(
        "{} Of the {} that stood below good and that we can follow, {} good or better by {by}. {}",
        verdict(last),
        number(last.known),
        were_judged(last.good),
        others(path)
    )
}

fn verdict(last: &Point) -> &'static str {
    match (last.good, 2 * last.good, last.known) {
        (0, ..) => "Not yet.",
        (good, _, known) if good == known => "All did.",
        (_, twice, known) if twice > known => "Most did.",
        (_, twice, known) if twice == known => "Half did.",
        _ => "Some did.",
    }
}

fn were_judged(count: u64) -> String {
    match count {
        0 => "none was judged".to_owned(),
        1 => "one was judged".to_owned(),
        count => format!("{} were judged", number(count)),
    }
}

fn others(path: &CohortPath) -> String {
    match path.like.points.last().filter(|last| last.known > 0) {
        Some(like) => format!(
            "So were {} of the {} {}schools that stood where they stood and did not take part.",
            percent(like.share),
            figures(like.known),
            phase(path)
        ),
        None => "No other schools are in the record to set beside them.".to_owned(),
    }
}

/// ‘primary ’ or nothing.
fn phase(path: &CohortPath) -> String {
    path.cohort()
        .phase
        .as_ref()
        .map_or(String::new(), |phase| format!("{} ", phase.to_lowercase()))
}

/// What may be concluded from the two shares.
pub(crate) fn conclusion(path: &CohortPath) -> String {
    match &path.difference {
        Some(difference) if difference.low > 0.0 || difference.high < 0.0 => {
            "The two shares differ by more than chance alone would make likely. That does not show that the programme made the difference: schools that take part may differ from others in ways the record does not hold.".to_owned()
        }
        Some(_) => "From these records alone nobody can say that the programme made the difference.".to_owned(),
        None => String::new(),
    }
}

/// How much the schools that cannot be seen could change.
pub(crate) fn missing(path: &CohortPath) -> Option<String> {
    let unseen = path.of(Group::Unseen).count() as u64;
    if unseen == 0 || path.known == 0 {
        return None;
    }
    let bounds = &path.bounds;
    let mut text = format!(
        "{} cannot be seen in the open data, mostly because they closed or became academies. Counting them as not good gives {}; counting them as good gives {}.",
        capital(&match unseen {
            1 => "one school".to_owned(),
            unseen => format!("{} schools", number(unseen)),
        }),
        percent(bounds.if_none),
        percent(bounds.if_all)
    );
    if let Some(like) = path.like.points.last()
        && (bounds.if_none..=bounds.if_all).contains(&like.share)
    {
        text.push_str(" The schools like them lie in between.");
    }
    Some(text)
}

/// Those judged good so soon that it says little about the programme.
pub(crate) fn early(path: &CohortPath) -> Option<String> {
    if path.early == 0 || path.like.known == 0 {
        return None;
    }
    let last = path.last()?;
    let share = path.like.early as f64 / path.like.known as f64;
    Some(format!(
        "{} of the {} {} good within {} weeks of joining. An inspection so soon says more about the time before. Among the schools like them it was {} of {} ({}). Leaving out all who were judged good so soon, {} of {} of its schools stood good on {}, and {} of {} of the others.",
        capital(&number(path.early)),
        number(last.known),
        if path.early == 1 {
            "was judged"
        } else {
            "were judged"
        },
        number(EARLY_DAYS as u64 / 7),
        figures(path.like.early),
        figures(path.like.known),
        percent_small(share),
        figures(last.good.saturating_sub(path.early)),
        figures(last.known.saturating_sub(path.early)),
        long_date(path.to),
        figures(
            path.like
                .points
                .last()
                .map_or(0, |like| like.good.saturating_sub(path.like.early))
        ),
        figures(path.like.known.saturating_sub(path.like.early)),
    ))
}

/// Declines, shown where gains are.
pub(crate) fn declines(path: &CohortPath) -> Option<String> {
    let last = path.last().filter(|last| last.known > 0)?;
    let own = match last.declined {
        0 => format!("None of the {} had declined", number(last.known)),
        1 => format!("One of the {} had declined", number(last.known)),
        count => format!(
            "{} of the {} had declined",
            capital(&number(count)),
            number(last.known)
        ),
    };
    let like = path
        .like
        .points
        .last()
        .filter(|like| like.known > 0)
        .map_or(String::new(), |like| {
            format!(
                "; of the schools like them, {} of {}",
                figures(like.declined),
                figures(like.known)
            )
        });
    Some(format!(
        "{own} by {}{like}. Declined means: judged worse than on joining, or judged good since and then below good again.",
        long_date(path.to)
    ))
}

/// What a cohort of this size could show at all.
pub(crate) fn detectable(path: &CohortPath) -> Option<String> {
    let points = path.detectable? * 100.0;
    Some(format!(
        "With {} schools, only a true difference of about {points:.0} percentage points or more would be likely to show (80% power at the 5% level).",
        number(path.known)
    ))
}

fn percent_small(share: f64) -> String {
    if share > 0.0 && share < 0.01 {
        "less than 1%".to_owned()
    } else {
        percent(share)
    }
}

/// The text with a capital letter first.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(good: u64, known: u64) -> Point {
        Point {
            date: kernel::Date::default(),
            good,
            known,
            share: 0.0,
            low: 0.0,
            high: 1.0,
            declined: 0,
            ever_good: good,
        }
    }

    #[test]
    fn the_first_word_follows_from_the_figures() {
        for (good, known, word) in [
            (0, 20, "Not yet."),
            (1, 20, "Some did."),
            (10, 20, "Half did."),
            (11, 20, "Most did."),
            (20, 20, "All did."),
        ] {
            assert_eq!(verdict(&point(good, known)), word);
        }
    }

    #[test]
    fn numbers_are_in_words_and_agree() {
        assert_eq!(were_judged(1), "one was judged");
        assert_eq!(were_judged(17), "17 were judged");
        assert_eq!(percent_small(0.004), "less than 1%");
        assert_eq!(capital("seven schools"), "Seven schools");
    }
}
