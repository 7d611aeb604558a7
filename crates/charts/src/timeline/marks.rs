//! The marks of inspections, and the labels beside them.

use kernel::words::month_and_year;

use super::{Event, Kind};
use crate::place::{Rect, Room, hugs_right, leader};
use crate::svg::{BLUE, DARK, GREY, Ink, Look, escape, n};
use crate::text::{Weight, cut, width, wrap};

const SIZE: f64 = 14.0;
const LINE: f64 = SIZE * 1.15;

/// A mark for an inspection at (x, y).
pub(super) fn draw_mark(event: &Event, (x, y): (f64, f64), ink: &mut Ink) {
    let title = format!("{}: {}", month_and_year(event.date), event.words());
    let own = event.as_name.is_none();
    let (d, look) = match event.kind {
        Kind::Graded { level, .. } => {
            let look = if own {
                format!(r#"fill="{BLUE}" stroke="{BLUE}" stroke-width="2""#)
            } else {
                format!(r##"fill="#ffffff" stroke="{BLUE}" stroke-width="2.5""##)
            };
            let d = match level {
                Some(_) => format!("M{} {}a6 6 0 1 0 12 0a6 6 0 1 0-12 0", n(x - 6.0), n(y)),
                None => format!("M{} {}h10v10h-10z", n(x - 5.0), n(y - 5.0)),
            };
            (d, look)
        }
        Kind::Ungraded { .. } => (
            format!("M{} {}v12", n(x), n(y - 6.0)),
            format!(
                r#"fill="none" stroke="{}" stroke-width="3""#,
                if own { DARK } else { GREY }
            ),
        ),
        Kind::Suspended => (
            format!(
                "M{} {}v12M{} {}v12",
                n(x - 3.0),
                n(y - 6.0),
                n(x + 3.0),
                n(y - 6.0)
            ),
            format!(r#"fill="none" stroke="{DARK}" stroke-width="2""#),
        ),
    };
    ink.raw(&format!(
        r#"<path class="chart-inspection" d="{d}" {look}><title>{}</title></path>"#,
        escape(&title)
    ));
}

/// How much the labels say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Say {
    /// Word and month, and less only where there is no room.
    Month,
    /// The word alone, on two lines where that is narrower.
    Word,
}

/// Draws the labels of all marks. Where months would cost a grade its word, none
/// is said: the time axis has them.
pub(super) fn draw_labels(events: &[Event], marks: &[Rect], room: &Room, ink: &mut Ink) {
    let missing = |labels: &[Option<Label>]| {
        events
            .iter()
            .zip(labels)
            .filter(|(event, label)| event.graded() && label.is_none())
            .count()
    };
    let dated = labels(events, marks, room.clone(), Say::Month);
    let chosen = if missing(&dated) == 0 {
        dated
    } else {
        let plain = labels(events, marks, room.clone(), Say::Word);
        if missing(&plain) < missing(&dated) {
            plain
        } else {
            dated
        }
    };
    for (mark, label) in marks.iter().zip(&chosen) {
        if let Some(label) = label {
            draw_label(*mark, label, ink);
        }
    }
}

/// A label that has found room.
struct Label {
    rect: Rect,
    lines: Vec<(String, Weight)>,
}

/// The marks' labels, in their order. Grades come first: where room is short,
/// visits without one go unlabelled.
fn labels(events: &[Event], marks: &[Rect], mut room: Room, say: Say) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = events.iter().map(|_| None).collect();
    for graded in [true, false] {
        for ((event, mark), label) in events.iter().zip(marks).zip(&mut labels) {
            if event.graded() == graded {
                *label = place(event, *mark, &mut room, say);
            }
        }
    }
    labels
}

fn place(event: &Event, mark: Rect, room: &mut Room, say: Say) -> Option<Label> {
    let heavy = if event.graded() {
        Weight::Bold
    } else {
        Weight::Regular
    };
    let word = cut(event.words(), 200.0, SIZE, heavy);
    let lines = |texts: Vec<String>| -> Vec<(String, Weight)> {
        texts.into_iter().map(|text| (text, heavy)).collect()
    };
    let broken = lines(wrap(&word, 110.0, 2, SIZE, heavy));
    let word = lines(vec![word]);
    let dated = |lines: &[(String, Weight)]| {
        let mut lines = lines.to_vec();
        lines.push((month_and_year(event.date), Weight::Regular));
        lines
    };
    // How far off each wording may stand, best first: a date somewhat farther off
    // is better than none.
    let attempts = match (event.graded(), say) {
        (false, _) => vec![(12.0, word)],
        (true, Say::Month) => vec![
            (16.0, dated(&word)),
            (16.0, dated(&broken)),
            (44.0, dated(&word)),
            (44.0, dated(&broken)),
            (44.0, word),
            (90.0, broken),
        ],
        (true, Say::Word) => vec![(4.0, broken.clone()), (4.0, word), (90.0, broken)],
    };
    attempts.into_iter().find_map(|(reach, lines)| {
        let w = lines
            .iter()
            .map(|(line, weight)| width(line, SIZE, *weight))
            .fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
        let h = lines.len() as f64 * LINE;
        let rect = room.place(mark, (w, h), reach)?;
        Some(Label { rect, lines })
    })
}

fn draw_label(mark: Rect, label: &Label, ink: &mut Ink) {
    let rect = label.rect;
    if let Some((from, to)) = leader(&mark, &rect) {
        let stroke = format!(r#"stroke="{GREY}" stroke-width="1""#);
        ink.line("leader", from, to, &stroke);
    }
    let mut y = rect.y + SIZE * 0.92;
    for (index, (line, weight)) in label.lines.iter().enumerate() {
        let is_month = index > 0 && *weight == Weight::Regular;
        let look = Look {
            weight: *weight,
            colour: if is_month { GREY } else { DARK },
            ..Look::of(SIZE).rimmed()
        };
        let (x, look) = if hugs_right(&mark, &rect) {
            (rect.right(), look.end())
        } else {
            (rect.x, look)
        };
        ink.text(x, y, look, "grade", line);
        y += LINE;
    }
}
