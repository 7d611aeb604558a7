//! A measure over time: its points, the median, the target, and what is more than
//! chance, said in words as well as by shape.

mod dates;
mod draw;
mod labels;
mod scale;
#[cfg(test)]
mod tests;

use std::ops::Range;

use kernel::Date;
use kernel::words::long_date;

use crate::svg::Variant;
use crate::table::{Chart, ChartTable};

/// One measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPoint {
    /// When it was taken.
    pub date: Date,
    /// What it was. One that is no number is not drawn.
    pub value: f64,
    /// What somebody wrote of it, for the table.
    pub note: Option<String>,
}

/// What was meant to be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The value.
    pub value: f64,
    /// By when; the line ends there where it lies within the picture.
    pub by: Option<Date>,
}

/// What kind of signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalKind {
    /// Points that stay on one side of the median: squares.
    Shift,
    /// Points that all rise or all fall: triangles.
    Trend,
}

/// Which way a signal goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Above the median, or rising.
    Up,
    /// Below the median, or falling.
    Down,
}

/// Points that show a change which chance hardly makes; found by
/// `impact::run_chart`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSignal {
    /// A shift or a trend.
    pub kind: SignalKind,
    /// Up or down.
    pub direction: Direction,
    /// The points by their place from 0, the last excluded.
    pub points: Range<usize>,
}

impl RunSignal {
    /// ‘shift up: six points above the median’; `counted` leaves out what the rule
    /// skips, so the picture says only what the rule does.
    fn words(&self) -> &'static str {
        match (self.kind, self.direction) {
            (SignalKind::Shift, Direction::Up) => "shift: above the median",
            (SignalKind::Shift, Direction::Down) => "shift: below the median",
            (SignalKind::Trend, Direction::Up) => "trend: rising",
            (SignalKind::Trend, Direction::Down) => "trend: falling",
        }
    }
}

/// A run chart, as [`run_chart`] draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunChart {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘Children who read every day at home, by week’.
    pub title: String,
    /// What a value is, for the table's column: ‘Children, of 28’, ‘Per cent’.
    pub measure: String,
    /// How many digits stand behind the point.
    pub decimals: u8,
    /// The points, by date.
    pub points: Vec<RunPoint>,
    /// The median, where there is one.
    pub median: Option<f64>,
    /// The target, where there is one.
    pub target: Option<Target>,
    /// What is more than chance.
    pub signals: Vec<RunSignal>,
    /// What the rules say as a whole, below the picture's title for those who hear
    /// it: ‘Nine points: the rules do not apply yet.’
    pub reading: String,
}

/// Draws a run chart: points joined by a line, the median as a dashed line, the
/// target as a dotted one, each with its name at its end. Points of a shift are
/// squares and those of a trend triangles, with its words beside them.
#[must_use]
pub fn run_chart(chart: &RunChart) -> Chart {
    let description = describe(chart);
    Chart {
        wide: draw::draw(chart, &description, Variant::Wide),
        narrow: draw::draw(chart, &description, Variant::Narrow),
        table: table(chart),
    }
}

impl RunChart {
    /// A value as it is written.
    fn written(&self, value: f64) -> String {
        if !value.is_finite() {
            return "not known".to_owned();
        }
        let digits = usize::from(self.decimals.min(6));
        let text = format!("{value:.digits$}");
        // Minus nothing is nothing.
        if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
            return text.trim_start_matches('-').to_owned();
        }
        text
    }

    /// The points that can be drawn, with their places.
    fn drawn(&self) -> impl Iterator<Item = (usize, &RunPoint)> {
        self.points.iter().enumerate().filter(|(_, point)| point.value.is_finite())
    }

    /// The signals to which a point belongs.
    fn signals_at(&self, place: usize) -> impl Iterator<Item = &RunSignal> {
        self.signals.iter().filter(move |signal| signal.points.contains(&place))
    }
}

fn describe(chart: &RunChart) -> String {
    let mut text = format!("Run chart of {} points.", chart.drawn().count());
    let ends = (chart.drawn().next(), chart.drawn().last());
    if let (Some((_, first)), Some((_, last))) = ends {
        text += &format!(
            " From {} on {} to {} on {}.",
            chart.written(first.value),
            long_date(first.date),
            chart.written(last.value),
            long_date(last.date)
        );
    }
    if let Some(median) = chart.median {
        text += &format!(" Median {}.", chart.written(median));
    }
    if let Some(target) = &chart.target {
        text += &format!(" Target {}", chart.written(target.value));
        text += &target.by.map_or_else(|| ".".to_owned(), |by| format!(" by {}.", long_date(by)));
    }
    for signal in &chart.signals {
        let dates = chart.points.get(signal.points.clone()).and_then(|points| points.first().zip(points.last()));
        if let Some((first, last)) = dates {
            text += &format!(" {} to {}: {}.", long_date(first.date), long_date(last.date), signal.words());
        }
    }
    if !chart.reading.is_empty() {
        text += &format!(" {}", chart.reading);
    }
    text
}

fn table(chart: &RunChart) -> ChartTable {
    let mut headers = vec!["Date".to_owned(), chart.measure.clone(), "More than chance".to_owned()];
    let noted = chart.points.iter().any(|point| point.note.is_some());
    if noted {
        headers.push("Note".to_owned());
    }
    let mut rows: Vec<Vec<String>> = chart
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let words: Vec<&str> = chart.signals_at(place).map(RunSignal::words).collect();
            vec![
                long_date(point.date),
                chart.written(point.value),
                words.join("; "),
                point.note.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let line = |name: String, value: f64| vec![name, chart.written(value), String::new(), String::new()];
    rows.extend(chart.median.map(|median| line("Median".to_owned(), median)));
    rows.extend(chart.target.as_ref().map(|target| {
        let name = target.by.map_or_else(|| "Target".to_owned(), |by| format!("Target, by {}", long_date(by)));
        line(name, target.value)
    }));
    for row in &mut rows {
        row.truncate(headers.len());
    }
    ChartTable { caption: chart.title.clone(), headers, rows }
}
