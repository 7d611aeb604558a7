//! The words of a run chart: what the level lines are, and the signals.

use super::draw::Plot;
use crate::place::{Rect, Room, Segment, leader, spread};
use crate::svg::{GREY, Ink, Look, real};
use crate::text::{Weight, balance, width};

/// The names of median and target at the right end, and the last value.
pub(super) fn line_names(plot: &Plot<'_>, ink: &mut Ink) {
    let chart = plot.chart;
    let mut names: Vec<(f64, String, Weight)> = Vec::new();
    if let Some(median) = chart.median.filter(|median| median.is_finite()) {
        names.push((plot.y(median), format!("median {}", chart.written(median)), Weight::Regular));
    }
    if let Some(target) = chart.target.as_ref().filter(|target| target.value.is_finite()) {
        names.push((plot.y(target.value), format!("target {}", chart.written(target.value)), Weight::Regular));
    }
    if let Some((_, last)) = chart.drawn().last() {
        names.push((plot.y(last.value), format!("latest {}", chart.written(last.value)), Weight::Bold));
    }
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let line = plot.size * 1.2;
    let blocks: Vec<Vec<String>> =
        names.iter().map(|(_, words, weight)| balance(words, plot.names, 2, plot.size, *weight)).collect();
    let wanted: Vec<(f64, f64)> =
        names.iter().zip(&blocks).map(|((y, ..), lines)| (*y, real(lines.len()) * line)).collect();
    let Some(tops) = spread(&wanted, 3.0, 2.0, plot.bottom + 10.0) else { return };
    for (((_, _, weight), lines), top) in names.iter().zip(&blocks).zip(tops) {
        let mut y = top + plot.size * 0.95;
        for words in lines {
            let look = Look { weight: *weight, ..Look::of(plot.size) };
            ink.text(plot.right + 8.0, y, look, "name", words);
            y += line;
        }
    }
}

/// The words of each signal near its points; where there is no room, the table and
/// the shapes have them.
pub(super) fn signal_words(plot: &Plot<'_>, ink: &mut Ink) {
    let chart = plot.chart;
    let bounds = Rect { x: plot.left, y: 2.0, w: plot.right - plot.left, h: plot.bottom - 4.0 };
    let mut room = Room::new(bounds);
    let places: Vec<(f64, f64)> = chart.drawn().map(|(_, point)| plot.place(point)).collect();
    for place in &places {
        room.take(Rect::around(*place, 14.0));
    }
    // The line between two points, roughly: small squares along it.
    for pair in places.windows(2) {
        for step in 1..8_u8 {
            let part = f64::from(step) / 8.0;
            let at = (pair[0].0 + part * (pair[1].0 - pair[0].0), pair[0].1 + part * (pair[1].1 - pair[0].1));
            room.take(Rect::around(at, 3.0));
        }
    }
    let level = |value: f64| Segment { x1: plot.left, y1: plot.y(value), x2: plot.right, y2: plot.y(value) };
    room.avoid(chart.median.into_iter().chain(chart.target.as_ref().map(|target| target.value)).map(level));
    for signal in &chart.signals {
        let within: Vec<(f64, f64)> = chart
            .drawn()
            .filter(|(place, _)| signal.points.contains(place))
            .map(|(_, point)| plot.place(point))
            .collect();
        let Some(middle) = within.get(within.len() / 2) else { continue };
        let mark = Rect::around(*middle, 14.0);
        let lines = balance(signal.words(), 150.0, 2, plot.size, Weight::Bold);
        let line = plot.size * 1.15;
        let w = lines.iter().map(|words| width(words, plot.size, Weight::Bold)).fold(0.0, f64::max);
        let Some(rect) = room.place(mark, (w, real(lines.len()) * line), 90.0) else { continue };
        if let Some((from, to)) = leader(&mark, &rect) {
            ink.line("leader", from, to, &format!(r#"stroke="{GREY}" stroke-width="1""#));
        }
        let mut y = rect.y + plot.size * 0.92;
        for words in &lines {
            ink.text(rect.x, y, Look::of(plot.size).bold().rimmed(), "signal", words);
            y += line;
        }
    }
}
