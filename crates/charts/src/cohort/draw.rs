//! Drawing the path: the lines, then the labels at their ends, then the rest
//! where there is room.

use kernel::words::{figures, percent};

use super::{CohortPath, Step, visible};
use crate::axis::Axis;
use crate::place::{Rect, Room, Segment, hugs_right, leader, spread};
use crate::svg::{BAND, BLUE, DARK, GREY, Ink, Look, RULE, Variant, escape, n};
use crate::text::{Weight, balance, width, wrap};

/// Where things are in one picture.
struct Plot<'a> {
    path: &'a CohortPath,
    cohort: Vec<Step>,
    others: Vec<Step>,
    axis: Axis,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Where the labels at the lines' ends begin, and how wide they may be.
    labels: (f64, f64),
    size: f64,
    variant: Variant,
}

impl Plot<'_> {
    fn y(&self, share: f64) -> f64 {
        let share = if share.is_finite() { share } else { 0.0 };
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// The level and upright pieces of a step line.
    fn segments(&self, steps: &[Step]) -> Vec<Segment> {
        let mut out = Vec::with_capacity(steps.len() * 2);
        for (index, step) in steps.iter().enumerate() {
            let (x, y) = (self.axis.x(step.date), self.y(step.share()));
            let end = steps
                .get(index + 1)
                .map_or(self.right, |next| self.axis.x(next.date));
            out.push(Segment {
                x1: x,
                y1: y,
                x2: end,
                y2: y,
            });
            if let Some(next) = steps.get(index + 1) {
                let other = self.y(next.share());
                out.push(Segment {
                    x1: end,
                    y1: y.min(other),
                    x2: end,
                    y2: y.max(other),
                });
            }
        }
        out
    }
}

/// Draws one variant.
pub(super) fn draw(path: &CohortPath, description: &str, variant: Variant) -> String {
    let size = variant.text_size();
    let (height, left, label_room) = match variant {
        Variant::Wide => (430.0, 58.0, 190.0),
        Variant::Narrow => (420.0, 50.0, 116.0),
    };
    let bracket = if path.missing.is_some() { 14.0 } else { 0.0 };
    let right = variant.width() - label_room - bracket - 10.0;
    let axis = Axis::new(path.from, path.until, left, right);
    let plot = Plot {
        path,
        cohort: visible(path, &path.cohort),
        others: path
            .others
            .as_ref()
            .map_or_else(Vec::new, |line| visible(path, line)),
        axis,
        left,
        right,
        top: 14.0,
        bottom: height - 58.0,
        labels: (right + bracket + 8.0, label_room),
        size,
        variant,
    };
    let mut ink = Ink::default();
    scale(&plot, &mut ink);
    band(&plot, &mut ink);
    lines(&plot, &mut ink);
    declines(&plot, &mut ink);
    let bracket_x = right + 8.0;
    if let Some(missing) = &path.missing {
        let (a, b) = (plot.y(missing.if_all), plot.y(missing.if_none));
        ink.raw(&format!(
            r#"<path class="chart-bounds" d="M{x} {a}h6V{b}h-6" fill="none" stroke="{BLUE}" stroke-width="1.5"/>"#,
            x = n(bracket_x),
            a = n(a),
            b = n(b),
        ));
    }
    end_labels(&plot, &mut ink);
    published(&plot, &mut ink);
    let below = plot.axis.draw(&mut ink, plot.bottom, size);
    ink.finish(
        &path.id,
        variant,
        plot.bottom + below + 2.0,
        (&path.title, description),
    )
}

fn scale(plot: &Plot<'_>, ink: &mut Ink) {
    let look = Look::of(plot.size).grey().end();
    for quarter in 0..=4_u8 {
        let share = f64::from(quarter) / 4.0;
        let y = plot.y(share);
        let stroke = if quarter == 0 { GREY } else { RULE };
        ink.line(
            "grid",
            (plot.left, y),
            (plot.right, y),
            &format!(r#"stroke="{stroke}" stroke-width="1""#),
        );
        ink.text(
            plot.left - 8.0,
            y + plot.size * 0.35,
            look,
            "scale",
            &percent(share),
        );
    }
}

/// The interval as a band in steps, like the line that it belongs to.
fn band(plot: &Plot<'_>, ink: &mut Ink) {
    let Some(first) = plot.cohort.first() else {
        return;
    };
    let mut d = format!("M{} {}", n(plot.axis.x(first.date)), n(plot.y(first.high)));
    for step in &plot.cohort[1..] {
        d += &format!("H{}V{}", n(plot.axis.x(step.date)), n(plot.y(step.high)));
    }
    d += &format!("H{}", n(plot.right));
    let mut lower = plot.cohort.iter().rev().peekable();
    while let Some(step) = lower.next() {
        d += &format!("V{}", n(plot.y(step.low)));
        if lower.peek().is_some() {
            d += &format!("H{}", n(plot.axis.x(step.date)));
        }
    }
    d += &format!("H{}Z", n(plot.axis.x(first.date)));
    ink.raw(&format!(
        r#"<path class="chart-band" d="{d}" fill="{BAND}" stroke="none"><title>95% interval</title></path>"#
    ));
}

fn steps_path(plot: &Plot<'_>, steps: &[Step]) -> Option<String> {
    let first = steps.first()?;
    let mut d = format!(
        "M{} {}",
        n(plot.axis.x(first.date)),
        n(plot.y(first.share()))
    );
    for step in &steps[1..] {
        d += &format!("H{}V{}", n(plot.axis.x(step.date)), n(plot.y(step.share())));
    }
    Some(d + &format!("H{}", n(plot.right)))
}

fn lines(plot: &Plot<'_>, ink: &mut Ink) {
    if let Some(d) = steps_path(plot, &plot.others) {
        ink.raw(&format!(
            r#"<path class="chart-others" d="{d}" fill="none" stroke="{GREY}" stroke-width="2.5" stroke-dasharray="6 4"/>"#
        ));
    }
    if let Some(d) = steps_path(plot, &plot.cohort) {
        ink.raw(&format!(
            r#"<path class="chart-cohort" d="{d}" fill="none" stroke="{BLUE}" stroke-width="4" stroke-linejoin="miter"/>"#
        ));
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

/// Downward triangles on the bottom line where the number declined grew; those
/// that would meet are one.
fn declines(plot: &Plot<'_>, ink: &mut Ink) {
    let mut before = 0;
    let mut marks: Vec<(f64, u64)> = Vec::new();
    for step in &plot.cohort {
        if step.declined > before {
            let (x, more) = (plot.axis.x(step.date), step.declined - before);
            match marks.last_mut() {
                Some((last, count)) if x - *last < 13.0 => *count += more,
                _ => marks.push((x, more)),
            }
        }
        before = step.declined;
    }
    for (x, count) in marks {
        ink.raw(&format!(
            r#"<path class="chart-declined" d="M{} {}h11l-5.5 9z" fill="{DARK}"><title>{} more declined</title></path>"#,
            n(x - 5.5),
            n(plot.bottom - 10.0),
            figures(count)
        ));
    }
}

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

fn end_labels(plot: &Plot<'_>, ink: &mut Ink) {
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

fn published(plot: &Plot<'_>, ink: &mut Ink) {
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
