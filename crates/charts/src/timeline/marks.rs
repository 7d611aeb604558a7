//! The marks of inspections, and the labels beside them.

use kernel::words::month_and_year;

use super::{Event, Kind};
use crate::place::{Rect, Room, hugs_right, leader};
use crate::svg::{BLUE, DARK, GREY, Ink, Look, escape, n};
use crate::text::{Weight, cut, width, wrap};

const SIZE: f64 = 14.0;

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

/// The label of a mark: word and month where there is room for both, the word
/// alone or on two lines where there is not.
pub(super) fn label(event: &Event, mark: Rect, room: &mut Room, ink: &mut Ink) {
    let month = month_and_year(event.date);
    let graded = matches!(event.kind, Kind::Graded { .. });
    let heavy = if graded {
        Weight::Bold
    } else {
        Weight::Regular
    };
    let word = cut(event.words(), 200.0, SIZE, heavy);
    let broken = wrap(&word, 70.0, 2, SIZE, Weight::Bold);
    let with_month = |mut lines: Vec<String>| {
        lines.push(month.clone());
        lines
    };
    let attempts: Vec<Vec<String>> = if graded {
        vec![
            with_month(vec![word.clone()]),
            with_month(broken.clone()),
            vec![word.clone()],
            broken,
        ]
    } else {
        vec![vec![word.clone()]]
    };
    let line_height = SIZE * 1.15;
    let reach: &[f64] = if graded {
        &[16.0, 30.0, 90.0]
    } else {
        &[0.0, 12.0]
    };
    for &reach in reach {
        for lines in &attempts {
            let weight = |line: &String| {
                if graded && *line != month {
                    Weight::Bold
                } else {
                    Weight::Regular
                }
            };
            let w = lines
                .iter()
                .map(|line| width(line, SIZE, weight(line)))
                .fold(0.0, f64::max);
            #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
            let h = lines.len() as f64 * line_height;
            let Some(rect) = room.place(mark, (w, h), reach) else {
                continue;
            };
            let mut y = rect.y + SIZE * 0.92;
            if let Some((from, to)) = leader(&mark, &rect) {
                let stroke = format!(r#"stroke="{GREY}" stroke-width="1""#);
                ink.line("leader", from, to, &stroke);
            }
            for line in lines {
                let look = Look {
                    weight: weight(line),
                    colour: if *line == month { GREY } else { DARK },
                    ..Look::of(SIZE).rimmed()
                };
                let (x, look) = if hugs_right(&mark, &rect) {
                    (rect.right(), look.end())
                } else {
                    (rect.x, look)
                };
                ink.text(x, y, look, "grade", line);
                y += line_height;
            }
            return;
        }
    }
}
