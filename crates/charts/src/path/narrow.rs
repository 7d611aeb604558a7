//! The narrow picture: time from top to bottom, a term a panel, one thing a line.

use kernel::Date;

use super::{PathTerm, Rag, SchoolPath, circle};
use crate::axis::short_month;
use crate::svg::{BLUE, DARK, GREY, Ink, Look, PANEL, Variant, n, real};
use crate::text::{Weight, wrap};

const SIZE: f64 = 14.0;
const LINE: f64 = SIZE * 1.3;
const LEFT: f64 = 6.0;
/// Where marks and where words stand.
const MARK: f64 = 84.0;
const WORDS: f64 = 104.0;
const TODAY: &str = "#d4351c";

/// What stands before a line.
enum Sign<'a> {
    Record,
    Together,
    Opened,
    Closed(Option<Rag>),
    Review(&'a super::PathReview),
    Today,
}

struct Item<'a> {
    date: Date,
    /// What is of one day stands in the order of the lanes.
    order: u8,
    sign: Sign<'a>,
    words: String,
}

/// Draws the narrow variant.
pub(super) fn draw(path: &SchoolPath, description: &str) -> String {
    let mut items = items(path);
    items.sort_by_key(|item| (item.date, item.order));
    let mut ink = Ink::default();
    let mut y = 2.0;
    let mut rest = items.as_slice();
    for term in &path.terms {
        let before = rest.partition_point(|item| item.date < term.first);
        let (holiday, later) = rest.split_at(before);
        y = lines(path, holiday, y, &mut ink);
        let (within, later) = later.split_at(later.partition_point(|item| item.date <= term.last));
        y = panel(path, term, within, y, &mut ink);
        rest = later;
    }
    y = lines(path, rest, y, &mut ink);
    if path.terms.is_empty() && items.is_empty() {
        ink.text(LEFT, y + SIZE, Look::of(SIZE).grey(), "empty", "Nothing yet");
        y += LINE;
    }
    y = standing(path, y, &mut ink);
    ink.finish(&path.id, Variant::Narrow, y + 6.0, (&path.title, description))
}

/// Everything with a day that lies within the terms.
fn items(path: &SchoolPath) -> Vec<Item<'_>> {
    let ends = path.terms.first().zip(path.terms.last()).map(|(first, last)| (first.first, last.last));
    let within = |date: Date| ends.is_some_and(|(first, last)| first <= date && date <= last);
    let mut items = Vec::new();
    let mut add = |date, order, sign, words| {
        if within(date) {
            items.push(Item { date, order, sign, words });
        }
    };
    for mark in &path.record {
        add(mark.date, 0, Sign::Record, mark.words.clone());
    }
    for mark in &path.together {
        add(mark.date, 1, Sign::Together, mark.words.clone());
    }
    for priority in &path.priorities {
        add(priority.opened, 2, Sign::Opened, format!("Priority: {}", priority.name));
        if let Some((date, _)) = &priority.closed {
            add(*date, 3, Sign::Closed(priority.latest), priority.label());
        }
    }
    for review in &path.reviews {
        add(review.date, 4, Sign::Review(review), format!("{}: {}", review.name, review.says(path.today)));
    }
    add(path.today, 5, Sign::Today, "today".to_owned());
    items
}

fn panel(path: &SchoolPath, term: &PathTerm, within: &[Item<'_>], top: f64, ink: &mut Ink) -> f64 {
    let room = Variant::Narrow.width() - LEFT * 2.0;
    // The lines are drawn first, since they say how high the panel is.
    let mut inside = Ink::default();
    let mut y = top + 4.0;
    for line in wrap(&term.name, room - 8.0, 2, SIZE, Weight::Bold) {
        inside.text(LEFT + 4.0, y + SIZE, Look::of(SIZE).bold(), "term-name", &line);
        y += LINE;
    }
    y = lines(path, within, y, &mut inside) + 6.0;
    ink.raw(&format!(
        r#"<path class="chart-term" d="M{} {}h{}v{}h-{}z" fill="{PANEL}"/>"#,
        n(LEFT),
        n(top),
        n(room),
        n(y - top),
        n(room)
    ));
    ink.raw(&inside.into_inside());
    y + 6.0
}

fn lines(path: &SchoolPath, items: &[Item<'_>], top: f64, ink: &mut Ink) -> f64 {
    let room = Variant::Narrow.width() - LEFT - WORDS - 4.0;
    let mut y = top;
    for item in items {
        let middle = y + LINE * 0.55;
        if matches!(item.sign, Sign::Today) {
            let stroke = format!(r#"stroke="{TODAY}" stroke-width="2""#);
            ink.line("today", (WORDS + 48.0, middle), (Variant::Narrow.width() - LEFT, middle), &stroke);
        }
        let date = format!("{} {}", item.date.day(), short_month(item.date));
        ink.text(LEFT + 4.0, y + SIZE, Look::of(SIZE).grey(), "day", &date);
        sign(path, &item.sign, (MARK, middle), ink);
        let words = wrap(&item.words, room, 4, SIZE, Weight::Regular);
        for line in &words {
            ink.text(WORDS, y + SIZE, Look::of(SIZE), "mark", line);
            y += LINE;
        }
        // A circle is higher than a line; a thing without words still has its day.
        y += 4.0 + if words.is_empty() { LINE } else { 0.0 };
    }
    y
}

fn sign(path: &SchoolPath, sign: &Sign<'_>, (x, y): (f64, f64), ink: &mut Ink) {
    match sign {
        Sign::Today => {}
        Sign::Record => {
            ink.line("record", (x, y - 7.0), (x, y + 7.0), &format!(r#"stroke="{DARK}" stroke-width="4""#));
        }
        Sign::Together => {
            ink.raw(&format!(r#"<circle class="chart-together" cx="{}" cy="{}" r="6" fill="{BLUE}"/>"#, n(x), n(y)));
        }
        Sign::Opened => ink.raw(&format!(
            r#"<path class="chart-opened" d="M{} {}h12M{} {}v-14h12" fill="none" stroke="{DARK}" stroke-width="1.5"/>"#,
            n(x - 6.0),
            n(y + 7.0),
            n(x - 6.0),
            n(y + 7.0)
        )),
        Sign::Closed(rag) => ink.raw(&format!(
            r#"<path class="chart-closed" d="M{} {}h12v14h-12z" fill="{}" stroke="{DARK}" stroke-width="1.5"/>"#,
            n(x - 6.0),
            n(y - 7.0),
            Rag::fill(*rag)
        )),
        Sign::Review(review) => {
            ink.raw(&circle((x, y), 10.0, review, path.today));
            if let Some(rag) = review.rag {
                ink.text(x, y + 4.5, Look::of(12.0).bold().middle(), "letter", rag.letter());
            }
        }
    }
}

/// The priorities that are open today, each with what its latest review said.
fn standing(path: &SchoolPath, top: f64, ink: &mut Ink) -> f64 {
    let open: Vec<_> = path.priorities.iter().filter(|priority| priority.closed.is_none()).collect();
    if open.is_empty() {
        return top;
    }
    let mut y = top + 4.0;
    ink.text(LEFT, y + SIZE, Look::of(SIZE).bold(), "lane", "Open priorities");
    y += LINE + 2.0;
    for priority in open {
        let lines = wrap(&priority.label(), Variant::Narrow.width() - LEFT * 2.0 - 34.0, 3, SIZE, Weight::Regular);
        let height = LINE * real(lines.len().max(1));
        ink.raw(&format!(
            r#"<path class="chart-priority" d="M{} {}h24v{}h-24z" fill="{}" stroke="{GREY}" stroke-width="1"/>"#,
            n(LEFT),
            n(y),
            n(height),
            Rag::fill(priority.latest)
        ));
        if let Some(rag) = priority.latest {
            ink.text(LEFT + 12.0, y + SIZE, Look::of(SIZE).bold().middle(), "letter", rag.letter());
        }
        let mut baseline = y + SIZE;
        for line in &lines {
            ink.text(LEFT + 32.0, baseline, Look::of(SIZE), "priority-name", line);
            baseline += LINE;
        }
        y += height + 6.0;
    }
    y
}
