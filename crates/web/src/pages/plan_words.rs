//! What the pages of a plan share: the way to them, and how actions and
//! measures are said.

use super::{blocks::with_hidden, diagnosis_words::Fields};
use crate::pictures;
use impact::run_chart::{Rules, Way, run_chart};
use kernel::{Date, words::long_date};
use programme::{
    organisation::Organisation,
    plan::{Action, Criterion, Due, Meanwhile, Plan, State},
};
use serde::Deserialize;
use ui::{Breadcrumbs, ChartFigure, Link, SafeHtml, Table, Tag, TagColour, cells};

/// What an address says was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    done: String,
    /// The day to which a date was moved, because it fell on no school day.
    pub(super) moved: String,
}

impl Done {
    pub(super) fn is(&self, what: &str) -> bool {
        self.done == what
    }

    pub(super) fn what(&self) -> &str {
        &self.done
    }

    /// Words with the day to which the date was moved.
    pub(super) fn with_move(&self, words: &str) -> String {
        match crate::form::iso(&self.moved) {
            Some(day) => format!("{words} That day is no school day, so it is due on the next: {}.", long_date(day)),
            None => words.to_owned(),
        }
    }
}

/// `done` with the day to which a date was moved, as an address says it.
pub(super) fn with_due(done: &str, due: Due) -> String {
    match due.moved_from {
        Some(_) => format!("{done}&moved={}", due.on),
        None => done.to_owned(),
    }
}

/// The way to a page of a school.
pub(super) fn way(school: &Organisation) -> Breadcrumbs {
    Breadcrumbs::home().to(format!("/organisations/{}", school.id), school.name.clone())
}

/// The way to a page below the plan.
pub(super) fn way_to_plan(school: &Organisation) -> Breadcrumbs {
    way(school).to(format!("/organisations/{}/plan", school.id), "Plan")
}

/// The way to a page below the priorities.
pub(super) fn way_to_priorities(school: &Organisation) -> Breadcrumbs {
    way(school).to(format!("/organisations/{}/priorities", school.id), "Priorities")
}

/// Where an action stands, as a tag: always with its word.
pub(super) fn tag(action: &Action, today: Date) -> Tag {
    match action.state {
        State::Done => Tag::new("Done").colour(TagColour::Green),
        State::Dropped => Tag::new("Dropped").colour(TagColour::Grey),
        State::Stuck => Tag::new("Stuck").colour(TagColour::Orange),
        State::Open if action.overdue(today) => Tag::new("Overdue").colour(TagColour::Red),
        State::Open => Tag::new("Open").colour(TagColour::Blue),
    }
}

/// Actions as a table: what, who, by when, where it stands. `link` says whether
/// the visitor may open one.
pub(super) fn actions<'a>(
    caption: &str,
    school: i64,
    plan: &Plan,
    all: impl IntoIterator<Item = &'a Action>,
    today: Date,
    link: impl Fn(&Action) -> bool,
) -> Table {
    let table = Table::new(caption).hidden_caption().head(["What", "Who", "By", "Where it stands"]).wide();
    all.into_iter().fold(table, |table, one| {
        let what: SafeHtml = match link(one) {
            true => Link::new(format!("/organisations/{school}/plan/actions/{}", one.id), one.what.as_str()).into(),
            false => one.what.as_str().into(),
        };
        let under = plan.priority(one.priority).map_or("", |priority| &priority.title);
        let after = one.after.and_then(|id| plan.action(id)).map(|after| format!("; after ‘{}’", after.what));
        let small = super::blocks::hint(format!("{under}{}", after.unwrap_or_default()));
        let why =
            if one.state_why.is_empty() { SafeHtml::empty() } else { super::blocks::hint(one.state_why.as_str()) };
        let stands = SafeHtml::join([tag(one, today).into(), why], " ");
        table.row(cells![SafeHtml::join([what, small], ""), one.owner_name.as_str(), long_date(one.due), stands])
    })
}

/// A criterion in a sentence.
pub(super) fn criterion(one: &Criterion) -> String {
    let from = one.baseline.map_or_else(|| "not known yet".to_owned(), written);
    format!(
        "{}: from {from} to {} by {}. Who will know: {}",
        one.measure,
        written(one.target),
        long_date(one.by),
        one.who
    )
}

/// A figure, with no more digits than it has.
pub(super) fn written(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How a criterion comes along, as a run chart; nothing before the first value.
pub(super) fn progress(plan: &Plan, one: &Criterion) -> Option<ChartFigure> {
    let points: Vec<_> = plan.measured_of(one.id).collect();
    if points.is_empty() {
        return None;
    }
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let runs = run_chart(&values);
    let way = |way: Way| if way == Way::Up { charts::Direction::Up } else { charts::Direction::Down };
    let signals = match &runs.rules {
        Rules::NotYet { .. } => Vec::new(),
        Rules::Applied { shifts, trends, .. } => {
            let of = |kind, all: &[impact::run_chart::Signal]| {
                let signal = |one: &impact::run_chart::Signal| charts::RunSignal {
                    kind,
                    direction: way(one.way),
                    points: one.points.clone(),
                };
                all.iter().map(signal).collect::<Vec<_>>()
            };
            let mut all = of(charts::SignalKind::Shift, shifts);
            all.extend(of(charts::SignalKind::Trend, trends));
            all
        }
    };
    let whole = values.iter().all(|value| value.fract() == 0.0);
    let chart = charts::run_chart(&charts::RunChart {
        id: format!("criterion-{}", one.id),
        title: one.measure.clone(),
        measure: one.measure.clone(),
        decimals: if whole { 0 } else { 1 },
        points: points
            .iter()
            .map(|point| charts::RunPoint {
                date: point.on,
                value: point.value,
                note: Some(point.note.clone()).filter(|note| !note.is_empty()),
            })
            .collect(),
        median: runs.median,
        target: Some(charts::Target { value: one.target, by: Some(one.by) }),
        reading: reading(&runs.rules, signals.is_empty()),
        signals,
    });
    let source = format!(
        "Source: what the school wrote down; {} values. Rules of shift and trend: Perla and others, 2011.",
        points.len()
    );
    Some(pictures::figure(chart, source).id(format!("criterion-{}", one.id)))
}

fn reading(rules: &Rules, quiet: bool) -> String {
    match rules {
        Rules::NotYet { points } => format!("{points} of 10 points: too few to tell a change from chance."),
        Rules::Applied { .. } if quiet => "Nothing here is more than chance does.".to_owned(),
        Rules::Applied { .. } => "Something here is more than chance does.".to_owned(),
    }
}

/// What another did in the meantime, beside what one wrote oneself.
pub(super) fn both(meanwhile: &Meanwhile) -> SafeHtml {
    let table = Table::new("What differs").head(["Which", "It says now", "You wrote"]).row_heads().wide();
    let table = meanwhile.differing().fold(table, |table, one| {
        let text = |text: &str| if text.is_empty() { "(nothing)".to_owned() } else { text.to_owned() };
        table.row(cells![one.field.name, text(&one.theirs), text(&one.mine)])
    });
    let words = format!(
        "{} changed this while you were writing. Nothing of yours is saved yet. What only they changed is taken over below; the rest is as you wrote it. Look, and save again.",
        meanwhile.by
    );
    let warning = ui::WarningText::new(words);
    SafeHtml::join([warning.into(), table.into()], "")
}

/// What opens the form for a value.
pub(super) fn value_words(one: &Criterion) -> SafeHtml {
    with_hidden("Write down how it stands", &one.measure)
}

/// The value of a field, or else what stands there already.
pub(super) fn or<'a>(fields: &'a Fields, name: &str, else_: &'a str) -> &'a str {
    fields.iter().find(|(one, _)| one == name).map_or(else_, |(_, value)| value)
}
