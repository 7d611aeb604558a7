//! Drawing the path: the lines, then the labels at their ends, then the rest
//! where there is room.

use kernel::words::{figures, percent};

use super::labels::{end_labels, published};
use super::{CohortPath, Step, visible};
use crate::axis::Axis;
use crate::place::Segment;
use crate::svg::{BAND, BLUE, DARK, GREY, Ink, Look, RULE, Variant, n};

/// Where things are in one picture.
pub(super) struct Plot<'a> {
    pub(super) path: &'a CohortPath,
    pub(super) cohort: Vec<Step>,
    pub(super) others: Vec<Step>,
    pub(super) axis: Axis,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Where the labels at the lines' ends begin, and how wide they may be.
    pub(super) labels: (f64, f64),
    pub(super) size: f64,
    pub(super) variant: Variant,
}

impl Plot<'_> {
    pub(super) fn y(&self, share: f64) -> f64 {
        let share = if share.is_finite() { share } else { 0.0 };
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// The level and upright pieces of a step line.
    pub(super) fn segments(&self, steps: &[Step]) -> Vec<Segment> {
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
