//! The dates below a run chart: measures are taken by the week or month, so months
//! are named, and the year below the first of them.

use kernel::Date;

use super::draw::Plot;
use crate::axis::{days, short_month};
use crate::svg::{GREY, Ink, Look, real};
use crate::text::{Weight, width};

/// Beyond so many days the axis of years says more.
const LONGEST: f64 = 800.0;

/// Draws ticks and labels, and returns how much height they took.
pub(super) fn draw(plot: &Plot<'_>, (first, last): (Date, Date), ink: &mut Ink) -> f64 {
    let span = days(first, last);
    if span > LONGEST {
        return plot.axis.draw(ink, plot.bottom, plot.size);
    }
    let mut ticks = months(first, last);
    let by_day = ticks.len() < 2;
    if by_day {
        ticks = if first == last { vec![first] } else { vec![first, last] };
    }
    let name = |date: Date| {
        if by_day { format!("{} {}", date.day(), short_month(date)) } else { short_month(date).to_owned() }
    };
    let widest = ticks.iter().map(|date| width(&name(*date), plot.size, Weight::Regular)).fold(0.0, f64::max);
    let room = (plot.right - plot.left) / real(ticks.len());
    // Every month where there is room, else every second, third …
    let every = (1_usize..13).find(|every| room * real(*every) >= widest + 8.0).unwrap_or(13);
    let look = Look::of(plot.size).grey().middle();
    let stroke = format!(r#"stroke="{GREY}" stroke-width="1""#);
    ink.line("axis", (plot.left, plot.bottom), (plot.right, plot.bottom), &stroke);
    let (mut taken, mut year_taken, mut year) = (f64::NEG_INFINITY, f64::NEG_INFINITY, None);
    for (index, date) in ticks.iter().enumerate() {
        let x = plot.axis.x(*date);
        ink.line("tick", (x, plot.bottom), (x, plot.bottom + 6.0), &stroke);
        let words = name(*date);
        let half = width(&words, plot.size, Weight::Regular) / 2.0;
        let middle = x.clamp(plot.left + half, (plot.right - half).max(plot.left + half));
        if !index.is_multiple_of(every) || middle - half < taken + 4.0 {
            continue;
        }
        taken = middle + half;
        ink.text(middle, plot.bottom + plot.size + 9.0, look, "tick-label", &words);
        let words = date.year().to_string();
        let half = width(&words, plot.size, Weight::Regular) / 2.0;
        let middle = middle.max(plot.left + half);
        if year != Some(date.year()) && middle - half >= year_taken + 4.0 {
            (year, year_taken) = (Some(date.year()), middle + half);
            ink.text(middle, plot.bottom + plot.size * 2.2 + 9.0, look, "tick-label", &words);
        }
    }
    plot.size * 2.6 + 9.0
}

/// The first of each month from the first day to the last.
fn months(first: Date, last: Date) -> Vec<Date> {
    (first.year()..=last.year())
        .flat_map(|year| (1..=12).filter_map(move |month| Date::new(year, month, 1).ok()))
        .filter(|date| first <= *date && *date <= last)
        .collect()
}
