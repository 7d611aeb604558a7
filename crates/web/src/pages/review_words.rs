//! How reviews are said and drawn.

use charts::{Chart, PathMark, PathPriority, PathReview, PathTerm, Rag, SchoolPath, path_of_a_school};
use kernel::Date;
use programme::review::{Letter, Reading, View};
use ui::{SafeHtml, Tag, TagColour};

/// What stands under the picture of a path.
pub(super) const SOURCE: &str = "Source: what the school wrote in its plan and its reviews.";

/// A letter as a tag: always with its word.
pub(super) fn letter(letter: Letter) -> Tag {
    let colour = match letter {
        Letter::Red => TagColour::Red,
        Letter::Amber => TagColour::Yellow,
        Letter::Green => TagColour::Green,
    };
    Tag::new(format!("{} · {}", letter.letter(), word(letter))).colour(colour)
}

fn word(letter: Letter) -> &'static str {
    match letter {
        Letter::Red => "red",
        Letter::Amber => "amber",
        Letter::Green => "green",
    }
}

/// What somebody sees beside a review.
pub(super) fn view(one: &View) -> SafeHtml {
    let role = programme::audit::role_words(&one.role);
    let words = SafeHtml::from(format!(" {}, {role}: {}", one.name, one.words));
    match one.letter {
        Some(given) => SafeHtml::join([letter(given).into(), words], ""),
        None => words,
    }
}

const fn rag(letter: Letter) -> Rag {
    match letter {
        Letter::Red => Rag::Red,
        Letter::Amber => Rag::Amber,
        Letter::Green => Rag::Green,
    }
}

/// The path of a school, of what the reader may see; nothing before there is a
/// priority, or where the calendar knows no term of it.
pub(super) fn path(reading: &Reading, today: Date) -> Option<Chart> {
    let first =
        reading.plan.priorities.iter().map(|one| one.opened_on).chain(reading.diagnosed.iter().copied()).min()?;
    let last = reading.reviews.iter().filter_map(|one| one.next_on).chain([today]).max()?;
    let terms = reading.calendar.all_terms().iter().filter(|term| term.last >= first && term.first <= last);
    let terms: Vec<PathTerm> =
        terms.map(|term| PathTerm { name: term.name(), first: term.first, last: term.last }).collect();
    if terms.is_empty() || reading.plan.priorities.is_empty() {
        return None;
    }
    let mut reviews: Vec<PathReview> = reading.reviews.iter().rev().map(|one| review(reading, one)).collect();
    // The next one, where the latest is finished and has set a day for it.
    let next = reading.reviews.first().filter(|one| one.finished_at.is_some()).and_then(|one| one.next_on);
    reviews.extend(next.map(|date| PathReview { date, name: "Next review".to_owned(), rag: None }));
    let priorities = reading.plan.priorities.iter().map(|one| PathPriority {
        name: one.title.clone(),
        opened: one.opened_on,
        closed: one.closed.as_ref().map(|closed| (closed.on, closed.how.words().to_owned())),
        latest: reading.latest(one.id).map(rag),
    });
    // That a diagnosis was agreed is the school's to release by itself.
    let together = if reading.released { &[] } else { reading.diagnosed.as_slice() };
    let mark = |date: &Date| PathMark { date: *date, words: "Diagnosis agreed".to_owned() };
    Some(path_of_a_school(&SchoolPath {
        id: "path".to_owned(),
        title: format!("The path since {}", kernel::words::month_and_year(first)),
        today,
        terms,
        record: Vec::new(),
        together: together.iter().map(mark).collect(),
        priorities: priorities.collect(),
        reviews,
    }))
}

/// A review as a whole has no letter unless all its priorities have the same:
/// three letters are no mean.
fn review(reading: &Reading, one: &programme::review::Review) -> PathReview {
    let lines: Vec<Letter> =
        reading.lines.iter().filter(|line| line.review == one.id).map(|line| line.letter).collect();
    let same = lines.first().copied().filter(|first| lines.iter().all(|line| line == first));
    let rag = same.filter(|_| one.finished_at.is_some()).map(rag);
    PathReview { date: one.on, name: format!("{} review", one.name), rag }
}
