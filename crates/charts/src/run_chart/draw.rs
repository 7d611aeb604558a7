//! Drawing a run chart: the scale, the lines, the points, then the words where
//! there is room.

use super::labels::{line_names, signal_words};
use super::scale::Scale;
use super::{Direction, RunChart, RunPoint, SignalKind};
use crate::axis::Axis;
use crate::svg::{BLUE, DARK, GREY, Ink, Look, RULE, Variant, escape, n};
use crate::text::{Weight, cut, width};

/// Where things are in one picture.
pub(super) struct Plot<'a> {
    pub(super) chart: &'a RunChart,
    pub(super) axis: Axis,
    pub(super) scale: Scale,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) size: f64,
    /// How wide names at the right end may be.
    pub(super) names: f64,
}

impl Plot<'_> {
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.share(value) * (self.bottom - self.top)
    }

    pub(super) fn place(&self, point: &RunPoint) -> (f64, f64) {
        (self.axis.x(point.date), self.y(point.value))
    }
}

/// Draws one variant.
pub(super) fn draw(chart: &RunChart, description: &str, variant: Variant) -> String {
    let size = variant.text_size();
    let (height, names) = match variant {
        Variant::Wide => (360.0, 130.0),
        Variant::Narrow => (340.0, 84.0),
    };
    let values = chart
        .drawn()
        .map(|(_, point)| point.value)
        .chain(chart.median)
        .chain(chart.target.as_ref().map(|target| target.value));
    let scale = Scale::of(values, chart.decimals == 0);
    let ticks: Vec<(f64, String)> =
        scale.ticks().map(|tick| (tick, cut(&tick_words(tick, scale.step), 80.0, size, Weight::Regular))).collect();
    let widest = ticks.iter().map(|(_, words)| width(words, size, Weight::Regular)).fold(0.0, f64::max);
    let left = widest + 16.0;
    let right = variant.width() - names - 16.0;
    let (first, last) = ends(chart);
    let plot = Plot {
        chart,
        // Points at the edges are not cut by it.
        axis: Axis::new(first, last, left + 8.0, right - 8.0),
        scale,
        left,
        right,
        top: 14.0,
        bottom: height - 58.0,
        size,
        names,
    };
    let mut ink = Ink::default();
    for (tick, words) in &ticks {
        let y = plot.y(*tick);
        let stroke = format!(r#"stroke="{RULE}" stroke-width="1""#);
        ink.line("grid", (left, y), (right, y), &stroke);
        ink.text(left - 8.0, y + size * 0.35, Look::of(size).grey().end(), "scale", words);
    }
    level_lines(&plot, &mut ink);
    line(&plot, &mut ink);
    for (place, point) in chart.drawn() {
        mark(&plot, place, point, &mut ink);
    }
    line_names(&plot, &mut ink);
    signal_words(&plot, &mut ink);
    if chart.drawn().next().is_none() {
        ink.text(left + 12.0, plot.top + size * 2.0, Look::of(size).grey().rimmed(), "empty", "No points yet");
    }
    let below = super::dates::draw(&plot, (first, last), &mut ink);
    ink.finish(&chart.id, variant, plot.bottom + below + 2.0, (&chart.title, description))
}

/// A tick with as many digits as its step needs.
fn tick_words(tick: f64, step: f64) -> String {
    let digits = (0_usize..6)
        .find(|digits| {
            let scaled = step * 10_f64.powi(i32::try_from(*digits).unwrap_or(0));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0)
        })
        .unwrap_or(6);
    let tick = if tick.abs() < step * 1e-6 { 0.0 } else { tick };
    format!("{tick:.digits$}")
}

/// The first and last day of the axis: of the points, and the target's where it
/// lies beyond.
fn ends(chart: &RunChart) -> (kernel::Date, kernel::Date) {
    let dates =
        || chart.points.iter().map(|point| point.date).chain(chart.target.as_ref().and_then(|target| target.by));
    let fallback = kernel::Date::constant(2025, 9, 1);
    (dates().min().unwrap_or(fallback), dates().max().unwrap_or(fallback))
}

/// The median, dashed, and the target, dotted.
fn level_lines(plot: &Plot<'_>, ink: &mut Ink) {
    if let Some(median) = plot.chart.median.filter(|median| median.is_finite()) {
        let y = plot.y(median);
        ink.line(
            "median",
            (plot.left, y),
            (plot.right, y),
            &format!(r#"stroke="{DARK}" stroke-width="2" stroke-dasharray="9 5""#),
        );
    }
    if let Some(target) = plot.chart.target.as_ref().filter(|target| target.value.is_finite()) {
        let y = plot.y(target.value);
        let end = target.by.map_or(plot.right, |by| plot.axis.x(by));
        ink.line(
            "target",
            (plot.left, y),
            (end, y),
            &format!(r#"stroke="{GREY}" stroke-width="3" stroke-dasharray="1 5" stroke-linecap="round""#),
        );
        if target.by.is_some() {
            // A flag where it is to be reached.
            ink.raw(&format!(
                r#"<path class="chart-target-day" d="M{} {}v16M{} {}h8l-2 3l2 3h-8" fill="none" stroke="{GREY}" stroke-width="2"/>"#,
                n(end),
                n(y - 8.0),
                n(end),
                n(y - 8.0)
            ));
        }
    }
}

fn line(plot: &Plot<'_>, ink: &mut Ink) {
    let mut d = String::new();
    for (_, point) in plot.chart.drawn() {
        let (x, y) = plot.place(point);
        d += &format!("{}{} {}", if d.is_empty() { "M" } else { "L" }, n(x), n(y));
    }
    if !d.is_empty() {
        ink.raw(&format!(
            r#"<path class="chart-run" d="{d}" fill="none" stroke="{BLUE}" stroke-width="2" stroke-linejoin="round"/>"#
        ));
    }
}

/// A point: a circle; in a trend a triangle that points its way, in a shift a
/// square. A point in both is a square with the trend said in words.
fn mark(plot: &Plot<'_>, place: usize, point: &RunPoint, ink: &mut Ink) {
    let (x, y) = plot.place(point);
    let signal = plot.chart.signals_at(place).min_by_key(|signal| u8::from(signal.kind == SignalKind::Trend));
    let d = match signal.map(|signal| (signal.kind, signal.direction)) {
        None => format!("M{} {}a5 5 0 1 0 10 0a5 5 0 1 0-10 0", n(x - 5.0), n(y)),
        Some((SignalKind::Shift, _)) => format!("M{} {}h11v11h-11z", n(x - 5.5), n(y - 5.5)),
        Some((SignalKind::Trend, Direction::Up)) => format!("M{} {}l7 12h-14z", n(x), n(y - 7.0)),
        Some((SignalKind::Trend, Direction::Down)) => format!("M{} {}l7-12h-14z", n(x), n(y + 7.0)),
    };
    let fill = if signal.is_some() { DARK } else { BLUE };
    let title = format!("{}: {}", kernel::words::long_date(point.date), plot.chart.written(point.value));
    ink.raw(&format!(
        r##"<path class="chart-point" d="{d}" fill="{fill}" stroke="#ffffff" stroke-width="1.5"><title>{}</title></path>"##,
        escape(&title)
    ));
}
