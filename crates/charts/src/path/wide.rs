//! The wide picture: terms as columns on one time axis, lanes below one another.

use kernel::Date;

use super::{PRIORITIES, PathMark, PathPriority, RECORD, REVIEWS, Rag, SchoolPath, TOGETHER, circle};
use crate::axis::Axis;
use crate::svg::{BLUE, DARK, GREY, Ink, Look, PANEL, Variant, escape, n, real};
use crate::text::{Weight, cut, width};

const SIZE: f64 = 14.0;
/// Where the columns begin; left of it stand the lanes' names.
const LEFT: f64 = 118.0;
const RIGHT: f64 = 792.0;
const TOP: f64 = 28.0;
const ROW: f64 = 24.0;
const BAR: f64 = 26.0;
/// Between two lanes.
const APART: f64 = 16.0;
/// The line of today, where there is colour.
const TODAY: &str = "#d4351c";

/// Draws the wide variant.
pub(super) fn draw(path: &SchoolPath, description: &str) -> String {
    let ends = path.terms.first().zip(path.terms.last());
    let (first, last) = ends.map_or((path.today, path.today), |(first, last)| (first.first, last.last));
    let axis = Axis::new(first, last, LEFT, RIGHT);
    // Lanes are drawn first, since they say how high the columns are.
    let mut ink = Ink::default();
    let mut y = TOP + 10.0;
    for (name, marks) in [(RECORD, &path.record), (TOGETHER, &path.together)] {
        let within: Vec<&PathMark> = marks.iter().filter(|mark| first <= mark.date && mark.date <= last).collect();
        ink.text(4.0, y + ROW * 0.7, Look::of(SIZE).grey(), "lane", name);
        let today = (first <= path.today && path.today <= last).then(|| axis.x(path.today));
        y += marks_lane(&axis, &within, (name == RECORD, today), y, &mut ink) + APART;
    }
    ink.text(4.0, y + BAR * 0.7, Look::of(SIZE).grey(), "lane", PRIORITIES);
    let bars: Vec<&PathPriority> = path.priorities.iter().filter(|one| touches(one, first, last)).collect();
    for priority in &bars {
        bar(&axis, priority, last.min(path.today.max(priority.opened)), y, &mut ink);
        y += BAR + 8.0;
    }
    if bars.is_empty() {
        ink.text(LEFT + 6.0, y + BAR * 0.7, Look::of(SIZE).grey(), "empty", "None chosen yet");
        y += BAR;
    }
    y += APART;
    ink.text(4.0, y + 19.0, Look::of(SIZE).grey(), "lane", REVIEWS);
    y += reviews(path, &axis, (first, last), y, &mut ink);
    let bottom = y + 10.0;
    today(path, &axis, (first, last), bottom, &mut ink);
    let mut whole = columns(path, &axis, bottom);
    whole.raw(&ink.into_inside());
    whole.finish(&path.id, Variant::Wide, bottom + 24.0, (&path.title, description))
}

fn touches(priority: &PathPriority, first: Date, last: Date) -> bool {
    priority.opened <= last && priority.closed.as_ref().is_none_or(|closed| first <= closed.0)
}

/// The terms' panels with their names; a name that would meet the next is left out.
fn columns(path: &SchoolPath, axis: &Axis, bottom: f64) -> Ink {
    let mut ink = Ink::default();
    let mut taken = f64::NEG_INFINITY;
    for (index, term) in path.terms.iter().enumerate() {
        let (a, b) = (axis.x(term.first), axis.x(term.last));
        ink.raw(&format!(
            r#"<path class="chart-term" d="M{} {}H{}V{}H{}z" fill="{PANEL}"><title>{}</title></path>"#,
            n(a),
            n(TOP),
            n(b),
            n(bottom),
            n(a),
            escape(&term.name)
        ));
        let next = path.terms.get(index + 1).map_or(RIGHT, |next| axis.x(next.first));
        let x = a + 2.0;
        let room = next - x - 8.0;
        let name = if width(&term.name, SIZE, Weight::Regular) <= room { term.name.clone() } else { short(&term.name) };
        if width(&name, SIZE, Weight::Regular) <= room && x >= taken {
            ink.text(x, TOP - 8.0, Look::of(SIZE).grey(), "term-name", &name);
            taken = x + width(&name, SIZE, Weight::Regular) + 6.0;
        }
    }
    ink
}

/// ‘Aut 25’ for ‘Autumn 2025’.
fn short(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.last().unwrap_or_default());
    let first: String = first.chars().take(3).collect();
    let last: String = last.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{first} {last}")
}

/// Marks with their words, in as many rows as they need; returns the height. Words
/// keep off the line of today where they can.
fn marks_lane(axis: &Axis, marks: &[&PathMark], (record, today): (bool, Option<f64>), top: f64, ink: &mut Ink) -> f64 {
    // Of each row, what is taken, from left to right or not.
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    for mark in marks {
        let x = axis.x(mark.date);
        let room = (RIGHT - x - 12.0).max(x - 12.0 - LEFT).min(460.0);
        let words = cut(&mark.words, room, SIZE, Weight::Regular);
        let w = width(&words, SIZE, Weight::Regular);
        // Right of the mark, or left of it where the picture ends or today is.
        let crosses = |from: f64, until: f64| today.is_some_and(|today| from <= today && today <= until);
        let (to_left, to_right) = (x - 12.0 - w, x + 12.0 + w);
        let left = to_right > RIGHT || (crosses(x, to_right) && !crosses(to_left, x) && to_left >= LEFT);
        let (from, until, look, at) = if !left {
            (x - 8.0, x + 12.0 + w + 6.0, Look::of(SIZE), x + 12.0)
        } else {
            (x - 12.0 - w - 6.0, x + 8.0, Look::of(SIZE).end(), x - 12.0)
        };
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(a, b)| until <= *a || *b <= from);
        let row = rows.iter().position(free).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push((from, until));
        let y = top + ROW * (real(row) + 0.5);
        let title = escape(&format!("{}: {}", kernel::words::long_date(mark.date), mark.words));
        let shape = if record {
            format!(
                r#"<path class="chart-record" d="M{} {}v14" fill="none" stroke="{DARK}" stroke-width="4">"#,
                n(x),
                n(y - 7.0)
            )
        } else {
            format!(r#"<circle class="chart-together" cx="{}" cy="{}" r="6" fill="{BLUE}">"#, n(x), n(y))
        };
        let close = if record { "path" } else { "circle" };
        ink.raw(&format!("{shape}<title>{title}</title></{close}>"));
        ink.text(at, y + SIZE * 0.35, look, "mark", &words);
    }
    ROW * real(rows.len().max(1))
}

/// A priority's bar, with its words in it, or beside it where it is too short.
fn bar(axis: &Axis, priority: &PathPriority, until: Date, top: f64, ink: &mut Ink) {
    let end = priority.closed.as_ref().map_or(until, |closed| closed.0);
    let a = axis.x(priority.opened);
    let b = axis.x(end).max(a + 4.0).min(RIGHT);
    let a = a.min(b - 4.0);
    // An open priority has no right edge: it goes on.
    let open = priority.closed.is_none();
    let fill = Rag::fill(priority.latest);
    ink.raw(&format!(
        r#"<path class="chart-priority" d="M{} {}H{}V{}H{}z" fill="{fill}"><title>{}</title></path>"#,
        n(a),
        n(top),
        n(b),
        n(top + BAR),
        n(a),
        escape(&priority.label())
    ));
    let d = if open {
        format!("M{} {}H{}V{}H{}", n(b), n(top), n(a), n(top + BAR), n(b))
    } else {
        format!("M{} {}H{}V{}H{}z", n(b), n(top), n(a), n(top + BAR), n(b))
    };
    ink.raw(&format!(r#"<path class="chart-priority-edge" d="{d}" fill="none" stroke="{DARK}" stroke-width="1.2"/>"#));
    let letter = priority.latest.map_or(0.0, |_| 24.0);
    let full = priority.label();
    let inside = b - a - 12.0 - letter;
    let fits = width(&full, SIZE, Weight::Regular) <= inside;
    let (right, left) = (RIGHT - b - 10.0 - letter, a - LEFT - 10.0 - letter);
    let baseline = top + BAR * 0.66;
    // Where the block of letter and words begins, and its words.
    let (x, words) = if fits {
        (a + 6.0, full)
    } else if inside >= right.max(left) {
        (a + 6.0, cut(&full, inside, SIZE, Weight::Regular))
    } else if right >= left || width(&full, SIZE, Weight::Regular) <= right {
        (b + 6.0, cut(&full, right, SIZE, Weight::Regular))
    } else {
        let words = cut(&full, left, SIZE, Weight::Regular);
        (a - 6.0 - letter - width(&words, SIZE, Weight::Regular), words)
    };
    if let Some(rag) = priority.latest {
        ink.text(x + 8.0, baseline, Look::of(SIZE).bold().middle(), "letter", rag.letter());
    }
    ink.text(x + letter, baseline, Look::of(SIZE), "priority-name", &words);
}

/// The circles of reviews; those that would meet stand in rows below one another.
fn reviews(path: &SchoolPath, axis: &Axis, (first, last): (Date, Date), top: f64, ink: &mut Ink) -> f64 {
    let mut rows: Vec<f64> = Vec::new();
    for review in path.reviews.iter().filter(|review| first <= review.date && review.date <= last) {
        let x = axis.x(review.date).clamp(LEFT + 13.0, RIGHT - 13.0);
        let row = rows.iter().position(|taken| taken + 4.0 <= x - 13.0).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(0.0);
        }
        rows[row] = x + 13.0;
        let y = top + 14.0 + 30.0 * real(row);
        ink.raw(&circle((x, y), 13.0, review, path.today));
        if let Some(rag) = review.rag {
            ink.text(x, y + SIZE * 0.36, Look::of(SIZE).bold().middle(), "letter", rag.letter());
        }
    }
    30.0 * real(rows.len().max(1))
}

fn today(path: &SchoolPath, axis: &Axis, (first, last): (Date, Date), bottom: f64, ink: &mut Ink) {
    if path.today < first || path.today > last {
        return;
    }
    let x = axis.x(path.today);
    ink.line("today", (x, TOP), (x, bottom + 4.0), &format!(r#"stroke="{TODAY}" stroke-width="2""#));
    let half = width("today", SIZE, Weight::Regular) / 2.0;
    let middle = x.clamp(LEFT + half, RIGHT - half);
    ink.text(middle, bottom + 18.0, Look { colour: GREY, ..Look::of(SIZE).middle() }, "today-label", "today");
}
