//! The time axis: dates to places, and ticks that follow the school year.

use kernel::{AcademicYear, Date};

use crate::svg::{GREY, Ink, Look};
use crate::text::{Weight, width};

/// Days from `from` to `to`; negative where `to` is the earlier.
pub(crate) fn days(from: Date, to: Date) -> f64 {
    from.duration_until(to).as_secs_f64() / 86_400.0
}

/// ‘1 May 2013’ with the month cut to three or four letters.
pub(crate) fn short_month(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
    ];
    usize::try_from(date.month() - 1)
        .ok()
        .and_then(|month| NAMES.get(month))
        .copied()
        .unwrap_or_default()
}

/// A stretch of time laid out from left to right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    from: Date,
    until: Date,
    span: f64,
    left: f64,
    right: f64,
}

impl Axis {
    /// `from` at `left`, `until` at `right`; at least a day long.
    pub(crate) fn new(from: Date, until: Date, left: f64, right: f64) -> Self {
        let until = until.max(from);
        Self {
            from,
            until,
            span: days(from, until).max(1.0),
            left,
            right,
        }
    }

    /// Where `date` is; dates outside are drawn to the nearer end.
    pub(crate) fn x(&self, date: Date) -> f64 {
        let part = days(self.from, date) / self.span;
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// The first of the month in each year of the axis, with where it is.
    fn starts(&self, month: i8) -> impl Iterator<Item = (Date, f64)> {
        (self.from.year()..=self.until.year())
            .filter_map(move |year| Date::new(year, month, 1).ok())
            .filter(|date| *date >= self.from && *date <= self.until)
            .map(|date| (date, self.x(date)))
    }

    /// Draws ticks and labels below `y`, and returns how much height they took.
    /// Up to about four years the terms' first months are named; the academic
    /// years stand below them. Over longer times the years remain, shorter
    /// and then fewer.
    pub(crate) fn draw(&self, ink: &mut Ink, y: f64, size: f64) -> f64 {
        let look = Look::of(size).grey().middle();
        let stroke = format!(r#"stroke="{GREY}" stroke-width="1""#);
        let year_width = (self.right - self.left) / self.span * 365.25;
        let months = year_width / 3.0 >= width("Sept", size, Weight::Regular) + 10.0;
        let mut height = 8.0;
        if months {
            height += size;
            self.draw_months(ink, y, look, &stroke);
        }
        height += size + 4.0;
        for (_, x) in self.starts(9) {
            let length = if months { height } else { 8.0 };
            ink.line("tick", (x, y), (x, y + length), &stroke);
        }
        self.draw_years(ink, y + height, look, year_width);
        height + size * 0.4
    }

    fn draw_months(&self, ink: &mut Ink, y: f64, look: Look, stroke: &str) {
        let mut ticks: Vec<(Date, f64)> =
            [1, 4, 9].into_iter().flat_map(|m| self.starts(m)).collect();
        ticks.push((self.from, self.left));
        ticks.sort_by_key(|tick| tick.0);
        ticks.dedup_by_key(|tick| tick.0);
        // The start is named only where it leaves room for the tick after it.
        let mut taken = f64::NEG_INFINITY;
        let next_to_start = ticks.get(1).map_or(f64::INFINITY, |tick| tick.1);
        for (date, x) in ticks {
            let label = short_month(date);
            let half = width(label, look.size, Weight::Regular) / 2.0;
            let is_start = date == self.from && !matches!(date.month(), 1 | 4 | 9);
            let middle = if date.month() == 9 {
                // A September tick reaches down between the years: its label
                // stands right of it.
                x + half + 5.0
            } else {
                x.min(self.right - half).max(self.left + half)
            };
            let meets_next = is_start && middle + half + 6.0 > next_to_start - half;
            if meets_next || middle - half < taken + 6.0 || middle + half > self.right {
                continue;
            }
            taken = middle + half;
            if date.month() != 9 {
                ink.line("tick", (x, y), (x, y + 6.0), stroke);
            }
            ink.text(middle, y + look.size + 8.0, look, "tick-label", label);
        }
    }

    fn draw_years(&self, ink: &mut Ink, baseline: f64, look: Look, year_width: f64) {
        let wide = width("2013/14", look.size, Weight::Regular) + 8.0;
        let short = width("13/14", look.size, Weight::Regular) + 6.0;
        let first = AcademicYear::of(self.from).start_year();
        let last = AcademicYear::of(self.until).start_year();
        // Every year is named where there is room, else every second, third …
        let every = |room: f64| {
            (1_i16..100)
                .find(|every| f64::from(*every) * year_width >= room)
                .unwrap_or(100)
        };
        let long_names = every(wide) == every(short);
        let every = every(short);
        let mut taken = f64::NEG_INFINITY;
        for year in first..=last {
            if (year - first) % every != every / 2 {
                continue;
            }
            let bounds = (
                Date::new(year, 9, 1),
                Date::new(year.saturating_add(1), 9, 1),
            );
            let (Ok(starts), Ok(ends)) = bounds else {
                continue;
            };
            let (a, b) = (self.x(starts.max(self.from)), self.x(ends.min(self.until)));
            let name = AcademicYear::starting(year).to_string();
            let name = if long_names {
                &name[..]
            } else {
                name.get(2..).unwrap_or(&name)
            };
            let half = width(name, look.size, Weight::Regular) / 2.0;
            let middle = f64::midpoint(a, b);
            // A year of which too little is in the picture goes without a name.
            let fits = if every == 1 {
                b - a >= 2.0 * half + 4.0
            } else {
                middle - half >= self.left.max(taken + 6.0) && middle + half <= self.right
            };
            if !fits {
                continue;
            }
            taken = middle + half;
            ink.text(middle, baseline, look, "tick-label", name);
        }
    }
}
