//! The labels of the path: at the lines' ends, and beside the diamonds.

use kernel::words::{figures, percent};

use super::Step;
use super::draw::Plot;
use crate::place::{Rect, Room, hugs_right, leader, spread};
use crate::svg::{BLUE, DARK, GREY, Ink, Look, Variant, escape, n};
use crate::text::{Weight, balance, width, wrap};

/// One label at the right end.
struct EndLabel {
    wanted: f64,
    /// Lines of text; the first in bold where it is a name.
    lines: Vec<(String, Weight)>,
    colour: &'static str,
    /// Where the thing is that it names; `None` where the label needs no leader.
    end: Option<f64>,
    /// Least wanted is left out first.
    rank: u8,
}

/// Draws the labels at the right end, moved apart where they would meet.
pub(super) fn end_labels(plot: &Plot<'_>, ink: &mut Ink) {
    let line_height = plot.size * 1.22;
    let mut labels = wanted_labels(plot);
    labels.sort_by(|a, b| a.wanted.total_cmp(&b.wanted));
    let tops = loop {
        let wanted: Vec<(f64, f64)> = labels
            .iter()
            .map(|label| {
                #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
                let lines = label.lines.len() as f64;
                (label.wanted, lines * line_height)
            })
            .collect();
        match spread(&wanted, 5.0, 2.0, plot.bottom + 6.0) {
            Some(tops) => break tops,
            None => {
                let least = labels.iter().map(|label| label.rank).max();
                labels.retain(|label| Some(label.rank) != least);
            }
        }
    };
    for (label, top) in labels.iter().zip(tops) {
        let mut baseline = top + plot.size * 0.92;
        if let Some(end) = label.end {
            let to = top + line_height / 2.0;
            if (to - end).abs() > line_height * 0.6 {
                ink.line(
                    "leader",
                    (plot.labels.0 - 7.0, end),
                    (plot.labels.0 - 1.0, to),
                    &format!(r#"stroke="{}" stroke-width="1""#, label.colour),
                );
            }
        }
        for (text, weight) in &label.lines {
            let look = Look {
                weight: *weight,
                colour: if *weight == Weight::Bold {
                    label.colour
                } else {
                    DARK
                },
                ..Look::of(plot.size)
            };
            ink.text(plot.labels.0, baseline, look, "end", text);
            baseline += line_height;
        }
    }
}

fn wanted_labels(plot: &Plot<'_>) -> Vec<EndLabel> {
    let (room, size) = (plot.labels.1, plot.size);
    let mut labels = Vec::new();
    let mut of_line = |name: &str, steps: &[Step], colour, rank| {
        let Some(last) = steps.last() else { return };
        let mut lines: Vec<(String, Weight)> = wrap(name, room, 3, size, Weight::Bold)
            .into_iter()
            .map(|line| (line, Weight::Bold))
            .collect();
        let share = percent(last.share());
        let counts = format!("{share}, {} of {}", figures(last.good), figures(last.known));
        lines.extend(
            wrap(&counts, room, 2, size, Weight::Regular)
                .into_iter()
                .map(|line| (line, Weight::Regular)),
        );
        let y = plot.y(last.share());
        labels.push(EndLabel {
            wanted: y,
            lines,
            colour,
            end: Some(y),
            rank,
        });
    };
    of_line(&plot.path.cohort.name, &plot.cohort, BLUE, 0);
    if let Some(others) = &plot.path.others {
        of_line(&others.name, &plot.others, GREY, 1);
    }
    let mut plain = |text: &str, y: f64, rank: u8, end: Option<f64>| {
        let lines: Vec<_> = wrap(text, room, 3, size, Weight::Regular)
            .into_iter()
            .map(|line| (line, Weight::Regular))
            .collect();
        if !lines.is_empty() {
            labels.push(EndLabel {
                wanted: y,
                lines,
                colour: GREY,
                end,
                rank,
            });
        }
    };
    if let Some(missing) = &plot.path.missing {
        let (all, none) = (plot.y(missing.if_all), plot.y(missing.if_none));
        plain(&missing.if_all_label, all - size * 0.3, 3, Some(all));
        plain(&missing.if_none_label, none + size * 0.3, 4, Some(none));
    }
    if let Some(last) = plot.cohort.last()
        && last.declined > 0
    {
        let text = format!("▼ {} declined", figures(last.declined));
        plain(&text, plot.bottom - 4.0, 2, None);
    }
    labels
}

/// Draws the published figures and, where there is room, their labels.
pub(super) fn published(plot: &Plot<'_>, ink: &mut Ink) {
    let mut room = Room::new(Rect {
        x: plot.left + 2.0,
        y: plot.top - 8.0,
        w: plot.right - plot.left - 4.0,
        h: plot.bottom - plot.top - 6.0,
    });
    room.avoid(plot.segments(&plot.cohort));
    room.avoid(plot.segments(&plot.others));
    let marks: Vec<Rect> = plot
        .path
        .published
        .iter()
        .map(|figure| {
            let at = (plot.axis.x(figure.date), plot.y(figure.share));
            Rect::around(at, 16.0)
        })
        .collect();
    for mark in &marks {
        room.take(*mark);
    }
    nothing_known(plot, &mut room, ink);
    let look = Look::of(plot.size - 1.0).rimmed();
    for (figure, mark) in plot.path.published.iter().zip(&marks) {
        ink.raw(&format!(
            r##"<path class="chart-published" d="M{} {}l8 8l-8 8l-8-8z" fill="#ffffff" stroke="{DARK}" stroke-width="2"><title>{}</title></path>"##,
            n(mark.x + 8.0),
            n(mark.y),
            escape(&figure.label)
        ));
        let most = match plot.variant {
            Variant::Wide => 220.0,
            Variant::Narrow => 92.0,
        };
        let lines = balance(&figure.label, most, 3, look.size, Weight::Regular);
        let line_height = look.size * 1.2;
        let w = lines
            .iter()
            .map(|line| width(line, look.size, Weight::Regular))
            .fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let h = lines.len() as f64 * line_height;
        let Some(rect) = room.place(*mark, (w, h), 60.0) else {
            continue;
        };
        if let Some((from, to)) = leader(mark, &rect) {
            let stroke = format!(r#"stroke="{DARK}" stroke-width="1""#);
            ink.line("leader", from, to, &stroke);
        }
        let (x, look) = if hugs_right(mark, &rect) {
            (rect.right(), look.end())
        } else {
            (rect.x, look)
        };
        let mut baseline = rect.y + look.size * 0.95;
        for line in &lines {
            ink.text(x, baseline, look, "published-label", line);
            baseline += line_height;
        }
    }
}

/// Says so where there is no line, in the middle of the plot.
fn nothing_known(plot: &Plot<'_>, room: &mut Room, ink: &mut Ink) {
    if !plot.cohort.is_empty() || !plot.others.is_empty() {
        return;
    }
    let text = "Nothing known yet";
    let (x, y) = (
        f64::midpoint(plot.left, plot.right),
        f64::midpoint(plot.top, plot.bottom) - 8.0,
    );
    let w = width(text, plot.size, Weight::Regular);
    room.take(Rect {
        x: x - w / 2.0,
        y: y - plot.size,
        w,
        h: plot.size * 1.3,
    });
    let look = Look::of(plot.size).grey().middle();
    ink.text(x, y, look, "empty", text);
}
