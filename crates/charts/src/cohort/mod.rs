//! The path of a cohort: the share good or equivalent since joining, date by
//! date, with its interval, beside schools like them and what was published.

mod draw;
mod labels;
#[cfg(test)]
mod tests;

use kernel::Date;
use kernel::words::{figures, long_date, percent};

use crate::svg::Variant;
use crate::table::{Chart, ChartTable};

/// One group on one date, and until the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// From when it holds.
    pub date: Date,
    /// Schools good or equivalent.
    pub good: u64,
    /// All schools of the group that can be followed.
    pub known: u64,
    /// The lower end of the 95 % interval for the share, from 0 to 1.
    pub low: f64,
    /// The upper end of the 95 % interval for the share, from 0 to 1.
    pub high: f64,
    /// Schools worse than when they joined, or good since and not now.
    pub declined: u64,
}

impl Step {
    /// `good / known`; 0 where nobody is known.
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers of schools are far below 2^52"
    )]
    fn share(&self) -> f64 {
        if self.known == 0 {
            0.0
        } else {
            (self.good as f64 / self.known as f64).min(1.0)
        }
    }
}

/// One group's path.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What the group is called at the end of its line: ‘Pilot schools’.
    pub name: String,
    /// Its steps, by date.
    pub steps: Vec<Step>,
}

/// A figure that somebody published at the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// For which date.
    pub date: Date,
    /// The share, from 0 to 1.
    pub share: f64,
    /// What stands beside the diamond: ‘published: 6 of 30’.
    pub label: String,
}

/// What the share would be if the schools that cannot be seen were none, or all,
/// good: drawn as a bracket at the right end.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The share if none of them were good, from 0 to 1.
    pub if_none: f64,
    /// The share if all of them were good, from 0 to 1.
    pub if_all: f64,
    /// What stands at the lower end: ‘63% if none of the seven’.
    pub if_none_label: String,
    /// What stands at the upper end: ‘89% if all’.
    pub if_all_label: String,
}

/// The path of a cohort, as [`path_of_a_cohort`] draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortPath {
    /// The chart's id on the page; ids within the picture begin with it.
    pub id: String,
    /// What it shows: ‘Share judged good or outstanding since 1 May 2013’.
    pub title: String,
    /// The left end of the time axis: when the cohort joined.
    pub from: Date,
    /// The right end of the time axis. Later steps are not drawn.
    pub until: Date,
    /// The cohort: a full line with its interval as a band.
    pub cohort: Line,
    /// The schools like them: a dashed line.
    pub others: Option<Line>,
    /// What was published: open diamonds.
    pub published: Vec<Published>,
    /// What the schools that cannot be seen could change.
    pub missing: Option<Missing>,
}

/// Draws the path of a cohort.
///
/// The line is a step line, since a share changes on the day of an inspection and
/// holds until the next. Downward triangles along the bottom mark dates at which
/// one more of the cohort's schools had declined. The table has a row for every
/// date at which the cohort changed or something was published.
#[must_use]
pub fn path_of_a_cohort(path: &CohortPath) -> Chart {
    let description = describe(path);
    Chart {
        wide: draw::draw(path, &description, Variant::Wide),
        narrow: draw::draw(path, &description, Variant::Narrow),
        table: table(path),
    }
}

/// The steps from `from` to `until`: what came before stands at `from`.
fn visible(path: &CohortPath, line: &Line) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(line.steps.len());
    for step in &line.steps {
        if step.date > path.until {
            break;
        }
        let step = Step {
            date: step.date.max(path.from),
            ..*step
        };
        match steps.last_mut() {
            Some(last) if last.date == step.date => *last = step,
            _ => steps.push(step),
        }
    }
    steps
}

fn on(steps: &[Step], date: Date) -> Option<&Step> {
    steps[..steps.partition_point(|step| step.date <= date)].last()
}

/// ‘17 of 20 (85%)’.
fn counted(step: &Step) -> String {
    if step.known == 0 {
        return "nobody known".to_owned();
    }
    format!(
        "{} of {} ({})",
        figures(step.good),
        figures(step.known),
        percent(step.share())
    )
}

/// ‘62% to 97%’.
fn interval(step: &Step) -> String {
    if !step.low.is_finite() || !step.high.is_finite() {
        return "not known".to_owned();
    }
    let within = |share: f64| percent(share.clamp(0.0, 1.0));
    format!("{} to {}", within(step.low), within(step.high))
}

fn describe(path: &CohortPath) -> String {
    let mut text = format!(
        "Line chart from {} to {}, 0 to 100 per cent.",
        long_date(path.from),
        long_date(path.until)
    );
    let cohort = visible(path, &path.cohort);
    match (cohort.first(), cohort.last()) {
        (Some(first), Some(last)) => {
            text += &format!(
                " {}: from {} to {}; 95% interval at the end {}.",
                path.cohort.name,
                counted(first),
                counted(last),
                interval(last)
            );
            if last.declined > 0 {
                text += &format!(" Declined at the end: {}.", figures(last.declined));
            }
        }
        _ => text += &format!(" {}: nothing known yet.", path.cohort.name),
    }
    if let Some(others) = &path.others
        && let Some(last) = visible(path, others).last()
    {
        text += &format!(" {}, dashed: {} at the end.", others.name, counted(last));
    }
    for published in &path.published {
        text += &format!(" {}: {}.", long_date(published.date), published.label);
    }
    if let Some(missing) = &path.missing {
        text += &format!(" {}; {}.", missing.if_none_label, missing.if_all_label);
    }
    text
}

fn table(path: &CohortPath) -> ChartTable {
    let cohort = visible(path, &path.cohort);
    let others = path.others.as_ref().map(|line| (line, visible(path, line)));
    let mut headers = vec![
        "Date".to_owned(),
        path.cohort.name.clone(),
        "95% interval".to_owned(),
        "Declined".to_owned(),
    ];
    headers.extend(others.iter().map(|(line, _)| line.name.clone()));
    if !path.published.is_empty() {
        headers.push("Published".to_owned());
    }
    let mut dates: Vec<Date> = cohort.iter().map(|step| step.date).collect();
    dates.extend(path.published.iter().map(|published| published.date));
    if !cohort.is_empty() || others.as_ref().is_some_and(|(_, steps)| !steps.is_empty()) {
        dates.push(path.until.max(path.from));
    }
    dates.sort_unstable();
    dates.dedup();
    let unknown = || "not known".to_owned();
    let rows = dates
        .into_iter()
        .map(|date| {
            let step = on(&cohort, date);
            let mut row = vec![
                long_date(date),
                step.map_or_else(unknown, counted),
                step.map_or_else(unknown, interval),
                step.map_or_else(unknown, |step| figures(step.declined)),
            ];
            if let Some((_, steps)) = &others {
                row.push(on(steps, date).map_or_else(unknown, counted));
            }
            if !path.published.is_empty() {
                let labels: Vec<&str> = path
                    .published
                    .iter()
                    .filter(|published| published.date == date)
                    .map(|published| published.label.as_str())
                    .collect();
                row.push(labels.join("; "));
            }
            row
        })
        .collect();
    ChartTable {
        caption: path.title.clone(),
        headers,
        rows,
    }
}
